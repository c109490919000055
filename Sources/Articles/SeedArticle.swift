import Corpus

/// A section of a seed article with its statements.
public struct SeedSection: Hashable, Sendable {
    /// The section.
    public var section: Section
    /// The heading, with the entity's name in it.
    public var heading: String
    /// The statements, in order; never none.
    public var bullets: [Bullet]
    /// The ortholog that the section is about, if it is about one.
    public var ortholog: Ortholog?

    /// Makes a section.
    public init(section: Section, heading: String, bullets: [Bullet], ortholog: Ortholog? = nil) {
        self.section = section
        self.heading = heading
        self.bullets = bullets
        self.ortholog = ortholog
    }
}

/// A machine-authored article as it is first written, before anybody edits it.
public struct SeedArticle: Hashable, Sendable {
    /// What it is about.
    public var entity: Entity
    /// Its head.
    public var head: ArticleHead
    /// The sections that have statements, in order.
    public var sections: [SeedSection]
    /// What the statements cite: the n-th has number n. Numbers go by first citation, without gaps, and a paper that
    /// is cited again keeps its number.
    public var references: [CitationReference]

    /// The statements, in the order of the article.
    public var bullets: [Bullet] { sections.flatMap(\.bullets) }

    /// The article's text.
    public var text: String { text(linkingEntities: false) }

    /// The article's text: a heading of level 1 with the title, a heading of level 2 a section, a bullet a statement
    /// (``StatementLine``), blank lines around headings, one line end at the end.
    ///
    /// - Parameter linkingEntities: Whether the names of other entities are written as links to their CURIEs. The
    ///   pages link them either way, from the evidence; without links the text is easier to edit and does not
    ///   change when a dictionary does.
    public func text(linkingEntities: Bool) -> String {
        var text = "# \(MarkdownText.escaped(head.title))\n"
        for section in sections {
            let heading =
                section.ortholog?.headingMarkdown(for: entity.name) ?? MarkdownText.escaped(section.heading)
            text += "\n## \(heading)\n\n"
            for bullet in section.bullets {
                let links = linkingEntities ? bullet.entityLinks : []
                text += StatementLine(sentence: bullet.sentence, pmids: bullet.pmids, links: links).bullet
                text += "\n"
            }
        }
        return text
    }
}

/// Why a seed article cannot be composed.
public enum SeedError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A piece of evidence was chosen for a section that the article's list does not have.
    case unknownSection(SectionID, EvidenceID)
    /// A cited paper has no reference.
    case missingReference(PMID, EvidenceID)
    /// A piece of evidence is about another entity.
    case foreignEvidence(EntityID, EvidenceID)

    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .unknownSection(let section, let evidence):
            "evidence \(evidence) was chosen for section \(section), which the section rules do not list: "
                + "seed again with the rules it was classified by"
        case .missingReference(let pmid, let evidence):
            "evidence \(evidence) cites \(pmid.curie), whose record was not given: read its file again"
        case .foreignEvidence(let entity, let evidence):
            "evidence \(evidence) is about \(entity), not about the article's entity"
        }
    }
}

/// Composes seed articles.
public struct SeedComposer: Sendable {
    /// The sections of such an article, in order.
    public var sections: [Section]

    /// Makes a composer for articles with these sections.
    public init(sections: [Section]) {
        self.sections = sections
    }

    /// The article on an entity.
    ///
    /// Statements keep the order they have in `chosen` within their section; how sections are interleaved there does
    /// not matter. A retracted paper is left out even if it was chosen.
    ///
    /// - Parameters:
    ///   - entity: What the article is about.
    ///   - facts: What its head says beside the entity's names.
    ///   - chosen: The statements, best first within each section.
    ///   - orthologs: What is shown of the gene's orthologs, in this order, behind all else.
    ///   - references: What is shown of the cited papers.
    /// - Throws: `SeedError` when the input does not fit together.
    public func article(
        on entity: Entity, facts: HeadFacts, chosen: [ChosenEvidence],
        orthologs: [OrthologEvidence] = [], references: [PMID: CitationReference]
    ) throws(SeedError) -> SeedArticle {
        var bullets: [SectionID: [Bullet]] = [:]
        let known = Set(sections.map(\.id))
        for choice in chosen {
            let bullet = Bullet(choice)
            guard bullet.evidence.entity == entity.id else {
                throw .foreignEvidence(bullet.evidence.entity, bullet.id)
            }
            guard known.contains(bullet.section) else { throw .unknownSection(bullet.section, bullet.id) }
            bullets[bullet.section, default: []].append(bullet)
        }
        var shown: [SeedSection] = []
        for section in sections {
            let own = try Self.standing(bullets[section.id] ?? [], references)
            if own.isEmpty { continue }
            shown.append(
                SeedSection(section: section, heading: section.heading(for: entity.name), bullets: own))
        }
        for evidence in orthologs {
            let ortholog = evidence.ortholog
            for choice in evidence.chosen where choice.evidence.entity != ortholog.entity.id {
                throw .foreignEvidence(choice.evidence.entity, choice.evidence.identifier())
            }
            let own = try Self.standing(
                evidence.chosen.map { Bullet($0, in: entity.id, of: ortholog) }, references)
            guard !own.isEmpty else { continue }
            let section = ortholog.section
            shown.append(
                SeedSection(
                    section: section, heading: section.heading(for: entity.name), bullets: own,
                    ortholog: ortholog))
        }
        var cited: [CitationReference] = []
        var seen: Set<PMID> = []
        for pmid in shown.flatMap(\.bullets).flatMap(\.pmids) where seen.insert(pmid).inserted {
            if let reference = references[pmid] { cited.append(reference) }
        }
        let head = ArticleHead(
            entity: entity, facts: facts, statementCount: shown.reduce(0) { $0 + $1.bullets.count },
            newestYear: cited.compactMap(\.year).max())
        return SeedArticle(entity: entity, head: head, sections: shown, references: cited)
    }

    /// The bullets whose papers have not been retracted.
    private static func standing(
        _ bullets: [Bullet], _ references: [PMID: CitationReference]
    ) throws(SeedError) -> [Bullet] {
        var standing: [Bullet] = []
        for bullet in bullets {
            guard let reference = references[bullet.evidence.pmid] else {
                throw .missingReference(bullet.evidence.pmid, bullet.id)
            }
            if !reference.badges.contains(.retracted) { standing.append(bullet) }
        }
        return standing
    }
}
