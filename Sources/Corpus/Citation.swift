/// One record of PubMed, as its XML has it: inline markup removed, entities decoded, Unicode kept as it came.
///
/// A list keeps the order of the file; what the record does not say is nil or empty, never an invented value.
public struct Citation: Hashable, Sendable {
    /// PubMed's identifier.
    public var pmid: PMID
    /// The version of the record, 1 in nearly all.
    public var version: Int
    /// `MEDLINE`, `PubMed-not-MEDLINE`, `In-Process`, `Publisher` …
    public var status: String
    /// When the record was last revised, as `YYYY-MM-DD`.
    public var dateRevised: String?
    /// The article's title; a translated one stands in brackets, as NLM puts it.
    public var title: String
    /// The title in the article's own language.
    public var vernacularTitle: String?
    /// The sections of the abstract; an unstructured abstract is one section without label.
    public var abstract: [AbstractSection]
    /// Abstracts other than the publisher's main one: other languages, plain language, other agencies.
    public var otherAbstracts: [OtherAbstract]
    /// The copyright line of the abstract.
    public var copyright: String?
    /// The authors, in order.
    public var authors: [Author]
    /// The journal (or book) it appeared in.
    public var journal: Journal
    /// The year of publication, from `PubDate/Year` or else the first year of `MedlineDate`.
    public var year: Int?
    /// ISO 639-2 codes as PubMed has them: `eng`.
    public var languages: [String]
    /// The publication types.
    public var publicationTypes: [PublicationType]
    /// The MeSH headings.
    public var meshHeadings: [MeshHeading]
    /// The substances of the chemical list.
    public var chemicals: [Chemical]
    /// The keywords, whoever gave them.
    public var keywords: [String]
    /// The gene symbols of old records (1991 to 1995).
    public var geneSymbols: [String]
    /// Comments and corrections: links to and from other citations.
    public var corrections: [Correction]
    /// Identifiers of the article in other systems: `doi`, `pmc`, `pii` …
    public var articleIdentifiers: [ArticleIdentifier]

    /// Makes a record; what is not given is empty.
    public init(
        pmid: PMID, version: Int = 1, status: String = "", dateRevised: String? = nil, title: String = "",
        vernacularTitle: String? = nil, abstract: [AbstractSection] = [],
        otherAbstracts: [OtherAbstract] = [], copyright: String? = nil, authors: [Author] = [],
        journal: Journal = Journal(), year: Int? = nil, languages: [String] = [],
        publicationTypes: [PublicationType] = [], meshHeadings: [MeshHeading] = [],
        chemicals: [Chemical] = [], keywords: [String] = [], geneSymbols: [String] = [],
        corrections: [Correction] = [], articleIdentifiers: [ArticleIdentifier] = []
    ) {
        self.pmid = pmid
        self.version = version
        self.status = status
        self.dateRevised = dateRevised
        self.title = title
        self.vernacularTitle = vernacularTitle
        self.abstract = abstract
        self.otherAbstracts = otherAbstracts
        self.copyright = copyright
        self.authors = authors
        self.journal = journal
        self.year = year
        self.languages = languages
        self.publicationTypes = publicationTypes
        self.meshHeadings = meshHeadings
        self.chemicals = chemicals
        self.keywords = keywords
        self.geneSymbols = geneSymbols
        self.corrections = corrections
        self.articleIdentifiers = articleIdentifiers
    }
}

/// One section of an abstract.
public struct AbstractSection: Hashable, Sendable {
    /// The label as printed: `METHODS AND RESULTS`; nil in an unstructured abstract.
    public var label: String?
    /// NLM's category: `BACKGROUND`, `OBJECTIVE`, `METHODS`, `RESULTS`, `CONCLUSIONS`, `UNASSIGNED`.
    public var category: String?
    /// The text, without the label.
    public var text: String

    /// Makes a section.
    public init(label: String? = nil, category: String? = nil, text: String) {
        self.label = label
        self.category = category
        self.text = text
    }
}

/// An abstract beside the main one.
public struct OtherAbstract: Hashable, Sendable {
    /// `plain-language-summary`, `Publisher`, `AIDS` …
    public var type: String
    /// The ISO 639-2 code of its language.
    public var language: String
    /// Its sections.
    public var sections: [AbstractSection]
    /// Its copyright line.
    public var copyright: String?

    /// Makes an abstract.
    public init(type: String, language: String, sections: [AbstractSection], copyright: String? = nil) {
        self.type = type
        self.language = language
        self.sections = sections
        self.copyright = copyright
    }
}

/// An author: a person, or a group with a collective name.
public struct Author: Hashable, Sendable {
    /// The family name.
    public var lastName: String?
    /// Given names.
    public var foreName: String?
    /// Initials without full stops: `JP`.
    public var initials: String?
    /// `Jr`, `3rd` …
    public var suffix: String?
    /// The name of a group.
    public var collectiveName: String?
    /// The ORCID iD, as the record has it.
    public var orcid: String?

    /// Makes an author.
    public init(
        lastName: String? = nil, foreName: String? = nil, initials: String? = nil, suffix: String? = nil,
        collectiveName: String? = nil, orcid: String? = nil
    ) {
        self.lastName = lastName
        self.foreName = foreName
        self.initials = initials
        self.suffix = suffix
        self.collectiveName = collectiveName
        self.orcid = orcid
    }
}

