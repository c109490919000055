import Articles
import Corpus
import Interchange

/// Two signs that an attribution is wrong which need no truth, over the words of the newest revision.
///
/// - *Contradicted*: five words in a row, the word among them, that stand once in the newest text stood already in a
///   revision before the word's origin. Near-certain: the origin is too late.
/// - *Soft early*: neither of the pairs that the word makes with its neighbours stands in its origin. A hint that the
///   origin is too early; a word between two that were replaced looks the same.
///
/// A word here is a run of letters, numbers and underscores, so that a token may hold several.
public struct AttributionCheck {
    private var numbers: [String: Int32] = [:]
    /// The words of each revision, by number.
    private var revisions: [[Int32]] = []

    /// Makes a check of a history without revisions.
    public init() {}

    /// Adds a revision.
    ///
    /// - Complexity: O(length of the text).
    public mutating func add(_ text: String) {
        revisions.append(Self.words(text).map { number($0) })
    }

    private mutating func number(_ word: String) -> Int32 {
        if let known = numbers[word] { return known }
        let next = Int32(numbers.count)
        numbers[word] = next
        return next
    }

    private static func words(_ text: String) -> [String] {
        text.unicodeScalars.split { !isWordScalar($0) }.map { String($0) }
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "_" { return true }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// The shares in per cent: `{"words","contradicted","soft_early"}`.
    ///
    /// - Parameters:
    ///   - history: The history of the same revisions.
    ///   - newest: The text of its newest revision.
    /// - Complexity: O(words of all revisions).
    public func result(of history: TokenHistory, newest: String) -> JSONValue {
        guard let final = revisions.last else { return Self.json(0, 0, 0) }
        // The origin of each word, as an index of a revision.
        var origins: [Int] = []
        for (token, range) in zip(history.tokensOfNewest, ArticleTokenizer.tokens(in: newest)) {
            let count = Self.words(newest.slice(range) ?? "").count
            origins += repeatElement(history.origin(of: token) - 1, count: count)
        }
        precondition(origins.count == final.count, "the history is not that of these revisions")
        let fives = final.count < 5 ? [] : (0...(final.count - 5)).map { Array(final[$0..<($0 + 5)]) }
        let first = firstRevisions(of: fives)
        var pairs: [Int: Set<[Int32]>] = [:]
        var (contradicted, early) = (0, 0)
        for (index, origin) in origins.enumerated() {
            if !fives.isEmpty {
                let around = max(0, index - 4)...max(0, min(index, fives.count - 1))
                if around.contains(where: { first[$0] < origin }) { contradicted += 1 }
            }
            let pairsThere = pairs[origin] ?? Self.pairs(revisions[origin])
            pairs[origin] = pairsThere
            var isKnown = index > 0 && pairsThere.contains([final[index - 1], final[index]])
            if index + 1 < final.count, pairsThere.contains([final[index], final[index + 1]]) {
                isKnown = true
            }
            if !isKnown { early += 1 }
        }
        return Self.json(final.count, contradicted, early)
    }

    /// For each five words the first revision that has them; those that stand twice in the newest text have none.
    private func firstRevisions(of fives: [[Int32]]) -> [Int] {
        var counts: [[Int32]: Int] = [:]
        for five in fives { counts[five, default: 0] += 1 }
        let unique = Set(fives.filter { counts[$0] == 1 })
        var first: [[Int32]: Int] = [:]
        for (number, words) in revisions.enumerated() where words.count >= 5 {
            for start in 0...(words.count - 5) {
                let five = Array(words[start..<(start + 5)])
                if unique.contains(five), first[five] == nil { first[five] = number }
            }
        }
        return fives.map { first[$0] ?? .max }
    }

    private static func pairs(_ words: [Int32]) -> Set<[Int32]> {
        Set(zip(words, words.dropFirst()).map { [$0, $1] })
    }

    private static func json(_ words: Int, _ contradicted: Int, _ early: Int) -> JSONValue {
        func share(_ count: Int) -> JSONValue {
            .number((100_000 * Double(count) / Double(max(1, words))).rounded() / 1000)
        }
        return .object([
            .init("words", .integer(Int64(words))), .init("contradicted", share(contradicted)),
            .init("soft_early", share(early)),
        ])
    }
}
