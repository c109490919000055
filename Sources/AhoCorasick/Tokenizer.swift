/// Cuts a text into folded tokens. Names of the dictionary and texts go through the same tokenizer, so that these
/// are one:
///
/// - `IGF-1R`, `IGF1R`, `IGF 1R`: letters and digits are tokens of their own; hyphens, dashes, underscores and white
///   space only part them;
/// - `TNF-α`, `TNF alpha`, `TNFalpha`, `NF-κB` and `NF-kappaB`: a Greek letter is its name, and the name of a Greek
///   letter that follows a capital, or begins a word and is followed by one, is cut off;
/// - `IGF-I` and `IGF1`, `type II` and `type 2`: Roman numerals in capitals (but `V` and `X` alone) are digits;
/// - `tumours` and `tumor`, `haemophilia` and `hemophilia`: British spellings and plurals in words of lower case;
/// - `Alzheimer's` and `Alzheimer`: the possessive is dropped;
/// - `Sjögren` and `Sjogren`, `H₂O₂` and `H2O2`: diacritics, and digits set high or low.
///
/// Letter case is folded; what a name needs in case is for whoever reads the matches. All other signs are tokens.
/// Linear in the length of the text.
public struct Tokenizer: Sendable {
    private var word: [UInt8] = []
    /// The runs of letters that came last; none where they are not remembered.
    private var runs: RunMemory?

    /// Makes a tokenizer; one may be used for any number of texts.
    ///
    /// - Parameter remembers: whether it remembers the words that it has folded, which makes it faster on much text and
    ///   takes 200 KB.
    public init(remembers: Bool = false) {
        word.reserveCapacity(64)
        if remembers { runs = RunMemory() }
    }

    /// The tokens of a text, in order; `tokens` is emptied first. A text longer than 4 GiB is cut there.
    public mutating func tokenize(_ text: Span<UInt8>, into tokens: inout [Token]) {
        tokens.removeAll(keepingCapacity: true)
        let count = min(text.count, Int(UInt32.max))
        var position = 0
        var previousEnd = -1  // where the last letter or digit ended
        while position < count {
            let byte = text[position]
            let start = position
            switch CharacterClass.of(byte) {
            case .letter:
                var run = RunMemory.Run()
                if runs != nil {
                    position = run.read(text, from: start, to: count)
                    if run.isWhole, let known = runs?[run] {
                        append(
                            start, position, known.identity, known.traits,
                            touchesLeft: previousEnd == start, &tokens)
                        previousEnd = position
                        continue
                    }
                }
                let before = tokens.count
                position = letterRun(in: text, from: position, to: count)
                if isPossessive(text, start: start, end: position) {
                    if let last = tokens.last, last.end == start, last.traits.contains(.sign) {
                        tokens.removeLast()
                    }
                    continue
                }
                emitLetters(text, start, position, touchesLeft: previousEnd == start, into: &tokens)
                previousEnd = position
                if run.isWhole, tokens.count == before + 1 {
                    runs?.remember(run, tokens[before].identity, tokens[before].traits)
                }
            case .digit:
                while position < count, CharacterClass.of(text[position]) == .digit { position += 1 }
                let identity = hash(text, start, position)
                append(start, position, identity, .digits, touchesLeft: previousEnd == start, &tokens)
                previousEnd = position
            case .separator:
                position += 1
            case .sign:
                position += 1
                append(start, position, hash(text, start, position), .sign, touchesLeft: false, &tokens)
            case .multibyte:
                let (scalar, length) = decode(text, at: position, count: count)
                position += length
                switch ScalarFolding.fold(scalar) {
                case .greek(let name):
                    let identity = hash(name)
                    append(start, position, identity, .letters, touchesLeft: previousEnd == start, &tokens)
                    previousEnd = position
                case .digit(let digit):
                    word.removeAll(keepingCapacity: true)
                    word.append(digit)
                    append(start, position, hashWord(), .digits, touchesLeft: previousEnd == start, &tokens)
                    previousEnd = position
                case .letter:
                    // Only the start of the run is known to be a letter; the run takes ASCII letters too.
                    position = letterRun(in: text, from: start, to: count)
                    emitLetters(text, start, position, touchesLeft: previousEnd == start, into: &tokens)
                    previousEnd = position
                case .sign:
                    append(
                        start, position, hash(text, start, position), .sign, touchesLeft: false, &tokens)
                case .separator, .mark:
                    break
                }
            }
        }
    }

