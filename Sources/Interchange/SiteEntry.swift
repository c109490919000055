import Articles
import Corpus

/// What the list of all articles knows of one.
public struct SiteEntry: Hashable, Sendable {
    /// What the article is about.
    public var entity: EntityID
    /// What kind of thing that is.
    public var kind: EntityKind
    /// The symbol or preferred term.
    public var name: String
    /// The full name, where it differs.
    public var fullName: String?
    /// The other names that a reader may look for.
    public var synonyms: [String]
    /// The scientific name of the species.
    public var scientificName: String?
    /// The common name of the species.
    public var commonName: String?
    /// The number of statements.
    public var statementCount: Int

    /// Makes an entry.
    public init(
        entity: EntityID, kind: EntityKind, name: String, fullName: String? = nil, synonyms: [String] = [],
        scientificName: String? = nil, commonName: String? = nil, statementCount: Int
    ) {
        self.entity = entity
        self.kind = kind
        self.name = name
        self.fullName = fullName
        self.synonyms = synonyms
        self.scientificName = scientificName
        self.commonName = commonName
        self.statementCount = statementCount
    }

    /// The entry of an entity.
    public init(_ entity: Entity, facts: HeadFacts, statementCount: Int) {
        self.init(
            entity: entity.id, kind: entity.kind, name: entity.name, fullName: entity.fullName,
            synonyms: entity.synonyms.map(\.name).filter { $0 != entity.name && $0 != entity.fullName },
            scientificName: facts.scientificName, commonName: facts.commonName,
            statementCount: statementCount)
    }

    /// The page's place in the site: `gene/mouse/igf1r-16001.html`.
    ///
    /// Lower-case ASCII without reserved characters, and distinct for distinct entities even where file names
    /// ignore case, since it ends in the identifier.
    public var path: String {
        let folder = kind.rawValue.lowercased()
        let species = (commonName ?? scientificName).map { String($0.asciiSlug.prefix(40)) } ?? ""
        let name = name.asciiSlug.prefix(60)
        let file = (name.isEmpty ? "" : name + "-") + Self.fileName(of: entity)
        return ([folder, species, file + ".html"] as [String]).filter { !$0.isEmpty }.joined(separator: "/")
    }

    /// The species as the list names it, `Mus musculus`, or what an article without species is about.
    var species: String {
        if let species = scientificName ?? commonName { return species }
        switch kind {
        case .chemical: return "chemical compound"
        case .disease: return "disease"
        default: return ""
        }
    }

    /// The entity of a page by its place in the site, where the name ends in an identifier of a usual source; nil for
    /// others.
    static func entity(ofPage path: String) -> EntityID? {
        guard let dash = path.lastIndex(of: "-"), let dot = path.lastIndex(of: "."), dash < dot else {
            return nil
        }
        let local = String(path[path.index(after: dash)..<dot])
        return path.hasPrefix("gene/")
            ? EntityID(prefix: "ncbigene", local: local) : EntityID(prefix: "mesh", local: local.uppercased())
    }

    /// An identifier in lower-case ASCII. One whose letters are all capitals is written small; any other that holds
    /// a capital or a sign gets a checksum of the exact identifier behind it, so that none share a name.
    private static func fileName(of entity: EntityID) -> String {
        let local = entity.local
        let isUsual = entity.prefix == "ncbigene" || entity.prefix == "mesh"
        let stem = isUsual ? local : entity.prefix + "-" + local
        let isPlain = local.utf8.allSatisfy {
            ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                || ($0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z"))
        }
        let slug = String(stem.asciiSlug.prefix(60))
        return isPlain && stem.utf8.count <= 60 ? slug : slug + "-" + checksum(entity.curie)
    }

    /// 64-bit FNV-1a in hexadecimal.
    private static func checksum(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
