import Corpus
import Terminology

/// A species whose genes get articles.
public struct SpeciesSelection: Hashable, Sendable {
    /// The taxon.
    public var taxon: TaxonID
    /// The name that pages show and that folders are named by: `mouse`.
    public var commonName: String
    /// The scientific name: `Mus musculus`.
    public var scientificName: String

    /// Finds a species by common name, scientific name or taxon id, whatever its letter case.
    ///
    /// - Throws: `PipelineError.unknownSpecies`, with names that are near.
    public init(named name: String, in dictionary: CompiledDictionary) throws(PipelineError) {
        let wanted = name.lowercased()
        let known = Self.usual.first {
            $0.common == wanted || $0.scientific.lowercased() == wanted || "\($0.taxon)" == wanted
                || "ncbitaxon:\($0.taxon)" == wanted
        }
        if let known {
            taxon = TaxonID(known.taxon)
            commonName = known.common
            scientificName = known.scientific
            return
        }
        guard let concept = Self.concept(named: name, in: dictionary),
            let found = dictionary.taxon(ofConcept: concept)
        else {
            throw .unknownSpecies(name, known: Self.usual.map(\.common))
        }
        taxon = found
        scientificName = dictionary.name(ofConcept: concept)
        let common = dictionary.fullName(ofConcept: concept)
        commonName = common.isEmpty ? scientificName : common
    }

    /// The species by which the names of most papers go: NCBI's common names are longer than what people say.
    private static let usual: [(taxon: Int32, common: String, scientific: String)] = [
        (10090, "mouse", "Mus musculus"), (9606, "human", "Homo sapiens"),
        (10116, "rat", "Rattus norvegicus"),
        (7227, "fruit fly", "Drosophila melanogaster"), (7955, "zebrafish", "Danio rerio"),
        (6239, "nematode", "Caenorhabditis elegans"), (4932, "yeast", "Saccharomyces cerevisiae"),
    ]

    /// The taxon of one of the usual species, or of a taxon id; for commands that work without a dictionary.
    ///
    /// - Throws: `PipelineError.unknownSpecies`.
    public static func taxon(named name: String) throws(PipelineError) -> TaxonID {
        let wanted = name.lowercased()
        if let known = usual.first(where: { $0.common == wanted || $0.scientific.lowercased() == wanted }) {
            return TaxonID(known.taxon)
        }
        guard let number = Int32(name), number > 0 else {
            throw .unknownSpecies(name, known: usual.map(\.common))
        }
        return TaxonID(number)
    }

    /// The common and scientific names of a taxon that is known without a dictionary; nil for all others.
    public static func usualNames(of taxon: TaxonID) -> (common: String, scientific: String)? {
        usual.first { $0.taxon == taxon.number }.map { ($0.common, $0.scientific) }
    }

    private static func concept(named name: String, in dictionary: CompiledDictionary) -> Int? {
        if let number = Int32(name), let found = dictionary.concept(of: TaxonID(number).entity) {
            return found
        }
        return dictionary.concepts(named: name, kind: .species).first
    }
}
