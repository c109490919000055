import Articles

/// Names of contributors in MediaWiki's XML, which knows people only.
///
/// | contributor | in the XML |
/// |---|---|
/// | a person | `<username>Ada</username>` |
/// | a person whose name is an IP address | `<ip>192.0.2.7</ip>` |
/// | machine run 12 | `<username>BioScribe run 12</username>` |
/// | another machine, an importer, the system | `<username>BioScribe machine: NAME</username>`, and so on |
/// | a contributor who is hidden | `<contributor deleted="deleted" />` |
enum MediaWikiName {
    /// Stands for a contributor whom the wiki hides.
    static let hidden = Contributor(kind: .importer, name: "hidden contributor")

    private static let prefix = "BioScribe "

    /// The user name of a contributor; nil when it would be read as another contributor.
    static func username(of contributor: Contributor) -> String? {
        if contributor.name.isEmpty { return nil }
        let name: String
        switch contributor.kind {
        case .person: name = contributor.name
        case .machine where Self.run(contributor.name) != nil: name = prefix + contributor.name
        case .machine, .importer, .system: name = "\(prefix)\(contributor.kind.rawValue): \(contributor.name)"
        }
        return self.contributor(username: name) == contributor ? name : nil
    }

    /// The contributor whom a user name stands for.
    static func contributor(username: String) -> Contributor {
        guard let rest = dropped(prefix, from: username) else { return .person(username) }
        if run(rest) != nil { return Contributor(kind: .machine, name: rest) }
        for kind in [Contributor.Kind.machine, .importer, .system] {
            if let name = dropped("\(kind.rawValue): ", from: rest) {
                return Contributor(kind: kind, name: name)
            }
        }
        return .person(username)
    }

    /// Whether a name is an IP address, of version 4 or 6.
    static func isAddress(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count == 4 {
            return parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
            }
        }
        let groups = name.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return (3...9).contains(groups.count)
            && groups.allSatisfy { group in
                group.count <= 4
                    && group.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
            }
    }

    /// The number of `run 12`, written as programs write it.
    private static func run(_ name: String) -> Int? {
        guard let number = dropped("run ", from: name).flatMap({ Int($0) }), name == "run \(number)" else {
            return nil
        }
        return number
    }

    private static func dropped(_ prefix: String, from text: String) -> String? {
        // By bytes: a combining mark after the prefix is part of the name.
        text.utf8.starts(with: prefix.utf8) ? String(text.utf8.dropFirst(prefix.utf8.count)) : nil
    }
}
