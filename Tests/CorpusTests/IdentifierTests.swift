import Corpus
import Testing

struct `Identifiers` {
    @Test func `a PMID has a number and a CURIE, and numbers order it`() {
        #expect(PMID(8_402_902).description == "8402902")
        #expect(PMID(8_402_902).curie == "pubmed:8402902")
        #expect(PMID(9) < PMID(10))
        #expect(!(PMID(10) < PMID(10)))
    }

    @Test func `a taxon is an entity too`() {
        #expect(TaxonID.mouse.entity == EntityID(prefix: "ncbitaxon", local: "10090"))
        #expect(TaxonID.human.description == "9606")
        #expect(TaxonID.human < TaxonID.mouse && TaxonID.mouse < TaxonID.rat)
    }

    @Test(arguments: [
        ("ncbigene:16001", "ncbigene", "16001"), ("mesh:D003920", "mesh", "D003920"),
        ("go:0006915", "go", "0006915"),
        ("a:b:c", "a", "b:c"), ("bioscribe.family:NF-kappaB", "bioscribe.family", "NF-kappaB"),
        ("bioscribe.family:αvβ3", "bioscribe.family", "αvβ3"), ("x:\u{301}", "x", "\u{301}"),
    ])
    func `a CURIE has a prefix and a local part`(curie: String, prefix: String, local: String) throws {
        let id = try #require(EntityID(curie: curie))
        #expect(id.prefix == prefix)
        #expect(id.local == local)
        #expect(id.description == curie)
        #expect(id == EntityID(prefix: prefix, local: local))
    }

    @Test(arguments: ["", ":", "a:", ":b", "ncbigene", "16001"])
    func `what lacks a part is no CURIE`(text: String) {
        #expect(EntityID(curie: text) == nil)
    }

    @Test func `entities are ordered by the bytes of their CURIE`() {
        let sorted = ["mesh:D2", "mesh:D10", "go:1", "mesh:d1", "mesh:é", "ncbigene:9"].compactMap {
            EntityID(curie: $0)
        }
        .sorted().map(\.curie)
        #expect(sorted == ["go:1", "mesh:D10", "mesh:D2", "mesh:d1", "mesh:é", "ncbigene:9"])
    }

    @Test(arguments: [
        ("0123456789abcdef0123456789abcdef", true), ("0123456789ABCDEF0123456789abcdef", false),
        ("0123456789abcdef0123456789abcde", false), ("0123456789abcdef0123456789abcdef0", false), ("", false),
        ("0123456789abcdef0123456789abcdeg", false), ("0123456789abcdef0123456789abcde/", false),
        ("0123456789abcdef0123456789abcde:", false), ("０123456789abcdef0123456789abc", false),
    ])
    func `the id of evidence is 32 hexadecimal digits in lower case`(hex: String, isOne: Bool) {
        #expect((EvidenceID(hex: hex)?.description == hex) == isOne)
    }

    @Test func `ids of evidence are ordered by their digits`() throws {
        let one = try #require(EvidenceID(hex: String(repeating: "0", count: 31) + "9"))
        let other = try #require(EvidenceID(hex: String(repeating: "0", count: 31) + "a"))
        #expect(one < other && !(other < one))
    }
}
