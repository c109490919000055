import AhoCorasick
import Corpus
import Terminology

/// What speaks for and against each name of a document being a mention of its kind: the words around it, its spelling,
/// the dictionary's trust, and what the rest of the document says.
///
/// The names must be in the document's order: by passage, then by first token, longer ones first.
struct DocumentFeatures {
    private let document: TaggedDocument
    private let dictionary: CompiledDictionary
    /// The folded tokens of each name as one number.
    private let phrases: [UInt64]
    /// How often a phrase stands in the document as a name of a kind.
    private var counts: [UInt64: Int] = [:]
    /// The names of each concept: their phrases and how far they are trusted.
    private var supports: [Int: [(phrase: UInt64, grade: NameGrade)]] = [:]
    /// Kinds of the names that hold each name, that lie in it, and that share its place, a bit a kind.
    private var inside: [UInt16]
    private var around: [UInt16]
    private var also: [UInt16]
    /// Kinds of the names that end just before each name, and that begin just after it.
    private var before: [UInt16]
    private var after: [UInt16]

    init(document: TaggedDocument, dictionary: CompiledDictionary) {
        self.document = document
        self.dictionary = dictionary
        let names = document.names
        phrases = names.map { name in
            FeatureNumber.value(of: document.passages[name.passage].tokens[name.first...name.last])
        }
        inside = [UInt16](repeating: 0, count: names.count)
        around = inside
        also = inside
        before = inside
        after = inside
        for (index, name) in names.enumerated() {
            counts[phrases[index] ^ name.kind.number, default: 0] += 1
            if let reading = name.readings.first {
                supports[reading.concept, default: []].append((phrases[index], reading.grade))
            }
            var next = index + 1
            while next < names.count, names[next].passage == name.passage, names[next].first <= name.last + 1
            {
                let other = names[next]
                if other.first == name.last + 1 {
                    after[index] |= 1 << UInt16(other.kind.number)
                    before[next] |= 1 << UInt16(name.kind.number)
                } else if other.first == name.first, other.last == name.last {
                    also[index] |= 1 << UInt16(other.kind.number)
                    also[next] |= 1 << UInt16(name.kind.number)
                } else if other.last <= name.last {
                    around[index] |= 1 << UInt16(other.kind.number)
                    inside[next] |= 1 << UInt16(name.kind.number)
                }
                next += 1
            }
        }
    }

    /// The number of a group of names that are judged together: the same phrase read as the same entity.
    func group(of index: Int) -> [UInt64] {
        let name = document.names[index]
        return [phrases[index], name.kind.number, UInt64(name.readings.first?.concept ?? 0)]
    }

    /// The features of a name.
    func features(of index: Int, isNamed: Bool) -> FeatureList {
        let name = document.names[index]
        let passage = document.passages[name.passage]
        var list = FeatureList(kind: name.kind, isNamed: isNamed)
        list.add(.bias)
        addWords(of: name, phrase: phrases[index], in: passage, to: &list)
        addContext(of: name, in: passage, to: &list)
        addSpelling(of: name, in: passage, to: &list)
        if let reading = name.readings.first { addReading(reading, of: name, index: index, to: &list) }
        addPlace(of: name, index: index, in: passage, to: &list)
        return list
    }

    // MARK: - Words

    private typealias Passage = TaggedDocument.TokenizedPassage

    private func text(_ passage: Passage, _ tokens: ClosedRange<Int>) -> String {
        String(
            decoding: passage.slice(
                TextRange(
                    Int(passage.tokens[tokens.lowerBound].start), Int(passage.tokens[tokens.upperBound].end))),
            as: UTF8.self)
    }

    private func addWords(
        of name: NameReading, phrase: UInt64, in passage: Passage, to list: inout FeatureList
    ) {
        let tokens = passage.tokens
        list.add(.name, identity: phrase, text(passage, name.first...name.last))
        if name.last > name.first {
            list.add(.first, identity: tokens[name.first].identity, text(passage, name.first...name.first))
            list.add(.last, identity: tokens[name.last].identity, text(passage, name.last...name.last))
        }
    }

    private func addContext(of name: NameReading, in passage: Passage, to list: inout FeatureList) {
        let tokens = passage.tokens
        let sentence = passage.sentences[passage.sentence(at: name.range.start)]
        func isHere(_ place: Int) -> Bool {
            place >= 0 && place < tokens.count && Int(tokens[place].start) >= sentence.start
                && Int(tokens[place].end) <= sentence.end
        }
        let border: UInt64 = 0
        func neighbour(_ place: Int, _ template: FeatureTemplate) {
            if isHere(place) {
                list.add(template, identity: tokens[place].identity, text(passage, place...place))
            } else {
                list.add(template, identity: border, "")
            }
        }
        neighbour(name.first - 1, .left1)
        neighbour(name.first - 2, .left2)
        neighbour(name.last + 1, .right1)
        neighbour(name.last + 2, .right2)
        for place in (name.first - 6)...(name.last + 6)
        where (place < name.first || place > name.last) && isHere(place)
            && tokens[place].traits.contains(.letters) && tokens[place].end - tokens[place].start > 2
        {
            list.add(.near, identity: tokens[place].identity, text(passage, place...place))
        }
    }

    // MARK: - Spelling

