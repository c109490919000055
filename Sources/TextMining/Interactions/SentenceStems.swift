import Corpus

/// The words of a sentence as pairs of genes are judged by them: runs of letters, runs of digits and signs, in lower case
/// and without the endings of inflection.
struct SentenceStems {
    /// A word.
    struct Word {
        /// Where it stands, in UTF-8 bytes of the passage.
        var range: TextRange
        /// Its stem, in `letters`.
        var stem: Range<Int>
        /// The beginning that marks it as a word of interactions, by its number; nil where it has none.
        var cue: Int?
    }

    /// The words, in order.
    let words: [Word]
    private let letters: [UInt8]

    /// Cuts a range of a passage into words. One pass over the bytes.
    init(_ passage: Span<UInt8>, in range: TextRange) {
        var words: [Word] = []
        var letters: [UInt8] = []
        letters.reserveCapacity(range.count)
        var position = range.start
        while position < range.end {
            let start = position
            let kind = Self.kind(passage[position])
            position += 1
            if kind == .blank { continue }
            if kind != .sign {
                while position < range.end, Self.kind(passage[position]) == kind { position += 1 }
            }
            let first = letters.count
            for index in start..<position { letters.append(LowerCase.of(passage[index])) }
            let word = letters[first...]
            let cue = Self.cuesByLetter[Int(word.first ?? 0)].first { word.starts(with: Self.cues[$0]) }
            letters.removeLast(Self.endingLength(of: word))
            words.append(
                Word(range: TextRange(start, position), stem: first..<letters.count, cue: cue))
        }
        self.words = words
        self.letters = letters
    }

    /// The stem of a word.
    func stem(_ word: Int) -> ArraySlice<UInt8> { letters[words[word].stem] }

    private enum ByteKind { case letter, digit, sign, blank }

    private static func kind(_ byte: UInt8) -> ByteKind {
        switch byte {
        case 0x41...0x5A, 0x61...0x7A, 0x80...: .letter
        case 0x30...0x39: .digit
        case 0...0x20: .blank
        default: .sign
        }
    }

    /// How many letters of a longer word are the ending of an inflection.
    private static func endingLength(of word: ArraySlice<UInt8>) -> Int {
        guard word.count > 5 else { return 0 }
        return endings.first { word.suffix($0.count).elementsEqual($0) }?.count ?? 0
    }

    /// The longest first.
    private static let endings = [
        "ations", "ation", "ions", "ion", "ing", "ors", "ive", "ed", "es", "ly", "or", "s", "e",
    ].map { Array($0.utf8) }

    /// A beginning of words that texts use of interactions.
    static func cue(_ number: Int) -> [UInt8] { cues[number] }

    private static let cues = [
        "interact", "bind", "bound", "associat", "complex", "activat", "inhibit", "regulat", "phosphorylat",
        "stimulat", "induc", "suppress", "repress", "mediat", "recruit", "coloc", "coimmuno",
        "immunoprecip", "precipitat", "dimeri", "heterodimer", "oligomer", "cross", "contact", "cleav",
        "ubiquit", "acetylat", "methylat", "modulat", "block", "enhanc", "increas", "decreas", "reduc",
        "transcri", "express", "depend", "requir", "affect", "control", "contain", "ligand", "receptor",
        "substrat", "target", "conjugat", "coupl", "form", "encod", "link", "yeast", "affinity", "kinase",
        "trigger", "potentiat", "antagoni", "abolish", "prevent", "stabil", "degrad", "releas", "produc",
        "secret", "respon", "signal", "through", "via",
    ].map { Array($0.utf8) }

    /// The numbers of the cues by their first letter.
    private static let cuesByLetter: [[Int]] = (0..<256).map { letter in
        cues.indices.filter { Int(cues[$0][0]) == letter }
    }
}
