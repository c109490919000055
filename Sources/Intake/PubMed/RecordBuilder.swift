import Corpus

/// What a start tag says beside the name that is known of it, to be asked while the element opens and not later.
protocol ElementFacts {
    /// The value of an attribute; nil when the element has none of that name.
    func callAsFunction(_ name: XMLName) -> String?
    /// The name as it stands in the record, without prefix.
    var spelling: String { get }
}

/// Builds a record from what the parser tells of it: a state machine over the path of elements.
///
/// An element counts only where the document type puts it, so that a `PMID` of a reference or a `Year` of a
/// history is not taken for the citation's own. Everything not kept is passed over without making a string.
struct RecordBuilder {
    /// The longest field that is kept, in bytes.
    static let fieldLimit = 1 << 20

    /// The citation, as far as it is read.
    private(set) var citation = RecordBuilder.blank
    /// The identifier of the citation or of the book, once read.
    private(set) var pmid: PMID?
    /// The identifiers of withdrawn citations.
    private(set) var deletions: [PMID] = []
    /// Why the record cannot be kept; the builder asks the parser to stop.
    private(set) var problem: RecordProblem.Reason?

    /// Whether the rest of the record is not wanted.
    var wantsStop: Bool { problem != nil }

    /// The open elements that were descended into, outermost first.
    private var path: [XMLName] = []
    /// The depth within an element that is passed over; 0 outside of any.
    private var skipped = 0
    /// The depth within a field whose text is collected, the field's own element included; 0 outside of any.
    private var collecting = 0
    private var field = Field.none
    private var text = FlattenedText()

    // Attributes and parts of what is being read.
    private var ui = ""
    private var type = ""
    private var isMajorTopic = false
    private var label: String?
    private var category: String?
    private var titleSeen = false
    private var revised = DateParts()
    private var year: Int?
    private var author = Author()
    private var registryNumber = ""
    private var substance = (ui: "", name: "")
    private var correction = Correction(type: CorrectionType(rawValue: ""), pmid: nil, source: "")

    private struct DateParts {
        var year = ""
        var month = ""
        var day = ""
    }

    /// The fields whose text is collected.
    private enum Field {
        case none, pmid, revisedYear, revisedMonth, revisedDay
        case issn, journalTitle, isoAbbreviation, nlmID, publicationYear, medlineDate
        case title, vernacularTitle, abstractText, copyright, otherAbstractText, otherCopyright
        case lastName, foreName, firstName, initials, suffix, collectiveName, orcid
        case language, publicationType, registryNumber, substance, geneSymbol
        case correctionSource, correctionPMID, descriptor, qualifier, keyword, articleIdentifier
        case deletedPMID, bookPMID

        /// Whether many citations have the same text there.
        var isRepeated: Bool {
            switch self {
            case .journalTitle, .isoAbbreviation, .publicationType, .substance, .descriptor, .qualifier: true
            default: false
            }
        }
    }

    /// What becomes of an element and of what it holds.
    enum Step {
        /// Its children count, each by itself.
        case descend
        /// It is passed over.
        case skip
        /// Its text is a field.
        case collect
    }

    private static var blank: Citation { Citation(pmid: PMID(0)) }

    /// Makes ready for another record.
    mutating func reset() {
        citation = Self.blank
        pmid = nil
        deletions = []
        problem = nil
        path.removeAll(keepingCapacity: true)
        skipped = 0
        collecting = 0
        titleSeen = false
        revised = DateParts()
        year = nil
    }

    // MARK: Events

    /// An element opens.
    mutating func start(_ name: XMLName, _ element: some ElementFacts) {
        if skipped > 0 {
            skipped += 1
        } else if collecting > 0 {
            collecting += 1
            text.open(name)
        } else {
            enter(name, element)
        }
    }

    /// An element opens that is neither in a field nor in one that is passed over.
    ///
    /// - Returns: what becomes of it. A reader that passes over an element by itself says so with `leaveSkipped`; one
    ///   that has the whole text of a field at hand gives it to `finishField`.
    @discardableResult
    mutating func enter(_ name: XMLName, _ element: some ElementFacts) -> Step {
        var step = Step.descend
        if let parent = path.last { step = self.step(name, in: parent, element) }
        switch step {
        case .descend: path.append(name)
        case .skip: skipped = 1
        case .collect:
            collecting = 1
            text.reset()
        }
        return step
    }

    /// The element that was entered last was passed over as a whole.
    mutating func leaveSkipped() { skipped = 0 }

