import Corpus
import Foundation

/// Writes citations, mentions and placements as compact records.
///
/// The first byte of a record is the number of its layout, so that a later layout can be told apart. Strings that
/// recur in many records are numbers of the table `string`; the others stand in the record.
struct RecordEncoder {
    /// The layout that this program writes.
    static let layout = 1

    private var table: StringTable
    /// The record that is written; its memory serves one after the other.
    private var out = ByteEncoder()

    init(table: StringTable) {
        self.table = table
    }

    /// The strings that were numbered.
    var numbers: TextNumbers { table.numbers }

    /// The number of an interned string.
    mutating func number(of text: String) throws -> Int64 {
        try table.number(of: text)
    }

    // MARK: - Records

    /// All of a citation but PMID and version, which are columns.
    mutating func record(of citation: Citation) throws -> Data {
        begin()
        out.add(citation.title)
        try intern(citation.status)
        out.add(citation.dateRevised)
        out.add(citation.vernacularTitle)
        try sections(citation.abstract)
        out.add(citation.otherAbstracts.count)
        for abstract in citation.otherAbstracts {
            try intern(abstract.type)
            try intern(abstract.language)
            try sections(abstract.sections)
            out.add(abstract.copyright)
        }
        out.add(citation.copyright)
        out.add(citation.authors.count)
        for author in citation.authors {
            out.add(author.lastName)
            out.add(author.foreName)
            out.add(author.initials)
            out.add(author.suffix)
            out.add(author.collectiveName)
            out.add(author.orcid)
        }
        try intern(citation.journal.title)
        try intern(citation.journal.isoAbbreviation)
        try intern(citation.journal.issn)
        try intern(citation.journal.nlmID)
        out.add(citation.year == nil ? 0 : 1)
        if let year = citation.year { out.add(signed: Int64(year)) }
        try list(citation.languages)
        out.add(citation.publicationTypes.count)
        for type in citation.publicationTypes {
            try intern(type.ui)
            try intern(type.name)
        }
        out.add(citation.meshHeadings.count)
        for heading in citation.meshHeadings {
            try term(heading.descriptor)
            out.add(heading.qualifiers.count)
            for qualifier in heading.qualifiers { try term(qualifier) }
        }
        out.add(citation.chemicals.count)
        for chemical in citation.chemicals {
            try intern(chemical.registryNumber)
            try intern(chemical.ui)
            try intern(chemical.name)
        }
        out.add(citation.keywords.count)
        for keyword in citation.keywords { out.add(keyword) }
        out.add(citation.geneSymbols.count)
        for symbol in citation.geneSymbols { out.add(symbol) }
        out.add(citation.corrections.count)
        for correction in citation.corrections {
            try intern(correction.type.rawValue)
            out.add(correction.pmid == nil ? 0 : 1)
            if let pmid = correction.pmid { out.add(signed: pmid.number) }
            out.add(correction.source)
        }
        out.add(citation.articleIdentifiers.count)
        for identifier in citation.articleIdentifiers {
            try intern(identifier.type)
            out.add(identifier.value)
        }
        return Data(out.bytes)
    }

    /// The mentions of a sentence; their passage is the sentence's.
    mutating func record(of mentions: [Mention]) throws -> Data {
        begin()
        out.add(mentions.count)
        for mention in mentions {
            out.add(mention.range.start)
            out.add(mention.range.count)
            try intern(mention.kind.rawValue)
            try intern(mention.entity.curie)
            try intern(mention.taxon?.description)
            try intern(mention.dictionaryName)
            try intern(mention.source)
            try list(mention.reasons)
            try intern(mention.role.rawValue)
            try list(mention.treeNumbers)
        }
        return Data(out.bytes)
    }

    /// The placements of a piece of evidence.
    mutating func record(of placements: [Placement]) throws -> Data {
        begin()
        out.add(placements.count)
        for placement in placements {
            try intern(placement.section.rawValue)
            try intern(placement.rule)
            out.add(placement.triggers.count)
            for trigger in placement.triggers {
                out.add(trigger.range.start)
                out.add(trigger.range.count)
                try intern(trigger.concept)
            }
            out.add(placement.parts.count)
            for part in placement.parts {
                try intern(part.name)
                out.add(part.value)
            }
        }
        return Data(out.bytes)
    }

    /// The names and places of an entity.
    mutating func record(of entity: Entity) throws -> Data {
        begin()
        out.add(entity.synonyms.count)
        for synonym in entity.synonyms {
            out.add(synonym.name)
            out.add(Int(synonym.grade.rawValue))
            try intern(synonym.source)
        }
        try list(entity.treeNumbers)
        return Data(out.bytes)
    }

    /// The concepts that a citation names: the rising numbers of their identifiers, each less the one before. There is
    /// one such record for every citation that was ever read, so it has no byte for its layout.
    mutating func record(of concepts: [EntityID]) throws -> Data {
        out.clear()
        var last: Int64 = 0
        for number in try Set(concepts.map { try table.number(of: $0.curie) }).sorted() {
            out.add(signed: number - last)
            last = number
        }
        return Data(out.bytes)
    }

    // MARK: - Parts

    private mutating func begin() {
        out.clear()
        out.add(Self.layout)
    }

    private mutating func intern(_ text: String) throws {
        out.add(signed: try table.number(of: text))
    }

    /// 0 stands for a missing string: numbers of strings start at 1.
    private mutating func intern(_ text: String?) throws {
        if let text { try intern(text) } else { out.add(signed: 0) }
    }

    private mutating func list(_ texts: [String]) throws {
        out.add(texts.count)
        for text in texts { try intern(text) }
    }

    private mutating func sections(_ sections: [AbstractSection]) throws {
        out.add(sections.count)
        for section in sections {
            try intern(section.label)
            try intern(section.category)
            out.add(section.text)
        }
    }

    private mutating func term(_ term: MeshTerm) throws {
        try intern(term.ui)
        try intern(term.name)
        out.add(term.isMajorTopic ? 1 : 0)
    }
}
