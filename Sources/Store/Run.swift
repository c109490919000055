import Corpus
import Crypto
import Foundation
import GRDB

/// What makes a run what it is: two runs with equal origins over the same files give the same result.
public struct RunOrigin: Hashable, Sendable {
    /// The program's version.
    public var program: String
    /// Digest of the pipeline file.
    public var pipeline: String
    /// Digest of the section rules.
    public var rules: String
    /// Digest of the compiled dictionary.
    public var dictionary: String
    /// The species, by taxon id, joined by commas; or a digest of them.
    public var species: String

    /// Makes an origin.
    public init(program: String, pipeline: String, rules: String, dictionary: String, species: String) {
        self.program = program
        self.pipeline = pipeline
        self.rules = rules
        self.dictionary = dictionary
        self.species = species
    }

    /// SHA-256 over the parts, each preceded by its length in bytes and a colon: 64 hexadecimal digits.
    public var digest: String { Self.digest(of: [program, pipeline, rules, dictionary, species]) }

    /// The digest of program, rules and dictionary alone: what decides what a sentence says.
    public var workings: String { Self.digest(of: [program, rules, dictionary]) }

    private static func digest(of parts: [String]) -> String {
        var hash = SHA256()
        for part in parts { hash.update(data: Data("\(part.utf8.count):\(part)".utf8)) }
        return Hexadecimal.digits(hash.finalize())
    }
}

/// A run as the ledger has it.
public struct Run: Hashable, Sendable {
    /// How a run stands.
    public enum Status: String, Hashable, Sendable {
        /// It has not ended; or it was killed, and no other run has begun since.
        case running
        /// It ended well.
        case done
        /// It ended with an error, or was killed.
        case failed
    }

    /// The number, from 1.
    public var number: Int
    /// What made it.
    public var origin: RunOrigin
    /// When it began, in UTC: `2026-11-23T05:27:51Z`. Times are never exported.
    public var started: String
    /// When it ended.
    public var ended: String?
    /// How it stands.
    public var status: Status
    /// What was counted, by name.
    public var counts: [String: Int]
    /// A sentence for people.
    public var summary: String
}

extension Store {
    /// Begins a run and returns its number. Runs that are still marked as running were killed: they become failed.
    ///
    /// - Throws: `StoreError`.
    public func beginRun(_ origin: RunOrigin, at time: Date = Date()) throws -> Int {
        try write { db in
            let now = time.formatted(.iso8601)
            for killed in try Int.fetchAll(db, sql: "SELECT number FROM run WHERE status = 'running'") {
                try db.execute(
                    sql: """
                        UPDATE run SET status = 'failed', ended = ?, summary = 'the program was stopped'
                        WHERE number = ?
                        """, arguments: [now, killed])
                try Seal.seal(.run, where: "number = ?", [killed], db)
            }
            try db.execute(
                sql: """
                    INSERT INTO run (digest, program, pipeline, rules, dictionary, species, started, status)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'running')
                    """,
                arguments: [
                    origin.digest, origin.program, origin.pipeline, origin.rules, origin.dictionary,
                    origin.species, now,
                ])
            return Int(db.lastInsertedRowID)
        }
    }

    /// Ends a run.
    ///
    /// - Throws: `StoreError`.
    public func endRun(
        _ number: Int, _ status: Run.Status, counts: [String: Int] = [:], summary: String = "",
        at time: Date = Date()
    ) throws {
        precondition(status != .running, "a run ends as done or as failed")
        try write { db in
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let counts = String(decoding: try encoder.encode(counts), as: UTF8.self)
            try db.execute(
                sql: "UPDATE run SET status = ?, ended = ?, counts = ?, summary = ? WHERE number = ?",
                arguments: [status.rawValue, time.formatted(.iso8601), counts, summary, number])
            guard db.changesCount == 1 else { throw StoreError.unknownRun(number) }
            try Seal.seal(.run, where: "number = ?", [number], db)
        }
    }

    /// The runs, newest first.
    ///
    /// - Throws: `StoreError`.
    public func runs(limit: Int = .max) throws -> [Run] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY number DESC LIMIT ?", arguments: [limit])
                .map { row in
                    guard let status = Run.Status(rawValue: row["status"]) else {
                        throw StoreError.undecodable(what: "run \(row["number"] as Int)")
                    }
                    let counts: String = row["counts"]
                    return Run(
                        number: row["number"],
                        origin: RunOrigin(
                            program: row["program"], pipeline: row["pipeline"], rules: row["rules"],
                            dictionary: row["dictionary"], species: row["species"]),
                        started: row["started"], ended: row["ended"], status: status,
                        counts: try JSONDecoder().decode([String: Int].self, from: Data(counts.utf8)),
                        summary: row["summary"])
                }
        }
    }
}
