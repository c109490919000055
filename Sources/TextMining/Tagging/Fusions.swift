import Corpus
import Terminology

/// A fusion of two genes that a text names.
struct Fusion {
    /// Its identifier, made of its partners' symbols.
    var id: EntityID
    /// Its name, made of its partners' symbols.
    var name: String
    /// Why it was taken for one.
    var reason: String
    /// Whether the dictionary lists it.
    var isListed: Bool
}

/// Finds fusions of genes: two gene names that a hyphen, a slash or colons join, where two colons do (EML4::ALK), where
/// words near them say so (the KIF5B-RET fusion), or where the dictionary lists the pair as a fusion (BCR/ABL).
///
/// A fusion is a class of its own: it becomes one name over both, and neither partner is one there. Two names before
/// “complex” or “heterodimer” stay two. A fusion's identifier is made of the human symbols of its partners in their
/// order, so that all spellings of a pair lead to the same: `bioscribe.fusion:BCR-ABL1`.
struct Fusions: Sendable {
    private let dictionary: CompiledDictionary
    private let said: [RoleCue]
    private let other: [RoleCue]
    private let tags: [RoleCue]

    /// The prefix of the identifiers of fusions.
    static let prefix = "bioscribe.fusion"
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
        let found =
            cutOut.isEmpty ? self.found(in: document) : self.found(in: document, with: cutOut)
        guard !found.isEmpty else { return }
        document.names.removeAll { name in
            (name.kind == .gene || name.kind == .geneFamily)
                && found.contains {
                    $0.name.passage == name.passage && $0.name.range.contains(name.range)
                }
        }
        for pair in found {
            var name = pair.name
            name.fusion = Int32(document.fusions.count)
            document.fusions.append(pair.fusion)
            document.names.append(name)
        }
        document.sortNames()
    }

    /// The fusions in a document with some more names.
    private func found(
        in document: TaggedDocument, with cutOut: [NameReading]
    ) -> [(name: NameReading, fusion: Fusion)] {
        var all = document
        let kept = Set(document.names.map(\.place))
        all.names += cutOut.filter { !kept.contains($0.place) }
        all.sortNames()
        return found(in: all)
    }

    /// The fusions in a document.
    private func found(in document: TaggedDocument) -> [(name: NameReading, fusion: Fusion)] {
        var found: [(name: NameReading, fusion: Fusion)] = []
        for index in document.names.indices where document.names[index].kind == .gene {
            guard mayBeJoined(document.names[index], in: document), isPartner(document.names[index]),
                let pair = fusion(from: index, in: document)
            else { continue }
            if let last = found.last?.name, last.passage == pair.name.passage,
                last.range.overlaps(pair.name.range)
            {
                continue
            }
            found.append(pair)
        }
        return found
    }

    /// Whether what joins names may stand behind a name: most stand before blanks.
    private func mayBeJoined(_ name: NameReading, in document: TaggedDocument) -> Bool {
        let passage = document.passages[name.passage]
        guard name.range.end < passage.bytes.count else { return false }
        switch passage.bytes[name.range.end] {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"), 0xE2: return true
        default: return false
        }
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
    private func fusion(
        from index: Int, in document: TaggedDocument
    ) -> (name: NameReading, fusion: Fusion)? {
        let first = document.names[index]
        let passage = document.passages[first.passage]
        guard let (joint, width) = Joint.at(passage.bytes[first.range.end...]) else { return nil }
        let start = first.range.end + width
        for second in document.names[(index + 1)...] {
            guard second.passage == first.passage, second.range.start <= start else { break }
            guard second.range.start == start, isPartner(second) else { continue }
            let range = TextRange(first.range.start, second.range.end)
            let partners = [first, second].compactMap { $0.readings.first }
            let symbols = partners.map(symbol)
            guard symbols.count == 2, symbols[0] != symbols[1],
                passage.sentence(at: range.start) == passage.sentence(at: range.end - 1),
                !isGene(over: range, from: index, in: document)
            else { continue }
            let name = symbols.joined(separator: "-")
            let id = EntityID(prefix: Self.prefix, local: name)
            let known = entry(of: id)
            guard
                joint == .colons || known != nil && !isComplex(range, in: passage)
                    || isSaid(of: first, second, range, by: joint, in: passage)
            else { continue }
            return (
                NameReading(
                    first.first, second.last, of: passage, kind: .geneFamily,
                    readings: Readings(known ?? partners.first)),
                Fusion(
                    id: id, name: name, reason: "fusion of \(symbols[0]) and \(symbols[1])",
                    isListed: known != nil)
            )
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
            .map { Reading($0) }
    }

    /// Whether one gene has the whole pair as its symbol: a gene that was read through, such as IQCJ-SCHIP1.
    private func isGene(over range: TextRange, from index: Int, in document: TaggedDocument) -> Bool {
        // Names that hold the first partner's stand before it in its sentence, or begin where it does.
        let first = document.names[index]
        var place = index
        while place > 0, document.names[place - 1].passage == first.passage,
            document.names[place - 1].sentence == first.sentence
        {
            place -= 1
        }
        for name in document.names[place...] {
            guard name.passage == first.passage, name.range.start <= range.start else { return false }
            if name.kind == .gene, name.range.contains(range),
                (name.readings.first?.grade ?? .weak) == .official
            {
                return true
            }
        }
        return false
    }

    // MARK: - Words around a pair

    private func isSaid(
        of first: NameReading, _ second: NameReading, _ range: TextRange, by joint: Joint,
        in passage: TaggedDocument.TokenizedPassage
    ) -> Bool {
        let around = NameSurroundings(of: range, in: passage)
        guard said.contains(where: { around.has($0, reach: Self.reach) }),
            !other.contains(where: { around.has($0, reach: Self.reach) }),
            !isComplex(range, in: passage), !(joint == .slash && isListed(range, in: passage))
        else { return false }
        return ![first, second].contains { name in
            let own = NameSurroundings(of: name.range, in: passage)
            return tags.contains { own.has($0, reach: 0) }
        }
    }

    /// Whether the names are said to bind each other.
    private func isComplex(_ range: TextRange, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        let after = LowerCase.of(passage.bytes[range.end...].prefix(16))
        return Self.complexes.contains { after.starts(with: $0) }
    }

    /// Whether slashes only list names: EGFR/ALK/ROS1, or ALK/ROS1 rearrangements.
    private func isListed(_ range: TextRange, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        let bytes = passage.bytes
        let slash = UInt8(ascii: "/")
        if range.start > 0, bytes[range.start - 1] == slash { return true }
        if range.end < bytes.count, bytes[range.end] == slash { return true }
        let after = LowerCase.of(bytes[range.end...].prefix(24))
        return [" gene rearrangements", " rearrangements", " gene translocations", " translocations"]
            .contains { after.starts(with: $0.utf8) }
    }
}
