import Articles
import Corpus
import Foundation
import Store

/// The title of an article and what can be searched of it follow from entity, statements and text; nothing hidden can be found.
struct SearchTexts: AuditCheck {
    let name = "search and titles"
    let unit = "articles"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        guard let record = article.record else { return }
        if article.rows.isPending {
            outcome.cannotJudge(1, because: "the next run composes the article")
            return
        }
        if article.rows.hasMoved {
            outcome.cannotJudge(1, because: "another article has taken it over")
            return
        }
        outcome.checked += 1
        func differs(_ message: String) {
            outcome.differs(article.place(), message, "bioscribe seed writes it anew")
        }
        let entity = article.rows.entity
        if article.rows.title != ArticleHead.title(of: entity) {
            differs("its title is not that of its entity")
        }
        guard let search = article.rows.search else {
            if !article.rows.statements.isEmpty { differs("nothing of it can be searched") }
            return
        }
        if search.symbol != entity.name || search.fullName != entity.fullName ?? ""
            || lines(search.synonyms) != lines(of: entity.synonyms.map(\.name))
        {
            differs("the names by which it can be found are not its entity's")
        }
        let mask = article.context.mask
        let found = Set(lines(search.statements))
        var allowed: Set<String> = []
        for row in article.rows.statements {
            var wordings: [[String]] = []
            if let evidence = try article.context.store.evidence(row.evidence)?.evidence.evidence {
                wordings.append(lines(of: [mask.masked(evidence.text)]))
            }
            if let words = StatementKey(hex: row.key).flatMap({ record.text(of: $0) }) {
                let sentence = StatementLine(bullet: "- " + words)?.sentence ?? words
                wordings.append(lines(of: [mask.masked(sentence)]))
            }
            for wording in wordings { allowed.formUnion(wording) }
            if !wordings.contains(where: { $0.allSatisfy(found.contains) }) {
                outcome.differs(
                    AuditFinding.Place(
                        pmid: row.pmid, evidence: row.evidence, article: article.entity, statement: row.key),
                    "it cannot be found by its words", "bioscribe seed writes it anew")
            }
        }
        for block in MarkdownArticle(record.text).blocks {
            switch block {
            case .heading: break
            case .bullet(let inlines), .paragraph(let inlines):
                allowed.formUnion(lines(of: [mask.masked(inlines.plainText)]))
            }
        }
        let strange = found.subtracting(allowed).count
        if strange > 0 { differs("it can be found by \(strange) lines that are not its") }
    }

    private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    /// Texts as the index has them: without the marks that a snippet sets.
    private func lines(of texts: [String]) -> [String] {
        lines(
            String(
                decoding: texts.joined(separator: "\n").utf8.map {
                    $0 == 2 || $0 == 3 ? UInt8(ascii: " ") : $0
                }, as: UTF8.self))
    }
}
