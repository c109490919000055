import Articles
import Corpus
import Crypto
import Foundation
import Interchange
import Store

/// A run as an RO-Crate (1.1, with a CreateAction as the Process Run Crate profile has it): the files that it read with their
/// SHA-256, the digests of pipeline, dictionary and rules, the program, and the revisions that it wrote.
public struct RunCrate {
    private let store: Store
    private let run: Run

    /// The name of the list of revisions, a JSON line each, that stands beside the metadata.
    public static let revisions = "revisions.jsonl"
    /// The name that RO-Crate gives the metadata.
    public static let metadata = "ro-crate-metadata.json"

    /// Makes the crate of a run.
    ///
    /// - Throws: `RunCrateError.unknownRun`, `StoreError`.
    public init(ofRun number: Int, in store: Store) throws {
        self.store = store
        guard let run = try store.runs().first(where: { $0.number == number }) else {
            throw RunCrateError.unknownRun(number)
        }
        self.run = run
    }

    /// Writes the crate into a folder, which is made where it is missing.
    ///
    /// - Throws: `RunCrateError.unwritable`, `StoreError`.
    public func write(to folder: String) throws {
        var count = 0
        var size = 0
        var hash = SHA256()
        let path = folder + "/" + Self.revisions
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            guard FileManager.default.createFile(atPath: path, contents: nil),
                let file = FileHandle(forWritingAtPath: path)
            else { throw RunCrateError.unwritable(path) }
            defer { try? file.close() }
            for entity in try store.articles(changedBy: run.number) {
                for revision in try store.revisions(of: entity) where revision.run == run.number {
                    let line = Data((Self.line(of: revision) + "\n").utf8)
                    try file.write(contentsOf: line)
                    hash.update(data: line)
                    size += line.count
                    count += 1
                }
            }
            try file.synchronize()
            let digest = hash.finalize().map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            let graph = try metadata(revisions: count, size: size, sha256: digest)
            try Data(graph.pretty.utf8).write(
                to: URL(filePath: folder + "/" + Self.metadata), options: .atomic)
        } catch let error as StoreError {
            throw error
        } catch let error as RunCrateError {
            throw error
        } catch {
            throw RunCrateError.unwritable("\(folder): \(error.localizedDescription)")
        }
    }

    private static func line(of revision: Revision) -> String {
        JSONValue.members(
            ("article", .string(revision.entity.curie)), ("revision", .integer(revision.number)),
            ("textSHA256", .string(revision.textSHA256)), ("hash", .string(revision.hash))
        ).line
    }

    private func metadata(revisions: Int, size: Int, sha256: String) throws -> JSONValue {
        let files = try store.ledger().filter { $0.run == run.number }
        let sources = files.map { Self.reference("#file-" + ResourceName.escaped($0.file.name)) }
        let instruments = ["#pipeline", "#rules", "#dictionary"].map(Self.reference)
        var action: [JSONValue.Member] = [
            .init("@id", .string("#run")), .init("@type", .string("CreateAction")),
            .init("name", .string("Run \(run.number) of BioScribe")),
            .init("description", .string(run.summary)),
            .init("instrument", Self.reference("#program")), .init("startTime", .string(run.started)),
        ]
        if let ended = run.ended { action.append(.init("endTime", .string(ended))) }
        action += [
            .init(
                "actionStatus",
                Self.reference(
                    run.status == .done
                        ? "http://schema.org/CompletedActionStatus" : "http://schema.org/FailedActionStatus")),
            .init("object", .array(instruments + sources)), .init("result", Self.reference(Self.revisions)),
            .init("identifier", .string("urn:bioscribe:run:\(run.origin.digest)")),
        ]
        var graph: [JSONValue] = [
            .members(
                ("@id", .string(Self.metadata)), ("@type", .string("CreativeWork")),
                ("conformsTo", Self.reference("https://w3id.org/ro/crate/1.1")),
                ("about", Self.reference("./"))),
            .members(
                ("@id", .string("./")), ("@type", .string("Dataset")),
                ("name", .string("Run \(run.number) of BioScribe")),
                (
                    "description",
                    .string(
                        "What a run of BioScribe read, with what, and the revisions of articles that it wrote."
                    )
                ), ("datePublished", .string(run.ended ?? run.started)),
                (
                    "license",
                    Self.reference("https://www.nlm.nih.gov/databases/download/terms_and_conditions.html")
                ),
                ("conformsTo", Self.reference("https://w3id.org/ro/wfrun/process/0.5")),
                ("hasPart", .array([Self.reference(Self.revisions)])),
                ("mentions", .array([Self.reference("#run")]))),
            .members(
                ("@id", .string("https://w3id.org/ro/wfrun/process/0.5")), ("@type", .string("CreativeWork")),
                ("name", .string("Process Run Crate")), ("version", .string("0.5"))),
            .members(
                ("@id", .string("https://www.nlm.nih.gov/databases/download/terms_and_conditions.html")),
                ("@type", .string("CreativeWork")), ("name", .string("Terms and conditions of NLM's data"))),
            .members(
                ("@id", .string(Self.revisions)), ("@type", .string("File")),
                ("name", .string("\(revisions) revisions of articles, with the digests of their texts")),
                ("encodingFormat", .string("application/jsonl")), ("contentSize", .string("\(size)")),
                ("sha256", .string(sha256))),
            .object(action),
            .members(
                ("@id", .string("#program")), ("@type", .string("SoftwareApplication")),
                ("name", .string("BioScribe")), ("softwareVersion", .string(run.origin.program))),
        ]
        for (id, name, digest) in [
            ("#pipeline", "The pipeline file", run.origin.pipeline),
            ("#rules", "The section rules and journals", run.origin.rules),
            ("#dictionary", "The dictionary", run.origin.dictionary),
        ] {
            graph.append(
                .members(
                    ("@id", .string(id)), ("@type", .string("CreativeWork")), ("name", .string(name)),
                    ("sha256", .string(digest))))
        }
        for file in files {
            graph.append(
                .members(
                    ("@id", .string("#file-" + ResourceName.escaped(file.file.name))),
                    ("@type", .string("CreativeWork")), ("name", .string(file.file.name)),
                    ("encodingFormat", .string("application/xml")),
                    ("contentSize", .string("\(file.file.size)")), ("sha256", .string(file.file.sha256))))
        }
        return .members(
            (
                "@context",
                .strings([
                    "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context",
                ])
            ), ("@graph", .array(graph)))
    }

    private static func reference(_ id: String) -> JSONValue { .members(("@id", .string(id))) }
}

/// Why there is no crate.
public enum RunCrateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such run.
    case unknownRun(Int)
    /// A file cannot be written.
    case unwritable(String)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .unknownRun(let number): "there is no run \(number): bioscribe runs lists them"
        case .unwritable(let path): "\(path) cannot be written: give another folder"
        }
    }
}