    /// The element that was entered last is a field and holds this text and no more.
    ///
    /// - Parameters:
    ///   - content: the text, which is valid UTF-8 and without references.
    ///   - strings: makes the string.
    mutating func finishField(_ content: Span<UInt8>, _ strings: inout FieldStrings) {
        collecting = 0
        store(strings.text(content, isRepeated: field.isRepeated))
    }

    /// Hands the citation over, which is then blank here.
    mutating func takeCitation() -> Citation {
        var taken = Self.blank
        swap(&taken, &citation)
        return taken
    }

    /// An element closes.
    mutating func end(_ name: XMLName) {
        if skipped > 0 {
            skipped -= 1
        } else if collecting > 1 {
            collecting -= 1
            text.close(name)
        } else if collecting == 1 {
            collecting = 0
            store(text.text())
        } else {
            path.removeLast()
            leave(name)
        }
    }

    /// The innermost element that was descended into closes.
    mutating func leave() {
        if let name = path.popLast() { leave(name) }
    }

    /// Text between tags.
    mutating func characters(_ piece: Span<UInt8>) {
        guard collecting > 0, problem == nil else { return }
        text.add(piece)
        if text.count > Self.fieldLimit {
            problem = .fieldTooLong(field: fieldName, limit: Self.fieldLimit)
        }
    }

    // MARK: What an element means where it stands

    private mutating func collect(_ field: Field) -> Step {
        self.field = field
        return .collect
    }

    private mutating func step(
        _ name: XMLName, in parent: XMLName, _ attributes: some ElementFacts
    ) -> Step {
        switch parent {
        case .pubmedArticle:
            if name == .medlineCitation {
                citation.status = attributes(.status) ?? ""
                return .descend
            }
            return name == .pubmedData ? .descend : .skip
        case .medlineCitation: return inCitation(name, attributes)
        case .article: return inArticle(name, attributes)
        case .authorList: return enterAuthor(name)
        case .author: return inAuthor(name, attributes)
        case .abstract, .otherAbstract: return inAbstract(name, isMain: parent == .abstract, attributes)
        case .dateRevised, .pubDate: return inDate(name, isRevision: parent == .dateRevised)
        case .journal: return inJournal(name)
        case .journalIssue: return name == .pubDate ? .descend : .skip
        case .medlineJournalInfo: return name == .nlmUniqueID ? collect(.nlmID) : .skip
        case .publicationTypeList:
            ui = attributes(.ui) ?? ""
            return name == .publicationType ? collect(.publicationType) : .skip
        case .chemicalList:
            registryNumber = ""
            substance = ("", "")
            return name == .chemical ? .descend : .skip
        case .chemical: return inChemical(name, attributes)
        case .geneSymbolList: return name == .geneSymbol ? collect(.geneSymbol) : .skip
        case .keywordList: return name == .keyword ? collect(.keyword) : .skip
        case .meshHeadingList: return name == .meshHeading ? .descend : .skip
        case .meshHeading: return inHeading(name, attributes)
        case .commentsCorrectionsList, .commentsCorrections, .unknown:
            return inCorrections(name, parent: parent, attributes)
        case .pubmedData: return name == .articleIDList ? .descend : .skip
        case .articleIDList:
            // The default of the document type.
            type = attributes(.idType) ?? "pubmed"
            return name == .articleID ? collect(.articleIdentifier) : .skip
        case .deleteCitation: return name == .pmid ? collect(.deletedPMID) : .skip
        case .pubmedBookArticle: return name == .bookDocument ? .descend : .skip
        case .bookDocument: return name == .pmid && pmid == nil ? collect(.bookPMID) : .skip
        default: return .skip
        }
    }

    private mutating func inCitation(
        _ name: XMLName, _ attributes: some ElementFacts
    ) -> Step {
        switch name {
        case .pmid:
            if pmid != nil { return .skip }
            citation.version = attributes(.version).flatMap { Int($0) } ?? 1
            return collect(.pmid)
        case .otherAbstract:
            // The language's default is that of the document type.
            citation.otherAbstracts.append(
                OtherAbstract(
                    type: attributes(.type) ?? "", language: attributes(.language) ?? "eng", sections: []))
            return .descend
        case .dateRevised, .article, .medlineJournalInfo, .chemicalList, .geneSymbolList,
            .commentsCorrectionsList, .commentsCorrections, .meshHeadingList, .keywordList:
            return .descend
        default: return .skip
        }
    }

