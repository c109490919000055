import Corpus
import Store
import TextMining

/// Every placement names a rule that there is, which leads to that section in articles on entities of that kind.
struct RuleNames: AuditCheck {
    let name = "rules"
    let unit = "placements"

    func check(_ citation: CitationSubject, _ outcome: inout CheckOutcome) throws {
        let rules = citation.workings.ruleNames
        let isSame = citation.file?.file.digests.rules == citation.workings.digests.rules
        for item in citation.evidence {
            guard isSame else {
                outcome.cannotJudge(
                    item.evidence.placements.count, because: "read with other section rules or journals")
                continue
            }
            let kind = item.evidence.mentions.first { $0.entity == item.evidence.entity }?.kind
            for placement in item.evidence.placements {
                outcome.checked += 1
                let rule = AuditWorkings.RuleName(
                    article: kind, section: placement.section, rule: placement.rule)
                if !rules.contains(rule) {
                    outcome.differs(
                        citation.place(item.id),
                        "no rule \(placement.rule) leads to section \(placement.section)",
                        CheckOutcome.rereadAdvice
                    )
                }
            }
        }
    }
}
