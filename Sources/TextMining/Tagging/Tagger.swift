import AhoCorasick
import Corpus
import Terminology

/// Finds the names of genes, chemicals, diseases, species … in the passages of one document and resolves them to
/// identifiers.
///
/// The steps, each in a file of its own: all matches of the automaton (`Reading`); names that their spelling or a list
/// rules out (`NameRules`); short forms that the text itself defines (`DefinedAbbreviations`); the species of the
/// document and of each mention (`SpeciesContext`); one entity for each name (`GeneResolver`); no two names of
/// competing kinds in one place (`Overlaps`); what a mention does in its sentence (`Roles`).
public struct Tagger: Sendable {
    private let dictionary: CompiledDictionary
    private let settings: TaggerSettings
    private let geneTaxa: Set<TaxonID>

    /// Makes a tagger over a dictionary.
    public init(dictionary: CompiledDictionary, settings: TaggerSettings = TaggerSettings()) {
        self.dictionary = dictionary
        self.settings = settings
        geneTaxa = dictionary.geneTaxa
    }

    /// The mentions in a document, by passage, then by place.
    ///
    /// - Parameters:
    ///   - passages: the document's passages; `Mention.passage` is `Passage.index`.
    ///   - context: what else is known of the document.
    public func mentions(in passages: [Passage], context: DocumentContext = DocumentContext()) -> [Mention] {
        var document = TaggedDocument(passages: passages, context: context)
        document.findReadings(in: dictionary)
        let focus = settings.focus.flatMap { dictionary.concept(of: $0) }
        NameRules(dictionary: dictionary, focus: focus).apply(to: &document)
        DefinedAbbreviations(dictionary: dictionary).apply(to: &document)
        Overlaps.dropContained(in: &document)
        let species = SpeciesContext(document: document, dictionary: dictionary, geneTaxa: geneTaxa)
        GeneResolver(dictionary: dictionary, species: species, focus: focus).resolve(&document)
        Overlaps.chooseKinds(in: &document)
        Roles.assign(in: &document)
        return document.mentions(dictionary: dictionary, settings: settings)
    }
}

/// What a tagger is told besides its dictionary.
public struct TaggerSettings: Hashable, Sendable {
    /// The only species whose genes are wanted; nil for all that the dictionary has.
    public var species: Set<TaxonID>?
    /// A gene that is looked for under all its own names: where a name may mean it or its ortholog, it does, whatever
    /// species the words around it suggest.
    public var focus: EntityID?

    /// Makes settings.
    public init(species: Set<TaxonID>? = nil, focus: EntityID? = nil) {
        self.species = species
        self.focus = focus
    }
}

/// What is known of a document besides its text.
public struct DocumentContext: Hashable, Sendable {
    /// The names of its MeSH headings: `Mice`, `Humans` …
    public var meshHeadings: [String]

    /// Makes a context.
    public init(meshHeadings: [String] = []) {
        self.meshHeadings = meshHeadings
    }

    /// The context of a citation.
    public init(of citation: Citation) {
        meshHeadings = citation.meshHeadings.map(\.descriptor.name)
    }
}
