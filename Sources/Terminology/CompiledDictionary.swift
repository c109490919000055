import AhoCorasick
import Corpus

/// The compiled dictionary, used in place where it is mapped into memory: the automaton over all names, the entities
/// they name, and the lists of words that steer how far a name is trusted.
///
/// Concepts and entries are numbered from 0; the numbers hold for one build only.
public struct CompiledDictionary: Sendable {
    static let magic: UInt64 = 0x3130_5443_4944_5342  // "BSDICT01"
    static let layoutVersion: UInt64 = 12

    /// The words of a concept's record.
    enum ConceptField: Int, CaseIterable {
        case id, idCount, name, nameCount, fullName, fullNameCount, trees, treesCount, kind, taxon,
            orthologGroup
    }

    /// The words of an entry's record.
    enum EntryField: Int, CaseIterable {
        case concept, name, nameCount, marks
    }

    /// The words of an alternative identifier's record.
    enum AlternativeField: Int, CaseIterable {
        case id, idCount, concept, source
    }

    /// The automaton; its patterns are numbered as `entries(of:)` takes them.
    public let automaton: Automaton
    let pool: MemoryTable<UInt8>
    private let concepts: MemoryTable<UInt32>
    private let entries: MemoryTable<UInt32>
    private let patternStarts: MemoryTable<UInt32>
    private let names: MemoryTable<UInt32>
    private let nameStarts: MemoryTable<UInt32>
    let byIdentifier: MemoryTable<UInt32>
    private let words: MemoryTable<UInt64>
    private let blocked: MemoryTable<UInt64>
    /// The genes of all groups of orthologs, by group.
    private let orthologs: MemoryTable<UInt32>
    /// The weights of the tagger's model; empty where no source brings any.
    public let weights: FeatureWeights
    /// Other identifiers of entities, by identifier.
    let alternatives: MemoryTable<UInt32>
    /// What tells the role of a gene's name, in the order in which it is tried.
    public let roleCues: [RoleCue]
    /// The digest of everything that the dictionary was built from, as hexadecimal SHA-256.
    public let digest: String
    /// The files it was built from.
    public let sources: [DictionarySourceFacts]

    /// Uses a compiled dictionary in memory, once its checksum has been verified: a table with a wrong number in it
    /// would send the search out of its bounds.
    ///
    /// - Complexity: O(number of bytes): the whole file is read.
    /// - Throws: `TerminologyError.notADictionary` with the reason.
    public init(region: MemoryRegion, path: String) throws(TerminologyError) {
        func bad(_ reason: String) -> TerminologyError { .notADictionary(path: path, reason: reason) }
        guard let head = region.table(of: UInt64.self, at: 0, count: 3), head[0] == Self.magic else {
            throw bad("it does not begin as one")
        }
        guard head[1] == Self.layoutVersion else {
            throw bad("its layout is version \(head[1]), this program reads version \(Self.layoutVersion)")
        }
        guard Checksum.isRight(in: region) else {
            throw bad("its checksum is wrong: it was cut short or changed after it was written")
        }
        guard head[2] == 16, let places = region.table(of: UInt64.self, at: 24, count: 32) else {
            throw bad("its table of contents is damaged")
        }
        func table<Element: BitwiseCopyable>(
            _ index: Int, _ type: Element.Type
        ) throws(TerminologyError) -> MemoryTable<Element> {
            guard let offset = Int(exactly: places[index * 2]),
                let count = Int(exactly: places[index * 2 + 1]),
                let table = region.table(of: type, at: offset, count: count)
            else { throw bad("table \(index) leaves the file") }
            return table
        }
        guard let offset = Int(exactly: places[0]), let automaton = Automaton(region: region, at: offset)
        else {
            throw bad("its automaton is damaged")
        }
        self.automaton = automaton
        pool = try table(1, UInt8.self)
        concepts = try table(2, UInt32.self)
        entries = try table(3, UInt32.self)
        patternStarts = try table(4, UInt32.self)
        names = try table(5, UInt32.self)
        nameStarts = try table(6, UInt32.self)
        byIdentifier = try table(7, UInt32.self)
        words = try table(8, UInt64.self)
        blocked = try table(9, UInt64.self)
        orthologs = try table(10, UInt32.self)
        let description = try table(11, UInt8.self)
        weights = FeatureWeights(keys: try table(12, UInt64.self), values: try table(13, UInt32.self))
        alternatives = try table(14, UInt32.self)
        let cues = try table(15, UInt8.self)
        roleCues = cues.text(from: 0, count: cues.count).split(separator: "\n").compactMap { line in
            RoleCue(fields: line.split(separator: "\t").map(String.init))
        }
        guard patternStarts.count == automaton.patternCount + 1,
            concepts.count == byIdentifier.count * ConceptField.allCases.count,
            nameStarts.count == byIdentifier.count + 1,
            alternatives.count % AlternativeField.allCases.count == 0
        else { throw bad("its tables do not fit one another") }
        let lines = description.text(from: 0, count: description.count).split(
            separator: "\n", omittingEmptySubsequences: false)
        digest = lines.first.map(String.init) ?? ""
        sources = lines.dropFirst().compactMap { DictionarySourceFacts(line: $0) }
    }

