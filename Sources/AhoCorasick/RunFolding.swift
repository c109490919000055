/// Folds runs of letters to tokens: case, British spellings, plurals, Roman numerals, diacritics, and names of Greek letters
/// that are cut off.
struct RunFolding: Sendable {
    /// The letters of a token while they are folded.
    private var word: [UInt8] = []

    /// Emits a run of letters as one token, or as several where the name of a Greek letter follows a capital.
    mutating func emitLetters(
        _ text: Span<UInt8>, _ start: Int, _ end: Int, touchesLeft: Bool, into tokens: inout OutputSpan<Token>
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
        _ text: Span<UInt8>, _ start: Int, _ end: Int, touchesLeft: Bool, into tokens: inout OutputSpan<Token>
    ) {
        var upper = 0
        var lower = 0
        // 1 where it has letters that British spelling may have to do with.
        var british: UInt8 = 0
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
            british |= Self.british(previous, folded)
            previous = folded
        }
        let mayBeBritish = british != 0 || !isASCII
        if isASCII {
            // Most words stay as they are: their letters are not asked for.
            if lower == 0 || mayBeBritish || text[end - 1] == UInt8(ascii: "s") {
                word.removeAll(keepingCapacity: true)
                for position in start..<end { word.append(text[position] | 0x20) }
            }
        } else {
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
        tokens.append(
            start, end, isHashed ? hash.value : IdentityHash.of(word.span), traits, touchesLeft: touchesLeft)
    }

    /// 1 where two letters are the beginning of something that British spelling has otherwise: `ae`, `oe`, `ou`, `is` or
    /// `ph`. There is no branch in it: which letters come is hard to foretell.
    @inline(__always)
    private static func british(_ one: UInt8, _ other: UInt8) -> UInt8 {
        let pair = UInt16(one) << 8 | UInt16(other)
        let isDigraph: UInt8 = (pair == 0x6165 ? 1 : 0) | (pair == 0x6F65 ? 1 : 0) | (pair == 0x6F75 ? 1 : 0)
        return isDigraph | (pair == 0x6973 ? 1 : 0) | (pair == 0x7068 ? 1 : 0)
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
                let (scalar, length) = Scalars.decode(text.extracting(first: end), at: position)
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
}
