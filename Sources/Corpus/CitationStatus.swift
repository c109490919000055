/// What a citation is to a curator: whether it may give evidence.
extension Citation {
    /// Whether the article was retracted: by its publication type or by a link to the notice.
    public var isRetracted: Bool {
        has(type: "D016441", names: ["Retracted Publication"])
            || corrections.contains { $0.type == .retractionIn }
    }

    /// Whether the record is itself a notice or an answer to an article, not a report of findings: a retraction
    /// notice, an erratum, an expression of concern, a comment or reply.
    public var isNotice: Bool {
        has(type: "D016440", names: ["Retraction of Publication", "Retraction Notice"])
            || has(type: "D016425", names: ["Published Erratum"])
            || has(type: "D000075742", names: ["Expression of Concern"])
            || has(type: "D016420", names: ["Comment"])
            || corrections.contains {
                $0.type == .retractionOf || $0.type == .partialRetractionOf || $0.type == .erratumFor
                    || $0.type == .expressionOfConcernFor || $0.type == .commentOn
            }
    }

    /// Whether an expression of concern was published on the article.
    public var hasExpressionOfConcern: Bool {
        corrections.contains { $0.type == .expressionOfConcernIn }
    }

    /// Whether an erratum was published for the article.
    public var hasErratum: Bool {
        corrections.contains { $0.type == .erratumIn }
    }

    /// The work that it is a version of, where it says so: a preprint and its article, an original and its republication are
    /// one. The smallest PMID of those that it is linked with and its own.
    public var work: PMID {
        let links: Set<CorrectionType> = [
            .updateIn, .updateOf, .republishedIn, .republishedFrom, .retractedAndRepublishedIn,
            .retractedAndRepublishedFrom,
        ]
        return corrections.lazy.filter { links.contains($0.type) }.compactMap(\.pmid).reduce(pmid) {
            min($0, $1)
        }
    }

    /// Whether the title is NLM's translation, which stands in brackets.
    public var hasTranslatedTitle: Bool {
        let bytes = title.utf8
        return bytes.first == UInt8(ascii: "[") && (title.hasSuffix("]") || title.hasSuffix("]."))
    }

    /// Whether a publication type is listed, by identifier or, where old records have none, by name.
    private func has(type ui: String, names: [String]) -> Bool {
        publicationTypes.contains { $0.ui == ui || ($0.ui.isEmpty && names.contains($0.name)) }
    }
}
