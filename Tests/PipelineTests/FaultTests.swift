import Foundation
import Pipeline
import Store
import Testing

/// Disks that fill, files that cannot be read, databases that others hold: the message says what happened, where and
/// what to do, nothing that was good is lost, and the next run ends as an undisturbed one.
struct FaultTests {
    /// Runs the program where no file may grow beyond a limit; what it says goes through a pipe, which has none.
    private func limited(_ kibibytes: Int, _ arguments: [String], cache: String = Workshop.cache) throws
        -> Execution
    {
        let script = """
            set -o pipefail; (ulimit -f \(kibibytes); exec "$@") 2>&1 | cat; exit ${PIPESTATUS[0]}
            """
        return try execute("/bin/bash", ["-c", script, "bash", Workshop.binary] + arguments, cache: cache)
    }

    @Test func `wherever the disk has no more room, nothing is lost`() throws {
        let mirror = try SampleMirror(["sample26n0001.xml"])
        #expect(try bioscribe(mirror.night("old")).code == 0)
        try mirror.add("sample26n0002.xml")
        try mirror.copy("old", to: "whole")
        #expect(try bioscribe(mirror.night("whole")).code == 0)
        #expect(try bioscribe(mirror.night("fresh")).code == 0)
        let size = try #require(
            try FileManager.default.attributesOfItem(atPath: mirror.database("fresh"))[.size] as? Int)

