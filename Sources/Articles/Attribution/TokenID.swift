/// Which token of an article: the same for ever, wherever the token is moved and however often it goes and comes back.
///
/// Identities are counted from 0 within one article, in order of creation, and within a revision in order of the text.
public struct TokenID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    public var number: Int32

    /// Makes an identity of its number.
    public init(_ number: Int32) {
        self.number = number
    }

    /// The number, in digits.
    public var description: String { String(number) }

    /// By order of creation.
    public static func < (one: TokenID, other: TokenID) -> Bool { one.number < other.number }
}
