public import Corpus

/// A type of mention that is measured, and what corpora call it.
public enum GoldType: String, Hashable, Sendable, CaseIterable {
    /// Genes and their products.
    case gene = "Gene"
    /// Diseases and phenotypes.
    case disease = "Disease"
    /// Chemicals and drugs.
    case chemical = "Chemical"
    /// Species and other taxa.
    case species = "Species"
    /// Parts of the body, tissues, cells and structures of cells.
    case anatomy = "Anatomy"

    /// The types of annotations that are mentions of it: those of GNormPlus, NLM-Gene, BioRED, the NCBI disease
    /// corpus, BC5CDR, S800 and AnatEM.
    public var names: Set<String> {
        switch self {
        case .gene: ["Gene", "GeneOrGeneProduct"]
        case .disease:
            [
                "Disease", "SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention",
                "DiseaseOrPhenotypicFeature",
            ]
        case .chemical: ["Chemical", "ChemicalEntity"]
        case .species: ["Species", "OrganismTaxon"]
        case .anatomy:
            [
                "Anatomical_system", "Cell", "Cellular_component", "Developing_anatomical_structure",
                "Immaterial_anatomical_entity", "Multi-tissue_structure", "Organ", "Organism_subdivision",
                "Tissue", "Anatomy",
            ]
        }
    }

    /// The types of annotations that are not asked for, and under which an overlapping mention is not wrong either.
    public var lenientNames: Set<String> {
        self == .gene ? ["FamilyName", "DomainMotif"] : []
    }

    /// The kind of entity that a program finds for it.
    public var kind: EntityKind {
        switch self {
        case .gene: .gene
        case .disease: .disease
        case .chemical: .chemical
        case .species: .species
        case .anatomy: .anatomy
        }
    }

    /// The entities that an identifier without prefix may stand for.
    func entities(of identifier: String) -> [EntityID] {
        let prefixes =
            switch self {
            case .gene: ["ncbigene"]
            case .species: ["ncbitaxon"]
            case .disease: ["mesh", "omim", "doid"]
            case .chemical: ["mesh", "chebi"]
            case .anatomy: ["mesh", "uberon", "cl", "go"]
            }
        return prefixes.map { EntityID(prefix: $0, local: identifier) }
    }
}
