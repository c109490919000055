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
    ///
    /// Computed, so that other modules have them as numbers, not by a call.
    public struct Traits: OptionSet, Hashable, Sendable {
        /// The bits.
        public let rawValue: UInt8

        /// Takes the bits.
        @inlinable
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// No letter or digit touches it on the left: a name may start here.
        @inlinable public static var startsWord: Traits { Traits(rawValue: 1) }
        /// No letter or digit touches it on the right: a name may end here.
        @inlinable public static var endsWord: Traits { Traits(rawValue: 2) }
        /// It is made of letters.
        @inlinable public static var letters: Traits { Traits(rawValue: 4) }
        /// It is made of digits.
        @inlinable public static var digits: Traits { Traits(rawValue: 8) }
        /// It is a sign: `+`, `,`, `(` …
        @inlinable public static var sign: Traits { Traits(rawValue: 16) }
        /// The ending of a plural was folded away.
        @inlinable public static var plural: Traits { Traits(rawValue: 32) }
        /// It has an upper-case letter.
        @inlinable public static var upperCase: Traits { Traits(rawValue: 64) }
        /// It has a lower-case letter.
        @inlinable public static var lowerCase: Traits { Traits(rawValue: 128) }
    }

    /// Makes a token.
    public init(start: UInt32, end: UInt32, identity: UInt64, traits: Traits) {
        self.start = start
        self.end = end
        self.identity = identity
        self.traits = traits
    }
}
