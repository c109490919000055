/// The runs of ASCII letters that a tokenizer folded last, with what became of them: texts use few words again and again.
///
/// Each run has one place, which the last of those that share it takes.
struct RunMemory: Sendable {
    /// A run of up to sixteen letters, as two words.
    struct Run {
        private(set) var first: UInt64 = 0
        private(set) var second: UInt64 = 0
        private(set) var count = 0
        /// Whether it can be remembered: it has from two to sixteen letters, and a sign, a blank, a digit or the end of the
        /// text comes after it.
        private(set) var isWhole = false

        /// Reads ASCII letters from a position on; their end.
        @inline(__always)
        mutating func read(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
            let middle = Self.read(text, from: start, to: min(end, start + 8), into: &first)
            let position =
                middle == start + 8
                ? Self.read(text, from: middle, to: min(end, start + 16), into: &second) : middle
            count = position - start
            isWhole =
                count > 1
                && (position == end
                    || (text[position] < 0x80 && !CharacterClass.isLetter(text[position])))
            return position
        }

        /// Reads letters into a word, the first one lowest; where they end.
        @inline(__always)
        private static func read(
            _ text: Span<UInt8>, from start: Int, to end: Int, into word: inout UInt64
        ) -> Int {
            var position = start
            while position < end, CharacterClass.isLetter(text[position]) {
                word |= UInt64(text[position]) &<< UInt64((position - start) * 8)
                position += 1
            }
            return position
        }
    }

    /// What a run was folded to.
    struct Known {
        fileprivate var first: UInt64 = 0
        fileprivate var second: UInt64 = 0
        var identity: UInt64 = 0
        fileprivate var count: UInt8 = 0
        /// What is known of the token, but for whether a word begins or ends at it.
        var traits: Token.Traits = []
    }

    private var places = [Known](repeating: Known(), count: 1 << 12)

    private func place(of run: Run) -> Int {
        let mixed = (run.first ^ run.second &* 0xD6E8_FEB8_6659_FD93) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 52)
    }

    /// What became of a run; nil where it is not known.
    subscript(run: Run) -> Known? {
        let known = places[place(of: run)]
        guard known.first == run.first, known.second == run.second, Int(known.count) == run.count else {
            return nil
        }
        return known
    }

    /// Remembers what became of a run.
    mutating func remember(_ run: Run, _ identity: UInt64, _ traits: Token.Traits) {
        places[place(of: run)] = Known(
            first: run.first, second: run.second, identity: identity, count: UInt8(run.count),
            traits: traits.subtracting([.startsWord, .endsWord]))
    }
}
