import Corpus
import Store
import TextMining

/// The kept citation gives, with dictionary and rules as they are, just the evidence that is stored: the same identifiers,
/// ranges, mentions, qualities and placements.
struct Rederivation: AuditCheck {
    let name = "evidence"
    let unit = "pieces of evidence derived anew"

    func check(_ citation: CitationSubject, _ outcome: inout CheckOutcome) throws {
        let stored = citation.evidence
        guard let derived = citation.derived else {
            outcome.cannotJudge(stored.count, because: citation.reason ?? "no dictionary")
            return
        }
        outcome.checked += stored.count
        var expected = Dictionary(
            derived.evidence.map { ($0.id, $0.evidence) }, uniquingKeysWith: { first, _ in first })
        for item in stored {
            guard let wanted = expected.removeValue(forKey: item.id) else {
                outcome.differs(
                    citation.place(item.id),
                    "the citation as it is kept does not give it, at bytes "
                        + "\(item.evidence.range) of passage \(item.evidence.passage), on \(item.evidence.entity)",
                    CheckOutcome.rereadAdvice)
                continue
            }
            if let difference = EvidenceDifference.first(stored: item.evidence, derived: wanted) {
                outcome.differs(citation.place(item.id), difference, CheckOutcome.rereadAdvice)
            }
        }
        let missing = expected.filter { citation.entity == nil || $0.value.entity == citation.entity }
        for (id, evidence) in missing.sorted(by: { $0.key < $1.key }) {
            outcome.differs(
                citation.place(id),
                "the citation gives it, on \(evidence.entity), but it is not stored",
                CheckOutcome.rereadAdvice)
        }
        if citation.entity == nil { checkConcepts(citation, derived.analysis, &outcome) }
    }

    /// The concepts that are counted over all citations.
    private func checkConcepts(
        _ citation: CitationSubject, _ analysis: CitationAnalysis, _ outcome: inout CheckOutcome
    ) {
        guard let noted = citation.rows.occurrence, noted.concepts != analysis.concepts else { return }
        let difference = Set(noted.concepts).symmetricDifference(analysis.concepts).sorted()
        outcome.differs(
            citation.place(),
            "the concepts that it names are stored otherwise: \(difference.prefix(5).map(\.curie).joined(separator: ", "))",
            CheckOutcome.rereadAdvice)
    }
}

/// In what a stored piece of evidence and the derived one differ.
enum EvidenceDifference {
    /// The first part that differs, in words; nil where none does. No word of the text is quoted: it may be hidden.
    static func first(stored: Evidence, derived: Evidence) -> String? {
        if stored == derived { return nil }
        if stored.version != derived.version {
            return "its version is \(stored.version), must be \(derived.version)"
        }
        if stored.range != derived.range {
            return "its bytes are \(stored.range), must be \(derived.range)"
        }
        if stored.sentence != derived.sentence {
            return "it is sentence \(stored.sentence), must be \(derived.sentence)"
        }
        if stored.qualities != derived.qualities {
            return "its qualities are \(words(stored.qualities)), must be \(words(derived.qualities))"
        }
        if stored.mentions.count != derived.mentions.count {
            return "it has \(stored.mentions.count) mentions, must have \(derived.mentions.count)"
        }
        for (one, other) in zip(stored.mentions, derived.mentions) where one != other {
            return "the mention at bytes \(other.range) is stored otherwise: \(part(one, other))"
        }
        if stored.placements.count != derived.placements.count {
            return "it has \(stored.placements.count) placements, must have \(derived.placements.count)"
        }
        for (one, other) in zip(stored.placements, derived.placements) where one != other {
            return
                "the placement in \(other.section) by rule \(other.rule) is stored otherwise: \(part(one, other))"
        }
        return "it is stored otherwise"
    }

    private static func words(_ qualities: SentenceQualities) -> String {
        [
            qualities.kind.rawValue, qualities.isNegated ? "negated" : "",
            qualities.isSpeculative ? "speculative" : "",
            qualities.standsAlone ? "" : "dependent",
        ].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func part(_ one: Mention, _ other: Mention) -> String {
        if one.range != other.range { return "bytes \(one.range)" }
        if one.entity != other.entity { return "\(one.entity) in place of \(other.entity)" }
        if one.kind != other.kind { return "\(one.kind.rawValue) in place of \(other.kind.rawValue)" }
        if one.taxon != other.taxon { return "its species" }
        if one.dictionaryName != other.dictionaryName { return "the dictionary's name" }
        if one.source != other.source { return "the dictionary's file" }
        if one.role != other.role { return "role \(one.role.rawValue) in place of \(other.role.rawValue)" }
        if one.reasons != other.reasons { return "the reasons" }
        return "the tree numbers"
    }

    private static func part(_ one: Placement, _ other: Placement) -> String {
        if one.section != other.section { return "section \(one.section)" }
        if one.rule != other.rule { return "rule \(one.rule)" }
        if one.triggers != other.triggers { return "the triggers" }
        for (part, wanted) in zip(one.parts, other.parts) where part != wanted {
            return "part \(part.name) \(part.value), must be \(wanted.name) \(wanted.value)"
        }
        return "the parts of the score"
    }
}
