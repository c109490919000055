import Corpus
import Foundation
import Store
import Testing

/// What goes in comes out, to the byte.
struct RoundTripTests {
    /// Pieces of text that are easily harmed: composed and decomposed accents, scalars of one to four bytes, joined
    /// emoji, right-to-left text, line ends, quotes.
    static let pieces = [
        "Igf1r", " ", "β-catenin", "\u{E9}", "e\u{301}", "\u{212B}", "\u{C5}", "𝛼", "👩\u{200D}🔬", "ﬁ", "שלום",
        "\r\n", "\n", "'", "\"",
        "%", "μ", "µ", "\u{FEFF}", "\u{2028}", "NF-κB", "\u{0}", "½", "한", "\u{1112}\u{1161}\u{11AB}",
    ]

    static func text(_ count: Int, using generator: inout SeededGenerator) -> String {
        // Scalars are joined as they are: joining strings keeps their bytes.
        (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }

    static func optional(using generator: inout SeededGenerator) -> String? {
        Bool.random(using: &generator) ? text(2, using: &generator) : nil
    }

    static func citation(_ pmid: Int64, using generator: inout SeededGenerator) -> Citation {
        func some<Item>(_ item: (inout SeededGenerator) -> Item) -> [Item] {
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in item(&generator) }
        }
        var citation = Citation(pmid: PMID(pmid), version: Int.random(in: 1...3, using: &generator))
        citation.status = "MEDLINE"
        citation.title = "T" + text(9, using: &generator)
        citation.dateRevised = optional(using: &generator)
        citation.vernacularTitle = optional(using: &generator)
        citation.abstract = some {
            AbstractSection(
                label: optional(using: &$0), category: optional(using: &$0), text: text(30, using: &$0))
        }
        citation.otherAbstracts = some {
            OtherAbstract(
                type: "Publisher", language: "spa", sections: [AbstractSection(text: text(3, using: &$0))],
                copyright: optional(using: &$0))
        }
        citation.copyright = optional(using: &generator)
        citation.authors = some {
            Author(
                lastName: optional(using: &$0), foreName: optional(using: &$0),
                initials: optional(using: &$0),
                suffix: optional(using: &$0), collectiveName: optional(using: &$0),
                orcid: optional(using: &$0))
        }
        citation.journal = Journal(
            title: "Журнал", isoAbbreviation: Bool.random(using: &generator) ? "J. \u{E9}" : "J. e\u{301}",
            issn: nil, nlmID: "0376")
        citation.year = Bool.random(using: &generator) ? Int.random(in: -1...2030, using: &generator) : nil
        citation.languages = ["eng", "fre"]
        citation.publicationTypes = some { _ in PublicationType(ui: "", name: "Journal Article") }
        citation.meshHeadings = some {
            MeshHeading(
                descriptor: MeshTerm(
                    ui: "D051379", name: "Mice", isMajorTopic: Bool.random(using: &$0)),
                qualifiers: [MeshTerm(ui: "Q000235", name: "genetics", isMajorTopic: true)])
        }
        citation.chemicals = some { _ in Chemical(registryNumber: "0", ui: "D011485", name: "α-Protéine") }
        citation.keywords = some { text(2, using: &$0) }
        citation.geneSymbols = some { text(1, using: &$0) }
        citation.corrections = some {
            Correction(
                type: .erratumIn, pmid: Bool.random(using: &$0) ? PMID(.random(in: 1...9, using: &$0)) : nil,
                source: text(2, using: &$0))
        }
        citation.articleIdentifiers = some {
            ArticleIdentifier(type: "doi", value: "10.1000/" + text(2, using: &$0))
        }
        return citation
    }