    // MARK: - Concepts

    /// The number of entities.
    public var conceptCount: Int { byIdentifier.count }
    /// The number of names, as the sources have them.
    public var nameCount: Int { names.count / 3 }

    /// The concept of an identifier, its own or an alternative one.
    ///
    /// - Complexity: O(log(number of concepts)).
    public func concept(of id: EntityID) -> Int? {
        conceptOwning(id) ?? alternative(id)?.concept
    }

    /// The concept whose own identifier it is.
    func conceptOwning(_ id: EntityID) -> Int? {
        var low = 0
        var high = byIdentifier.count
        while low < high {
            let middle = (low + high) / 2
            if identifier(ofConcept: Int(byIdentifier[middle])) < id {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < byIdentifier.count else { return nil }
        let concept = Int(byIdentifier[low])
        return identifier(ofConcept: concept) == id ? concept : nil
    }

    /// The identifier of a concept.
    public func identifier(ofConcept concept: Int) -> EntityID {
        EntityID(curie: text(concept, .id, .idCount)) ?? EntityID(prefix: "unknown", local: "0")
    }

    /// The symbol or preferred term of a concept.
    public func name(ofConcept concept: Int) -> String { text(concept, .name, .nameCount) }

    /// The full name of a concept, or an empty string.
    public func fullName(ofConcept concept: Int) -> String { text(concept, .fullName, .fullNameCount) }

    /// The tree numbers of a concept.
    public func treeNumbers(ofConcept concept: Int) -> [String] {
        let trees = text(concept, .trees, .treesCount)
        return trees.isEmpty ? [] : trees.split(separator: "|").map(String.init)
    }

    /// The kind of a concept.
    public func kind(ofConcept concept: Int) -> EntityKind {
        EntityKind.allCases[Int(word(concept, .kind)) % EntityKind.allCases.count]
    }

    /// The taxon of a gene or species; nil for all else.
    public func taxon(ofConcept concept: Int) -> TaxonID? {
        let taxon = Int32(bitPattern: word(concept, .taxon))
        return taxon == 0 ? nil : TaxonID(taxon)
    }

    /// The species whose genes the dictionary has.
    ///
    /// - Complexity: O(number of entities).
    public var geneTaxa: Set<TaxonID> {
        var taxa: Set<TaxonID> = []
        var last: TaxonID?
        for concept in 0..<conceptCount where kind(ofConcept: concept) == .gene {
            guard let taxon = taxon(ofConcept: concept), taxon != last else { continue }
            last = taxon
            taxa.insert(taxon)
        }
        return taxa
    }

    /// The group of orthologs that a gene belongs to; 0 where none is known.
    public func orthologGroup(ofConcept concept: Int) -> UInt32 { word(concept, .orthologGroup) }

    /// The gene of a species that is an ortholog of a gene; nil where the table of orthologs has none.
    ///
    /// - Complexity: O(log(number of genes with orthologs)).
    public func ortholog(ofConcept concept: Int, in taxon: TaxonID) -> Int? {
        let group = orthologGroup(ofConcept: concept)
        guard group != 0 else { return nil }
        var low = 0
        var high = orthologs.count
        while low < high {
            let middle = (low + high) / 2
            if orthologGroup(ofConcept: Int(orthologs[middle])) < group {
                low = middle + 1
            } else {
                high = middle
            }
        }
        while low < orthologs.count, orthologGroup(ofConcept: Int(orthologs[low])) == group {
            if self.taxon(ofConcept: Int(orthologs[low])) == taxon { return Int(orthologs[low]) }
            low += 1
        }
        return nil
    }

    /// An entity with all its names.
    public func entity(ofConcept concept: Int) -> Entity {
        let range = Int(nameStarts[concept])..<Int(nameStarts[concept + 1])
        let synonyms = range.map { index in
            let marks = names[index * 3 + 2]
            return Synonym(
                name: pool.text(from: Int(names[index * 3]), count: Int(names[index * 3 + 1])),
                grade: NameGrade(rawValue: UInt8(marks & 0xFF)) ?? .weak, source: sourceName(Int(marks >> 16))
            )
        }
        let full = fullName(ofConcept: concept)
        return Entity(
            id: identifier(ofConcept: concept), kind: kind(ofConcept: concept),
            name: name(ofConcept: concept),
            fullName: full.isEmpty ? nil : full, synonyms: synonyms, taxon: taxon(ofConcept: concept),
            treeNumbers: treeNumbers(ofConcept: concept))
    }

    /// Calls a function with the tree numbers of a concept, parted by `|`.
    public func withTreeNumbers<Result>(ofConcept concept: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        pool.withSpan(from: Int(word(concept, .trees)), count: Int(word(concept, .treesCount)), body)
    }

    /// Calls a function with the identifier of a concept as a CURIE.
    public func withIdentifier<Result>(ofConcept concept: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        pool.withSpan(from: Int(word(concept, .id)), count: Int(word(concept, .idCount)), body)
    }

    /// The number of names that the sources give a concept.
    public func nameCount(ofConcept concept: Int) -> Int {
        Int(nameStarts[concept + 1]) - Int(nameStarts[concept])
    }

    /// Calls a function with the bytes and the grade of each name of a concept, in the order of the sources.
    public func forEachName(ofConcept concept: Int, _ body: (Span<UInt8>, NameGrade) -> Void) {
        for index in Int(nameStarts[concept])..<Int(nameStarts[concept + 1]) {
            let grade = NameGrade(rawValue: UInt8(names[index * 3 + 2] & 0xFF)) ?? .weak
            pool.withSpan(from: Int(names[index * 3]), count: Int(names[index * 3 + 1])) { body($0, grade) }
        }
    }

    private func word(_ concept: Int, _ field: ConceptField) -> UInt32 {
        concepts[concept * ConceptField.allCases.count + field.rawValue]
    }

    private func text(_ concept: Int, _ offset: ConceptField, _ count: ConceptField) -> String {
        pool.text(from: Int(word(concept, offset)), count: Int(word(concept, count)))
    }

    // MARK: - Entries

    /// A name of a concept as a pattern of the automaton leads to it.
    public struct Entry: Hashable, Sendable {
        /// The entry's number.
        public let number: Int
        /// The concept.
        public let concept: Int
        /// How far the name may be trusted.
        public let grade: NameGrade
        /// Whether the name was varied, and how, before it was entered; empty as written.
        public let variation: String
    }

    /// The numbers of the entries of a pattern: best grade first, then by concept.
    public func entries(ofPattern pattern: UInt32) -> Range<Int> {
        Int(patternStarts[Int(pattern)])..<Int(patternStarts[Int(pattern) + 1])
    }

    /// An entry.
    public func entry(_ number: Int) -> Entry {
        let marks = entryWord(number, .marks)
        return Entry(
            number: number, concept: Int(entryWord(number, .concept)),
            grade: NameGrade(rawValue: UInt8(marks & 0xFF)) ?? .weak,
            variation: Self.variations[Int(marks >> 8 & 0xFF) % Self.variations.count])
    }

    /// The name of an entry as its source spells it.
    public func name(ofEntry number: Int) -> String {
        pool.text(from: Int(entryWord(number, .name)), count: Int(entryWord(number, .nameCount)))
    }

    /// The entries that a name leads to, in any spelling that the tokenizer folds together; best grade first.
    public func entries(named name: String) -> [Entry] {
        var tokenizer = Tokenizer()
        guard let pattern = automaton.pattern(of: tokenizer.tokens(of: name).map(\.identity)) else {
            return []
        }
        return entries(ofPattern: pattern).map { entry($0) }
    }

    /// The concepts of a kind that a name leads to, best grade first.
    public func concepts(named name: String, kind: EntityKind) -> [Int] {
        entries(named: name).map(\.concept).filter { self.kind(ofConcept: $0) == kind }
    }

    /// Calls a function with the bytes of an entry's name.
    public func withName<Result>(ofEntry number: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        pool.withSpan(from: Int(entryWord(number, .name)), count: Int(entryWord(number, .nameCount)), body)
    }

    /// The file that an entry's name comes from.
    public func source(ofEntry number: Int) -> String { sourceName(Int(entryWord(number, .marks) >> 16)) }

    private static let variations = [
        "", "Greek letter shortened", "Greek letter spelled out", "last brackets dropped", "commas dropped",
        "last words first", "qualifier dropped",
    ]

    private func entryWord(_ number: Int, _ field: EntryField) -> UInt32 {
        entries[number * EntryField.allCases.count + field.rawValue]
    }

    func sourceName(_ index: Int) -> String { index < sources.count ? sources[index].name : "" }

    // MARK: - Lists

    /// Whether a word in lower case is an English word.
    public func isEnglishWord(_ lowerCase: some Sequence<UInt8>) -> Bool {
        contains(words, NameHash.of(lowerCase))
    }

    /// Whether a list says that a name, spelled just so, misleads as a name of a kind.
    public func isBlocked(_ name: some Sequence<UInt8>, as kind: EntityKind) -> Bool {
        contains(blocked, NameHash.of(name, salt: UInt64(EntityKind.allCases.firstIndex(of: kind) ?? 0)))
    }

    private func contains(_ table: MemoryTable<UInt64>, _ hash: UInt64) -> Bool {
        var low = 0
        var high = table.count
        while low < high {
            let middle = (low + high) / 2
            if table[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < table.count && table[low] == hash
    }
}
