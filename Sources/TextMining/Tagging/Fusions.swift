import Corpus
import Terminology

/// An entity that the text names by naming others, so that the dictionary need not know it.
struct ComposedEntity {
    /// Its identifier, made of those of its parts' symbols.
    var id: EntityID
    /// Its name, made of the symbols of its parts.
    var name: String
}

extension TaggedDocument {
    /// The mention of an entity that is made of others.
    func mention(of composed: ComposedEntity, as name: NameReading) -> Mention {
        Mention(
            passage: passages[name.passage].passage.index, range: name.range, kind: name.kind,
            entity: composed.id, dictionaryName: composed.name, reasons: name.reasons, role: name.role)
    }
}

/// Finds fusions of genes: two gene names that a hyphen, a slash or colons join, where two colons do (EML4::ALK), where
/// words near them say so (the KIF5B-RET fusion), or where the dictionary lists the pair as a fusion (BCR/ABL).
///
/// A fusion is a class of its own: it becomes one name over both, and neither partner is one there. Two names before
/// “complex” or “heterodimer” stay two. A fusion's identifier is made of the human symbols of its partners in their
/// order, so that all spellings of a pair lead to the same: `bioscribe.fusion:BCR-ABL1`.
struct Fusions {
    private let dictionary: CompiledDictionary
    private let said: [RoleCue]
    private let other: [RoleCue]
    private let tags: [RoleCue]

    /// The prefix of the identifiers of fusions.
    private static let prefix = "bioscribe.fusion"
    /// How many bytes before and after a pair are near it: four to six words.
    private static let reach = 32
    private static let complexes = [
        " complex", " heterodimer", " heterocomplex", " dimer", " heterotetramer", "-complex", " axis",
    ]
    .map { Array($0.utf8) }

    init(dictionary: CompiledDictionary) {
        self.dictionary = dictionary
        said = dictionary.roleCues.filter { $0.meaning == .fusion }
        other = dictionary.roleCues.filter { $0.meaning == .otherFusion }
        tags = dictionary.roleCues.filter { $0.meaning == .tag }
    }

    /// The genes of a document of which nothing is held against the names but that they seem the ends of longer ones:
    /// the RET of KIF5B-RET, which is none where the two are no fusion.
    static func cutOut(of document: TaggedDocument) -> [NameReading] {
        document.names.filter { $0.kind == .gene && $0.doubts == NameDoubt.cutOut.mark }
    }

    /// Puts one name over each fusion in place of those of its partners. The names must be in the document's order.
    ///
    /// - Parameter cutOut: names that are looked for as partners, though they may not be left in the document.
    func apply(to document: inout TaggedDocument, cutOut: [NameReading]) {
        var all = document
        for name in cutOut
        where !document.names.contains(where: {
            $0.passage == name.passage && $0.range == name.range && $0.kind == .gene
        }) {
            all.names.append(name)
        }
        all.names.sort { ($0.passage, $0.first, $1.last) < ($1.passage, $1.first, $0.last) }
        var found: [NameReading] = []
        for (index, name) in all.names.enumerated() where isPartner(name) {
            guard let fusion = fusion(from: index, in: all) else { continue }
            if let last = found.last, last.passage == fusion.passage, last.range.overlaps(fusion.range) {
                continue
            }
            found.append(fusion)
        }
        guard !found.isEmpty else { return }
        document.names.removeAll { name in
            found.contains { fusion in
                fusion.passage == name.passage && fusion.range.contains(name.range)
                    && (name.kind == .gene || name.kind == .geneFamily)
            }
        }
        document.names += found
        document.names.sort { ($0.passage, $0.first, $1.last) < ($1.passage, $1.first, $0.last) }
    }

    private func isPartner(_ name: NameReading) -> Bool {
        name.kind == .gene && !name.isElliptic && !name.isSought && !name.readings.isEmpty
    }

    // MARK: - Pairs

    /// What joins two names.
    private enum Joint {
        case hyphen, slash, colons

        /// The joint that stands at the beginning, and the number of its bytes.
        static func at(_ text: ArraySlice<UInt8>) -> (joint: Joint, count: Int)? {
            let colon = UInt8(ascii: ":")
            switch text.first {
            case UInt8(ascii: "-"): return (.hyphen, 1)
            case UInt8(ascii: "/"): return (.slash, 1)
            case colon: return text.dropFirst().first == colon ? (.colons, 2) : (.hyphen, 1)
            default:
                // U+2010 to U+2013: hyphens and the short dash.
                guard text.count > 3, text.starts(with: [0xE2, 0x80]),
                    (0x90...0x93).contains(text[text.startIndex + 2])
                else { return nil }
                return (.hyphen, 3)
            }
        }
    }

