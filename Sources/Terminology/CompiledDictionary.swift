import AhoCorasick
import Corpus

/// The compiled dictionary, used as it lies in its file: the automaton over all names, the entities
/// they name, and the lists of words that steer how far a name is trusted.
///
/// Concepts and entries are numbered from 0; the numbers hold for one build only. A class, so that handing it on copies
/// one reference, and threads do not wait for one another to count those of its tables.
public final class CompiledDictionary: Sendable {
    static let magic: UInt64 = 0x3130_5443_4944_5342  // "BSDICT01"
    static let layoutVersion: UInt64 = 18

    /// The words of a concept's record.
    enum ConceptField: Int, CaseIterable {
        case id, idCount, name, nameCount, fullName, fullNameCount, trees, treesCount, kind, taxon,
            orthologGroup

        /// The number of words: that of the cases, known where it is compiled.
        static var width: Int { orthologGroup.rawValue + 1 }
    }

    /// The words of an entry's record. The marks are the grade (4 bits), the kind of its concept (4), the variation (8)
    /// and the source (16); the spelling is that of its name, packed.
    enum EntryField: Int, CaseIterable {
        case concept, name, nameCount, marks, spelling

        /// The number of words: that of the cases, known where it is compiled.
        static var width: Int { spelling.rawValue + 1 }
    }

    /// The words of the record of a gene that has orthologs: the genes of a group stand together, and a concept's group
    /// is the place of the first, counted from 1. `isLast` is 1 for the last of its group.
    enum OrthologField: Int, CaseIterable {
        case concept, taxon, isLast
    }

    /// The words of an alternative identifier's record.
    enum AlternativeField: Int, CaseIterable {
        case id, idCount, concept, source
    }

    /// The automaton; its patterns are numbered as `entries(of:)` takes them.
    public let automaton: Automaton
    let pool: MemoryTable<UInt8>
    private let concepts: MemoryTable<UInt32>
    let entryWords: MemoryTable<UInt32>
    let patternStarts: MemoryTable<UInt32>
    private let names: MemoryTable<UInt32>
    private let nameStarts: MemoryTable<UInt32>
    let byIdentifier: MemoryTable<UInt32>
    let words: HashTable
    let blocked: HashTable
    /// The genes of all groups of orthologs, by group.
    private let orthologs: MemoryTable<UInt32>
    /// The words of the full names of genes, as folded tokens, by concept.
    private let profileWords: MemoryTable<UInt64>
    private let profileStarts: MemoryTable<UInt32>
    /// The weights of the tagger's model; empty where no source brings any.
    public let weights: FeatureWeights
    /// The weights of the models on interactions; empty where no source brings any.
    public let interactionWeights: FeatureWeights
    /// Other identifiers of entities, by identifier.
    let alternatives: MemoryTable<UInt32>
    /// What tells the role of a gene's name, in the order in which it is tried.
    public let roleCues: [RoleCue]
    /// The digest of everything that the dictionary was built from, as hexadecimal SHA-256.
    public let digest: String
    /// The files it was built from.
    public let sources: [DictionarySourceFacts]
    let sourceHashes: [UInt64]

    /// Uses a compiled dictionary in memory, once its checksum has been verified: a table with a wrong number in it
    /// would send the search out of its bounds.
    ///
    /// - Complexity: O(number of bytes): the whole file is read.
    /// - Throws: `TerminologyError.notADictionary` with the reason.
    public convenience init(region: MemoryRegion, path: String) throws(TerminologyError) {
        try self.init(region: region, hasRightChecksum: Checksum.isRight(in: region), path: path)
    }

    /// Reads a compiled dictionary from its file, and uses it when its checksum is right.
    ///
    /// - Complexity: O(number of bytes): the whole file is read.
    /// - Throws: `TerminologyError.notADictionary` or `.unreadable` with the reason.
    convenience init(path: String) throws(TerminologyError) {
        let file = try LoadedFile(path: path)
        try self.init(region: file.region, hasRightChecksum: file.hasRightChecksum, path: path)
    }

