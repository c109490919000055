import Corpus

/// The ortholog of an article's gene in another species, and the section that shows evidence on it.
///
/// A gene's article takes evidence of its own species only; what is known of an ortholog stands in a section of its
/// own, behind all others, which names the species and links to the ortholog's article.
public struct Ortholog: Hashable, Sendable {
    /// The gene of the other species.
    public var entity: Entity
    /// The common name of its species: `human`.
    public var species: String

    /// Makes an ortholog.
    public init(entity: Entity, species: String) {
        self.entity = entity
        self.species = species
    }

    /// The section: `Human ortholog of Igf1r: IGF1R`.
    public var section: Section {
        let taxon = entity.taxon.map { "\($0.number)" } ?? entity.id.local
        let name = species.prefix(1).uppercased() + species.dropFirst()
        return Section(
            id: SectionID(rawValue: Self.prefix + taxon),
            heading: "\(name) ortholog of {name}: \(entity.name)")
    }

    /// What the identifier of such a section begins with; the taxon follows.
    public static let prefix = "ortholog-"

    /// The heading of the section in Markdown, with the link, without its signs.
    public func headingMarkdown(for name: String) -> String {
        let words = section.heading(for: name).dropLast(entity.name.count + 1)
        return MarkdownText.escaped(String(words))
            + " [\(MarkdownText.escaped(entity.name))](\(entity.id.curie))"
    }
}

/// What an article shows of an ortholog.
public struct OrthologEvidence: Sendable {
    /// The ortholog.
    public var ortholog: Ortholog
    /// The evidence, in the order in which it is shown.
    public var chosen: [ChosenEvidence]

    /// Makes a choice.
    public init(ortholog: Ortholog, chosen: [ChosenEvidence]) {
        self.ortholog = ortholog
        self.chosen = chosen
    }
}