    /// The fusion that begins with a name; nil where there is none.
    private func fusion(from index: Int, in document: TaggedDocument) -> NameReading? {
        let first = document.names[index]
        let passage = document.passages[first.passage]
        guard let (joint, width) = Joint.at(passage.bytes[first.range.end...]) else { return nil }
        let start = first.range.end + width
        for second in document.names[(index + 1)...] {
            guard second.passage == first.passage, second.range.start <= start else { break }
            guard second.range.start == start, isPartner(second) else { continue }
            let range = TextRange(first.range.start, second.range.end)
            let partners = [first, second].compactMap(\.readings.first)
            let symbols = partners.map(symbol)
            guard symbols.count == 2, symbols[0] != symbols[1],
                passage.sentence(at: range.start) == passage.sentence(at: range.end - 1),
                !isGene(over: range, of: first.passage, in: document)
            else { continue }
            let name = symbols.joined(separator: "-")
            let id = EntityID(prefix: Self.prefix, local: name)
            let known = entry(of: id)
            guard
                joint == .colons || known != nil && !isComplex(range, in: passage)
                    || isSaid(of: first, second, range, by: joint, in: passage)
            else { continue }
            return NameReading(
                passage: first.passage, first: first.first, last: second.last, range: range,
                kind: .geneFamily,
                readings: known.map { [$0] } ?? partners,
                reasons: ["fusion of \(symbols[0]) and \(symbols[1])"],
                composed: known == nil ? ComposedEntity(id: id, name: name) : nil)
        }
        return nil
    }

    /// The symbol of a gene as a part of a fusion: that of its human ortholog, where one is known.
    private func symbol(_ reading: Reading) -> String {
        let human = dictionary.ortholog(ofConcept: reading.concept, in: .human) ?? reading.concept
        return dictionary.name(ofConcept: human)
    }

    /// The dictionary's entry of a fusion that it lists.
    private func entry(of id: EntityID) -> Reading? {
        guard let concept = dictionary.concept(of: id) else { return nil }
        return dictionary.entries(named: dictionary.name(ofConcept: concept)).first { $0.concept == concept }
            .map { Reading(concept: concept, entry: $0.number, grade: $0.grade) }
    }

    /// Whether one gene has the whole pair as its symbol: a gene that was read through, such as IQCJ-SCHIP1.
    private func isGene(over range: TextRange, of passage: Int, in document: TaggedDocument) -> Bool {
        document.names.contains {
            $0.passage == passage && $0.kind == .gene && $0.range.contains(range)
                && ($0.readings.first?.grade ?? .weak) == .official
        }
    }

    // MARK: - Words around a pair

    private func isSaid(
        of first: NameReading, _ second: NameReading, _ range: TextRange, by joint: Joint,
        in passage: TaggedDocument.TokenizedPassage
    ) -> Bool {
        let around = NameSurroundings(of: range, in: passage, reach: Self.reach)
        guard said.contains(where: around.has), !other.contains(where: around.has),
            !isComplex(range, in: passage), !(joint == .slash && isListed(range, in: passage))
        else { return false }
        return ![first, second].contains { name in
            let own = NameSurroundings(of: name.range, in: passage, reach: 0)
            return tags.contains(where: own.has)
        }
    }

    /// Whether the names are said to bind each other.
    private func isComplex(_ range: TextRange, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        let after = Spelling.lowered(passage.bytes[range.end...].prefix(16))
        return Self.complexes.contains { after.starts(with: $0) }
    }

    /// Whether slashes only list names: EGFR/ALK/ROS1, or ALK/ROS1 rearrangements.
    private func isListed(_ range: TextRange, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        let bytes = passage.bytes
        let slash = UInt8(ascii: "/")
        if range.start > 0, bytes[range.start - 1] == slash { return true }
        if range.end < bytes.count, bytes[range.end] == slash { return true }
        let after = Spelling.lowered(bytes[range.end...].prefix(24))
        return [" gene rearrangements", " rearrangements", " gene translocations", " translocations"]
            .contains { after.starts(with: $0.utf8) }
    }
}
