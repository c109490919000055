import Evaluation
import Testing

struct ScoreTests {
    // MARK: - Counts

    @Test func `precision, recall and F1 are those of the counts`() {
        let counts = Counts(gold: Set("abcd"), found: Set("cdefgh"))
        #expect(counts == Counts(hits: 2, falseAlarms: 4, misses: 2))
        #expect(abs(counts.precision - 100.0 / 3) < 1e-9)
        #expect(counts.recall == 50)
        #expect(abs(counts.f1 - 40) < 1e-9)
        #expect(Counts().f1 == 0 && Counts().precision == 0 && Counts().recall == 0)
    }

    // MARK: - Bootstrap

    /// Documents of which so many are right.
    private func sheet(right: Int, wrong: Int) -> ScoreSheet {
        var sheet = ScoreSheet([
            Measure("share", title: "share", shape: .share), Measure("all", title: "all"),
        ])
        for index in 0..<(right + wrong) {
            let counts = Counts(isRight: index < right)
            sheet.add([counts, counts])
        }
        return sheet
    }

    @Test func `an interval holds the value, and is about as wide as theory says`() {
        let score = sheet(right: 300, wrong: 100).scores(Bootstrap())[0]
        #expect(score.recall.value == 75)
        // The standard error of a share of 0.75 of 400 is 2.165 %; 1.96 of them at either side.
        #expect(abs(score.recall.interval.low - 70.76) < 0.75)
        #expect(abs(score.recall.interval.high - 79.24) < 0.75)
    }

    @Test func `the same seed gives the same intervals, another seed others`() {
        let sheet = sheet(right: 30, wrong: 11)
        #expect(sheet.scores(Bootstrap(seed: 7)) == sheet.scores(Bootstrap(seed: 7)))
        #expect(sheet.scores(Bootstrap(seed: 7)) != sheet.scores(Bootstrap(seed: 8)))
    }

    @Test func `the draws are the same on every machine`() {
        var drawn: [[Int]] = []
        _ = Bootstrap(resamples: 2, seed: 1).intervals(count: 5) { times in
            drawn.append(times)
            return [0]
        }
        // The draws of an implementation of SplitMix64 in Python.
        #expect(drawn == [[0, 0, 3, 1, 1], [0, 1, 1, 2, 1]])
    }

    @Test func `a single document leaves no doubt, and none at all gives zeros`() {
        let one = sheet(right: 1, wrong: 0).scores(Bootstrap())[0]
        #expect(one.recall.interval.low == 100 && one.recall.interval.high == 100)
        let none = sheet(right: 0, wrong: 0).scores(Bootstrap())[1]
        #expect(none.f1.value == 0 && none.f1.interval.high == 0)
    }

    // MARK: - Folds

    @Test func `a document is in the same fold whatever else there is`() {
        let folds = Folds(count: 5, seed: 1)
        #expect(["10022435", "227508", "PMC-1072800-sec-07", ""].map(folds.fold) == [0, 1, 3, 0])
        #expect(Folds(count: 1, seed: 9).fold(of: "227508") == 0)
    }

    @Test(arguments: [2, 5, 10])
    func `folds are of about the same size, and another seed deals anew`(count: Int) {
        let folds = Folds(count: count, seed: 3)
        var sizes = [Int](repeating: 0, count: count)
        for number in 0..<10_000 { sizes[folds.fold(of: "\(20_000_000 + number)")] += 1 }
        for size in sizes { #expect(abs(size - 10_000 / count) < 300, "\(sizes)") }
        let other = Folds(count: count, seed: 4)
        let moved = (0..<10_000).count { folds.fold(of: "\($0)") != other.fold(of: "\($0)") }
        #expect(abs(Double(moved) / 10_000 - (1 - 1 / Double(count))) < 0.03)
    }
}
