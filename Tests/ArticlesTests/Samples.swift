import Articles
import Corpus

/// Invented records for these tests: no sentence is anybody's.
enum Samples {
    static let igf1r = Entity(
        id: EntityID(prefix: "ncbigene", local: "16001"), kind: .gene, name: "Igf1r",
        fullName: "insulin-like growth factor I receptor",
        synonyms: [
            Synonym(name: "CD221", grade: .synonym, source: "gene_info"),
            Synonym(name: "hyft", grade: .weak, source: "gene_info"),
            Synonym(name: "IGF-1R", grade: .synonym, source: "gene_info"),
            Synonym(name: "Igf1r", grade: .official, source: "gene_info"),
            Synonym(name: "JTK13", grade: .related, source: "gene_info"),
        ],
        taxon: .mouse)

    static let facts = HeadFacts(
        scientificName: "Mus musculus", commonName: "mouse",
        crossReferences: [EntityID(prefix: "mgi", local: "96433"), EntityID(prefix: "unknown", local: "1")])

    static let sections = [
        Section(id: .disease, heading: "Disease relevance of {name}"),
        Section(id: .biological, heading: "Biological context of {name}"),
        Section(id: .physical, heading: "Physical interactions of {name}"),
    ]

    static func evidence(
        _ text: String, pmid: Int64, section: SectionID, start: Int = 0,
        qualities: SentenceQualities = .init(),
        mentions: [Mention] = []
    ) -> Evidence {
        Evidence(
            pmid: PMID(pmid), version: 1, passage: 1, passageKind: .abstract, sentence: 0,
            range: TextRange(start, start + text.utf8.count), text: text, entity: igf1r.id,
            mentions: mentions,
            qualities: qualities,
            placements: [
                Placement(
                    section: section, rule: "names a disease", triggers: [],
                    parts: [ScorePart(name: "section", value: 1)])
            ])
    }

    static func choice(
        _ text: String, pmid: Int64, section: SectionID, qualities: SentenceQualities = .init(),
        supportingPapers: Int = 1
    ) -> ChosenEvidence {
        let evidence = evidence(text, pmid: pmid, section: section, qualities: qualities)
        return ChosenEvidence(
            evidence: evidence, placement: evidence.placements[0], supportingPapers: supportingPapers)
    }

    static let chosen = [
        choice(
            "Loss of *Igf1r* protects mice from [induced] tumours (p < 0.05).", pmid: 90_000_003,
            section: .disease),
        choice("Is Igf1r needed for glioma growth?", pmid: 90_000_001, section: .disease),
        choice(
            "Igf1r may slow ageing in β-cells.", pmid: 90_000_003, section: .biological,
            qualities: SentenceQualities(isSpeculative: true), supportingPapers: 3),
    ]

    static let references: [PMID: CitationReference] = [
        PMID(90_000_001): CitationReference(
            pmid: PMID(90_000_001), title: "A question of glioma?",
            authors: ["Žižková, Á.", "The Mouse Group"],
            journal: "J Invent Sci", year: 2004, badges: [.erratum]),
        PMID(90_000_003): CitationReference(
            pmid: PMID(90_000_003), title: "Igf1r and age.", authors: ["Ångström, K.B. Jr"],
            journal: "Ann Made Up", year: 2019),
    ]
}

/// SplitMix64: small, seeded, the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A text of Markdown's signs, words, spaces, control characters, combining marks and any other scalars.
    mutating func text(maximumLength: Int = 40) -> String {
        let pool = [
            "a", "1", "iv", " ", " ", "  ", ".", ").", "(", "*", "_", "**", "[", "]", "](x)", "<b>", "&amp;",
            "&#65;", "&", "#", "# ", "- ", "+", ">", "`", "~", "^", "$", "@pubmed:1", "[@pubmed:1]", "\\",
            "\\\\",
            "\n", "\r\n", "\t", "\u{301}", "é", "β", "𝛼", "👩‍🔬", "\u{200B}", "\u{A0}", "\u{2028}", "\u{FEFF}",
            "|",
            ":", "=", "%", "---", "\"", "'", "!", "{", "}", "\u{7F}", "\u{1}", "\u{85}", "漢",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...maximumLength, using: &self) {
            if Int.random(in: 0..<8, using: &self) == 0 {
                let number = UInt32.random(in: 0...0x10FFFF, using: &self)
                if let scalar = Unicode.Scalar(number) { text.unicodeScalars.append(scalar) }
            } else if let piece = pool.randomElement(using: &self) {
                text += piece
            }
        }
        return text
    }
}
