import Corpus

/// A dictionary while it is put together from its sources: entities, their names, and lists of words.
struct DictionaryDraft {
    /// An entity without its names.
    struct Concept {
        var id: EntityID
        var kind: EntityKind
        var name: String
        var fullName: String = ""
        var taxon: Int32 = 0
        var treeNumbers: [String] = []
        /// Genes of the same group are orthologs; 0 means none known.
        var orthologGroup: UInt32 = 0
    }

    /// A name of an entity.
    struct Name {
        var concept: Int
        var text: String
        var grade: NameGrade
        var source: Int
        /// Whether the name means no other entity of the kind, whatever other sources say.
        var isSole = false
    }

    /// A file that was read.
    struct Source {
        var name: String
        var layout: String
        var sha256: String
        var bytes: Int
        var concepts = 0
        var names = 0
    }

    private(set) var concepts: [Concept] = []
    private(set) var names: [Name] = []
    var sources: [Source] = []
    /// English words in lower case.
    var words: [String] = []
    /// Names that mislead, by kind, spelled exactly so.
    var blocked: [EntityKind: [String]] = [:]
    /// What tells the role of a gene's name, in the order in which it is tried.
    var roleCues: [RoleCue] = []
    /// The weights of the tagger's model, by the numbers of its features.
    var weights: [UInt64: Float] = [:]
    /// MeSH headings (names) to the tree numbers of their descriptors, for supplementary records.
    var treesOfHeading: [String: [String]] = [:]
    private var indexes: [EntityID: Int] = [:]

    /// The index of an entity's concept.
    func index(of id: EntityID) -> Int? { indexes[id] }

    /// Adds an entity, or gives the index of the one that has its identifier already.
    mutating func add(_ concept: Concept) -> Int {
        if let index = indexes[concept.id] { return index }
        indexes[concept.id] = concepts.count
        concepts.append(concept)
        if !sources.isEmpty { sources[sources.count - 1].concepts += 1 }
        return concepts.count - 1
    }

    /// Adds a name to an entity; an empty one is passed over.
    mutating func add(name: String, to concept: Int, grade: NameGrade, isSole: Bool = false) {
        guard !name.isEmpty else { return }
        names.append(
            Name(concept: concept, text: name, grade: grade, source: sources.count - 1, isSole: isSole))
        if !sources.isEmpty { sources[sources.count - 1].names += 1 }
    }

    /// Says where an entity stands in its vocabulary.
    mutating func setTreeNumbers(_ numbers: [String], of concept: Int) {
        concepts[concept].treeNumbers = numbers
    }

    /// Puts a gene into a group of orthologs.
    mutating func setOrthologGroup(_ group: UInt32, of concept: Int) {
        concepts[concept].orthologGroup = group
    }
}