/// The journal of an article.
public struct Journal: Hashable, Sendable {
    /// The full title.
    public var title: String?
    /// The ISO abbreviation: `J. Biol. Chem.`
    public var isoAbbreviation: String?
    /// The ISSN.
    public var issn: String?
    /// The journal's identifier in NLM's catalogue.
    public var nlmID: String?

    /// Makes a journal.
    public init(
        title: String? = nil, isoAbbreviation: String? = nil, issn: String? = nil, nlmID: String? = nil
    ) {
        self.title = title
        self.isoAbbreviation = isoAbbreviation
        self.issn = issn
        self.nlmID = nlmID
    }
}

/// A publication type with its MeSH identifier.
public struct PublicationType: Hashable, Sendable {
    /// The MeSH identifier: `D016441`; empty in old records.
    public var ui: String
    /// The name: `Retracted Publication`.
    public var name: String

    /// Makes a publication type.
    public init(ui: String, name: String) {
        self.ui = ui
        self.name = name
    }
}

/// A MeSH term with its identifier, as descriptor or as qualifier.
public struct MeshTerm: Hashable, Sendable {
    /// The MeSH identifier: `D051379`, `Q000235`.
    public var ui: String
    /// The name.
    public var name: String
    /// Whether it is a major topic of the article.
    public var isMajorTopic: Bool

    /// Makes a term.
    public init(ui: String, name: String, isMajorTopic: Bool) {
        self.ui = ui
        self.name = name
        self.isMajorTopic = isMajorTopic
    }
}

/// A MeSH heading: a descriptor and its qualifiers.
public struct MeshHeading: Hashable, Sendable {
    /// The descriptor.
    public var descriptor: MeshTerm
    /// The qualifiers.
    public var qualifiers: [MeshTerm]

    /// Makes a heading.
    public init(descriptor: MeshTerm, qualifiers: [MeshTerm] = []) {
        self.descriptor = descriptor
        self.qualifiers = qualifiers
    }
}

/// A substance of the chemical list.
public struct Chemical: Hashable, Sendable {
    /// CAS, UNII or EC number; `0` where there is none.
    public var registryNumber: String
    /// The MeSH identifier.
    public var ui: String
    /// The name.
    public var name: String

    /// Makes a substance.
    public init(registryNumber: String, ui: String, name: String) {
        self.registryNumber = registryNumber
        self.ui = ui
        self.name = name
    }
}

/// A link from `CommentsCorrectionsList`.
public struct Correction: Hashable, Sendable {
    /// What the link says, with PubMed's spelling: `RetractionIn`, `ErratumFor` …
    public var type: CorrectionType
    /// The other citation, where the record names it.
    public var pmid: PMID?
    /// The source as printed.
    public var source: String

    /// Makes a link.
    public init(type: CorrectionType, pmid: PMID?, source: String) {
        self.type = type
        self.pmid = pmid
        self.source = source
    }
}

/// The kind of a link between citations: PubMed's `RefType`, spelled as PubMed spells it.
public struct CorrectionType: RawRepresentable, Hashable, Sendable {
    /// PubMed's spelling.
    public let rawValue: String

    /// Takes PubMed's spelling.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// This article was retracted by that notice.
    public static let retractionIn = CorrectionType(rawValue: "RetractionIn")
    /// This is the notice that retracts that article.
    public static let retractionOf = CorrectionType(rawValue: "RetractionOf")
    /// This article was partly retracted by that notice.
    public static let partialRetractionIn = CorrectionType(rawValue: "PartialRetractionIn")
    /// This is the notice that partly retracts that article.
    public static let partialRetractionOf = CorrectionType(rawValue: "PartialRetractionOf")
    /// This article has an erratum there.
    public static let erratumIn = CorrectionType(rawValue: "ErratumIn")
    /// This is the erratum for that article.
    public static let erratumFor = CorrectionType(rawValue: "ErratumFor")
    /// There is an expression of concern on this article.
    public static let expressionOfConcernIn = CorrectionType(rawValue: "ExpressionOfConcernIn")
    /// This is the expression of concern for that article.
    public static let expressionOfConcernFor = CorrectionType(rawValue: "ExpressionOfConcernFor")
    /// This article was republished there.
    public static let republishedIn = CorrectionType(rawValue: "RepublishedIn")
    /// This is the republication of that article.
    public static let republishedFrom = CorrectionType(rawValue: "RepublishedFrom")
    /// There is a newer version of this article: that of a journal, where this is a preprint.
    public static let updateIn = CorrectionType(rawValue: "UpdateIn")
    /// This is the newer version of that article.
    public static let updateOf = CorrectionType(rawValue: "UpdateOf")
    /// This article was retracted and republished there.
    public static let retractedAndRepublishedIn = CorrectionType(rawValue: "RetractedandRepublishedIn")
    /// This is the republication of that retracted article.
    public static let retractedAndRepublishedFrom = CorrectionType(rawValue: "RetractedandRepublishedFrom")
    /// This article comments on that one.
    public static let commentOn = CorrectionType(rawValue: "CommentOn")
    /// That article comments on this one.
    public static let commentIn = CorrectionType(rawValue: "CommentIn")
}

/// An identifier of the article in another system.
public struct ArticleIdentifier: Hashable, Sendable {
    /// `doi`, `pmc`, `pii` …
    public var type: String
    /// The identifier.
    public var value: String

    /// Makes an identifier.
    public init(type: String, value: String) {
        self.type = type
        self.value = value
    }
}
