import Corpus
import Foundation
import TextMining

/// What the tests of sections and ranking share.
enum SectionsExamples {
    /// The package's folder, found from this file.
    static func packageRoot() -> URL {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path),
            folder.path != "/"
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }

    /// The text of a file of the package.
    static func packageFile(_ path: String) throws -> String {
        try String(contentsOf: packageRoot().appendingPathComponent(path), encoding: .utf8)
    }

    /// The shipped rules for gene articles.
    static func geneRules() throws -> SectionRules {
        try SectionRules(
            yaml: packageFile("Pipelines/sections/gene.yaml"), file: "Pipelines/sections/gene.yaml")
    }

    /// The shipped rules for articles of a kind.
    static func rules(_ name: String) throws -> SectionRules {
        try SectionRules(
            yaml: packageFile("Pipelines/sections/\(name).yaml"), file: "Pipelines/sections/\(name).yaml"
        ) { try? packageFile("Pipelines/sections/\($0)") }
    }

    /// The shipped rules for all kinds of articles.
    static func allRules() throws -> [SectionRules] {
        try ["gene", "chemical", "disease"].map(rules)
    }

    /// SplitMix64: small, and the same on every machine.
    struct Generator: RandomNumberGenerator {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }
}

/// A sentence written for a test, with its mentions marked in the text: `{g:Igf1r}`, where the letter gives the kind:
/// g a gene, f a family, m a gene that marks a cell type, r a gene named as reagent, d a disease, c a chemical, a an
/// anatomical term, p a process, t a technique, y a psychiatric term. Tree numbers may follow: `{d:obesity:C18.654}`.
/// The first gene (or family) is the focus.
struct MarkedSentence {
    var text = ""
    var mentions: [Mention] = []
    var focus: Mention

    init(_ marked: String) {
        var bytes: [UInt8] = []
        var mentions: [Mention] = []
        var rest = marked[...]
        while let open = rest.firstIndex(of: "{") {
            bytes += Array(rest[..<open].utf8)
            let close = rest[open...].firstIndex(of: "}") ?? rest.index(before: rest.endIndex)
            let parts = rest[rest.index(after: open)..<close].split(separator: ":").map(String.init)
            let start = bytes.count
            bytes += Array(parts[1].utf8)
            mentions.append(
                Self.mention(
                    letter: parts[0], name: parts[1], range: TextRange(start, bytes.count),
                    trees: Array(parts.dropFirst(2))))
            rest = rest[rest.index(after: close)...]
        }
        bytes += Array(rest.utf8)
        text = String(decoding: bytes, as: UTF8.self)
        self.mentions = mentions
        focus = mentions.first { $0.kind == .gene || $0.kind == .geneFamily } ?? mentions[0]
    }

    private static func mention(letter: String, name: String, range: TextRange, trees: [String]) -> Mention {
        let kinds: [String: EntityKind] = [
            "g": .gene, "m": .gene, "r": .gene, "f": .geneFamily, "d": .disease, "c": .chemical,
            "a": .anatomy,
            "p": .process, "t": .technique, "y": .psychiatry,
        ]
        let kind = kinds[letter] ?? .gene
        let isGene = kind == .gene || kind == .geneFamily
        let role: MentionRole = letter == "m" ? .marker : letter == "r" ? .reagent : .subject
        return Mention(
            passage: 1, range: range, kind: kind,
            entity: EntityID(prefix: isGene ? "ncbigene" : "mesh", local: name.replacing(" ", with: "_")),
            dictionaryName: name, role: role, treeNumbers: trees)
    }

    func placements(
        _ classifier: SectionClassifier, qualities: SentenceQualities = SentenceQualities(),
        context: PlacementContext = PlacementContext()
    ) -> [Placement] {
        classifier.placements(
            passage: text, range: TextRange(0, text.utf8.count), focus: focus, mentions: mentions,
            qualities: qualities, context: context)
    }
}
