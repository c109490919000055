import Articles
import Corpus
import Foundation
import GRDB

/// A row with a seal, and whether the seal is that of what stands there.
public struct SealedRow: Hashable, Sendable {
    /// What the row is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A run: when it ran, what it reported, what it took out, what it touched, what stood elsewhere before.
        case run
        /// A source file: its counts, its records set aside, what it deletes, what it says of retractions.
        case sourceFile = "source file"
        /// A hidden text.
        case redaction
        /// What waits, or waited, for a curator.
        case proposal
        /// Where an identifier or a symbol leads.
        case redirect
        /// What was decided about a statement.
        case decision
    }

    /// How a seal stands.
    public enum Condition: Hashable, Sendable {
        /// It is that of the row.
        case sound
        /// It is of another row, or of this one before it was changed.
        case broken
        /// There is none: the row is older than seals, or a run has not ended.
        case missing
    }

    /// What the row is.
    public var kind: Kind
    /// What it is about: a run's number, a file's name, a redaction's subject …
    public var subject: String
    /// How its seal stands.
    public var condition: Condition
}

extension Store {
    /// The rows that are sealed one by one: runs, source files, redactions, proposals, redirects.
    ///
    /// - Complexity: O(runs, files and what they took out or set aside).
    /// - Throws: `StoreError`.
    public func sealedRows() throws -> [SealedRow] {
        try read { db in
            try Seal.Table.allCases.flatMap { table in
                try Seal.comparisons(of: table, db).map { one in
                    let kind: SealedRow.Kind =
                        switch table {
                        case .run: .run
                        case .sourceFile: .sourceFile
                        case .redaction: .redaction
                        case .proposal: .proposal
                        case .redirect: .redirect
                        }
                    return SealedRow(
                        kind: kind, subject: one.subject,
                        condition: Self.condition(one.seal, due: one.due))
                }
            }
        }
    }

    /// How the seals of the decisions on an article stand, in order.
    static func sealConditions(
        of decisions: [StatementDecision], on entity: EntityID, article: Int64, _ db: Database
    ) throws -> [SealedRow.Condition] {
        let seals = try Data?.fetchAll(
            db.cachedStatement(sql: "SELECT seal FROM decision WHERE article = ? ORDER BY id"),
            arguments: [article])
        guard seals.count == decisions.count else { throw StoreError.undecodable(what: "a decision") }
        var previous: Data?
        return try zip(decisions, seals).map { decision, seal in
            let due = Seal.decision(
                decision, on: entity, run: try ContributorRow.runDigest(of: decision.contributor, db),
                previous: previous)
            // Behind a decision that is sealed, none is older than seals.
            let isFirst = previous == nil
            previous = seal
            return seal == nil && !isFirst ? .broken : Self.condition(seal, due: due)
        }
    }

    private static func condition(_ seal: Data?, due: Data) -> SealedRow.Condition {
        guard let seal else { return .missing }
        return seal == due ? .sound : .broken
    }
}
