import Corpus

/// Where the source of an entity's identifier shows it on the web.
public struct EntityAddress: Hashable, Sendable {
    /// The name of the source: `NCBI Gene`.
    public let source: String
    /// How the addresses of that source begin.
    public let start: String
    /// What stands behind that: the local identifier.
    public let local: String

    /// The address.
    public var url: String { start + local }

    /// The address of an entity; nil when its prefix is not one of the known sources, or its local identifier holds
    /// anything that an address would have to quote.
    public init?(_ entity: EntityID) {
        let curie = entity.curie.utf8
        guard let colon = curie.firstIndex(of: UInt8(ascii: ":")),
            let source = Self.source(of: entity, prefix: entity.curie[..<colon]),
            curie[colon...].dropFirst().allSatisfy(Self.isPlain)
        else { return nil }
        self.source = source.name
        start = source.start
        local = String(entity.curie[colon...].utf8.dropFirst()) ?? ""
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }

    /// Source and beginning of the address. Nearly all are one of two, and compared with sooner than looked up.
    private static func source(
        of entity: EntityID, prefix: Substring
    ) -> (name: String, start: String)? {
        if entity.hasPrefix("ncbigene") { return ("NCBI Gene", "https://www.ncbi.nlm.nih.gov/gene/") }
        if entity.hasPrefix("mesh") { return ("MeSH", "https://meshb.nlm.nih.gov/record/ui?ui=") }
        return sources[String(prefix)]
    }

    /// Source and beginning of the address, by prefix, of the others.
    private static let sources: [String: (name: String, start: String)] = [
        "mgi": ("MGI", "https://www.informatics.jax.org/accession/MGI:"),
        "hgnc": ("HGNC", "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:"),
        "rgd": ("RGD", "https://rgd.mcw.edu/rgdweb/report/gene/main.html?id="),
        "ensembl": ("Ensembl", "https://www.ensembl.org/id/"),
        "uniprot": ("UniProt", "https://www.uniprot.org/uniprotkb/"),
        "omim": ("OMIM", "https://omim.org/entry/"),
        "chebi": ("ChEBI", "https://www.ebi.ac.uk/chebi/CHEBI:"),
        "doid": ("Disease Ontology", "https://disease-ontology.org/?id=DOID:"),
        "go": ("Gene Ontology", "https://amigo.geneontology.org/amigo/term/GO:"),
        "uberon": ("UBERON", "http://purl.obolibrary.org/obo/UBERON_"),
        "cl": ("Cell Ontology", "http://purl.obolibrary.org/obo/CL_"),
        "ncbitaxon": ("NCBI Taxonomy", "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id="),
        "cellosaurus": ("Cellosaurus", "https://www.cellosaurus.org/"),
        "pubmed": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/"),
        "pmc": ("PubMed Central", "https://www.ncbi.nlm.nih.gov/pmc/articles/"),
    ]
}
