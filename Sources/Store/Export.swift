import Corpus
import Foundation
import GRDB

/// One thing that a full export holds.
public enum ExportItem: Hashable, Sendable {
    /// A piece of evidence with the citation it comes from.
    case evidence(IdentifiedEvidence, KeptCitation)
    /// An article and the statements that it shows.
    case article(ArticleSummary, [StoredStatement])
    /// A revision with its text and the digest of the run that made it.
    case revision(Revision, text: String, runDigest: String?)
}

extension Store {
    /// Hands over all evidence, then all articles, then all revisions, on one snapshot and in a total order that
    /// does not depend on how the database came about: evidence by PMID, passage, sentence, entity, identifier;
    /// articles by CURIE; revisions by CURIE, then number. Holds one citation at a time.
    ///
    /// - Throws: `StoreError`, and what `receive` throws.
    public func export(_ receive: (ExportItem) throws -> Void) throws {
        try read { db in
            var reader = try EvidenceReader(db, strings: strings)
            let pmids = try Int64.fetchCursor(db, sql: "SELECT pmid FROM citation ORDER BY pmid")
            while let pmid = try pmids.next() {
                guard let kept = try reader.citation(PMID(pmid)) else { continue }
                for evidence in try reader.evidence(in: kept.citation) {
                    try receive(.evidence(evidence, kept))
                }
            }
            let articles = try Row.fetchCursor(db, sql: "\(ArticleRow.select) ORDER BY entity.curie")
            while let row = try articles.next() {
                let summary = try ArticleRow.summary(row)
                let statements = try ArticleRow.statements(
                    db, "WHERE entity.curie = ? ORDER BY statement.position", [summary.entity.curie])
                try receive(.article(summary, statements))
            }
            let revisions = try Row.fetchCursor(
                db,
                sql: "\(ArticleRow.selectRevision) ORDER BY entity.curie, revision.number")
            let findDigest = try db.cachedStatement(sql: "SELECT digest FROM run WHERE number = ?")
            while let row = try revisions.next() {
                let revision = try ArticleRow.revision(row)
                let digest = try revision.run.flatMap {
                    try String.fetchOne(findDigest, arguments: [$0])
                }
                try receive(.revision(revision, text: row[8], runDigest: digest))
            }
        }
    }
}
