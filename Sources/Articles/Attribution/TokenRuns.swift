/// The identities of a revision's tokens as runs of consecutive numbers: what a store keeps of an attribution.
///
/// A page of fresh text is one run, and an edit in one place adds two at most.
public struct TokenRuns: Hashable, Sendable {
    /// Tokens in a row whose identities are consecutive.
    public struct Run: Hashable, Sendable {
        /// The identity of the first one.
        public var first: TokenID
        /// How many there are.
        public var count: Int32

        /// Makes a run.
        public init(first: TokenID, count: Int32) {
            self.first = first
            self.count = count
        }
    }

    /// The runs in order of the text, as a store gave them or as long as can be.
    public let runs: [Run]

    /// Takes runs as they were stored. Nothing is checked here: ``TokenHistory/init(replaying:)`` does that.
    public init(runs: [Run]) {
        self.runs = runs
    }

    /// The tokens of a first revision: so many new ones.
    init(first count: Int) {
        runs = count == 0 ? [] : [Run(first: TokenID(0), count: Int32(count))]
    }

    /// The runs of some of the tokens, by their places.
    ///
    /// - Complexity: O(number of runs).
    func part(_ places: Range<Int>) -> TokenRuns {
        var part: [Run] = []
        var start = 0
        for run in runs {
            let end = start + Int(run.count)
            let shared = places.clamped(to: start..<end)
            if !shared.isEmpty {
                let first = run.first.number + Int32(shared.lowerBound - start)
                part.append(Run(first: TokenID(first), count: Int32(shared.count)))
            }
            start = end
        }
        return TokenRuns(runs: part)
    }

    /// Compresses identities in order of the text.
    ///
    /// - Complexity: O(number of identities).
    public init(_ identities: some Sequence<TokenID>) {
        self.init(numbers: identities.lazy.map(\.number))
    }

    init(numbers: some Sequence<Int32>) {
        var runs: [Run] = []
        for number in numbers {
            if let last = runs.last, last.count < .max, number > 0, last.first.number + last.count == number {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(Run(first: TokenID(number), count: 1))
            }
        }
        self.runs = runs
    }

    /// How many tokens there are.
    ///
    /// - Complexity: O(number of runs).
    public var count: Int { runs.reduce(0) { $0 + Int(max(0, $1.count)) } }

    /// One identity a token, in order of the text. The runs must be sound, as all are that a ``TokenHistory`` gives.
    ///
    /// - Complexity: O(number of tokens).
    public var identities: [TokenID] { numbers.map { TokenID($0) } }

    /// As ``identities``, without their type.
    var numbers: [Int32] {
        var numbers: [Int32] = []
        numbers.reserveCapacity(count)
        for run in runs where run.count > 0 {
            numbers.append(contentsOf: run.first.number..<(run.first.number + run.count))
        }
        return numbers
    }
}
