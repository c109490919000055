import Articles
import Corpus
import Foundation

/// Reads the records that `RecordEncoder` writes; the two list the same fields in the same order.
struct RecordDecoder {
    private var strings: StringReader
    private var input = ByteDecoder([])
    private var kinds = Meanings<EntityKind>()
    private var roles = Meanings<MentionRole>()
    private var taxa = Meanings<TaxonID>()
    /// The places of sections in articles of one kind, by the numbers of their names.
    private var places: (kind: EntityKind?, known: [Int64: Int?]) = (nil, [:])
    /// Whether strings are identifiers, by their numbers.
    private var identifiers: [Int64: Bool] = [:]

    init(strings: StringReader) {
        self.strings = strings
    }

    /// Reads a citation; `record` holds all but what the columns do.
    ///
    /// - Throws: `StoreError.undecodable`.
    mutating func citation(pmid: PMID, version: Int, record: Data) throws -> Citation {
        try decoding(record, of: pmid.curie) { decoder in
            var citation = Citation(pmid: pmid, version: version, title: try decoder.input.string())
            citation.status = try decoder.interned()
            citation.dateRevised = try decoder.input.optionalString()
            citation.vernacularTitle = try decoder.input.optionalString()
            citation.abstract = try decoder.sections()
            citation.otherAbstracts = try decoder.items { decoder in
                OtherAbstract(
                    type: try decoder.interned(), language: try decoder.interned(),
                    sections: try decoder.sections(), copyright: try decoder.input.optionalString())
            }
            citation.copyright = try decoder.input.optionalString()
            citation.authors = try decoder.authors()
            citation.journal = try decoder.journal()
            citation.year = try decoder.input.flag() ? Int(try decoder.input.signed()) : nil
            citation.languages = try decoder.items { try $0.interned() }
            citation.publicationTypes = try decoder.items {
                PublicationType(ui: try $0.interned(), name: try $0.interned())
            }
            citation.meshHeadings = try decoder.items { decoder in
                MeshHeading(descriptor: try decoder.term(), qualifiers: try decoder.items { try $0.term() })
            }
            citation.chemicals = try decoder.items {
                Chemical(
                    registryNumber: try $0.interned(), ui: try $0.interned(), name: try $0.interned())
            }
            citation.keywords = try decoder.items { try $0.input.string() }
            citation.geneSymbols = try decoder.items { try $0.input.string() }
            citation.corrections = try decoder.items { decoder in
                Correction(
                    type: CorrectionType(rawValue: try decoder.interned()),
                    pmid: try decoder.input.flag() ? PMID(try decoder.input.signed()) : nil,
                    source: try decoder.input.string())
            }
            citation.articleIdentifiers = try decoder.items {
                ArticleIdentifier(type: try $0.interned(), value: try $0.input.string())
            }
            return citation
        }
    }

    /// Reads the texts of a citation's passages by their indices, which is all that its evidence is cut from: the rest of
    /// the record, names of authors and headings, is not asked for.
    ///
    /// - Throws: `StoreError.undecodable`.
    mutating func passages(of pmid: PMID, record: Data) throws -> [String] {
        try decoding(record, of: pmid.curie, isPart: true) { decoder in
            var passages = [try decoder.input.string()]
            try decoder.input.skipNumber()
            try decoder.input.skipOptionalString()
            try decoder.input.skipOptionalString()
            for _ in 0..<(try decoder.input.count()) {
                try decoder.input.skipNumber()
                try decoder.input.skipNumber()
                passages.append(try decoder.input.string())
            }
            return passages
        }
    }

    /// Says where the texts of a citation's passages stand in its record, by their indices; `source` reads from it then.
    ///
    /// - Throws: `StoreError.undecodable`.
    static func passagePlaces(
        of pmid: PMID, record: Data, in source: inout ByteDecoder, to places: inout [Range<Int>]
    ) throws {
        places.removeAll(keepingCapacity: true)
        source.load(record)
        do {
            guard try source.number() == RecordEncoder.layout else { throw ByteDecoder.Malformed() }
            places.append(try source.place())
            try source.skipNumber()
            try source.skipOptionalString()
            try source.skipOptionalString()
            for _ in 0..<(try source.count()) {
                try source.skipNumber()
                try source.skipNumber()
                places.append(try source.place())
            }
        } catch {
            throw StoreError.undecodable(what: pmid.curie)
        }
    }

