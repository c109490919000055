import Corpus

/// What is known of an article's entity beside the dictionaries' names, and of its curation.
public struct HeadFacts: Hashable, Sendable {
    /// The scientific name of the species: `Mus musculus`; nil where the entity has none.
    public var scientificName: String?
    /// The common name of the species: `mouse`; it also names the folder of its pages.
    public var commonName: String?
    /// How many of the statements a person has reviewed.
    public var reviewedStatements: Int
    /// Identifiers of the same entity elsewhere: `mgi:96433`.
    public var crossReferences: [EntityID]
    /// What the operator wants every reader to know first: that the papers are invented, say.
    public var remark: String?

    /// Makes facts.
    public init(
        scientificName: String? = nil, commonName: String? = nil, reviewedStatements: Int = 0,
        crossReferences: [EntityID] = [], remark: String? = nil
    ) {
        self.scientificName = scientificName
        self.commonName = commonName
        self.reviewedStatements = reviewedStatements
        self.crossReferences = crossReferences
        self.remark = remark
    }
}

/// The head of an article: what it is about, what kind of text it is, where it comes from.
public struct ArticleHead: Hashable, Sendable {
    /// What stands above the title: `Gene Review`.
    public var overline: String
    /// The title: `Igf1r - insulin-like growth factor I receptor`.
    public var title: String
    /// The facts it was made from.
    public var facts: HeadFacts
    /// The names that may be trusted, the most trusted first, ten at most.
    public var synonyms: [String]
    /// The other names: for those who ask for more.
    public var moreSynonyms: [String]
    /// Where the identifiers are shown on the web; only identifiers that are known.
    public var addresses: [EntityAddress]
    /// The number of quoted statements.
    public var statementCount: Int
    /// The year of the newest paper cited.
    public var newestYear: Int?

    /// The number of trusted names that are shown at once.
    public static let shownSynonyms = 10

    /// Makes the head of an article on an entity.
    ///
    /// - Parameters:
    ///   - entity: The entity; synonyms up to grade `synonym` are trusted.
    ///   - facts: What is known beside.
    ///   - statementCount: The number of quoted statements that the article shows.
    ///   - newestYear: The year of the newest paper cited.
    public init(entity: Entity, facts: HeadFacts, statementCount: Int, newestYear: Int?) {
        overline = Self.overline(of: entity.kind)
        title = Self.title(of: entity)
        self.facts = facts
        self.statementCount = statementCount
        self.newestYear = newestYear
        var seen: Set<String> = [entity.name]
        if let fullName = entity.fullName { seen.insert(fullName) }
        let synonyms = entity.synonyms
        func precedes(_ one: Int, _ other: Int) -> Bool {
            (synonyms[one].grade, one) < (synonyms[other].grade, other)
        }
        // They mostly come in that order.
        let isOrdered = synonyms.indices.dropFirst().allSatisfy { precedes($0 - 1, $0) }
        let order = isOrdered ? Array(synonyms.indices) : synonyms.indices.sorted(by: precedes)
        var trusted: [String] = []
        var others: [String] = []
        for synonym in order.lazy.map({ synonyms[$0] }) where seen.insert(synonym.name).inserted {
            if synonym.grade <= .synonym, trusted.count < Self.shownSynonyms {
                trusted.append(synonym.name)
            } else {
                others.append(synonym.name)
            }
        }
        self.synonyms = trusted
        moreSynonyms = others
        var identifiers = [entity.id]
        for identifier in facts.crossReferences where !identifiers.contains(identifier) {
            identifiers.append(identifier)
        }
        addresses = identifiers.compactMap(EntityAddress.init)
    }

    /// What the sentences are and who may change them.
    public var notice: String {
        let remark = facts.remark.map { $0 + " " } ?? ""
        guard statementCount > 0 else {
            return remark
                + "No machine-selected quotation stands on this page. Anyone may write, correct or delete."
        }
        let reviewed = min(facts.reviewedStatements, statementCount)
        var text =
            remark + "The sentences on this page are machine-selected quotations from PubMed abstracts; "
        text += "\(reviewed) of \(statementCount) reviewed by a person"
        if let newestYear { text += "; newest paper \(newestYear)" }
        return text + ". Anyone may correct or delete them."
    }

    /// NLM's notice on source and currency.
    public static let sourceNotice =
        "Courtesy of the U.S. National Library of Medicine. Data from PubMed; this page may not reflect the most "
        + "current or accurate data available from NLM. Quoted sentences remain under the terms of their "
        + "copyright holders; the licence of text that people write here does not cover them."

    /// The title of an article on an entity: `Igf1r - insulin-like growth factor I receptor`.
    public static func title(of entity: Entity) -> String {
        guard let fullName = entity.fullName, !fullName.isEmpty, fullName != entity.name else {
            return entity.name
        }
        return "\(entity.name) - \(fullName)"
    }

    private static func overline(of kind: EntityKind) -> String {
        switch kind {
        case .gene: "Gene Review"
        case .geneFamily: "Gene Family Review"
        case .chemical: "Chemical Compound Review"
        case .disease, .psychiatry: "Disease Review"
        case .anatomy, .cellLine: "Anatomy Review"
        case .process: "Biological Process Review"
        case .technique: "Technique Review"
        case .species: "Species Review"
        }
    }
}
