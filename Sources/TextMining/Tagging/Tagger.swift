import AhoCorasick
import Corpus
import Terminology

/// Finds the names of genes, chemicals, diseases, species … in the passages of one document and resolves them to
/// identifiers.
///
/// The steps, each in a file of its own: all matches of the automaton (`NameFinder`), without those that their spelling
/// or a list rules out (`NameRules`); short forms that the text itself defines (`DefinedAbbreviations`);
/// names that lists shorten (`EllipticNames`); the species of the document and of each mention (`SpeciesContext`); one
/// gene for each gene name (`GeneResolver`, `GeneChoices`); which names are mentions (`MentionJudge`,
/// `DocumentFeatures`); two genes that are one fusion (`Fusions`); no two names of competing kinds in one place
/// (`Overlaps`); what a mention does in its sentence (`Roles`).
public struct Tagger: Sendable {
    let dictionary: CompiledDictionary
    private let settings: TaggerSettings
    private let geneTaxa: Set<TaxonID>
    private let judge: MentionJudge
    private let fusions: Fusions
    private let roles: Roles
    private let tables: TabledWeights?
    private let memories = TaggerMemories()

    /// Makes a tagger over a dictionary.
    public init(dictionary: CompiledDictionary, settings: TaggerSettings = TaggerSettings()) {
        self.init(dictionary: dictionary, settings: settings, usesTables: true)
    }

    /// Makes a tagger.
    ///
    /// - Parameter usesTables: whether scores are summed up in hundredths where the weights allow it: the mentions are the
    ///   same without, and take longer.
    package init(dictionary: CompiledDictionary, settings: TaggerSettings, usesTables: Bool) {
        self.dictionary = dictionary
        self.settings = settings
        geneTaxa = dictionary.geneTaxa
        tables =
            usesTables ? TabledWeights(dictionary.weights, kinds: MentionJudge.kinds(of: dictionary)) : nil
        judge = MentionJudge(dictionary: dictionary, settings: settings, tables: tables)
        fusions = Fusions(dictionary: dictionary)
        roles = Roles(dictionary: dictionary)
    }

    /// The mentions in a document, by passage, then by place.
    ///
    /// - Parameters:
    ///   - passages: the document's passages; `Mention.passage` is `Passage.index`.
    ///   - context: what else is known of the document.
    public func mentions(in passages: [Passage], context: DocumentContext = DocumentContext()) -> [Mention] {
        tagged(passages, context: context).mentions
    }

    /// A document, and the mentions in it, by passage, then by place. The document has its passages and definitions, but no
    /// names any more: what they may mean is the tagger's.
    func tagged(
        _ passages: [Passage], context: DocumentContext
    ) -> (document: TaggedDocument, mentions: [Mention]) {
        // Taken and given back, since a function that it is lent to would count the references to all that a tagger has.
        var memory = memories.take()
        var document = document(passages, context, &memory)
        let mentions = document.mentions(dictionary, settings, &memory.facts)
        document.giveBackReadings(to: &memory)
        memories.giveBack(consume memory)
        return (document, mentions)
    }

    /// A document with the names in it that are mentions.
    private func document(
        _ passages: [Passage], _ context: DocumentContext, _ memory: inout TaggerMemory
    ) -> TaggedDocument {
        var document = unresolved(passages, context, &memory)
        let focus = settings.focus.flatMap { dictionary.concept(of: $0) }
        GeneResolver(
            dictionary: dictionary, species: species(of: document), focus: focus, tables: tables
        ).resolve(&document, memory.words, &memory.genes)
        let cutOut = Fusions.cutOut(of: document)
        judge.apply(to: &document, &memory)
        fusions.apply(to: &document, cutOut: cutOut)
        Overlaps.removeContained(from: &document.names)
        Overlaps.chooseKinds(in: &document)
        roles.assign(in: &document)
        return document
    }

    /// The names of a document that may mean several genes, with what speaks for each: the choice is trained on them.
    public func geneChoices(
        in passages: [Passage], context: DocumentContext = DocumentContext()
    ) -> [GeneChoiceCandidate] {
        memories.lend { memory in
            var document = unresolved(passages, context, &memory)
            let candidates = geneChoices(in: document)
            document.giveBackReadings(to: &memory)
            return candidates
        }
    }

