import Corpus
import Intake

/// Writes records as the reference parser `Oracle/records.py` does: one line, keys in a set order, no spaces.
struct CanonicalJSON {
    private(set) var text: [UInt8] = []
    private var needsComma = false

    static func line(_ record: PubMedRecord) -> [UInt8] {
        var json = CanonicalJSON()
        json.object { json in
            switch record {
            case .citation(let citation): json.add(citation)
            case .bookArticle(let pmid):
                json.string("kind", "book")
                json.number("pmid", pmid.map { Int($0.number) })
            case .deletions(let pmids):
                json.string("kind", "deletions")
                json.list("pmids", pmids) { $0.raw(String($1.number)) }
            }
        }
        return json.text
    }

    private mutating func add(_ citation: Citation) {
        string("kind", "citation")
        number("pmid", Int(citation.pmid.number))
        number("version", citation.version)
        string("status", citation.status)
        string("dateRevised", citation.dateRevised)
        string("title", citation.title)
        string("vernacularTitle", citation.vernacularTitle)
        sections("abstract", citation.abstract)
        list("otherAbstracts", citation.otherAbstracts) { json, other in
            json.object { json in
                json.string("type", other.type)
                json.string("language", other.language)
                json.sections("sections", other.sections)
                json.string("copyright", other.copyright)
            }
        }
        string("copyright", citation.copyright)
        list("authors", citation.authors) { json, author in
            json.object { json in
                json.string("lastName", author.lastName)
                json.string("foreName", author.foreName)
                json.string("initials", author.initials)
                json.string("suffix", author.suffix)
                json.string("collectiveName", author.collectiveName)
                json.string("orcid", author.orcid)
            }
        }
        key("journal")
        object { json in
            json.string("title", citation.journal.title)
            json.string("isoAbbreviation", citation.journal.isoAbbreviation)
            json.string("issn", citation.journal.issn)
            json.string("nlmID", citation.journal.nlmID)
        }
        number("year", citation.year)
        list("languages", citation.languages) { $0.quoted($1) }
        list("publicationTypes", citation.publicationTypes) { json, type in
            json.object { json in
                json.string("ui", type.ui)
                json.string("name", type.name)
            }
        }
        list("meshHeadings", citation.meshHeadings) { json, heading in
            json.object { json in
                json.key("descriptor")
                json.term(heading.descriptor)
                json.list("qualifiers", heading.qualifiers) { $0.term($1) }
            }
        }
        list("chemicals", citation.chemicals) { json, chemical in
            json.object { json in
                json.string("registryNumber", chemical.registryNumber)
                json.string("ui", chemical.ui)
                json.string("name", chemical.name)
            }
        }
        list("keywords", citation.keywords) { $0.quoted($1) }
        list("geneSymbols", citation.geneSymbols) { $0.quoted($1) }
        list("corrections", citation.corrections) { json, correction in
            json.object { json in
                json.string("type", correction.type.rawValue)
                json.number("pmid", correction.pmid.map { Int($0.number) })
                json.string("source", correction.source)
            }
        }
        list("articleIdentifiers", citation.articleIdentifiers) { json, identifier in
            json.object { json in
                json.string("type", identifier.type)
                json.string("value", identifier.value)
            }
        }
    }

    private mutating func sections(_ name: String, _ sections: [AbstractSection]) {
        list(name, sections) { json, section in
            json.object { json in
                json.string("label", section.label)
                json.string("category", section.category)
                json.string("text", section.text)
            }
        }
    }

    private mutating func term(_ term: MeshTerm) {
        object { json in
            json.string("ui", term.ui)
            json.string("name", term.name)
            json.key("isMajorTopic")
            json.raw(term.isMajorTopic ? "true" : "false")
        }
    }

    // MARK: JSON

    private mutating func raw(_ text: String) {
        self.text.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func key(_ name: String) {
        if needsComma { text.append(UInt8(ascii: ",")) }
        quoted(name)
        text.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func object(_ body: (inout CanonicalJSON) -> Void) {
        text.append(UInt8(ascii: "{"))
        needsComma = false
        body(&self)
        raw("}")
    }

    private mutating func list<Item>(
        _ name: String, _ items: [Item], _ body: (inout CanonicalJSON, Item) -> Void
    ) {
        key(name)
        text.append(UInt8(ascii: "["))
        for (place, item) in items.enumerated() {
            if place > 0 { text.append(UInt8(ascii: ",")) }
            body(&self, item)
        }
        raw("]")
    }

    private mutating func string(_ name: String, _ value: String?) {
        key(name)
        if let value { quoted(value) } else { raw("null") }
    }

    private mutating func number(_ name: String, _ value: Int?) {
        key(name)
        raw(value.map(String.init) ?? "null")
    }

    private mutating func quoted(_ value: String) {
        text.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
            text.append(byte)
        }
        text.append(UInt8(ascii: "\""))
        needsComma = true
    }
}
