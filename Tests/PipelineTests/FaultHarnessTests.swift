import Foundation
import Intake
import Pipeline
import Store
import Testing

/// The real program on a small mirror, killed and given damaged files at seeded points: in the end database and pages are,
/// byte for byte, those of nights that nothing disturbed. `Tests/faults.sh` runs many more points than the usual tests do.
struct FaultHarnessTests {
    /// How many points there are.
    private static let points =
        ProcessInfo.processInfo.environment["BIOSCRIBE_FAULTS"].flatMap { Int($0) } ?? 10

    /// What is done to the night's new file before the program sees it. Its checksum stands beside it, so that the program
    /// knows it for damaged.
    private enum Damage: CaseIterable {
        case none, truncated, flipped, replaced, empty, missing

        func apply(to bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8]? {
            switch self {
            case .none: return bytes
            case .truncated: return Array(bytes.prefix(Int.random(in: 1..<bytes.count, using: &generator)))
            case .flipped:
                var damaged = bytes
                damaged[Int.random(in: bytes.indices, using: &generator)] ^=
                    UInt8.random(in: 1...255, using: &generator)
                return damaged
            case .replaced: return Array("<PubmedArticleSet></PubmedArticleSet>".utf8)
            case .empty: return []
            case .missing: return nil
            }
        }
    }

    private static func kill(_ arguments: [String], after time: Duration) throws -> Bool {
        let program = try Running(arguments)
        usleep(UInt32(max(0, time / .microseconds(1))))
        program.signal(SIGKILL)
        return program.end().wasKilled
    }

    @Test func `killed at any instant, with any damage to its files, a night ends as an undisturbed one`()
        throws
    {
        let mirror = try SampleMirror(["sample26n0001.xml"])
        let name = "sample26n0002.xml"
        let path = mirror.folder("mirror/" + name)
        #expect(try bioscribe(mirror.night("old")).code == 0)
        try mirror.add(name)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let md5 = try FileChecksums(ofFile: path).md5
        try mirror.folder.file("mirror/\(name).md5", ChecksumFile.text(md5: md5, of: name))
        try mirror.copy("old", to: "whole")
        let began = ContinuousClock.now
        #expect(try bioscribe(mirror.night("whole")).code == 0)
        let length = ContinuousClock.now - began

        let seed: UInt64 = 20_261_128
        var generator = SeededGenerator(state: seed)
        var (killed, refused) = (0, 0)
        for point in 0..<Self.points {
            try mirror.copy("old", to: "victim")
            let arguments = try mirror.night("victim")
            let damage = Damage.allCases.randomElement(using: &generator) ?? .none
            let delay = length * Int.random(in: 0..<1000, using: &generator) / 1000
            let comment: Comment = "seed \(seed), point \(point), \(damage), killed after \(delay)"
            if let damaged = damage.apply(to: bytes, using: &generator) {
                try mirror.folder.file("mirror/" + name, damaged)
            } else {
                try FileManager.default.removeItem(atPath: path)
            }
            if try Self.kill(arguments, after: delay) { killed += 1 }
            #expect(try PipelineTests.damage(mirror.database("victim")) == [], comment)
            if damage != .none {
                let again = try bioscribe(arguments)
                let isRefused = damage != .missing
                #expect(again.code == (isRefused ? 3 : 0), "\(comment): \(again.output)\(again.error)")
                if isRefused { refused += 1 }
                try mirror.folder.file("mirror/" + name, bytes)
            }
            if Bool.random(using: &generator), try Self.kill(arguments, after: delay) { killed += 1 }
            let mended = try bioscribe(arguments)
            #expect(mended.code == 0, "\(comment): \(mended.error)")
            try mirror.expectSame("victim", "whole", comment)
        }
        #expect(killed > Self.points / 3, "seed \(seed)")
        #expect(refused > 0 || Self.points < 10, "seed \(seed)")
    }
}
