import Articles
import Corpus
import Store

/// Every word that a machine's revision brought in is one of a statement or of a heading (A11, M5), and every statement is the
/// words that it says, which its key is made from.
struct MachineTokens: AuditCheck {
    let name = "machine's words"
    let unit = "statements put in"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        guard let record = article.record else {
            outcome.cannotJudge(article.rows.instances.count, because: "the words cannot be replayed")
            return
        }
        let history = record.history
        let instances = article.rows.instances
        let byRevision = Dictionary(grouping: instances.map(\.instance), by: \.revision)
        let sections = Set(Section.ofArticle(on: article.rows.entity.kind).map(\.id.rawValue))
        var known: [Int: ArticleWords] = [:]
        for stored in instances {
            outcome.checked += 1
            let instance = stored.instance
            func differs(_ message: String) {
                outcome.differs(
                    article.place(
                        revision: instance.revision, statement: instance.key, evidence: instance.evidence,
                        pmid: instance.pmid), message, CheckOutcome.restoreAdvice)
            }
            guard let revision = article.revision(instance.revision), Self.fits(instance.tokens, history)
            else {
                differs("it is said to be put in by a revision, or to be words, that there are not")
                continue
            }
            let identities = instance.tokens.identities
            let words =
                known[instance.revision]
                ?? ArticleWords(revision.text, history.tokens(ofRevision: instance.revision))
            known[instance.revision] = words
            let places = words.places(of: identities)
            let isWhole =
                places.count == identities.count
                && zip(places, places.dropFirst()).allSatisfy { $0 + 1 == $1 }
            if !isWhole { differs("its words do not stand in one piece in the revision that put it in") }
            // A moved statement keeps its words and gets the key of the article it moved to.
            let isNew = identities.contains {
                history.origin(of: $0) == instance.revision
                    || history.returns(of: $0).contains(instance.revision)
            }
            if !isNew, !article.rows.hasJoined { differs("none of its words came in with that revision") }
            if !words.isKey(of: instance, places: places, article: article.entity) {
                differs("its key is not that of its article, its paper and its words")
            }
            let section = instance.section.rawValue
            if !sections.contains(section), !section.hasPrefix(Ortholog.prefix) {
                differs("there is no section \(section)")
            }
            let state = record.state(of: instance.key)
            if stored.state != state.rawValue {
                differs("it is noted as \(stored.state), but is \(state.rawValue)")
            }
        }
        for stored in article.rows.revisions where stored.revision.kind == .machine {
            let number = stored.revision.number
            let words = known[number] ?? ArticleWords(stored.text, history.tokens(ofRevision: number))
            known[number] = words
            checkOwners(in: words, of: number, byRevision[number] ?? [], history, article, &outcome)
        }
        checkHeadings(article, history, &known, &outcome)
    }

    /// Whether all identities were given.
    static func fits(_ tokens: TokenRuns, _ history: TokenHistory) -> Bool {
        tokens.runs.allSatisfy {
            $0.count > 0 && $0.first.number >= 0 && Int($0.first.number) + Int($0.count) <= history.tokenCount
        }
    }

    private func checkOwners(
        in words: ArticleWords, of number: Int, _ instances: [StatementInstance], _ history: TokenHistory,
        _ article: ArticleSubject, _ outcome: inout CheckOutcome
    ) {
        let headings = words.headings
        var owners: [TokenID: Int] = [:]
        for instance in instances where Self.fits(instance.tokens, history) {
            for token in instance.tokens.identities { owners[token, default: 0] += 1 }
        }
        var without = 0
        var several = 0
        for token in words.tokens where history.origin(of: token) == number {
            switch (owners[token] ?? 0, headings.contains(token)) {
            case (1, false), (0, true): break
            case (0, false): without += 1
            default: several += 1
            }
        }
        if without > 0 {
            outcome.differs(
                article.place(revision: number),
                "\(without) words of the machine are of no statement and no heading",
                CheckOutcome.restoreAdvice)
        }
        if several > 0 {
            outcome.differs(
                article.place(revision: number), "\(several) words of the machine are of several statements",
                CheckOutcome.restoreAdvice)
        }
    }

    /// The headings that are noted are headings that stood so in a revision.
    private func checkHeadings(
        _ article: ArticleSubject, _ history: TokenHistory, _ known: inout [Int: ArticleWords],
        _ outcome: inout CheckOutcome
    ) {
        var open = article.rows.headings
        let sections = Set(Section.ofArticle(on: article.rows.entity.kind).map(\.id))
        for (section, tokens) in article.rows.headings {
            let isKnown =
                section == .title || sections.contains(section)
                || section.rawValue.hasPrefix(Ortholog.prefix)
            if !isKnown || !Self.fits(tokens, history) { continue }
            for stored in article.rows.revisions.reversed() {
                let number = stored.revision.number
                guard let first = tokens.runs.first?.first, history.tokens(ofRevision: number).contains(first)
                else {
                    continue
                }
                let words = known[number] ?? ArticleWords(stored.text, history.tokens(ofRevision: number))
                known[number] = words
                if words.headingLines.contains(tokens.identities) {
                    open[section] = nil
                    break
                }
            }
        }
        for section in open.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            outcome.differs(
                article.place(),
                "the heading of section \(section) is noted as words that never were a heading",
                CheckOutcome.restoreAdvice)
        }
    }
}
