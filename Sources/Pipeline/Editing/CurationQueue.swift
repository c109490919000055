import Articles
import Foundation
import Interchange
import Store

/// What waits for a curator.
public struct CurationQueue {
    private let store: Store

    /// Opens the queue of a store.
    public init(_ store: Store) {
        self.store = store
    }

    /// A line each: number, kind, subject, what is known.
    public func lines(all: Bool, json: Bool) throws -> [String] {
        try store.proposals(all ? nil : .open).map { proposal in
            if json {
                return JSONValue.object([
                    .init("number", .integer(Int64(proposal.number))), .init("kind", .string(proposal.kind)),
                    .init("subject", .string(proposal.subject)), .init("detail", .string(proposal.detail)),
                    .init("status", .string(proposal.status.rawValue)),
                ]).line
            }
            let status = proposal.status == .open ? "" : "\t\(proposal.status.rawValue)"
            return "\(proposal.number)\t\(proposal.kind)\t\(proposal.subject)\t\(proposal.detail)\(status)"
        }
    }

    /// Accepts a proposal. A name goes to `words/blocklist.gene.curated.txt` of the dictionaries, which is their next version.
    ///
    /// - Returns: what was done.
    /// - Throws: `EditingError.noProposal`, `PipelineError.unwritable`, `StoreError`.
    public func accept(_ number: Int, dictionaries: String) throws -> String {
        guard let proposal = try store.proposals(.open).first(where: { $0.number == number }) else {
            throw EditingError.noProposal(number)
        }
        var done = "accepted"
        if proposal.kind == "name", let name = proposal.subject.split(separator: "|").first {
            let path = dictionaries + "/words/blocklist.gene.curated.txt"
            try Self.append("\(name)\n", to: path)
            done = "\(name) is blocked as a gene from the next run on: \(path)"
        }
        _ = try store.settle(number, as: .accepted)
        return done
    }

    /// Dismisses a proposal.
    ///
    /// - Throws: `EditingError.noProposal`, `StoreError`.
    public func dismiss(_ number: Int) throws {
        guard try store.settle(number, as: .dismissed) else { throw EditingError.noProposal(number) }
    }

    private static func append(_ line: String, to path: String) throws(PipelineError) {
        let old = FileManager.default.contents(atPath: path) ?? Data()
        do {
            try FileManager.default.createDirectory(
                atPath: SourcePaths.folder(of: path), withIntermediateDirectories: true)
            try (old + Data(line.utf8)).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .unwritable(path: path, reason: error.localizedDescription)
        }
    }
}
