import Articles
import Corpus
import Testing

@Suite struct SeedComposerTests {
    private let composer = SeedComposer(sections: Samples.sections)

    private func article(_ chosen: [ChosenEvidence] = Samples.chosen) throws -> SeedArticle {
        try composer.article(
            on: Samples.igf1r, facts: Samples.facts, chosen: chosen, references: Samples.references)
    }

    @Test func `the article's text`() throws {
        try expectGolden(article().text, "igf1r.md")
    }

    @Test func `numbers go by first citation, have no gap and are reused`() throws {
        let article = try article()
        #expect(article.references.map(\.pmid) == [PMID(90_000_003), PMID(90_000_001)])
        #expect(
            article.sections.map(\.heading) == ["Disease relevance of Igf1r", "Biological context of Igf1r"])
        #expect(article.bullets.map(\.pmids) == [[PMID(90_000_003)], [PMID(90_000_001)], [PMID(90_000_003)]])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `the way in which sections are interleaved does not matter`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var queues = Dictionary(grouping: Samples.chosen, by: \.section)
        var mixed: [ChosenEvidence] = []
        while let section = queues.keys.sorted(by: { $0.rawValue < $1.rawValue })
            .randomElement(using: &generator)
        {
            if let first = queues[section]?.first { mixed.append(first) }
            queues[section]?.removeFirst()
            if queues[section]?.isEmpty == true { queues[section] = nil }
        }
        #expect(try article(mixed) == article(), "seed \(seed)")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `text and seed agree on numbers, statements and sections`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var references: [PMID: CitationReference] = [:]
        let chosen = (0..<12).map { index in
            let pmid = Int64.random(in: 1...6, using: &generator)
            references[PMID(pmid)] = CitationReference(pmid: PMID(pmid), year: 2000 + Int(pmid))
            let section = Samples.sections.randomElement(using: &generator)?.id ?? .disease
            return Samples.choice("\(index) x\(generator.text())", pmid: pmid, section: section)
        }
        var entity = Samples.igf1r
        entity.name = generator.text(maximumLength: 6)
        entity.fullName = generator.text(maximumLength: 6)
        let seeded = try composer.article(
            on: entity, facts: Samples.facts, chosen: chosen, references: references)
        let document = MarkdownArticle(seeded.text)
        #expect(document.citedPMIDs == seeded.references.map(\.pmid), "seed \(seed)")
        let page = ArticlePage(seeded)
        #expect(page.statements == seeded.bullets, "seed \(seed)")
        #expect(page.sections.map(\.id) == seeded.sections.map(\.section.id), "seed \(seed)")
        #expect(page.references == seeded.references, "seed \(seed)")
        #expect(page.head == seeded.head, "seed \(seed)")
        #expect(page.title == seeded.head.title, "seed \(seed)")
        #expect(page.numbers.values.sorted() == Array(1...seeded.references.count), "seed \(seed)")
    }

    @Test func `retracted papers are not shown, whoever chose them`() throws {
        var references = Samples.references
        references[PMID(90_000_001)]?.badges = [.retracted]
        let article = try composer.article(
            on: Samples.igf1r, facts: Samples.facts, chosen: Samples.chosen, references: references)
        #expect(article.references.map(\.pmid) == [PMID(90_000_003)])
        #expect(article.head.statementCount == 2)
    }

    @Test func `input that does not fit together is refused, with the way out`() {
        let stray = Samples.choice("Stray.", pmid: 90_000_001, section: .analytical)
        #expect(throws: SeedError.unknownSection(.analytical, stray.evidence.identifier())) {
            try article([stray])
        }
        let uncited = Samples.choice("Uncited.", pmid: 5, section: .disease)
        #expect(throws: SeedError.missingReference(PMID(5), uncited.evidence.identifier())) {
            try article([uncited])
        }
        var foreign = Samples.chosen[0]
        foreign.evidence.entity = EntityID(prefix: "ncbigene", local: "1")
        #expect(throws: SeedError.foreignEvidence(foreign.evidence.entity, foreign.evidence.identifier())) {
            try article([foreign])
        }
        let message = SeedError.missingReference(PMID(5), uncited.evidence.identifier()).description
        #expect(message.contains("pubmed:5") && message.contains("read its file again"))
    }

    @Test func `an article without statements has only its title`() throws {
        #expect(try article([]).text == "# Igf1r - insulin-like growth factor I receptor\n")
    }

    @Test func `names of other entities become links when asked for`() throws {
        let sentence = "Igf1r binds Irs2."
        let irs2 = EntityID(prefix: "ncbigene", local: "384783")
        let evidence = Samples.evidence(
            sentence, pmid: 90_000_001, section: .physical, start: 100,
            mentions: [
                Mention(
                    passage: 1, range: TextRange(100, 105), kind: .gene, entity: Samples.igf1r.id,
                    dictionaryName: "Igf1r"),
                Mention(
                    passage: 1, range: TextRange(112, 116), kind: .gene, entity: irs2, dictionaryName: "Irs2"),
            ])
        let article = try article([ChosenEvidence(evidence: evidence, placement: evidence.placements[0])])
        #expect(
            article.text(linkingEntities: true).hasSuffix(
                "- Igf1r binds [Irs2](ncbigene:384783) [@pubmed:90000001].\n"))
        #expect(article.text.hasSuffix("- Igf1r binds Irs2 [@pubmed:90000001].\n"))
    }

    @Test func `the head names trusted synonyms, known addresses and the state of review`() throws {
        let head = try article().head
        #expect(head.overline == "Gene Review")
        #expect(head.title == "Igf1r - insulin-like growth factor I receptor")
        #expect(head.synonyms == ["CD221", "IGF-1R"])
        #expect(head.moreSynonyms == ["JTK13", "hyft"])
        #expect(head.addresses.map(\.source) == ["NCBI Gene", "MGI"])
        #expect(
            head.notice
                == "The sentences on this page are machine-selected quotations from PubMed abstracts; 0 of 3 reviewed "
                + "by a person; newest paper 2019. Anyone may correct or delete them.")
        #expect(ArticleHead.sourceNotice.contains("Courtesy of the U.S. National Library of Medicine"))
    }

    @Test func `a statement that a person changed is shown as the person left it`() throws {
        let seeded = try article()
        let text =
            seeded.text.replacing("needed for glioma", with: "essential for glioma")
            + "\nI [saw](https://example.org) it [@pubmed:77].\n"
        let page = ArticlePage(
            entity: Samples.igf1r, facts: Samples.facts, text: text, sections: Samples.sections,
            statements: seeded.bullets, references: Samples.references)
        #expect(page.statements.map(\.id) == [seeded.bullets[0].id, seeded.bullets[2].id])
        #expect(page.references.map(\.pmid) == [PMID(90_000_003), PMID(90_000_001), PMID(77)])
        #expect(page.head.statementCount == 2)
        guard case .bullet(let inlines) = page.sections[0].blocks[1] else {
            Issue.record("the changed bullet is no bullet")
            return
        }
        #expect(inlines.plainText == "Is Igf1r essential for glioma growth? ")
    }

    @Test func `anchors are unique`() {
        let page = ArticlePage(
            entity: Samples.igf1r, facts: Samples.facts,
            text:
                "Lead.\n\n## References\n\nx\n\n## Notes\n\nx\n\n## Notes\n\nx\n\n## Über β\n\nx\n\n## 漢\n\nx\n",
            sections: Samples.sections, statements: [], references: [:])
        #expect(
            page.sections.map(\.anchor) == [
                "introduction", "references-2", "notes", "notes-2", "ber", "section",
            ])
        #expect(page.title == "Igf1r - insulin-like growth factor I receptor")
    }

    @Test func `marks are words`() {
        let marked = Samples.choice(
            "Not so.", pmid: 1, section: .disease,
            qualities: SentenceQualities(isNegated: true, isSpeculative: true), supportingPapers: 4)
        #expect(Bullet(marked).marks.map(\.label) == ["negative finding", "tentative", "4 papers say so"])
        #expect(Bullet(Samples.chosen[0]).marks.isEmpty)
    }
}