    /// Reads no more of a citation than a list of references shows.
    ///
    /// - Throws: `StoreError.undecodable`.
    mutating func reference(
        of pmid: PMID, badges: [ReferenceBadge], record: Data
    ) throws -> CitationReference {
        try decoding(record, of: pmid.curie, isPart: true) { decoder in
            try decoder.reference(of: pmid, badges: badges) { _, _ in }
        }
    }

    /// Reads a sentence of a citation, and what a list of references shows of it.
    ///
    /// - Parameters:
    ///   - passage: The index of the sentence's passage.
    ///   - range: Where the sentence stands in the passage, in UTF-8 bytes.
    /// - Throws: `StoreError.undecodable`.
    mutating func quotation(
        of pmid: PMID, passage: Int, range: TextRange, badges: [ReferenceBadge], record: Data
    ) throws -> (sentence: String, reference: CitationReference) {
        try decoding(record, of: pmid.curie, isPart: true) { decoder in
            var place: Range<Int>?
            let reference = try decoder.reference(of: pmid, badges: badges) { index, found in
                if index == passage { place = found }
            }
            guard let place, range.start >= 0, range.end <= place.count,
                let sentence = decoder.input.text(
                    at: place.lowerBound + range.start..<place.lowerBound + range.end)
            else { throw ByteDecoder.Malformed() }
            return (sentence, reference)
        }
    }

    /// Reads what a list of references shows, and says where passages stand in the record, with their indices.
    private mutating func reference(
        of pmid: PMID, badges: [ReferenceBadge], passage: (Int, Range<Int>) -> Void
    ) throws -> CitationReference {
        let start = try input.place()
        passage(0, start)
        try input.skipNumber()
        try input.skipOptionalString()
        let vernacularTitle = try input.optionalPlace()
        for index in 0..<(try input.count()) {
            try input.skipNumber()
            try input.skipNumber()
            passage(index + 1, try input.place())
        }
        for _ in 0..<(try input.count()) {
            try input.skipNumber()
            try input.skipNumber()
            try skipSections()
            try input.skipOptionalString()
        }
        var reference = CitationReference(pmid: pmid, badges: badges)
        reference.title = input.repairedText(at: start.isEmpty ? vernacularTitle ?? start : start)
        reference.copyright = try input.optionalString()
        let count = try input.count()
        reference.authors.reserveCapacity(count)
        for _ in 0..<count {
            let author = Author(
                lastName: try input.optionalString(), foreName: try input.optionalString(),
                initials: try input.optionalString(), suffix: try input.optionalString(),
                collectiveName: try input.optionalString())
            try input.skipOptionalString()
            if let name = author.displayName { reference.authors.append(name) }
        }
        let title = try input.signed()
        let abbreviation = try optionalInterned()
        for _ in 0..<2 { try input.skipNumber() }
        reference.journal = try abbreviation ?? (title == 0 ? "" : strings.text(of: title))
        reference.year = try input.flag() ? Int(try input.signed()) : nil
        return reference
    }

    /// Reads the mentions of a sentence.
    mutating func mentions(_ record: Data, passage: Int, of pmid: PMID) throws -> [Mention] {
        try decoding(record, of: pmid.curie) { decoder in
            try decoder.items { decoder in
                let range = try decoder.range()
                let kind = try decoder.kind()
                let entity = try decoder.entity()
                let taxon = try decoder.taxon()
                let name = try decoder.interned()
                let source = try decoder.interned()
                let reasons = try decoder.items { try $0.interned() }
                let role = try decoder.role()
                return Mention(
                    passage: passage, range: range, kind: kind, entity: entity, taxon: taxon,
                    dictionaryName: name, source: source, reasons: reasons, role: role,
                    treeNumbers: try decoder.items { try $0.interned() })
            }
        }
    }

