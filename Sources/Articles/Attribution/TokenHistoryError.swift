/// Identities that do not fit a text.
public struct TokenHistoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// The text has another number of tokens than there are identities.
        case count(tokens: Int, identities: Int)
        /// A token's string is not what it was at its origin.
        case string(TokenID, atOrigin: String, here: String)
        /// An identity stands at two places of one revision.
        case twice(TokenID)
        /// An identity is neither known nor the next one to be given.
        case unknown(TokenID, next: TokenID)
        /// A stored run has no token, or reaches beyond the numbers.
        case run(first: TokenID, count: Int32)
        /// What a program writes was planned for another revision than the newest one.
        case base(planned: Int)
    }

    /// What is wrong.
    public var kind: Kind
    /// The revision, from 1.
    public var revision: Int
    /// The token's place in the revision, from 0; the run's for a run; nil for a count.
    public var place: Int?

    /// Makes an error.
    public init(_ kind: Kind, revision: Int, place: Int? = nil) {
        self.kind = kind
        self.revision = revision
        self.place = place
    }

    /// What happened, with the numbers.
    public var description: String {
        let location = place.map { "revision \(revision), place \($0)" } ?? "revision \(revision)"
        return switch kind {
        case .count(let tokens, let identities):
            "\(location): the text has \(tokens) tokens, but there are \(identities) identities"
        case .string(let id, let origin, let here):
            "\(location): token \(id) is \"\(here)\" here, but \"\(origin)\" at its origin"
        case .twice(let id): "\(location): token \(id) stands twice in the revision"
        case .unknown(let id, let next): "\(location): token \(id) is unknown; the next new one is \(next)"
        case .base(let planned): "\(location): planned on revision \(planned), which is not the newest one"
        case .run(let first, let count): "\(location): a run of \(count) tokens from \(first) cannot be"
        }
    }
}