    private mutating func inArticle(
        _ name: XMLName, _ attributes: some ElementFacts
    ) -> Step {
        switch name {
        case .journal, .abstract, .authorList, .publicationTypeList: return .descend
        case .articleTitle: return titleSeen ? .skip : collect(.title)
        case .vernacularTitle: return citation.vernacularTitle == nil ? collect(.vernacularTitle) : .skip
        case .language: return collect(.language)
        default: return .skip
        }
    }

    private mutating func enterAuthor(_ name: XMLName) -> Step {
        guard name == .author else { return .skip }
        author = Author()
        return .descend
    }

    private mutating func inAuthor(
        _ name: XMLName, _ attributes: some ElementFacts
    ) -> Step {
        switch name {
        case .lastName: return collect(.lastName)
        case .foreName: return collect(.foreName)
        case .firstName: return collect(.firstName)
        case .initials: return collect(.initials)
        case .suffix: return collect(.suffix)
        case .collectiveName: return collect(.collectiveName)
        case .identifier:
            return author.orcid == nil && attributes(.source) == "ORCID" ? collect(.orcid) : .skip
        default: return .skip
        }
    }

    private mutating func inAbstract(
        _ name: XMLName, isMain: Bool, _ attributes: some ElementFacts
    ) -> Step {
        switch name {
        case .abstractText:
            label = attributes(.label)
            category = attributes(.nlmCategory)
            return collect(isMain ? .abstractText : .otherAbstractText)
        case .copyrightInformation: return collect(isMain ? .copyright : .otherCopyright)
        default: return .skip
        }
    }

    private mutating func inDate(_ name: XMLName, isRevision: Bool) -> Step {
        switch name {
        case .year: return collect(isRevision ? .revisedYear : .publicationYear)
        case .month: return isRevision ? collect(.revisedMonth) : .skip
        case .day: return isRevision ? collect(.revisedDay) : .skip
        case .medlineDate: return isRevision ? .skip : collect(.medlineDate)
        default: return .skip
        }
    }

    private mutating func inJournal(_ name: XMLName) -> Step {
        switch name {
        case .issn: return collect(.issn)
        case .title: return collect(.journalTitle)
        case .isoAbbreviation: return collect(.isoAbbreviation)
        case .journalIssue: return .descend
        default: return .skip
        }
    }

    private mutating func inChemical(
        _ name: XMLName, _ attributes: some ElementFacts
    ) -> Step {
        switch name {
        case .registryNumber: return collect(.registryNumber)
        case .nameOfSubstance:
            substance.ui = attributes(.ui) ?? ""
            return collect(.substance)
        default: return .skip
        }
    }

    private mutating func inHeading(
        _ name: XMLName, _ attributes: some ElementFacts
    ) -> Step {
        guard name == .descriptorName || name == .qualifierName else { return .skip }
        ui = attributes(.ui) ?? ""
        isMajorTopic = attributes(.majorTopicYN) == "Y"
        return collect(name == .descriptorName ? .descriptor : .qualifier)
    }

    /// Files before 2009 have no list: `CommentsCorrections` held an element per link, named after its type.
    private mutating func inCorrections(
        _ name: XMLName, parent: XMLName, _ attributes: some ElementFacts
    ) -> Step {
        switch name {
        case .commentsCorrections:
            beginCorrection(attributes(.refType) ?? "")
            return .descend
        case .refSource: return collect(.correctionSource)
        case .pmid: return collect(.correctionPMID)
        default:
            guard parent == .commentsCorrections, path.count >= 2, path[path.count - 2] == .medlineCitation
            else { return .skip }
            beginCorrection(attributes.spelling)
            return .descend
        }
    }

    private mutating func beginCorrection(_ type: String) {
        correction = Correction(type: CorrectionType(rawValue: type), pmid: nil, source: "")
    }

    // MARK: What is complete

    /// An element that was descended into closes.
    private mutating func leave(_ name: XMLName) {
        switch name {
        case .author: citation.authors.append(author)
        case .chemical:
            citation.chemicals.append(
                Chemical(registryNumber: registryNumber, ui: substance.ui, name: substance.name))
        case .dateRevised: citation.dateRevised = revisionDate
        case .commentsCorrections, .unknown:
            // A link, unless it is the old form's list, which holds links of its own.
            if !correction.type.rawValue.isEmpty { citation.corrections.append(correction) }
            beginCorrection("")
        case .medlineCitation: citation.year = year
        default: break
        }
    }