    /// The tokens of a string.
    public mutating func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var text = text
        text.makeContiguousUTF8()
        tokenize(text.utf8Span.span, into: &tokens)
        return tokens
    }

    // MARK: - Runs of letters

    /// The end of the run of letters that starts here: ASCII letters and folded Latin or other letters, with
    /// combining marks, but no Greek ones.
    private func letterRun(in text: Span<UInt8>, from start: Int, to count: Int) -> Int {
        var position = start
        while position < count {
            let byte = text[position]
            switch CharacterClass.of(byte) {
            case .letter:
                position += 1
            case .multibyte:
                let (scalar, length) = decode(text, at: position, count: count)
                switch ScalarFolding.fold(scalar) {
                case .letter, .mark: position += length
                default: return position
                }
            default:
                return position
            }
        }
        return position
    }

    /// Whether a run is the `s` of `Alzheimer's` or `Crohn’s`.
    private func isPossessive(_ text: Span<UInt8>, start: Int, end: Int) -> Bool {
        guard end - start == 1, text[start] == UInt8(ascii: "s"), start > 1 else { return false }
        if text[start - 1] == UInt8(ascii: "'") {
            return CharacterClass.of(text[start - 2]) == .letter
        }
        // U+2019 RIGHT SINGLE QUOTATION MARK
        return start > 3 && text[start - 1] == 0x99 && text[start - 2] == 0x80 && text[start - 3] == 0xE2
            && CharacterClass.of(text[start - 4]) == .letter
    }

    /// Emits a run of letters as one token, or as several where the name of a Greek letter follows a capital.
    private mutating func emitLetters(
        _ text: Span<UInt8>, _ start: Int, _ end: Int, touchesLeft: Bool, into tokens: inout [Token]
    ) {
        var from = start
        var touches = touchesLeft
        // kappaB: the name of a Greek letter before a capital.
        if CharacterClass.isLower(text[start]),
            let length = ScalarFolding.greekNameLength(text, at: start, end: end), start + length < end
        {
            emitRun(text, start, start + length, touchesLeft: touchesLeft, into: &tokens)
            from = start + length
            touches = true
        }
        var position = from + 1
        while position < end {
            if CharacterClass.isUpper(text[position - 1]), CharacterClass.isLower(text[position]),
                let length = ScalarFolding.greekNameLength(text, at: position, end: end)
            {
                emitRun(text, from, position, touchesLeft: touches, into: &tokens)
                emitRun(text, position, position + length, touchesLeft: true, into: &tokens)
                touches = true
                from = position + length
                position = from + 1
            } else {
                position += 1
            }
        }
        if from < end {
            emitRun(text, from, end, touchesLeft: touches, into: &tokens)
        }
    }

    /// Emits one token for a run of letters, folded.
    private mutating func emitRun(
        _ text: Span<UInt8>, _ start: Int, _ end: Int, touchesLeft: Bool, into tokens: inout [Token]
    ) {
        var upper = 0
        var lower = 0
        // Whether it has letters that British spelling may have to do with.
        var mayBeBritish = false
        var isASCII = true
        var previous: UInt8 = 0
        // The hash of the letters as they come, and without the last one: where none is changed, nothing is hashed again.
        var hash = IdentityHash()
        var hashBefore = hash
        for position in start..<end {
            let byte = text[position]
            if byte >= 0x80 {
                isASCII = false
                break
            }
            let folded = byte | 0x20
            if folded == byte { lower += 1 } else { upper += 1 }
            hashBefore = hash
            hash.combine(folded)
            switch folded {
            case UInt8(ascii: "e"):
                mayBeBritish =
                    mayBeBritish || previous == UInt8(ascii: "a") || previous == UInt8(ascii: "o")
            case UInt8(ascii: "u"): mayBeBritish = mayBeBritish || previous == UInt8(ascii: "o")
            case UInt8(ascii: "s"): mayBeBritish = mayBeBritish || previous == UInt8(ascii: "i")
            case UInt8(ascii: "h"): mayBeBritish = mayBeBritish || previous == UInt8(ascii: "p")
            default: break
            }
            previous = folded
        }
        if isASCII {
            // Most words stay as they are: their letters are not asked for.
            if lower == 0 || mayBeBritish || text[end - 1] == UInt8(ascii: "s") {
                word.removeAll(keepingCapacity: true)
                for position in start..<end { word.append(text[position] | 0x20) }
            }
        } else {
            mayBeBritish = true
            (upper, lower) = foldBeyondASCII(text, start, end)
        }
        var traits: Token.Traits = .letters
        if upper > 0 { traits.insert(.upperCase) }
        if lower > 0 { traits.insert(.lowerCase) }
        var isHashed = !mayBeBritish
        if lower == 0, let number = romanNumeral() {
            isHashed = false
            word.removeAll(keepingCapacity: true)
            if number >= 10 { word.append(UInt8(ascii: "0") + UInt8(number / 10)) }
            word.append(UInt8(ascii: "0") + UInt8(number % 10))
            traits.insert(.digits)
        } else {
            if mayBeBritish, upper <= 1, lower >= 4 { foldBritishSpelling() }
            let last = text[end - 1]
            if last == UInt8(ascii: "s"), end - start >= 4 || (upper == end - start - 1 && upper >= 2),
                foldPlural()
            {
                traits.insert(.plural)
                // As a rule only the `s` is gone.
                isHashed = isHashed && word.count == end - start - 1
                hash = hashBefore
            }
        }
        append(
            start, end, isHashed ? hash.value : hashWord(), traits, touchesLeft: touchesLeft, &tokens)
    }

    /// Folds a run of letters, of which some are beyond ASCII, into `word`; counts its capitals and its other letters.
    private mutating func foldBeyondASCII(
        _ text: Span<UInt8>, _ start: Int, _ end: Int
    ) -> (upper: Int, lower: Int) {
        word.removeAll(keepingCapacity: true)
        var upper = 0
        var lower = 0
        var position = start
        while position < end {
            let byte = text[position]
            if byte < 0x80 {
                if CharacterClass.isUpper(byte) { upper += 1 } else { lower += 1 }
                word.append(byte | 0x20)
                position += 1
            } else {
                let (scalar, length) = decode(text, at: position, count: end)
                switch ScalarFolding.fold(scalar) {
                case .letter(let folded) where !folded.isEmpty:
                    folded.withUTF8Bytes { word.append($0) }
                case .mark:
                    break
                default:
                    for offset in 0..<length { word.append(text[position + offset]) }
                }
                lower += 1
                position += length
            }
        }
        return (upper, lower)
    }

    /// The value of a Roman numeral of I to XX in the word, except V and X, which are letters too often.
    private func romanNumeral() -> Int? {
        guard word.count <= 5, word.count > 1 || word.first == UInt8(ascii: "i") else { return nil }
        var total = 0
        var previous = 0
        for byte in word.reversed() {
            let value: Int
            switch byte {
            case UInt8(ascii: "i"): value = 1
            case UInt8(ascii: "v"): value = 5
            case UInt8(ascii: "x"): value = 10
            default: return nil
            }
            total += value < previous ? -value : value
            previous = max(previous, value)
        }
        guard total > 0, total <= 20, Self.canonicalNumerals[total - 1] == word else { return nil }
        return total
    }

    private static let canonicalNumerals: [[UInt8]] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
        "xvii", "xviii", "xix", "xx",
    ].map { Array($0.utf8) }

    /// `ae` and `oe` become `e`, `our` becomes `or`, `isation` becomes `ization`, `sulph` becomes `sulf`.
    private mutating func foldBritishSpelling() {
        var read = 0
        var write = 0
        let count = word.count
        while read < count {
            let byte = word[read]
            let next = read + 1 < count ? word[read + 1] : 0
            let third = read + 2 < count ? word[read + 2] : 0
            if byte == UInt8(ascii: "a") || byte == UInt8(ascii: "o"), next == UInt8(ascii: "e") {
                word[write] = UInt8(ascii: "e")
                write += 1
                read += 2
            } else if byte == UInt8(ascii: "o"), next == UInt8(ascii: "u"), third == UInt8(ascii: "r"),
                read > 0
            {
                word[write] = UInt8(ascii: "o")
                word[write + 1] = UInt8(ascii: "r")
                write += 2
                read += 3
            } else if byte == UInt8(ascii: "i"), next == UInt8(ascii: "s"), third == UInt8(ascii: "a"),
                read + 6 < count, word[read + 3] == UInt8(ascii: "t"), word[read + 4] == UInt8(ascii: "i"),
                word[read + 5] == UInt8(ascii: "o"), word[read + 6] == UInt8(ascii: "n")
            {
                word[write] = UInt8(ascii: "i")
                word[write + 1] = UInt8(ascii: "z")
                write += 2
                read += 2
            } else if byte == UInt8(ascii: "p"), next == UInt8(ascii: "h"), read >= 3,
                word[read - 1] == UInt8(ascii: "l"), word[read - 2] == UInt8(ascii: "u"),
                word[read - 3] == UInt8(ascii: "s")
            {
                word[write] = UInt8(ascii: "f")
                write += 1
                read += 2
            } else {
                word[write] = byte
                write += 1
                read += 1
            }
        }
        word.removeLast(count - write)
    }

    /// Takes the ending of an English plural off; false where the word keeps its `s`.
    private mutating func foldPlural() -> Bool {
        let count = word.count
        guard count >= 3 else { return false }
        let second = word[count - 2]
        let third = word[count - 3]
        switch second {
        case UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "i"):
            return false
        case UInt8(ascii: "e"):
            if third == UInt8(ascii: "i"), count >= 5 {
                word.removeLast(3)
                word.append(UInt8(ascii: "y"))
                return true
            }
            let fourth = count >= 4 ? word[count - 4] : 0
            let hisses =
                third == UInt8(ascii: "x") || third == UInt8(ascii: "z")
                || (third == UInt8(ascii: "s") && fourth == UInt8(ascii: "s"))
                || (third == UInt8(ascii: "h")
                    && (fourth == UInt8(ascii: "c") || fourth == UInt8(ascii: "s")))
            word.removeLast(hisses ? 2 : 1)
            return true
        default:
            word.removeLast()
            return true
        }
    }

    // MARK: - Tokens and their identities

    private func append(
        _ start: Int, _ end: Int, _ identity: UInt64, _ traits: Token.Traits, touchesLeft: Bool,
        _ tokens: inout [Token]
    ) {
        var traits = traits
        if touchesLeft, !tokens.isEmpty {
            tokens[tokens.count - 1].traits.remove(.endsWord)
        } else {
            traits.insert(.startsWord)
        }
        traits.insert(.endsWord)
        tokens.append(
            Token(start: UInt32(start), end: UInt32(end), identity: identity, traits: traits))
    }

    private func hashWord() -> UInt64 {
        var hash = IdentityHash()
        for byte in word { hash.combine(byte) }
        return hash.value
    }

    private func hash(_ name: StaticString) -> UInt64 {
        var hash = IdentityHash()
        name.withUTF8Bytes { hash.combine($0) }
        return hash.value
    }

    private func hash(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var hash = IdentityHash()
        for position in start..<end { hash.combine(text[position]) }
        return hash.value
    }

    /// The scalar at a position of well-formed UTF-8; U+FFFD and one byte where it is not well formed.
    private func decode(_ text: Span<UInt8>, at position: Int, count: Int) -> (UInt32, Int) {
        let first = UInt32(text[position])
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard length > 1, position + length <= count else { return (0xFFFD, 1) }
        var scalar = first & (0xFF >> UInt32(length + 1))
        for offset in 1..<length {
            scalar = scalar << 6 | UInt32(text[position + offset]) & 0x3F
        }
        return (scalar, length)
    }
}

/// The 64-bit FNV-1a hash with a last mixing step, never 0.
struct IdentityHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func combine(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    var value: UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 32)) &* 0xd6e8_feb8_6659_fd93
        mixed ^= mixed >> 32
        return mixed == 0 ? 1 : mixed
    }
}
