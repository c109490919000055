import Foundation
import Pipeline
import Testing

/// A program that was started and is not waited for yet. It is killed when nobody holds it any more.
final class Running {
    private let process = Process()
    private let scratch: TemporaryFolder

    /// Starts a program.
    init(_ arguments: [String], program: String = Workshop.binary, environment: [String: String] = [:]) throws
    {
        scratch = try TemporaryFolder()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: Workshop.package)
        process.environment = ProcessInfo.processInfo.environment
            .merging(["BIOSCRIBE_CACHE": Workshop.cache]) { $1 }.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forUpdating: URL(filePath: scratch.file("1", "")))
        process.standardError = try FileHandle(forUpdating: URL(filePath: scratch.file("2", "")))
        try process.run()
    }

    deinit { if process.isRunning { signal(SIGKILL) } }

    /// Its number.
    var number: Int { Int(process.processIdentifier) }

    /// Sends it a signal.
    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end.
    func end() -> Execution {
        process.waitUntilExit()
        func text(_ name: String) -> String {
            String(decoding: FileManager.default.contents(atPath: scratch(name)) ?? Data(), as: UTF8.self)
        }
        return Execution(
            code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            output: text("1"), error: text("2"))
    }
}

/// Two files of the sample as a mirror, and the nights over it.
struct SampleMirror {
    let folder: TemporaryFolder

    init(_ names: [String] = ["sample26n0001.xml", "sample26n0002.xml"]) throws {
        folder = try TemporaryFolder()
        for name in names { try add(name) }
    }

    /// Brings a file of the sample.
    func add(_ name: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: Workshop.path("Pipelines/sample/\(name)")))
        try folder.file("mirror/\(name)", [UInt8](bytes))
    }

    /// Puts a pipe that nobody writes to in the place of a file: who reads it waits for ever.
    func addPipe(_ name: String) throws {
        let made = unsafe mkfifo(folder("mirror/" + name), 0o600)
        try #require(made == 0)
    }

    /// The arguments of a night that keeps its results under a name.
    func night(_ name: String, _ more: [String: String?] = [:]) throws -> [String] {
        let own: [String: String?] = ["database": database(name), "output": wiki(name)]
        let pipeline = try folder.pipeline(
            "mirror/*.xml", name: name + ".yaml", own.merging(more) { $1 })
        return ["run", pipeline, "--progress", "none"]
    }

    func database(_ name: String) -> String { folder(name + ".sqlite") }
    func wiki(_ name: String) -> String { folder(name) }

    /// Puts a copy of one night's results, database and pages, in the place of another's.
    func copy(_ from: String, to target: String) throws {
        let manager = FileManager.default
        let names = try manager.contentsOfDirectory(atPath: folder.path)
        for name in names where name == target || name.hasPrefix(target + ".sqlite") {
            try manager.removeItem(atPath: folder(name))
        }
        for name in names where name == from || name.hasPrefix(from + ".sqlite") {
            try manager.copyItem(atPath: folder(name), toPath: folder(target + name.dropFirst(from.count)))
        }
    }

    /// Expects that two nights left the same: the export, the pages, and a sound database.
    func expectSame(_ one: String, _ other: String, _ comment: Comment) throws {
        #expect(try export(database(one)) == export(database(other)), comment)
        let (pages, others) = (try files(under: wiki(one)), try files(under: wiki(other)))
        #expect(Set(pages.keys).union(others.keys).filter { pages[$0] != others[$0] } == [], comment)
        #expect(try damage(database(one)) == [], comment)
    }
}

/// Waits until something holds; a minute without it is a failure.
func wait(for what: String, until holds: () throws -> Bool) throws {
    for _ in 0..<6000 {
        if try holds() { return }
        usleep(10_000)
    }
    Issue.record("\(what): not within a minute")
}