    @Test(arguments: 0..<30)
    func `citations and evidence come back to the byte`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var extractions: [CitationExtraction] = []
        for number in 1...10 {
            let citation = Self.citation(Int64(number), using: &generator)
            var evidence = [Samples.evidence(citation, passage: 0, about: Samples.igf1r)]
            for passage in citation.abstract.indices.map({ $0 + 1 }) {
                for entity in Samples.entities where Bool.random(using: &generator) {
                    var item = Samples.evidence(citation, passage: passage, about: entity)
                    Self.narrow(&item.evidence, in: citation, using: &generator)
                    item.id = Samples.identifier(of: item.evidence)
                    evidence.append(item)
                }
            }
            evidence.shuffle(using: &generator)
            extractions.append(Samples.extraction(citation, record: number, evidence))
        }
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        let file = Samples.file("a1.xml")
        _ = try store.write(
            FileExtraction(
                file: file, batch: ExtractionBatch(citations: extractions, entities: Samples.entities)),
            run: run)
        for extraction in extractions {
            let kept = try #require(try store.citation(extraction.citation.pmid))
            #expect(kept.file == file.name)
            #expect(kept.place == extraction.place)
            #expect(kept.citation == extraction.citation, "seed \(seed)")
            // Equal strings may differ in their bytes: compare what the debugger would print of every scalar.
            #expect(Self.scalars(kept.citation) == Self.scalars(extraction.citation), "seed \(seed)")
            let evidence = try store.evidence(in: extraction.citation.pmid)
            let sent = extraction.evidence.sorted { $0.id < $1.id }
            let found = evidence.sorted { $0.id < $1.id }
            #expect(found == sent, "seed \(seed)")
            #expect(Self.scalars(found) == Self.scalars(sent), "seed \(seed)")
            for item in evidence {
                let passage = item.evidence.passage
                let text = passage == 0 ? kept.citation.title : kept.citation.abstract[passage - 1].text
                #expect(
                    text.slice(item.evidence.range).map { Array($0.utf8) } == Array(item.evidence.text.utf8))
                #expect(try store.evidence(item.id)?.evidence == item)
            }
        }
        for entity in Samples.entities { #expect(try store.entity(entity.id) == entity) }
        #expect(try store.damage() == [])
    }

    /// Moves the sentence of some evidence to a stretch between two scalars, and its mention into it.
    static func narrow(
        _ evidence: inout Evidence, in citation: Citation, using generator: inout SeededGenerator
    ) {
        let text = citation.abstract[evidence.passage - 1].text
        let boundaries = text.unicodeScalars.indices.map { text.utf8.distance(from: text.startIndex, to: $0) }
        guard boundaries.count > 2 else { return }
        let start = Int.random(in: 0..<boundaries.count - 1, using: &generator)
        let end = Int.random(in: start + 1..<boundaries.count, using: &generator)
        evidence.range = TextRange(boundaries[start], boundaries[end])
        evidence.text = text.slice(evidence.range) ?? ""
        for place in evidence.mentions.indices {
            evidence.mentions[place].range = evidence.range
            evidence.mentions[place].dictionaryName = Self.text(2, using: &generator)
        }
    }

    static func scalars(_ value: Any) -> [Unicode.Scalar] {
        var text = ""
        dump(value, to: &text)
        return Array(text.unicodeScalars)
    }

    @Test(arguments: [0, -0.0, 0.1, 0.125, -1.0 / 3, 1e-9, 1e300, 3.001, 123456.789, .infinity, .pi])
    func `scores come back to the bit`(value: Double) throws {
        let citation = Citation(pmid: PMID(1), title: "One")
        var item = Samples.evidence(citation, passage: 0, about: Samples.igf1r)
        item.evidence.placements = [
            Placement(
                section: .other, rule: "r", triggers: [], parts: [ScorePart(name: "position", value: value)])
        ]
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        _ = try store.write(
            FileExtraction(
                file: Samples.file("a1.xml"),
                batch: FileWriterTests.batch([Samples.extraction(citation, record: 0, [item])])), run: run)
        let found = try store.evidence(in: PMID(1)).first?.evidence.placements.first?.parts.first?.value
        #expect(found?.bitPattern == value.bitPattern)
    }
}
