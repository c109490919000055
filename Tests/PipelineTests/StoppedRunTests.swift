import Foundation
import Pipeline
import Store
import Testing

/// A run that SIGTERM or SIGINT stops: what is committed stays, the ledger says so, and the next run ends the same.
struct StoppedRunTests {
    @Test(arguments: [StopSignal.terminate, .interrupt])
    func `wherever a run is stopped, the next one ends as an undisturbed one`(signal: StopSignal) throws {
        let mirror = try SampleMirror(["sample26n0001.xml"])
        func succeed(_ arguments: [String]) throws {
            let outcome = try bioscribe(arguments)
            #expect(outcome.code == 0, "\(outcome.error)")
        }
        try succeed(mirror.night("old"))
        try mirror.add("sample26n0002.xml")
        try mirror.copy("old", to: "whole")
        // From nothing at all, and over the first night.
        var length: [Duration] = []
        for name in ["fresh", "whole"] {
            let began = ContinuousClock.now
            try succeed(mirror.night(name))
            length.append(ContinuousClock.now - began)
        }
        let seed: UInt64 = 20_261_127
        var generator = SeededGenerator(state: seed)
        var stopped = 0
        let points = 10
        for point in 0..<points {
            let isFresh = point % 2 == 0
            try mirror.copy(isFresh ? "nothing" : "old", to: "stopped")
            let arguments = try mirror.night("stopped")
            let running = try Running(arguments)
            let all = length[isFresh ? 0 : 1] / .microseconds(1)
            usleep(UInt32(Double.random(in: 0.02...0.95, using: &generator) * all))
            let began = try? lastRun(mirror.database("stopped"))
            running.signal(signal.rawValue)
            let outcome = running.end()
            let comment: Comment = "seed \(seed), point \(point): \(outcome.error)"
            if outcome.code == signal.exitCode, !outcome.wasKilled {
                stopped += 1
                #expect(outcome.output == "", comment)
                #expect(outcome.error.contains("stopped by \(signal.name)"), comment)
                if began?.status == .running {
                    let run = try #require(try lastRun(mirror.database("stopped")))
                    #expect(run.number == began?.number && run.status == .failed, comment)
                    #expect(run.summary == "stopped by \(signal.name)", comment)
                }
                #expect(RunLock.standing(ofDatabase: mirror.database("stopped")) == .free, comment)
            } else {
                // It ended before, or had not yet begun to listen.
                #expect(outcome.code == 0 || outcome.wasKilled, comment)
            }
            try succeed(arguments)
            try mirror.expectSame("stopped", isFresh ? "fresh" : "whole", comment)
        }
        #expect(stopped > points / 3, "seed \(seed)")
    }

    @Test func `a run that is stuck where nothing can be asked ends all the same`() throws {
        let mirror = try SampleMirror()
        try mirror.addPipe("sample26n0003.xml")
        let metrics = mirror.folder("bioscribe.prom")
        let running = try Running(try mirror.night("a") + ["--metrics", metrics])
        try wait(for: "the lock") {
            if case .held(.some) = RunLock.standing(ofDatabase: mirror.database("a")) { return true }
            return false
        }
        running.signal(SIGTERM)
        let outcome = running.end()
        #expect(outcome.code == 143 && !outcome.wasKilled)
        #expect(RunLock.standing(ofDatabase: mirror.database("a")) == .free)
        #expect(try String(contentsOfFile: metrics, encoding: .utf8).contains("\nbioscribe_run_success 0\n"))
    }

    @Test func `seeding is stopped too, and the ledger says so`() throws {
        let mirror = try SampleMirror()
        let arguments = try mirror.night("a")
        #expect(try bioscribe(arguments).code == 0)
        // Other settings, so that every article is composed anew.
        _ = try mirror.night("a", ["seed": "{cap: 9}"])
        let seeding = ["seed", "--species", "mouse", "--pipeline", arguments[1]]
        let running = try Running(seeding)
        try wait(for: "the run") { try lastRun(mirror.database("a"))?.number == 2 }
        running.signal(SIGTERM)
        let outcome = running.end()
        let run = try #require(try lastRun(mirror.database("a")))
        if outcome.code == 143 {
            #expect(run.status == .failed && run.summary == "stopped by SIGTERM", "\(run)")
        } else {
            #expect(outcome.code == 0 && run.status == .done)
        }
        #expect(try bioscribe(seeding).code == 0)
        #expect(try damage(mirror.database("a")) == [])
    }
}
