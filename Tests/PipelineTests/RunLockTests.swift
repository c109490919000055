import Foundation
import Pipeline
import Store
import Testing

/// One program at a time works on a whole database.
struct RunLockTests {
    /// A night that waits for ever: one of its files is a pipe that nobody writes to.
    private func stuckNight(_ mirror: SampleMirror, _ name: String = "a") throws -> (Running, [String]) {
        try mirror.addPipe("sample26n0003.xml")
        let arguments = try mirror.night(name)
        let running = try Running(arguments)
        try wait(for: "the lock and the database") {
            guard case .held(.some) = RunLock.standing(ofDatabase: mirror.database(name)) else {
                return false
            }
            return (try? Store(path: mirror.database(name), access: .readOnly)) != nil
        }
        return (running, arguments)
    }

    private func free(_ mirror: SampleMirror) throws {
        try FileManager.default.removeItem(atPath: mirror.folder("mirror/sample26n0003.xml"))
    }

    @Test func `a second run is refused at once, and told whose turn it is`() throws {
        let mirror = try SampleMirror()
        let (first, arguments) = try stuckNight(mirror)
        let second = try bioscribe(arguments)
        #expect(second.code == 1 && second.output == "")
        #expect(second.error.contains("another program works on the database: "))
        #expect(second.error.contains("process \(first.number) of "), "\(second.error)")
        #expect(second.error.contains(arguments.joined(separator: " ")) && second.error.contains("since 20"))
        #expect(second.error.contains("--wait SECONDS"))

        // By another name of the same file too.
        let link = mirror.folder("link.sqlite")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: mirror.database("a"))
        #expect(
            try bioscribe(arguments + ["--database", link]).error.contains("process \(first.number) of "))
        // What works on the whole database is refused as well; what only reads, or tries, is not.
        let database = ["--database", mirror.database("a")]
        #expect(try bioscribe(["undo", "1"] + database).error.contains("process \(first.number) of "))
        let seeding = ["seed", "--species", "mouse", "--pipeline", arguments[1]]
        #expect(try bioscribe(seeding).error.contains("process \(first.number) of "))
        #expect(!(try bioscribe(seeding + ["--dry-run"]).error.contains("process \(first.number)")))
        let status = try bioscribe(["status"] + database)
        #expect(status.code == 0 && status.output.contains("process \(first.number) of "), "\(status.output)")
        first.signal(SIGKILL)
        #expect(first.end().wasKilled)
    }

    @Test func `the lock of a program that died is taken over, and that is said`() throws {
        let mirror = try SampleMirror()
        let (first, arguments) = try stuckNight(mirror)
        first.signal(SIGKILL)
        _ = first.end()
        guard case .leftBehind(let owner) = RunLock.standing(ofDatabase: mirror.database("a")) else {
            Issue.record("the dead owner is not known")
            return
        }
        #expect(owner.process == first.number && owner.command.hasSuffix(arguments.joined(separator: " ")))
        let status = try bioscribe(["status", "--json", "--database", mirror.database("a")])
        #expect(status.output.contains("\"lock\":{\"state\":\"leftBehind\",\"process\":\(first.number),"))

        try free(mirror)
        let second = try bioscribe(arguments)
        #expect(second.code == 0, "\(second.error)")
        #expect(second.error.contains("notice: taking over the lock of a program that died: \(owner)"))
        // Who ended well leaves no file.
        let path = RunLock.path(ofDatabase: mirror.database("a"))
        #expect(!FileManager.default.fileExists(atPath: path))
        let third = try bioscribe(arguments)
        #expect(third.code == 0 && !third.error.contains("taking over"))
    }

    @Test func `who waits gets the lock when its owner ends`() throws {
        let mirror = try SampleMirror()
        let (first, arguments) = try stuckNight(mirror)
        let second = try Running(arguments + ["--wait", "600"])
        usleep(500_000)
        try free(mirror)
        first.signal(SIGKILL)
        _ = first.end()
        let outcome = second.end()
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(outcome.error.contains("waiting for another program"))
        #expect(outcome.output.contains("2 read"))
    }

    @Test func `who waits in vain is refused in the end`() throws {
        let mirror = try SampleMirror()
        let (first, arguments) = try stuckNight(mirror)
        let second = try bioscribe(arguments + ["--wait", "1"])
        #expect(second.code == 1 && second.error.contains("process \(first.number) of "))
    }

    @Test func `a lock that cannot be made is an error, and a place that is no file`() throws {
        let mirror = try SampleMirror()
        let path = RunLock.path(ofDatabase: mirror.database("a"))
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let outcome = try bioscribe(try mirror.night("a"))
        #expect(outcome.code == 1 && outcome.error.contains("\(path): cannot be written: Is a directory"))
        #expect(!FileManager.default.fileExists(atPath: mirror.database("a")))
    }
}
