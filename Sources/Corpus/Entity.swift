/// What kind of thing an entity is.
public enum EntityKind: String, Hashable, Sendable, CaseIterable {
    /// A gene or its product.
    case gene = "Gene"
    /// A family, complex or fusion of genes: never one member.
    case geneFamily = "GeneFamily"
    /// A chemical compound, drug or ion.
    case chemical = "Chemical"
    /// A disease, injury or pathological state.
    case disease = "Disease"
    /// A taxon.
    case species = "Species"
    /// An organ, tissue, cell type or cellular structure.
    case anatomy = "Anatomy"
    /// A biological process or genetic phenomenon.
    case process = "Process"
    /// An analytical, diagnostic or therapeutic technique.
    case technique = "Technique"
    /// A mental disorder, behaviour or psychological process.
    case psychiatry = "Psychiatry"
    /// A cell line.
    case cellLine = "CellLine"
}

/// How far a name may be trusted to mean its entity.
public enum NameGrade: UInt8, Hashable, Sendable, Comparable {
    /// The official symbol or the preferred term.
    case official = 0
    /// The full name.
    case fullName = 1
    /// A synonym that the upstream source lists.
    case synonym = 2
    /// A designation or a synonym of wider, narrower or unknown scope.
    case related = 3
    /// A name that needs a second sign in the text: short, common or shared by many.
    case weak = 4

    /// Whether one comes before the other.
    public static func < (one: NameGrade, other: NameGrade) -> Bool { one.rawValue < other.rawValue }
}

/// A gene, chemical, disease … as the dictionaries know it.
public struct Entity: Hashable, Sendable {
    /// The identifier.
    public var id: EntityID
    /// What it is.
    public var kind: EntityKind
    /// The official symbol or preferred term: `Igf1r`.
    public var name: String
    /// The full name, where it differs: `insulin-like growth factor I receptor`.
    public var fullName: String?
    /// The other names with their grades, in the order of the source.
    public var synonyms: [Synonym]
    /// The species of a gene.
    public var taxon: TaxonID?
    /// Places in a vocabulary: MeSH tree numbers.
    public var treeNumbers: [String]

    /// Makes an entity.
    public init(
        id: EntityID, kind: EntityKind, name: String, fullName: String? = nil, synonyms: [Synonym] = [],
        taxon: TaxonID? = nil, treeNumbers: [String] = []
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.fullName = fullName
        self.synonyms = synonyms
        self.taxon = taxon
        self.treeNumbers = treeNumbers
    }
}

/// A name of an entity with its grade and source.
public struct Synonym: Hashable, Sendable {
    /// The name as the source spells it.
    public var name: String
    /// How far it may be trusted.
    public var grade: NameGrade
    /// The file it was read from, as named in the build: `genes/Mus_musculus.gene_info.gz`.
    public var source: String

    /// Makes a synonym.
    public init(name: String, grade: NameGrade, source: String) {
        self.name = name
        self.grade = grade
        self.source = source
    }
}
