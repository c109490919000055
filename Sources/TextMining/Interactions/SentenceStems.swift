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
    private(set) var words: [Word] = []
    /// The letters of the stems, one behind the other.
    private(set) var letters: [UInt8] = []

    /// No words.
    init() {}

    /// Cuts a range of a passage into words.
    init(_ passage: Span<UInt8>, in range: TextRange) { read(passage, in: range) }

    /// Cuts a range of a passage into words, in place of those at hand. One pass over the bytes.
    mutating func read(_ passage: Span<UInt8>, in range: TextRange) {
        words.removeAll(keepingCapacity: true)
        letters.removeAll(keepingCapacity: true)
        letters.reserveCapacity(range.count)
        // Asked for once: a table of the program costs a call each time.
        let (cues, endings) = (Self.cues, Self.endings)
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
            let cue = cues.first(startingIn: letters.span.extracting(first..<letters.count))
            let ending =
                position - start > 5
                ? endings.first(endingIn: letters.span.extracting(first..<letters.count)) : 0
            letters.removeLast(ending)
            words.append(
                Word(range: TextRange(start, position), stem: first..<letters.count, cue: cue))
        }
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

    /// The endings of inflection, the longest first.
    private static let endings = Affixes([
        "ations", "ation", "ions", "ion", "ing", "ors", "ive", "ed", "es", "ly", "or", "s", "e",
    ])

    /// Beginnings of words that texts use of interactions.
    static let cues = Affixes([
        "interact", "bind", "bound", "associat", "complex", "activat", "inhibit", "regulat", "phosphorylat",
        "stimulat", "induc", "suppress", "repress", "mediat", "recruit", "coloc", "coimmuno",
        "immunoprecip", "precipitat", "dimeri", "heterodimer", "oligomer", "cross", "contact", "cleav",
        "ubiquit", "acetylat", "methylat", "modulat", "block", "enhanc", "increas", "decreas", "reduc",
        "transcri", "express", "depend", "requir", "affect", "control", "contain", "ligand", "receptor",
        "substrat", "target", "conjugat", "coupl", "form", "encod", "link", "yeast", "affinity", "kinase",
        "trigger", "potentiat", "antagoni", "abolish", "prevent", "stabil", "degrad", "releas", "produc",
        "secret", "respon", "signal", "through", "via",
    ])
}
