import Foundation
import Pipeline
import Store
import Testing

/// The benchmark does what it times, and leaves nothing behind. How fast it is, no test asks.
struct BenchmarkTests {
    @Test func `every stage is timed on the pipeline's own files, and nothing is left`() throws {
        let mirror = try SampleMirror(["sample26n0001.xml"])
        let pipeline = try #require(try mirror.night("b").dropFirst().first)
        let before = try files(under: mirror.folder.path)
        let done = try bioscribe(["bench", pipeline, "--repeats", "2", "--citations", "20", "--json"])
        #expect(done.code == 0, "\(done.error)")
        #expect(try files(under: mirror.folder.path) == before)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: Any])
        let stages = try #require(report["stages"] as? [[String: Any]])
        #expect(stages.compactMap { $0["stage"] as? String } == BenchmarkRun.Stage.allCases.map(\.rawValue))
        for stage in stages {
            #expect((stage["seconds"] as? [Double])?.count == 2)
            #expect(try #require(stage["perSecond"] as? Double) > 0, "\(stage)")
        }
        let amounts = Dictionary(
            stages.map { ($0["stage"] as? String ?? "", $0["amount"] as? Double ?? 0) },
            uniquingKeysWith: { first, _ in first })
        #expect(amounts["mine"] == 20)
        #expect(amounts["read"] == amounts["run"])
        #expect(amounts["read"] == amounts["run-one-thread"])
    }

    @Test func `a stage alone, as a table`() throws {
        let mirror = try SampleMirror(["sample26n0001.xml"])
        let pipeline = try #require(try mirror.night("b").dropFirst().first)
        let done = try bioscribe(["bench", pipeline, "--stage", "sentences", "--stage", "inflate"])
        #expect(done.code == 0, "\(done.error)")
        let lines = done.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[1].hasPrefix("sentences") && lines[1].hasSuffix("sentences/s"))
        #expect(lines[2].hasPrefix("inflate") && lines[2].hasSuffix("MB/s"))
        #expect(try bioscribe(["bench", pipeline, "--stage", "nonsense"]).code == 64)
        #expect(try bioscribe(["bench", pipeline, "--repeats", "0"]).code == 64)
    }

    @Test func `medians of odd and even numbers of repetitions`() {
        func median(_ seconds: [Double]) -> Double {
            StageTiming(stage: .tag, amount: 8, unit: "MB", seconds: seconds).median
        }
        #expect(median([3, 1, 2]) == 2)
        #expect(median([4, 1, 2, 3]) == 2.5)
        #expect(median([7]) == 7)
        #expect(StageTiming(stage: .tag, amount: 8, unit: "MB", seconds: [4, 2, 1]).rate == 4)
    }
}