    private func geneChoices(in document: TaggedDocument) -> [GeneChoiceCandidate] {
        var choices = GeneChoices(
            document: document, dictionary: dictionary, species: species(of: document))
        choices.lookAround()
        var list = FeatureList(isNamed: true)
        return document.names.compactMap { name in
            guard name.kind == .gene else { return nil }
            let all = choices.choices(for: name)
            guard all.count > 1 else { return nil }
            return GeneChoiceCandidate(
                passage: document.passages[name.passage].passage.index, range: name.range,
                genes: all.map { choice in
                    choices.list(featuresOf: choice, for: name, in: &list)
                    return GeneChoiceCandidate.Gene(
                        entity: dictionary.identifier(ofConcept: choice.reading.concept),
                        features: list.features + choices.topicFeatures(of: choice.taxon))
                })
        }
    }

    /// The names of a document before they are judged, with what speaks for and against each: the judgement is trained
    /// on them, and explained by them.
    public func candidates(
        in passages: [Passage], context: DocumentContext = DocumentContext()
    ) -> [MentionCandidate] {
        memories.lend { memory in
            var document = unresolved(passages, context, &memory)
            var room: GeneChoices.Room?
            GeneResolver(dictionary: dictionary, species: species(of: document), focus: nil, tables: nil)
                .resolve(&document, WordMemory(), &room)
            let candidates = candidates(in: document)
            document.giveBackReadings(to: &memory)
            return candidates
        }
    }

    private func candidates(in document: TaggedDocument) -> [MentionCandidate] {
        let features = DocumentFeatures(document: document, dictionary: dictionary, settings: settings)
        var groups: [UInt64: Int] = [:]
        var list = FeatureList(isNamed: true)
        return document.names.enumerated().compactMap { index, name in
            guard let reading = name.readings.first else { return nil }
            let group = groups[features.group(of: name), default: groups.count]
            groups[features.group(of: name)] = group
            features.list(featuresOf: index, in: &list)
            return MentionCandidate(
                passage: document.passages[name.passage].passage.index, range: name.range, kind: name.kind,
                entity: dictionary.identifier(ofConcept: reading.concept),
                dictionaryName: dictionary.name(ofEntry: reading.entry),
                source: dictionary.source(ofEntry: reading.entry), group: group,
                features: list.features)
        }
    }

    /// All names of a document with all that they may mean.
    private func unresolved(
        _ passages: [Passage], _ context: DocumentContext, _ memory: inout TaggerMemory
    ) -> TaggedDocument {
        var document = TaggedDocument(
            passages: passages, context: context, &memory, dictionary.automaton, tables)
        swap(&document.readings, &memory.names.readings)
        let focus = settings.focus.flatMap { dictionary.concept(of: $0) }
        let rules = NameRules(dictionary: dictionary, focus: focus)
        NameFinder(dictionary: dictionary, rules: rules).apply(to: &document, &memory)
        DefinedAbbreviations(dictionary: dictionary).apply(
            to: &document, &memory.tokenizer, &memory.abbreviations)
        EllipticNames(dictionary: dictionary).apply(to: &document)
        return document
    }

    /// The species that a document speaks of.
    private func species(of document: TaggedDocument) -> SpeciesContext {
        SpeciesContext(of: document, dictionary: dictionary, geneTaxa: geneTaxa)
    }
}

/// What a tagger is told besides its dictionary.
public struct TaggerSettings: Hashable, Sendable {
    /// The only species whose genes are wanted; nil for all that the dictionary has.
    public var species: Set<TaxonID>?
    /// The species whose gene a name means, where no word directly before the name gives another: the gene of another
    /// species that the name would mean otherwise is read as its ortholog in this one.
    public var assumed: TaxonID?
    /// A gene that is looked for under all its own names: where a name may mean it or its ortholog, it does, whatever
    /// species the words around it suggest.
    public var focus: EntityID?

    /// By how much lower a score makes a mention, in log-odds: where only a part of the text is at hand, there are fewer
    /// signs for one.
    public var readiness: Float

    /// Makes settings.
    public init(
        species: Set<TaxonID>? = nil, assumed: TaxonID? = nil, focus: EntityID? = nil, readiness: Float = 0
    ) {
        self.species = species
        self.assumed = assumed
        self.readiness = readiness
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
