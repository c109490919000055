/// The runs of ASCII letters that a tokenizer folded last, with what became of them: texts use few words again and again.
///
/// Each run has two places, side by side, for the last two of those that share them.
struct RunMemory: Sendable {
    /// A run of up to sixteen letters, as two words.
    struct Run {
        /// The letters, the first one lowest; 0 behind the last.
        private(set) var first: UInt64 = 0
        private(set) var second: UInt64 = 0
        /// How many letters were read.
        private(set) var count = 0
        /// Whether it can be remembered: it has up to sixteen letters, is not the `s` of a possessive, and a sign, a blank, a
        /// digit or the end of the text comes after it.
        private(set) var isWhole = false

        /// No letters.
        init() {}

        /// Reads the ASCII letters that stand at a position, eight bytes at a time.
        @inline(__always)
        init(in text: Span<UInt8>, at start: Int) {
            let word = EightBytes.load(text, upToEightAt: start)
            let end = Self.firstOther(in: word)
            // All below the end; all bytes where there is none.
            first = word & ((end >> 7) &- 1)
            if end != 0 {
                count = end.trailingZeroBitCount >> 3
                isWhole = word & end == 0 && first != 0 && first != UInt64(UInt8(ascii: "s"))
            } else {
                readMore(in: text, at: start + 8)
            }
        }

        /// Reads the letters behind the first eight.
        @inline(__always)
        private mutating func readMore(in text: Span<UInt8>, at start: Int) {
            let word = EightBytes.load(text, upToEightAt: start)
            let end = Self.firstOther(in: word)
            second = word & ((end >> 7) &- 1)
            if end != 0 {
                count = 8 + end.trailingZeroBitCount >> 3
                isWhole = word & end == 0
            } else {
                count = 16
                isWhole =
                    start + 8 >= text.count
                    || (text[start + 8] < 0x80 && !CharacterClass.isLetter(text[start + 8]))
            }
        }

        /// The first of the two places where what became of it is remembered.
        @inline(__always)
        var place: Int {
            let mixed = (first ^ second &* 0xD6E8_FEB8_6659_FD93) &* 0x9E37_79B9_7F4A_7C15
            return Int(truncatingIfNeeded: mixed >> (64 - UInt64(RunMemory.placeBits))) & ~1
        }

        /// The highest bit of the first byte that is no ASCII letter; 0 where all are letters.
        @inline(__always)
        private static func firstOther(in word: UInt64) -> UInt64 {
            // In seven bits a byte, where nothing is carried from one to the next: the highest bit says whether a byte is `a`
            // or behind it, and whether it is behind `z`.
            let letters = (word | 0x2020_2020_2020_2020) & 0x7F7F_7F7F_7F7F_7F7F
            let isFromA = letters &+ 0x1F1F_1F1F_1F1F_1F1F
            let isBehindZ = letters &+ 0x0505_0505_0505_0505
            let others = (~isFromA | isBehindZ | word) & 0x8080_8080_8080_8080
            return others & (0 &- others)
        }
    }

    /// What a run was folded to.
    struct Known {
        // They tell its length too: no letter is 0.
        private var first: UInt64 = 0
        private var second: UInt64 = 0
        private(set) var identity: UInt64 = 0
        /// What is known of the token, but for whether a word begins or ends at it.
        private(set) var traits: Token.Traits = []

        /// What a place holds before anything is remembered there.
        fileprivate init() {}

        /// What became of a run.
        init(_ run: Run, _ identity: UInt64, _ traits: Token.Traits) {
            (first, second) = (run.first, run.second)
            self.identity = identity
            self.traits = traits.subtracting([.startsWord, .endsWord])
        }

        /// Whether it is what became of a run.
        @inline(__always)
        func isOf(_ run: Run) -> Bool { (first ^ run.first) | (second ^ run.second) == 0 }
    }

    private static let placeBits = 14

    /// What is known, by the places of the runs; empty where nothing is to be remembered.
    var places: [Known]

    /// Makes a memory, or one that remembers nothing.
    init(isEmpty: Bool) {
        places = isEmpty ? [] : [Known](repeating: Known(), count: 1 << Self.placeBits)
    }
}
