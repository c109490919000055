/// One letter of the automaton's alphabet: a run of letters, a run of digits, a Greek letter or a sign, folded so
/// that spellings which mean the same have the same identity.
public struct Token: Hashable, Sendable {
    /// The offset of the first byte in the text, in UTF-8 bytes.
    public var start: UInt32
    /// The offset after the last byte.
    public var end: UInt32
    /// The hash of the folded bytes. Two different words share one with a probability of 2⁻⁶⁴; the builder of an
    /// automaton refuses a vocabulary in which it happens.
    public var identity: UInt64
    /// What is known of it besides.
    public var traits: Traits

    /// What is known of a token besides its identity.
    public struct Traits: OptionSet, Hashable, Sendable {
        /// The bits.
        public let rawValue: UInt8

        /// Takes the bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// No letter or digit touches it on the left: a name may start here.
        public static let startsWord = Traits(rawValue: 1)
        /// No letter or digit touches it on the right: a name may end here.
        public static let endsWord = Traits(rawValue: 2)
        /// It is made of letters.
        public static let letters = Traits(rawValue: 4)
        /// It is made of digits.
        public static let digits = Traits(rawValue: 8)
        /// It is a sign: `+`, `,`, `(` …
        public static let sign = Traits(rawValue: 16)
        /// The ending of a plural was folded away.
        public static let plural = Traits(rawValue: 32)
        /// It has an upper-case letter.
        public static let upperCase = Traits(rawValue: 64)
        /// It has a lower-case letter.
        public static let lowerCase = Traits(rawValue: 128)
    }

    /// Makes a token.
    public init(start: UInt32, end: UInt32, identity: UInt64, traits: Traits) {
        self.start = start
        self.end = end
        self.identity = identity
        self.traits = traits
    }
}