    /// A field is complete.
    private mutating func store(_ value: String) {
        switch field {
        case .none: break
        case .pmid:
            pmid = identifier(value)
            if let pmid { citation.pmid = pmid }
        case .bookPMID: pmid = identifier(value)
        case .deletedPMID: if let pmid = identifier(value) { deletions.append(pmid) }
        case .revisedYear: revised.year = value
        case .revisedMonth: revised.month = value
        case .revisedDay: revised.day = value
        case .issn: citation.journal.issn = citation.journal.issn ?? present(value)
        case .journalTitle: citation.journal.title = citation.journal.title ?? present(value)
        case .isoAbbreviation:
            citation.journal.isoAbbreviation = citation.journal.isoAbbreviation ?? present(value)
        case .nlmID: citation.journal.nlmID = citation.journal.nlmID ?? present(value)
        case .publicationYear: year = Int(value) ?? firstYear(in: value)
        case .medlineDate: year = year ?? firstYear(in: value)
        case .title:
            citation.title = value
            titleSeen = true
        case .vernacularTitle: citation.vernacularTitle = present(value)
        case .abstractText:
            citation.abstract.append(AbstractSection(label: label, category: category, text: value))
        case .copyright: citation.copyright = citation.copyright ?? present(value)
        case .otherAbstractText:
            citation.otherAbstracts[citation.otherAbstracts.count - 1].sections.append(
                AbstractSection(label: label, category: category, text: value))
        case .otherCopyright:
            citation.otherAbstracts[citation.otherAbstracts.count - 1].copyright = present(value)
        case .lastName: author.lastName = present(value)
        case .foreName: author.foreName = present(value)
        case .firstName: author.foreName = author.foreName ?? present(value)
        case .initials: author.initials = present(value)
        case .suffix: author.suffix = present(value)
        case .collectiveName: author.collectiveName = present(value)
        case .orcid: author.orcid = present(withoutORCIDAddress(value))
        case .language: if !value.isEmpty { citation.languages.append(value) }
        case .publicationType: citation.publicationTypes.append(PublicationType(ui: ui, name: value))
        case .registryNumber: registryNumber = value
        case .substance: substance.name = value
        case .geneSymbol: if !value.isEmpty { citation.geneSymbols.append(value) }
        case .correctionSource: correction.source = value
        case .correctionPMID: correction.pmid = Int64(value).map { PMID($0) }
        case .descriptor:
            citation.meshHeadings.append(
                MeshHeading(descriptor: MeshTerm(ui: ui, name: value, isMajorTopic: isMajorTopic)))
        case .qualifier:
            if !citation.meshHeadings.isEmpty {
                citation.meshHeadings[citation.meshHeadings.count - 1].qualifiers.append(
                    MeshTerm(ui: ui, name: value, isMajorTopic: isMajorTopic))
            }
        case .keyword: if !value.isEmpty { citation.keywords.append(value) }
        case .articleIdentifier:
            if !value.isEmpty {
                citation.articleIdentifiers.append(ArticleIdentifier(type: type, value: value))
            }
        }
    }

    private func present(_ value: String) -> String? { value.isEmpty ? nil : value }

    private mutating func identifier(_ value: String) -> PMID? {
        guard let number = Int64(value), number > 0 else {
            problem = .invalidPMID(String(value.prefix(40)))
            return nil
        }
        return PMID(number)
    }

    /// `YYYY-MM-DD`, or as much of it as the record has.
    private var revisionDate: String? {
        if revised.year.isEmpty { return nil }
        var date = revised.year
        for part in [revised.month, revised.day] {
            if part.isEmpty { break }
            date += part.utf8.count == 1 ? "-0" : "-"
            date += part
        }
        return date
    }

    /// The first run of exactly four digits.
    private func firstYear(in text: String) -> Int? {
        var run = 0
        var value = 0
        for byte in text.utf8 {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                run += 1
                if run <= 4 { value = 10 * value + Int(byte - UInt8(ascii: "0")) }
            } else {
                if run == 4 { return value }
                run = 0
                value = 0
            }
        }
        return run == 4 ? value : nil
    }

    /// The iD as the record has it, without the address of the site before it.
    private func withoutORCIDAddress(_ value: String) -> String {
        for prefix in ["https://orcid.org/", "http://orcid.org/", "orcid.org/"] where value.hasPrefix(prefix)
        {
            return String(value.dropFirst(prefix.count))
        }
        return value
    }

    /// The name of the field being collected, for people.
    private var fieldName: String {
        switch field {
        case .title: "the title"
        case .vernacularTitle: "the vernacular title"
        case .abstractText, .otherAbstractText: "a section of an abstract"
        default: "the field \(field)"
        }
    }
}
