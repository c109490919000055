/// The files that training writes: tables that the dictionary folder reads, with their origin in comments.
extension TaggerTrainer.Learned {
    /// The table of names.
    ///
    /// - Parameter origin: where it was learned, a line each.
    public func nameTable(origin: [String]) -> String {
        Self.table(
            [
                "Names that annotators of corpora gave entities and that the dictionary lacks or reads otherwise."
            ] + origin,
            header: ["kind", "id", "name", "taxon", "grade"], names)
    }

    /// The table of weights.
    public func weightTable(origin: [String]) -> String {
        Self.table(
            ["Weights of the tagger's linear models: which gene a name means, and which names are mentions."]
                + origin,
            header: ["kind", "feature", "weight"], weights)
    }

    private static func table(_ comments: [String], header: [String], _ rows: [String]) -> String {
        (comments.map { "# " + $0 } + [header.joined(separator: "\t")] + rows).joined(separator: "\n") + "\n"
    }
}
