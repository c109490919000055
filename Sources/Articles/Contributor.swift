/// Who made a revision of an article.
public struct Contributor: Hashable, Sendable, CustomStringConvertible {
    /// What kind of contributor it is. Credit never ranks machines with people.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A person, by name.
        case person
        /// A machine run, by its number.
        case machine
        /// A program that brought a history from elsewhere, where the true contributor is not known.
        case importer
        /// This program at the operator's wish: the undoing of a run, the merging of two articles.
        case system
    }

    /// The kind.
    public var kind: Kind
    /// The name: unique within the kind.
    public var name: String

    /// Makes a contributor.
    public init(kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }

    /// A machine run.
    public static func run(_ number: Int) -> Contributor {
        Contributor(kind: .machine, name: "run \(number)")
    }

    /// The number of the run that a machine is; nil for others.
    public var runNumber: Int? {
        kind == .machine && name.hasPrefix("run ") ? Int(name.dropFirst("run ".count)) : nil
    }

    /// A person.
    public static func person(_ name: String) -> Contributor { Contributor(kind: .person, name: name) }

    /// The name, with the kind where it is no person.
    public var description: String {
        kind == .person || kind == .machine ? name : "\(name) (\(kind.rawValue))"
    }

    /// Whether what it takes away stays away: people's work is not undone by machines. A history that was brought
    /// from elsewhere is people's.
    public var isHuman: Bool { kind == .person || kind == .importer }
}