    /// Reads what a ranking goes by of the mentions of a sentence: not where they stand, which names of which dictionaries
    /// they are, and why.
    mutating func outlines(
        ofMentions record: Data, of pmid: PMID, to mentions: inout [EvidenceOutlines.Mention]
    ) throws {
        try decoding(record, of: pmid.curie) { decoder in
            for _ in 0..<(try decoder.input.count()) {
                try decoder.input.skipNumber()
                try decoder.input.skipNumber()
                let kind = try decoder.kind()
                mentions.append(EvidenceOutlines.Mention(entity: try decoder.input.signed(), kind: kind))
                for _ in 0..<3 { try decoder.input.skipNumber() }
                try decoder.skipList()
                try decoder.input.skipNumber()
                try decoder.skipList()
            }
        }
    }

    /// Reads what a ranking goes by of the placements of a piece of evidence.
    mutating func outlines(
        ofPlacements record: Data, of pmid: PMID, among sections: SectionPlaces,
        to outlines: inout EvidenceOutlines
    ) throws -> Range<Int> {
        try decoding(record, of: pmid.curie) { decoder in
            let first = outlines.placements.count
            for _ in 0..<(try decoder.input.count()) {
                let section = try decoder.section(among: sections)
                try decoder.input.skipNumber()
                let firstConcept = outlines.concepts.count
                for _ in 0..<(try decoder.input.count()) {
                    try decoder.input.skipNumber()
                    try decoder.input.skipNumber()
                    let number = try decoder.input.signed()
                    if try decoder.isIdentifier(number) { outlines.concepts.append(number) }
                }
                var score = 0.0
                for _ in 0..<(try decoder.input.count()) {
                    try decoder.input.skipNumber()
                    score += try decoder.input.double()
                }
                outlines.placements.append(
                    EvidenceOutlines.Placement(
                        section: section, score: score, concepts: firstConcept..<outlines.concepts.count))
            }
            return first..<outlines.placements.count
        }
    }

    /// The entity whose identifier has a number.
    mutating func entity(numbered number: Int64) throws -> EntityID? {
        EntityID(curie: try strings.text(of: number))
    }

    /// Reads the placements of a piece of evidence.
    mutating func placements(_ record: Data, of pmid: PMID) throws -> [Placement] {
        try decoding(record, of: pmid.curie) { decoder in
            try decoder.items { decoder in
                Placement(
                    section: SectionID(rawValue: try decoder.interned()), rule: try decoder.interned(),
                    triggers: try decoder.items {
                        Trigger(range: try $0.range(), concept: try $0.interned())
                    },
                    parts: try decoder.items {
                        ScorePart(name: try $0.interned(), value: try $0.input.double())
                    })
            }
        }
    }

    /// Reads the names and places of an entity into it.
    mutating func names(_ record: Data, into entity: inout Entity) throws {
        let names = try decoding(record, of: entity.id.curie) { decoder in
            let synonyms = try decoder.items { decoder in
                let name = try decoder.input.string()
                guard let code = UInt8(exactly: try decoder.input.number()),
                    let grade = NameGrade(rawValue: code)
                else { throw ByteDecoder.Malformed() }
                return Synonym(name: name, grade: grade, source: try decoder.interned())
            }
            return (synonyms, try decoder.items { try $0.interned() })
        }
        (entity.synonyms, entity.treeNumbers) = names
    }

    // MARK: - Parts

    private mutating func decoding<Value>(
        _ record: Data, of what: String, isPart: Bool = false,
        _ body: (inout RecordDecoder) throws -> Value
    ) throws -> Value {
        input.load(record)
        do {
            guard try input.number() == RecordEncoder.layout else { throw ByteDecoder.Malformed() }
            let value = try body(&self)
            guard isPart || input.isAtEnd else { throw ByteDecoder.Malformed() }
            return value
        } catch is ByteDecoder.Malformed {
            throw StoreError.undecodable(what: what)
        }
    }

    private mutating func items<Item>(_ item: (inout RecordDecoder) throws -> Item) throws -> [Item] {
        let count = try input.count()
        var items: [Item] = []
        items.reserveCapacity(count)
        for _ in 0..<count { items.append(try item(&self)) }
        return items
    }