        let seed: UInt64 = 20_261_128
        var generator = SeededGenerator(state: seed)
        var failed = 0
        let points = 24
        for point in 0..<points {
            let isFresh = point % 2 == 0
            try mirror.copy(isFresh ? "nothing" : "old", to: "full")
            // As often small as large: pages are small, the log and the database grow to some megabytes.
            let limit = Int(
                exp(Double.random(in: log(4)...log(Double(size) / 1024 * 1.3), using: &generator)))
            let arguments = try mirror.night("full")
            let outcome = try limited(limit, arguments)
            let comment: Comment = "seed \(seed), point \(point), \(limit) KiB: \(outcome.output)"
            #expect(!outcome.wasKilled, comment)
            #expect(outcome.code == 0 || outcome.code == 1, comment)
            if outcome.code == 1 {
                failed += 1
                #expect(outcome.output.contains(mirror.folder.path), comment)
                #expect(
                    outcome.output.contains("ulimit -f") || outcome.output.contains("File too large"), comment
                )
                if FileManager.default.fileExists(atPath: mirror.database("full")),
                    let run = try? lastRun(mirror.database("full"))
                {
                    #expect(run.status != .done || run.number == 1 && !isFresh, comment)
                }
            }
            let mended = try bioscribe(arguments)
            #expect(mended.code == 0, "\(comment) \(mended.error)")
            try mirror.expectSame("full", isFresh ? "fresh" : "whole", comment)
            #expect(
                try files(under: mirror.wiki("full")).keys.filter { $0.hasSuffix(".part") } == [], comment)
        }
        #expect(failed > points / 3, "seed \(seed)")
    }

    @Test func `a compiled dictionary that does not fit the cache leaves none behind`() throws {
        let folder = try TemporaryFolder()
        let source = try folder.file(
            "h.gene_info",
            "#tax_id\tGeneID\tSymbol\tLocusTag\tSynonyms\tdbXrefs\tchromosome\tmap_location\tdescription\ttype_of_gene\t"
                + "Symbol_from_nomenclature_authority\tFull_name_from_nomenclature_authority\tNomenclature_status\t"
                + "Other_designations\tModification_date\tFeature_type\n"
                + "9606\t3480\tIGF1R\t-\tCD221\t-\t15\t15q26.3\tinsulin like growth factor 1 receptor\tprotein-coding\t"
                + "IGF1R\tinsulin like growth factor 1 receptor\tO\t-\t20260101\t-\n")
        let cache = folder("cache")
        let arguments = ["dictionary", "build", source]
        let outcome = try limited(1, arguments, cache: cache)
        #expect(outcome.code == 1, "\(outcome.output)")
        #expect(
            outcome.output.contains(cache) && outcome.output.contains("cannot be written"),
            "\(outcome.output)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache) == [])
        let mended = try bioscribe(arguments, cache: cache)
        #expect(mended.code == 0, "\(mended.error)")
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a small disk can only be mounted as root"))
    func `a disk that is full says so, and goes on when there is room`() throws {
        let mirror = try SampleMirror()
        #expect(try bioscribe(mirror.night("whole")).code == 0)
        let disk = try SmallDisk(at: mirror.folder("disk"), kibibytes: 700)
        let arguments = try mirror.night(
            "full", ["database": disk.path + "/full.sqlite", "output": disk.path + "/wiki"])
        let outcome = try bioscribe(arguments)
        #expect(outcome.code == 1)
        #expect(
            outcome.error.contains("\(disk.path)/full.sqlite: the disk is full: make room"),
            "\(outcome.error)")
        try disk.grow(to: 64_000)
        let mended = try bioscribe(arguments)
        #expect(mended.code == 0, "\(mended.error)")
        #expect(try export(disk.path + "/full.sqlite") == export(mirror.database("whole")))
        #expect(try files(under: disk.path + "/wiki") == files(under: mirror.wiki("whole")))
        #expect(try damage(disk.path + "/full.sqlite") == [])
    }

    @Test func `a file that the disk does not give back is set aside, and the others are read`() throws {
        let mirror = try SampleMirror(["sample26n0001.xml"])
        // Reading the memory of a process from its start is an error of input and output.
        try FileManager.default.createSymbolicLink(
            atPath: mirror.folder("mirror/sample26n0002.xml"), withDestinationPath: "/proc/self/mem")
        let arguments = try mirror.night("a")
        let outcome = try bioscribe(arguments)
        #expect(outcome.code == 3, "\(outcome.error)")
        #expect(outcome.output.contains("mirror/sample26n0002.xml: cannot be read: Input/output error"))
        #expect(outcome.output.contains("1 read"))
        // Mended, it is read, and all is as if it always had been.
        try FileManager.default.removeItem(atPath: mirror.folder("mirror/sample26n0002.xml"))
        try mirror.add("sample26n0002.xml")
        #expect(try bioscribe(arguments).code == 0)
        try FileManager.default.removeItem(atPath: mirror.folder("mirror/sample26n0002.xml"))
        #expect(try bioscribe(mirror.night("b")).code == 0)
        try mirror.add("sample26n0002.xml")
        #expect(try bioscribe(mirror.night("b")).code == 0)
        try mirror.expectSame("a", "b", "after the fault")
    }

    @Test func `a database that another program is writing to is busy, and nothing happens`() throws {
        let mirror = try SampleMirror(["sample26n0001.xml"])
        let arguments = try mirror.night("a")
        #expect(try bioscribe(arguments).code == 0)
        try mirror.add("sample26n0002.xml")
        let before = try export(mirror.database("a"))
        let store = try Store(path: mirror.database("a"), access: .existing)
        let file = SourceFile(
            name: "other.xml", size: 1, sha256: String(repeating: "0", count: 64),
            digests: ExtractionDigests(program: "", rules: "", dictionary: "", species: ""))
        let writer = try store.beginFile(file, run: 1)
        let outcome = try bioscribe(arguments)
        #expect(outcome.code == 1)
        #expect(
            outcome.error.contains(
                "\(mirror.database("a")): another program is writing to the database: wait"),
            "\(outcome.error)")
        writer.rollBack()
        #expect(try export(mirror.database("a")) == before)
        #expect(try bioscribe(arguments).code == 0)
    }

    @Test func `a file that is no database stays as it is`() throws {
        let mirror = try SampleMirror()
        let text = String(repeating: "This is a letter, not a database.\n", count: 100)
        try mirror.folder.file("a.sqlite", text)
        let outcome = try bioscribe(try mirror.night("a"))
        #expect(outcome.code == 1)
        #expect(
            outcome.error.contains(
                "\(mirror.database("a")): the file is not an SQLite database: give another"),
            "\(outcome.error)")
        #expect(try String(contentsOfFile: mirror.database("a"), encoding: .utf8) == text)
    }

    @Test func `a database that is damaged says so`() throws {
        let mirror = try SampleMirror()
        let arguments = try mirror.night("a")
        #expect(try bioscribe(arguments).code == 0)
        var bytes = try Data(contentsOf: URL(filePath: mirror.database("a")))
        // All pages but the first.
        bytes.replaceSubrange(4096..., with: Data(repeating: 0xA5, count: bytes.count - 4096))
        try bytes.write(to: URL(filePath: mirror.database("a")))
        let outcome = try bioscribe(arguments)
        #expect(outcome.code == 1)
        #expect(
            outcome.error.contains("\(mirror.database("a")): the database is damaged"), "\(outcome.error)")
        #expect(outcome.error.contains("restore a backup"))
    }

    @Test(.enabled(if: OtherUser.isPossible, "another user is needed who may not write"))
    func `a folder that cannot be written`() throws {
        let mirror = try SampleMirror()
        let arguments = try mirror.night("a")
        #expect(try bioscribe(arguments).code == 0)
        let outcome = try OtherUser.run(arguments)
        #expect(outcome.code == 1)
        #expect(
            outcome.error.contains("\(mirror.database("a")).lock: cannot be written: Permission denied"),
            "\(outcome.error)")
    }

    @Test func `a summary or metrics that cannot be written are an error of a run that went well`() throws {
        let mirror = try SampleMirror()
        let outcome = try bioscribe(try mirror.night("a") + ["--metrics", mirror.folder("none/a.prom")])
        #expect(outcome.code == 1)
        #expect(outcome.error.contains("none/a.prom.part: No such file or directory"), "\(outcome.error)")
        #expect(try lastRun(mirror.database("a"))?.status == .done)
    }
}

/// A disk with little room.
private final class SmallDisk {
    let path: String

    static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
        return (try? SmallDisk(at: folder("disk"), kibibytes: 64)) != nil
    }()

    init(at path: String, kibibytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try mount(["-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", path])
    }

    deinit { _ = try? execute("/bin/umount", [path]) }

    func grow(to kibibytes: Int) throws {
        try mount(["-o", "remount,size=\(kibibytes)k", path])
    }

    private func mount(_ arguments: [String]) throws {
        let outcome = try execute("/bin/mount", arguments)
        if outcome.code != 0 { throw CocoaError(.fileWriteNoPermission) }
    }
}

/// Somebody who may read what these tests write, and no more.
private enum OtherUser {
    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        let outcome = try? execute("/usr/bin/setpriv", words + [Workshop.binary, "--version"])
        return outcome?.code == 0
    }()

    private static let words = ["--reuid=65534", "--clear-groups", "--"]

    static func run(_ arguments: [String]) throws -> Execution {
        try execute("/usr/bin/setpriv", words + [Workshop.binary] + arguments)
    }
}
