import Corpus
import Store
import TextMining

/// What an article would show that it does not show yet: who gives it, to tell a flood and where it comes from.
struct NewStatements: Sendable {
    /// A name in the text, and what the dictionary made of it.
    struct Name: Hashable, Sendable {
        /// As the text has it, in lower case.
        var form: String
        var entity: EntityID
        /// The name in the dictionary, as its source spells it.
        var entry: String
        /// The file that it comes from.
        var source: String
    }

    /// Whether the article is new.
    var isPageNew = false
    var count = 0
    var byName: [Name: Int] = [:]
    var byRule: [String: Int] = [:]

    /// Adds a statement that would be put in.
    mutating func add(_ evidence: Evidence, rule: String) {
        count += 1
        byRule[rule, default: 0] += 1
        guard let mention = evidence.mentions.first(where: { $0.entity == evidence.entity }) else { return }
        let place = TextRange(
            mention.range.start - evidence.range.start, mention.range.end - evidence.range.start)
        let name = Name(
            form: (evidence.text.slice(place) ?? mention.dictionaryName).lowercased(),
            entity: mention.entity, entry: mention.dictionaryName, source: mention.source)
        byName[name, default: 0] += 1
    }

    mutating func add(_ other: NewStatements) {
        count += other.count
        byName.merge(other.byName, uniquingKeysWith: +)
        byRule.merge(other.byRule, uniquingKeysWith: +)
    }
}

/// Stops a run that would put in far more than usual, before it writes anything.
///
/// Usual is the median of the earlier runs that put in something at all. Where there are fewer than five of them nothing
/// is a flood: a baseline is being loaded.
struct FloodGuard: Sendable {
    /// How many times the median is a flood; nil for no limit.
    var multiple: Double?
    /// The share of the new bullets that one name may give; nil for no limit.
    var nameShare: Double?
    /// The pipeline file, for the commands that the error names.
    var pipeline: String
    /// What earlier runs put in, where it was anything; in any order.
    private let bullets: [Int]
    private let pages: [Int]

    /// As many earlier runs that put in something are needed to tell what is usual.
    static let leastRuns = 5
    /// So many earlier runs are looked at.
    private static let memory = 30
    /// Fewer new bullets are no flood.
    static let leastBullets = 200
    /// Fewer new pages are no flood.
    static let leastPages = 50
    /// Fewer bullets of one name are no flood.
    static let leastBulletsOfName = 50

    /// Reads from the ledger what is usual.
    init(multiple: Double?, nameShare: Double?, pipeline: String, runs: [Run]) {
        self.multiple = multiple
        self.nameShare = nameShare
        self.pipeline = pipeline
        let done = runs.filter { $0.status == .done }
        func counts(_ name: String) -> [Int] {
            Array(done.compactMap { $0.counts[name] }.filter { $0 > 0 }.prefix(Self.memory))
        }
        bullets = counts(RunSummary.insertedCount)
        pages = counts(RunSummary.createdCount)
    }

    /// Whether it is compared with anything what articles would show anew: not in the first runs.
    var isWatching: Bool { !bullets.isEmpty || pages.count >= Self.leastRuns }

    /// How much of a limit a run has used.
    struct Reading: Sendable {
        var name: String
        var found: Int
        var limit: Double
    }

    /// Looks at what articles would show anew.
    ///
    /// - Returns: what was compared with which limit.
    /// - Throws: `PipelineError.flood`, `.nameFlood`.
    @discardableResult
    func check(_ wishes: [ArticleWish]) throws(PipelineError) -> [Reading] {
        var all = NewStatements()
        for wish in wishes { all.add(wish.new) }
        let newPages = wishes.count { $0.new.isPageNew }
        var readings: [Reading] = []
        for (what, found, usual, least) in [
            ("bullets", all.count, bullets, Self.leastBullets), ("pages", newPages, pages, Self.leastPages),
        ] {
            guard let multiple, usual.count >= Self.leastRuns else { continue }
            let median = Self.median(usual)
            let limit = max(multiple * median, Double(least))
            readings.append(Reading(name: "flood of " + what, found: found, limit: limit))
            if found >= least, Double(found) > multiple * median {
                throw .flood(
                    what, count: found, median: median, runs: usual.count, multiple: multiple,
                    culprit: culprit(in: all), pipeline: pipeline)
            }
        }
        // The first load of a wiki has names of its own; from then on one that gives so much is looked at.
        if let nameShare, !bullets.isEmpty, let worst = worst(in: all), worst.count >= Self.leastBulletsOfName
        {
            readings.append(
                Reading(
                    name: "bullets of one name", found: worst.count,
                    limit: max(nameShare * Double(all.count), Double(Self.leastBulletsOfName))))
            if Double(worst.count) > nameShare * Double(all.count) {
                throw .nameFlood(
                    worst.words, count: worst.count, of: all.count, share: nameShare, pipeline: pipeline)
            }
        }
        return readings
    }

    /// The middle of the numbers in order; the mean of the two in the middle where there are two.
    static func median(_ numbers: [Int]) -> Double {
        if numbers.isEmpty { return 0 }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1
            ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
    }

    private struct Culprit {
        var count: Int
        var words: String
    }

    /// The name that gives most, with the entities and dictionary entries that it was taken for.
    private func worst(in all: NewStatements) -> Culprit? {
        var forms: [String: Int] = [:]
        for (name, count) in all.byName { forms[name.form, default: 0] += count }
        guard
            let form = forms.min(by: { ($1.value, $0.key) < ($0.value, $1.key) })
        else { return nil }
        let readings = all.byName.filter { $0.key.form == form.key }.sorted {
            ($1.value, $0.key.entity, $0.key.entry) < ($0.value, $1.key.entity, $1.key.entry)
        }
        let list = readings.prefix(5).map { reading in
            let name = reading.key
            return "\(name.entity), listed as “\(name.entry)” in "
                + (name.source.isEmpty ? "the text itself" : name.source) + " (\(reading.value))"
        }
        return Culprit(
            count: form.value,
            words: "the name “\(form.key)”: " + list.joined(separator: "; ")
                + (readings.count > 5 ? " and \(readings.count - 5) more" : ""))
    }

    /// Where most of a flood comes from: a name where one gives a good part of it, else the rule.
    private func culprit(in all: NewStatements) -> String {
        if let worst = worst(in: all), worst.count * 10 >= all.count {
            return "\(worst.count) come from \(worst.words)"
        }
        guard let rule = all.byRule.min(by: { ($1.value, $0.key) < ($0.value, $1.key) }) else { return "" }
        let name = worst(in: all).map { "; no name gives more than \($0.count), \($0.words)" } ?? ""
        return "\(rule.value) were placed by the rule \(rule.key)\(name)"
    }
}
