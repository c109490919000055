/// A revision of an article as histories are kept and exchanged: who made it, when, and the whole text after it.
public struct RevisionRecord: Hashable, Sendable {
    /// What a revision did.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A machine run added or withdrew statements.
        case machine
        /// Somebody edited the text.
        case edit
        /// Somebody brought back an earlier text.
        case revert
        /// A history, or a text, came from elsewhere.
        case `import`
        /// A text was hidden; digests and credit stay.
        case redact
        /// A hidden or deleted text was brought back.
        case restore
    }

    /// Its number: unique within the article, greater than that of the revision before.
    public var number: Int
    /// The number of the revision that it was made from; nil for the first.
    public var parent: Int?
    /// What it did.
    public var kind: Kind
    /// Who made it.
    public var contributor: Contributor
    /// When: ISO 8601 in UTC, `2026-11-27T18:52:44Z`; nil where it is not known or not told.
    public var time: String?
    /// What the contributor said about it.
    public var comment: String
    /// The article's text after it.
    public var text: String

    /// Makes a revision.
    public init(
        number: Int, parent: Int? = nil, kind: Kind, contributor: Contributor, time: String? = nil,
        comment: String = "", text: String
    ) {
        self.number = number
        self.parent = parent
        self.kind = kind
        self.contributor = contributor
        self.time = time
        self.comment = comment
        self.text = text
    }

    /// Whether a text is a time as revisions have it: `2026-11-27T18:52:44Z`, perhaps with a fraction of the second.
    public static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let form = Array("0000-00-00T00:00:00".utf8)
        guard bytes.count > form.count, bytes.last == UInt8(ascii: "Z") else { return false }
        func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        for (byte, wanted) in zip(bytes, form) {
            guard wanted == UInt8(ascii: "0") ? isDigit(byte) : byte == wanted else { return false }
        }
        func number(_ start: Int) -> Int { Int(bytes[start] - 48) * 10 + Int(bytes[start + 1] - 48) }
        guard (1...12).contains(number(5)), (1...31).contains(number(8)), number(11) < 24, number(14) < 60,
            number(17) <= 60
        else { return false }
        let fraction = bytes[form.count..<bytes.count - 1]
        return fraction.isEmpty
            || fraction.count > 1 && fraction.first == UInt8(ascii: ".")
                && fraction.dropFirst().allSatisfy(isDigit)
    }
}
