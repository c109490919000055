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
        var alternatives = 0
        /// The newest date that the content tells, as `YYYY-MM-DD`, or the version that it gives itself; or empty.
        var release = ""
    }

    /// Another identifier of an entity: a withdrawn one, or another database's.
    struct Alternative {
        var id: EntityID
        var concept: Int
        var source: Int
    }

    private(set) var concepts: [Concept] = []
    private(set) var names: [Name] = []
    private(set) var alternatives: [Alternative] = []
    var sources: [Source] = []
    /// The rows of data that the importer of the last source saw, where it counts them.
    var rows = 0
    /// English words in lower case.
    var words: [String] = []
    /// Names that mislead, by kind, spelled exactly so.
    var blocked: [EntityKind: [String]] = [:]
    /// What tells the role of a gene's name, in the order in which it is tried.
    var roleCues: [RoleCue] = []
    /// The weights of the tagger's model, by the numbers of its features.
    var weights: [UInt64: Float] = [:]
    /// The weights of the models on interactions, by question and feature.
    var interactionWeights: [UInt64: Float] = [:]
    /// MeSH headings (names) to the tree numbers of their descriptors, for supplementary records.
    var treesOfHeading: [String: [String]] = [:]
    private var indexes: [EntityID: Int] = [:]
    private var indexesOfAlternatives: [EntityID: Int] = [:]
    /// MeSH chemicals by their names in lower case; -1 where two records share one.
    private var meshChemicals: [String: Int]?

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

    /// Adds another identifier of an entity. One that is an entity's own leads to that one; of several, the first is right.
    mutating func add(alternative id: EntityID, of concept: Int) {
        guard concepts[concept].id != id, indexesOfAlternatives[id] == nil else { return }
        indexesOfAlternatives[id] = concept
        alternatives.append(Alternative(id: id, concept: concept, source: sources.count - 1))
        if !sources.isEmpty { sources[sources.count - 1].alternatives += 1 }
    }

    /// The index of the concept that has another identifier.
    func alternative(_ id: EntityID) -> Int? { indexesOfAlternatives[id] }

    /// The chemical of MeSH that has a preferred term or synonym, in any case; nil where none or several have. The records
    /// of MeSH must have been read: what comes later is not seen.
    mutating func meshChemical(named name: String) -> Int? {
        if meshChemicals == nil {
            var found: [String: Int] = [:]
            var officials: Set<String> = []
            for name in names where name.grade <= .synonym {
                let concept = concepts[name.concept]
                guard concept.kind == .chemical, concept.id.prefix == "mesh" else { continue }
                let key = name.text.lowercased()
                if name.grade == .official {
                    // A preferred term is one record's alone.
                    found[key] = name.concept
                    officials.insert(key)
                } else if !officials.contains(key) {
                    found[key] = found[key].map { $0 == name.concept ? $0 : -1 } ?? name.concept
                }
            }
            meshChemicals = found
        }
        return meshChemicals?[name.lowercased()].flatMap { $0 < 0 ? nil : $0 }
    }

    /// Says which species a gene belongs to.
    mutating func setTaxon(_ taxon: Int32, of concept: Int) {
        concepts[concept].taxon = taxon
    }

    /// The taxa that genes belong to.
    var geneTaxa: Set<Int> {
        Set(concepts.lazy.filter { $0.kind == .gene }.map { Int($0.taxon) })
    }

    // MARK: - Dates

    /// Takes note of a date `20240131` in the content of the last source; the newest one counts.
    mutating func noteRelease(ofDigits field: ArraySlice<UInt8>) {
        guard field.count == 8, field.number != nil, !sources.isEmpty else { return }
        let at = field.startIndex
        let dash = [UInt8(ascii: "-")]
        noteRelease(
            ofISO: (field[at..<at + 4] + dash + field[at + 4..<at + 6] + dash + field[at + 6..<at + 8])[...])
    }

    /// Takes note of a date that begins as `2024-01-31`; the newest one counts.
    mutating func noteRelease(ofISO field: ArraySlice<UInt8>) {
        guard field.count >= 10, !sources.isEmpty else { return }
        let date = field.prefix(10)
        for (offset, byte) in date.enumerated() {
            let isDash = offset == 4 || offset == 7
            guard isDash ? byte == UInt8(ascii: "-") : byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            else { return }
        }
        let last = sources.count - 1
        // Compared as bytes before a text is made: most dates of a file are not its newest.
        if sources[last].release.utf8.lexicographicallyPrecedes(date) { sources[last].release = date.text }
    }

    /// Sets the version or date that the last source gives itself.
    mutating func setRelease(_ release: String) {
        guard !sources.isEmpty else { return }
        sources[sources.count - 1].release = release
    }
}