    private func addSpelling(of name: NameReading, in passage: Passage, to list: inout FeatureList) {
        let surface = passage.slice(name.range)
        let folded = Spelling.folded(surface)
        let letters = folded.count
        list.add(.ending3, folded.suffix(3))
        list.add(.ending4, folded.suffix(4))
        list.add(.beginning3, folded.prefix(3))
        let shape = Self.shape(surface)
        list.add(.shape, shape)
        let trust = name.readings.first?.grade.rawValue ?? 9
        list.add(
            .shapeTrust,
            shape + [0x2F, 0x30 + trust, 0x2F, 0x30 + UInt8(min(4, Set(name.readings.map(\.concept)).count))])
        list.add(.length, [0x30 + UInt8(letters <= 6 ? letters : letters <= 9 ? 7 : letters <= 14 ? 8 : 9)])
        let word = Spelling.lowered(surface)
        if dictionary.isEnglishWord(word) {
            let spelling = Spelling(surface)
            if spelling.upper == 0 {
                list.add(.english, word: "small")
            } else if spelling.isTitleCase {
                list.add(.english, word: "capital")
            } else {
                list.add(.english, word: "capitals")
            }
        }
        var touching: [UInt8] = []
        let bytes = passage.bytes
        touching.append(name.range.start > 0 ? Self.sign(bytes[name.range.start - 1]) : 0x5E)
        touching.append(name.range.end < bytes.count ? Self.sign(bytes[name.range.end]) : 0x24)
        list.add(.touches, touching)
    }

    /// A byte beside a name: a sign as it is, blanks and letters as one.
    private static func sign(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0...0x20: 0x5F
        case 0x30...0x39: 0x30
        case 0x41...0x5A, 0x61...0x7A, 0x80...: 0x61
        default: byte
        }
    }

    /// Runs of capitals, small letters, digits and other bytes, each as one letter; eight runs at most.
    static func shape(_ surface: ArraySlice<UInt8>) -> [UInt8] {
        var shape: [UInt8] = []
        for byte in surface {
            let letter: UInt8
            switch byte {
            case 0x41...0x5A: letter = UInt8(ascii: "A")
            case 0x61...0x7A: letter = UInt8(ascii: "a")
            case 0x30...0x39: letter = UInt8(ascii: "0")
            case 0x80...: letter = UInt8(ascii: "u")
            case 0...0x20: letter = UInt8(ascii: "_")
            default: letter = UInt8(ascii: "-")
            }
            if shape.last != letter { shape.append(letter) }
            if shape.count == 8 { break }
        }
        return shape
    }

    // MARK: - What the dictionary and the document say

    private func addReading(_ reading: Reading, of name: NameReading, index: Int, to list: inout FeatureList)
    {
        let trust = 0x30 + reading.grade.rawValue
        list.add(.trust, [trust])
        list.add(.readings, [0x30 + UInt8(min(4, Set(name.readings.map(\.concept)).count))])
        dictionary.withName(ofEntry: reading.entry) { listed in
            let surface = document.passages[name.passage].slice(name.range)
            var isSame = listed.count == surface.count
            var isFolded = isSame
            if isSame {
                for (offset, byte) in surface.enumerated() {
                    if listed[offset] != byte { isSame = false }
                    if listed[offset] | 0x20 != byte | 0x20 { isFolded = false }
                }
            }
            if isSame {
                list.add(.spelling, word: "exact")
            } else if isFolded {
                list.add(.spelling, word: "case")
            } else {
                list.add(.spelling, word: "other")
            }
        }
        dictionary.withTreeNumbers(ofConcept: reading.concept) { trees in
            var start = 0
            while start < trees.count {
                var end = start
                while end < trees.count, trees[end] != UInt8(ascii: "|") { end += 1 }
                for length in [1, 3, 7, 11] where start + length <= end {
                    list.add(.tree, (start..<(start + length)).map { trees[$0] })
                }
                start = end + 1
            }
        }
        dictionary.withIdentifier(ofConcept: reading.concept) { identifier in
            list.add(.entity, (0..<identifier.count).map { identifier[$0] })
        }
        list.add(.source, dictionary.source(ofEntry: reading.entry).utf8)
        if let long = name.longForm {
            let words = Spelling.lowered(long.utf8).split(separator: 0x20)
            if let last = words.last { list.add(.defined, "last:".utf8 + Array(last)) }
            if let first = words.first { list.add(.defined, "first:".utf8 + Array(first)) }
        }
        if reading.definedAs != nil { list.add(.defined, word: "known") }
        var other: NameGrade?
        for support in supports[reading.concept] ?? [] where support.phrase != phrases[index] {
            other = min(other ?? .weak, support.grade)
        }
        list.add(.support, [other.map { 0x30 + $0.rawValue } ?? UInt8(ascii: "n"), trust])
        if let cue = reading.cue { list.add(.cue, word: cue) }
        if let margin = reading.margin { list.add(.margin, [0x30 + UInt8(max(0, min(9, margin * 2)))]) }
        for doubt in NameDoubt.allCases where name.doubts.contains(doubt.mark) {
            list.add(.doubt, word: doubt.rawValue)
        }
    }

    private func addPlace(of name: NameReading, index: Int, in passage: Passage, to list: inout FeatureList) {
        if name.isElliptic { list.add(.doubt, word: "elliptic") }
        if name.prefixed != nil { list.add(.doubt, word: "species-letter") }
        let count = counts[phrases[index] ^ name.kind.number] ?? 1
        list.add(.occurrences, [0x30 + UInt8(count < 4 ? count : count < 7 ? 4 : 5)])
        if passage.passage.kind == .title { list.add(.title) }
        let relations: [(FeatureTemplate, UInt16)] = [
            (.also, also[index]), (.inside, inside[index]), (.around, around[index]),
            (.before, before[index]),
            (.after, after[index]),
        ]
        for (template, kinds) in relations where kinds != 0 {
            for kind in EntityKind.allCases where kinds & (1 << UInt16(kind.number)) != 0 {
                list.add(template, kind.rawValue.utf8)
            }
        }
    }
}
