import Articles
import Corpus
import Interchange

/// Invented records for these tests: no sentence is anybody's.
enum Samples {
    static let igf1r = EntityID(prefix: "ncbigene", local: "16001")
    static let irs2 = EntityID(prefix: "ncbigene", local: "384783")

    static let facts = HeadFacts(
        scientificName: "Mus musculus", commonName: "mouse", reviewedStatements: 1,
        crossReferences: [EntityID(prefix: "mgi", local: "96433")])

    static let sections = [
        Section(id: .disease, heading: "Disease relevance of {name}"),
        Section(id: .chemical, heading: "Associations of {name} with chemical compounds"),
        Section(id: .physical, heading: "Physical interactions of {name}"),
    ]

    /// The gene of the tests; `salt` is put into every name.
    static func entity(salt: String = "") -> Entity {
        Entity(
            id: igf1r, kind: .gene, name: "Igf1r" + salt,
            fullName: "insulin-like growth factor I receptor" + salt,
            synonyms: [
                Synonym(name: "CD221" + salt, grade: .synonym, source: "genes"),
                Synonym(name: "IGF-1R", grade: .synonym, source: "genes"),
                Synonym(name: "hyft" + salt, grade: .weak, source: "genes"),
            ],
            taxon: .mouse)
    }

    /// Evidence whose mentions are found by their words.
    static func evidence(
        _ text: String, pmid: Int64, section: SectionID, names: [(String, EntityKind, EntityID)],
        qualities: SentenceQualities = SentenceQualities(), salt: String = "", start: Int = 100
    ) -> Evidence {
        let bytes = Array(text.utf8)
        let mentions = names.compactMap { words, kind, entity -> Mention? in
            let wanted = Array(words.utf8)
            let found = bytes.indices.first { bytes[$0...].starts(with: wanted) }
            return found.map {
                Mention(
                    passage: 2, range: TextRange(start + $0, start + $0 + wanted.count), kind: kind,
                    entity: entity, taxon: kind == .gene ? .mouse : nil, dictionaryName: words + salt,
                    source: "genes", reasons: ["case folded" + salt])
            }
        }
        let triggers = mentions.filter { $0.kind != .gene }.map {
            Trigger(range: $0.range, concept: $0.entity.curie + salt)
        }
        return Evidence(
            pmid: PMID(pmid), version: 1, passage: 2, passageKind: .abstract, sentence: 1,
            range: TextRange(start, start + bytes.count), text: text, entity: igf1r, mentions: mentions,
            qualities: qualities,
            placements: [
                Placement(
                    section: section, rule: "gene and disease" + salt, triggers: triggers,
                    parts: [
                        ScorePart(name: "section" + salt, value: 2), ScorePart(name: "length", value: -0.125),
                    ])
            ])
    }

    /// An article of four statements on three papers; `salt` is put into every text that comes from outside.
    static func page(salt: String = "") throws -> ArticlePage {
        let gene = (EntityKind.gene, igf1r)
        let pieces = [
            evidence(
                "Loss of Igf1r protects mice from carcinoma (p < 0.05).\(salt)", pmid: 90_000_003,
                section: .disease,
                names: [
                    ("Igf1r", gene.0, gene.1),
                    ("carcinoma", .disease, EntityID(prefix: "mesh", local: "D002277")),
                ], salt: salt),
            evidence(
                "Is Igf1r needed for glioma growth?", pmid: 90_000_001, section: .disease,
                names: [("Igf1r", gene.0, gene.1)], qualities: SentenceQualities(isSpeculative: true)),
            evidence(
                "Zn(2+) did not change the affinity of *Igf1r* in β-cells.", pmid: 90_000_003,
                section: .chemical,
                names: [
                    ("Zn(2+)", .chemical, EntityID(prefix: "mesh", local: "D015032")),
                    ("Igf1r", gene.0, gene.1),
                    ("β-cells", .anatomy, EntityID(prefix: "cl", local: "0000169")),
                ], qualities: SentenceQualities(isNegated: true)),
            evidence(
                "Irs2 binds Igf1r.", pmid: 90_000_002, section: .physical,
                names: [("Irs2", .gene, irs2), ("Igf1r", gene.0, gene.1)]),
        ]
        let chosen = pieces.enumerated().map {
            ChosenEvidence(
                evidence: $0.element, placement: $0.element.placements[0],
                supportingPapers: $0.offset == 0 ? 3 : 1)
        }
        let references = [
            CitationReference(
                pmid: PMID(90_000_001), title: "A question of glioma?" + salt,
                authors: ["Žižková, Á." + salt, "The Mouse Group"], journal: "J Invent Sci" + salt,
                year: 2004,
                copyright: "© 2004 Nobody" + salt, badges: [.erratum, .concern]),
            CitationReference(
                pmid: PMID(90_000_002), title: "[Bindung von Irs2].", authors: ["O'Neil, T."], journal: "",
                year: 2007),
            CitationReference(
                pmid: PMID(90_000_003), title: "Igf1r & age.", authors: ["Ångström, K.B. Jr"],
                journal: "Ann Made Up", year: 2019),
        ]
        var facts = facts
        facts.scientificName = facts.scientificName.map { $0 + salt }
        facts.commonName = facts.commonName.map { $0 + salt }
        return ArticlePage(
            try SeedComposer(sections: sections).article(
                on: entity(salt: salt), facts: facts, chosen: chosen,
                references: Dictionary(references.map { ($0.pmid, $0) }, uniquingKeysWith: { one, _ in one }))
        )
    }

    /// Entries of three articles, the sample's among them.
    static let entries = [
        entry(igf1r, "Igf1r", "insulin-like growth factor I receptor", ["CD221"], mouse: true, 4),
        entry(irs2, "Irs2", "insulin receptor substrate 2", ["4PS"], mouse: true, 1),
        entry(
            EntityID(prefix: "ncbigene", local: "3480"), "IGF1R", "insulin like growth factor 1 receptor",
            ["JTK13", "</script><b>"], mouse: false, 12),
    ]

    static func entry(
        _ entity: EntityID, _ name: String, _ fullName: String, _ synonyms: [String], mouse: Bool,
        _ count: Int
    ) -> SiteEntry {
        SiteEntry(
            entity: entity, kind: .gene, name: name, fullName: fullName, synonyms: synonyms,
            scientificName: mouse ? "Mus musculus" : "Homo sapiens", commonName: mouse ? "mouse" : "human",
            statementCount: count)
    }
}
