/// The identifier of a section of an article, as rules, exports and databases have it: `chemical-disease`.
public struct SectionID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The identifier.
    public let rawValue: String

    /// Takes an identifier.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The identifier.
    public var description: String { rawValue }

    /// Disease relevance of X.
    public static let disease = SectionID(rawValue: "disease")
    /// Psychiatry related information on X.
    public static let psychiatry = SectionID(rawValue: "psychiatry")
    /// High impact information on X.
    public static let highImpact = SectionID(rawValue: "high-impact")
    /// Chemical compound and disease context of X.
    public static let chemicalDisease = SectionID(rawValue: "chemical-disease")
    /// Biological context of X.
    public static let biological = SectionID(rawValue: "biological")
    /// Anatomical context of X.
    public static let anatomical = SectionID(rawValue: "anatomical")
    /// Associations of X with chemical compounds.
    public static let chemical = SectionID(rawValue: "chemical")
    /// Physical interactions of X.
    public static let physical = SectionID(rawValue: "physical")
    /// Enzymatic interactions of X.
    public static let enzymatic = SectionID(rawValue: "enzymatic")
    /// Regulatory relationships of X.
    public static let regulatory = SectionID(rawValue: "regulatory")
    /// Other interactions of X.
    public static let other = SectionID(rawValue: "other")
    /// Gene context of X, in articles on chemicals and diseases.
    public static let gene = SectionID(rawValue: "gene")
    /// Analytical, diagnostic and therapeutic context of X.
    public static let analytical = SectionID(rawValue: "analytical")
}

/// A section as an article shows it.
public struct Section: Hashable, Sendable {
    /// The identifier.
    public var id: SectionID
    /// The heading, with `{name}` where the entity's name goes: `Disease relevance of {name}`.
    public var heading: String

    /// Makes a section.
    public init(id: SectionID, heading: String) {
        self.id = id
        self.heading = heading
    }

    /// The heading with the entity's name in it.
    public func heading(for name: String) -> String {
        guard let open = heading.range(of: "{name}") else { return heading }
        return heading[..<open.lowerBound] + name + heading[open.upperBound...]
    }
}

extension String {
    /// The first place where another string stands, compared by UTF-8 bytes. Corpus does without Foundation.
    fileprivate func range(of other: String) -> Range<String.Index>? {
        // No character of ASCII but the end of a line is of more than one byte, so that bytes are enough.
        if utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) {
            var from = utf8.startIndex
            while from < utf8.endIndex {
                if utf8[from] == other.utf8.first, utf8[from...].starts(with: other.utf8) {
                    return from..<utf8.index(from, offsetBy: other.utf8.count)
                }
                from = utf8.index(after: from)
            }
            return nil
        }
        var from = startIndex
        while from < endIndex {
            if self[from...].hasPrefix(other) {
                return from..<index(from, offsetBy: other.count)
            }
            from = index(after: from)
        }
        return nil
    }
}
