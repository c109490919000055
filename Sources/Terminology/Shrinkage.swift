/// Sources that bring far less than they did to the build before: a sign that a file was cut short.
enum Shrinkage {
    /// Below this many names a source may shrink as it likes.
    private static let minimum = 500

    /// What shrank to less than half, by file where the name is the same, else by layout.
    static func findings(
        from old: [DictionarySourceFacts], to new: [DictionaryDraft.Source]
    ) -> [(path: String, message: String)] {
        var findings: [(path: String, message: String)] = []
        var named: Set<String> = []
        for source in new {
            guard let before = old.first(where: { $0.name == source.name }) else { continue }
            named.insert(source.layout)
            if before.names >= minimum, source.names * 2 < before.names {
                findings.append(
                    (
                        source.name,
                        "\(source.names) names were read, where the build before had \(before.names): compare the files"
                    ))
            }
        }
        var layouts: [String] = []
        for source in old where !layouts.contains(source.layout) { layouts.append(source.layout) }
        for layout in layouts where !named.contains(layout) {
            let before = old.filter { $0.layout == layout }.reduce(0) { $0 + $1.names }
            let files = new.filter { $0.layout == layout }
            let now = files.reduce(0) { $0 + $1.names }
            if before >= minimum, now * 2 < before {
                findings.append(
                    (
                        files.first?.name ?? layout,
                        "\(now) names were read in the layout \(layout), where the build before had \(before)"
                    ))
            }
        }
        return findings
    }
}