    private mutating func interned() throws -> String {
        try strings.text(of: try input.signed())
    }

    private mutating func optionalInterned() throws -> String? {
        let number = try input.signed()
        return number == 0 ? nil : try strings.text(of: number)
    }

    private mutating func kind() throws -> EntityKind {
        let number = try input.signed()
        if let kind = kinds[number] { return kind }
        return try kinds.keep(EntityKind(rawValue: try strings.text(of: number)), of: number)
    }

    private mutating func role() throws -> MentionRole {
        let number = try input.signed()
        if let role = roles[number] { return role }
        return try roles.keep(MentionRole(rawValue: try strings.text(of: number)), of: number)
    }

    private mutating func section(among sections: SectionPlaces) throws -> Int? {
        let number = try input.signed()
        if places.kind != sections.kind { places = (sections.kind, [:]) }
        if let known = places.known[number] { return known }
        let place = sections.list.firstIndex(of: SectionID(rawValue: try strings.text(of: number)))
        places.known[number] = .some(place)
        return place
    }

    /// Whether the string of a number is an identifier, and not the name of a class of words.
    private mutating func isIdentifier(_ number: Int64) throws -> Bool {
        if let known = identifiers[number] { return known }
        let isIdentifier = try strings.text(of: number).utf8.contains(UInt8(ascii: ":"))
        identifiers[number] = isIdentifier
        return isIdentifier
    }

    private mutating func entity() throws -> EntityID {
        guard let entity = EntityID(curie: try interned()) else { throw ByteDecoder.Malformed() }
        return entity
    }

    private mutating func taxon() throws -> TaxonID? {
        let number = try input.signed()
        if number == 0 { return nil }
        if let taxon = taxa[number] { return taxon }
        return try taxa.keep(Int32(try strings.text(of: number)).map { TaxonID($0) }, of: number)
    }

    private mutating func authors() throws -> [Author] {
        try items { decoder in
            Author(
                lastName: try decoder.input.optionalString(),
                foreName: try decoder.input.optionalString(),
                initials: try decoder.input.optionalString(), suffix: try decoder.input.optionalString(),
                collectiveName: try decoder.input.optionalString(),
                orcid: try decoder.input.optionalString())
        }
    }

    private mutating func journal() throws -> Journal {
        Journal(
            title: try optionalInterned(), isoAbbreviation: try optionalInterned(),
            issn: try optionalInterned(), nlmID: try optionalInterned())
    }

    private mutating func skipList() throws {
        for _ in 0..<(try input.count()) { try input.skipNumber() }
    }

    private mutating func skipSections() throws {
        for _ in 0..<(try input.count()) {
            try input.skipNumber()
            try input.skipNumber()
            try input.skipString()
        }
    }

    private mutating func range() throws -> TextRange {
        let start = try input.number()
        let count = try input.number()
        let (end, overflow) = start.addingReportingOverflow(count)
        guard !overflow else { throw ByteDecoder.Malformed() }
        return TextRange(start, end)
    }

    private mutating func sections() throws -> [AbstractSection] {
        try items {
            AbstractSection(
                label: try $0.optionalInterned(), category: try $0.optionalInterned(),
                text: try $0.input.string())
        }
    }

    private mutating func term() throws -> MeshTerm {
        MeshTerm(ui: try interned(), name: try interned(), isMajorTopic: try input.flag())
    }
}

/// What a few numbers of strings mean: a word of a closed list is compared with the list once, not in every mention.
private struct Meanings<Value> {
    private var known: [(number: Int64, value: Value)] = []
    /// Beyond this a look down the list takes longer than reading the word.
    private static var limit: Int { 16 }

    /// The meaning of a number, where it is known.
    subscript(number: Int64) -> Value? {
        for one in known where one.number == number { return one.value }
        return nil
    }

    /// Keeps the meaning of a number.
    ///
    /// - Throws: `ByteDecoder.Malformed` where it has none.
    mutating func keep(_ value: Value?, of number: Int64) throws(ByteDecoder.Malformed) -> Value {
        guard let value else { throw ByteDecoder.Malformed() }
        if known.count < Self.limit { known.append((number, value)) }
        return value
    }
}