    private init(
        region: MemoryRegion, hasRightChecksum: @autoclosure () -> Bool, path: String
    ) throws(TerminologyError) {
        func bad(_ reason: String) -> TerminologyError { .notADictionary(path: path, reason: reason) }
        guard let head = region.table(of: UInt64.self, at: 0, count: 3), head[0] == Self.magic else {
            throw bad("it does not begin as one")
        }
        guard head[1] == Self.layoutVersion else {
            throw bad("its layout is version \(head[1]), this program reads version \(Self.layoutVersion)")
        }
        guard hasRightChecksum() else {
            throw bad("its checksum is wrong: it was cut short or changed after it was written")
        }
        guard head[2] == 20, let places = region.table(of: UInt64.self, at: 24, count: 40) else {
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
        entryWords = try table(3, UInt32.self)
        patternStarts = try table(4, UInt32.self)
        names = try table(5, UInt32.self)
        nameStarts = try table(6, UInt32.self)
        byIdentifier = try table(7, UInt32.self)
        guard let words = HashTable(try table(8, UInt64.self)),
            let blocked = HashTable(try table(9, UInt64.self))
        else { throw bad("its lists of words are damaged") }
        self.words = words
        self.blocked = blocked
        orthologs = try table(10, UInt32.self)
        let description = try table(11, UInt8.self)
        weights = FeatureWeights(keys: try table(12, UInt64.self), values: try table(13, UInt32.self))
        alternatives = try table(14, UInt32.self)
        let cues = try table(15, UInt8.self)
        profileWords = try table(16, UInt64.self)
        profileStarts = try table(17, UInt32.self)
        interactionWeights = FeatureWeights(
            keys: try table(18, UInt64.self), values: try table(19, UInt32.self))
        roleCues = cues.text(from: 0, count: cues.count).split(separator: "\n").compactMap { line in
            RoleCue(fields: line.split(separator: "\t").map(String.init))
        }
        guard patternStarts.count == automaton.patternCount + 1,
            concepts.count == byIdentifier.count * ConceptField.allCases.count,
            nameStarts.count == byIdentifier.count + 1, profileStarts.count == nameStarts.count,
            orthologs.count % OrthologField.allCases.count == 0,
            alternatives.count % AlternativeField.allCases.count == 0
        else { throw bad("its tables do not fit one another") }
        let lines = description.text(from: 0, count: description.count).split(
            separator: "\n", omittingEmptySubsequences: false)
        digest = lines.first.map(String.init) ?? ""
        sources = lines.dropFirst().compactMap { DictionarySourceFacts(line: $0) }
        sourceHashes = sources.map { NameHash.of($0.name.utf8) }
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
        let text = treeNumberText(ofConcept: concept)
        var numbers: [String] = []
        var start = 0
        for offset in 0...text.count
        where offset == text.count || text[offset] == UInt8(ascii: "|") {
            if offset > start { numbers.append(text.string(from: start, to: offset)) }
            start = offset + 1
        }
        return numbers
    }

    /// The kind of a concept.
    public func kind(ofConcept concept: Int) -> EntityKind {
        EntityKind(number: word(concept, .kind)) ?? .gene
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
    /// - Complexity: O(number of genes in the group).
    public func ortholog(ofConcept concept: Int, in taxon: TaxonID) -> Int? {
        var record = Int(orthologGroup(ofConcept: concept)) - 1
        guard record >= 0 else { return nil }
        let width = OrthologField.allCases.count
        while true {
            if orthologs[record * width + OrthologField.taxon.rawValue] == UInt32(bitPattern: taxon.number) {
                return Int(orthologs[record * width])
            }
            if orthologs[record * width + OrthologField.isLast.rawValue] != 0 { return nil }
            record += 1
        }
    }

    /// How many of the telling words of a gene's full names, each counted once, a condition holds for.
    ///
    /// - Complexity: O(number of words of the full names).
    public func profileCount(
        ofConcept concept: Int, in isPresent: (UInt64) -> Bool
    ) -> Int {
        var count = 0
        for index in Int(profileStarts[concept])..<Int(profileStarts[concept + 1])
        where isPresent(profileWords[index]) {
            count += 1
        }
        return count
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

    /// The tree numbers of a concept, parted by `|`.
    public func treeNumberText(ofConcept concept: Int) -> MemoryText {
        pool.memoryText(from: Int(word(concept, .trees)), count: Int(word(concept, .treesCount)))
    }

    /// Whether a condition holds for the hash of one of the tree numbers of a concept, as `NameHash` makes it.
    public func hasTreeNumber(ofConcept concept: Int, where isWanted: (UInt64) -> Bool) -> Bool {
        let trees = treeNumberText(ofConcept: concept)
        var hash = NameHash()
        for offset in 0..<trees.count {
            if trees[offset] != UInt8(ascii: "|") {
                hash.combine(trees[offset])
                continue
            }
            if isWanted(hash.value) { return true }
            hash = NameHash()
        }
        return trees.count > 0 && isWanted(hash.value)
    }

    /// The identifier of a concept as a CURIE.
    public func identifierText(ofConcept concept: Int) -> MemoryText {
        pool.memoryText(from: Int(word(concept, .id)), count: Int(word(concept, .idCount)))
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
        concepts[concept * ConceptField.width + field.rawValue]
    }

    private func text(_ concept: Int, _ offset: ConceptField, _ count: ConceptField) -> String {
        pool.text(from: Int(word(concept, offset)), count: Int(word(concept, count)))
    }
}
