import Corpus

/// Reads the records that `RecordEncoder` writes; the two list the same fields in the same order.
struct RecordDecoder {
    private var strings: StringReader
    private var input = ByteDecoder([])

    init(strings: StringReader) {
        self.strings = strings
    }

    /// Reads a citation; `record` holds all but what the columns do.
    ///
    /// - Throws: `StoreError.undecodable`.
    mutating func citation(pmid: PMID, version: Int, record: [UInt8]) throws -> Citation {
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
            citation.authors = try decoder.items { decoder in
                Author(
                    lastName: try decoder.input.optionalString(),
                    foreName: try decoder.input.optionalString(),
                    initials: try decoder.input.optionalString(), suffix: try decoder.input.optionalString(),
                    collectiveName: try decoder.input.optionalString(),
                    orcid: try decoder.input.optionalString())
            }
            citation.journal = Journal(
                title: try decoder.optionalInterned(), isoAbbreviation: try decoder.optionalInterned(),
                issn: try decoder.optionalInterned(), nlmID: try decoder.optionalInterned())
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

    /// Reads a citation no further than its title and abstract, which is all that its evidence is cut from: most of the
    /// record, names of authors and headings, is not asked for when evidence is ranked.
    ///
    /// - Throws: `StoreError.undecodable`.
    mutating func quotedText(pmid: PMID, version: Int, record: [UInt8]) throws -> Citation {
        try decoding(record, of: pmid.curie, isPart: true) { decoder in
            var citation = Citation(pmid: pmid, version: version, title: try decoder.input.string())
            _ = try decoder.input.signed()
            _ = try decoder.input.optionalString()
            _ = try decoder.input.optionalString()
            citation.abstract = try decoder.sections()
            return citation
        }
    }

    /// Reads the mentions of a sentence.
    mutating func mentions(_ record: [UInt8], passage: Int, of pmid: PMID) throws -> [Mention] {
        try decoding(record, of: pmid.curie) { decoder in
            try decoder.items { decoder in
                let range = try decoder.range()
                guard let kind = EntityKind(rawValue: try decoder.interned()),
                    let entity = EntityID(curie: try decoder.interned())
                else { throw ByteDecoder.Malformed() }
                let taxon = try decoder.optionalInterned().map { text in
                    guard let number = Int32(text) else { throw ByteDecoder.Malformed() }
                    return TaxonID(number)
                }
                let name = try decoder.interned()
                let source = try decoder.interned()
                let reasons = try decoder.items { try $0.interned() }
                guard let role = MentionRole(rawValue: try decoder.interned()) else {
                    throw ByteDecoder.Malformed()
                }
                return Mention(
                    passage: passage, range: range, kind: kind, entity: entity, taxon: taxon,
                    dictionaryName: name, source: source, reasons: reasons, role: role,
                    treeNumbers: try decoder.items { try $0.interned() })
            }
        }
    }

    /// Reads the placements of a piece of evidence.
    mutating func placements(_ record: [UInt8], of pmid: PMID) throws -> [Placement] {
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
    mutating func names(_ record: [UInt8], into entity: inout Entity) throws {
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
        _ record: [UInt8], of what: String, isPart: Bool = false,
        _ body: (inout RecordDecoder) throws -> Value
    ) throws -> Value {
        input = ByteDecoder(record)
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
