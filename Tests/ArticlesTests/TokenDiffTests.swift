import Articles
import Corpus
import Testing

/// A revision of invented words for these tests.
private struct Revision {
    var text: String
    var tokens: [TokenDiff.Token]

    /// Cuts a text into words, citations and signs; the k-th occurrence of a word has the same identity everywhere.
    init(_ text: String, identities: inout [String: Int32]) {
        self.text = text
        tokens = []
        var seen: [String: Int] = [:]
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            var end = start + 1
            if bytes[start] <= 0x20 {
                start = end
                continue
            }
            if bytes[start...].starts(with: Array("[@".utf8)) {
                while bytes[end - 1] != UInt8(ascii: "]") { end += 1 }
            } else if Self.isWord(bytes[start]) {
                while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
            }
            let word = String(decoding: bytes[start..<end], as: UTF8.self)
            seen[word, default: 0] += 1
            let key = "\(word) \(seen[word] ?? 0)"
            let identity = identities[key] ?? Int32(identities.count)
            identities[key] = identity
            tokens.append(TokenDiff.Token(identity: identity, range: TextRange(start, end)))
            start = end
        }
    }

    /// Joins words with random white space.
    init(words: [(identity: Int32, word: String)], using generator: inout SeededGenerator) {
        func space() -> String {
            [" ", " ", " ", "\n", "\n\n", "", "\r\n", "\u{B} "].randomElement(using: &generator) ?? " "
        }
        text = Bool.random(using: &generator) ? "" : space()
        tokens = []
        for (identity, word) in words {
            let start = text.utf8.count
            text += word
            tokens.append(TokenDiff.Token(identity: identity, range: TextRange(start, text.utf8.count)))
            text += space()
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
        default: false
        }
    }

    /// The identities of the tokens in a range.
    func identities(_ range: TextRange) -> [Int32] {
        tokens.filter { range.contains($0.range) }.map(\.identity)
    }
}

private func diff(_ old: String, _ new: String) -> TokenDiff {
    var identities: [String: Int32] = [:]
    let old = Revision(old, identities: &identities)
    let new = Revision(new, identities: &identities)
    return TokenDiff(old: old.text, oldTokens: old.tokens, new: new.text, newTokens: new.tokens)
}

@Suite struct TokenDiffTests {
    private static let words = [
        "a", "of", "Igf1r", "mice", "β", "protects", "[@pubmed:12]", ".", "👩‍🔬", "ageing",
    ]

    /// Some words with identities of their own.
    private static func words(
        _ count: Int, from first: Int32, using generator: inout SeededGenerator
    ) -> [(identity: Int32, word: String)] {
        (0..<count).map { (first + Int32($0), words.randomElement(using: &generator) ?? "a") }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `the pieces cover both texts, and each is what it says`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let oldWords = Self.words(
                Int.random(in: 0...40, using: &generator), from: 0, using: &generator)
            var newWords = oldWords
            for step in 0..<Int.random(in: 0...6, using: &generator) {
                let from = Int.random(in: 0...newWords.count, using: &generator)
                let to = Int.random(in: from...min(newWords.count, from + 8), using: &generator)
                let taken = Array(newWords[from..<to])
                let fresh = Self.words(
                    Int.random(in: 0...4, using: &generator), from: Int32(1000 * (step + 1)),
                    using: &generator)
                let choice = Int.random(in: 0..<3, using: &generator)
                newWords.replaceSubrange(from..<to, with: choice == 0 ? fresh : [])
                if choice == 1 {
                    newWords.insert(
                        contentsOf: taken, at: Int.random(in: 0...newWords.count, using: &generator))
                }
            }
            let old = Revision(words: oldWords, using: &generator)
            let new = Revision(words: newWords, using: &generator)
            let diff = TokenDiff(old: old.text, oldTokens: old.tokens, new: new.text, newTokens: new.tokens)
            try check(diff, old, new, seed: seed)
        }
    }

    private func check(_ diff: TokenDiff, _ old: Revision, _ new: Revision, seed: UInt64) throws {
        let inOld = Set(old.tokens.map(\.identity))
        let inNew = Set(new.tokens.map(\.identity))
        var oldEnd = 0
        var newEnd = 0
        var keptBytes = 0
        for (index, piece) in diff.pieces.enumerated() {
            try #require(piece.old.start == oldEnd && piece.new.start == newEnd, "a hole; seed \(seed)")
            oldEnd = piece.old.end
            newEnd = piece.new.end
            let before = old.identities(piece.old)
            let after = new.identities(piece.new)
            switch piece.change {
            case .kept:
                #expect(before == after, "seed \(seed)")
                keptBytes += old.tokens.filter { piece.old.contains($0.range) }.reduce(0) {
                    $0 + $1.range.count
                }
            case .removed:
                #expect(
                    piece.new.isEmpty && !before.isEmpty && inNew.isDisjoint(with: before), "seed \(seed)")
            case .inserted:
                #expect(piece.old.isEmpty && !after.isEmpty && inOld.isDisjoint(with: after), "seed \(seed)")
            case .movedAway(let to):
                #expect(
                    piece.new.isEmpty && diff.pieces[to].change == .movedHere(from: index), "seed \(seed)")
                #expect(before == new.identities(diff.pieces[to].new) && !before.isEmpty, "seed \(seed)")
            case .movedHere(let from):
                #expect(
                    piece.old.isEmpty && diff.pieces[from].change == .movedAway(to: index), "seed \(seed)")
            }
        }
        #expect(oldEnd == old.text.utf8.count && newEnd == new.text.utf8.count, "seed \(seed)")
        // The most text that can stay in order, by the quadratic algorithm; a run may cost three quarters of a byte.
        let (best, runs) = Self.heaviest(old, new)
        #expect(4 * keptBytes >= 4 * best - 3 * runs, "\(keptBytes) of \(best) bytes kept; seed \(seed)")
        #expect(keptBytes <= best, "seed \(seed)")
    }

    private static func heaviest(_ old: Revision, _ new: Revision) -> (bytes: Int, runs: Int) {
        let places = Dictionary(
            uniqueKeysWithValues: old.tokens.enumerated().map { ($0.element.identity, $0.offset) })
        let common = new.tokens.compactMap { token in places[token.identity].map { ($0, token.range.count) } }
        var chains: [Int] = []
        for (index, (place, weight)) in common.enumerated() {
            let below = (0..<index).filter { common[$0].0 < place }.map { chains[$0] }.max() ?? 0
            chains.append(below + weight)
        }
        return (chains.max() ?? 0, common.count)
    }

    @Test(arguments: [5, 6] as [UInt64])
    func `words in another order are moved, never removed or inserted`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let words = Self.words(Int.random(in: 2...30, using: &generator), from: 0, using: &generator)
            let shuffled = words.shuffled(using: &generator)
            let old = Revision(words: words, using: &generator)
            let new = Revision(words: shuffled, using: &generator)
            let diff = TokenDiff(old: old.text, oldTokens: old.tokens, new: new.text, newTokens: new.tokens)
            #expect(diff.removed.isEmpty && diff.inserted.isEmpty, "seed \(seed)")
            #expect(diff.isEmpty == (words.map(\.identity) == shuffled.map(\.identity)), "seed \(seed)")
        }
    }

    @Test func `equal texts have no change, and white space alone is named`() {
        let same = diff("Mice die.\n", "Mice die.\n")
        #expect(same.isEmpty && same.summary == "no change" && same.pieces.count == 1)
        #expect(WordDiff().text(of: same) == "")
        let wrapped = diff("Mice\ndie.", "Mice die.\n")
        #expect(wrapped.isEmpty && wrapped.summary == "only white space differs")
        let empty = diff("", "")
        #expect(empty.pieces.isEmpty && empty.summary == "no change")
        let blank = diff("\n", "").pieces
        #expect(blank.map(\.change) == [.kept] && blank.map(\.old) == [TextRange(0, 1)])
    }

    @Test func `an identity that comes twice counts once`() {
        let token = TokenDiff.Token(identity: 7, range: TextRange(0, 1))
        let again = TokenDiff.Token(identity: 7, range: TextRange(2, 3))
        let twice = TokenDiff(old: "a", oldTokens: [token], new: "a a", newTokens: [token, again])
        #expect(twice.inserted.words == 1 && twice.moved.isEmpty && twice.removed.isEmpty)
        let once = TokenDiff(old: "a a", oldTokens: [token, again], new: "a", newTokens: [token])
        #expect(once.removed.words == 1 && once.moved.isEmpty && once.inserted.isEmpty)
    }

    @Test(arguments: [
        ("a b c d", "a c d", "1 word removed"),
        ("a b", "a b c d", "2 words inserted"),
        ("a b c", "x y a", "2 words removed, 2 inserted"),
        ("one two three four five", "three four five one two", "2 words moved"),
        ("one (a)", "one [@pubmed:1] (a) β", "1 word and 1 citation inserted"),
        ("a b", "a. b [@pubmed:1]", "1 citation inserted"),
        ("a b", "a, b.", "2 signs inserted"),
        ("a b", "c.", "2 words removed, 1 inserted"),
        ("a b", "c [@pubmed:1].", "2 words removed, 1 word and 1 citation inserted"),
    ])
    func `the changes in a line`(old: String, new: String, summary: String) {
        #expect(diff(old, new).summary == summary)
    }

    @Test(arguments: [
        ("Loss protects mice.", "Loss shields mice.", "@@\nLoss [-protects-]{+shields+} mice.\n"),
        ("a b\n\nc\n", "a\n\nc\n", "@@\na [-b-]\n\nc\n"),
        ("- a\n- b\n", "- a\n- c\n", "@@\n- a\n- [-b-]{+c+}\n"),
        ("# T\n\n- a\n- b", "# T\n\n- a", "@@ # T @@\n- a\n[-- b-]\n"),
        (
            "aa bb\n\ncc dd\n\nee ff gg\n", "ee ff gg\n\naa bb\n\ncc dd\n",
            "@@\n{>1 ee ff gg<}\n\naa bb\n\ncc dd\n\n[>1 ee ff gg>]\n"
        ),
        ("a", "a\u{1B}[31m\u{9B}", "@@\na␛{+[31m\u{FFFD}+}\n"),
        ("x", "x\n\ny\r\nz", "@@\nx\n\n{+y+}\n{+z+}\n"),
    ])
    func `changes for the terminal`(old: String, new: String, text: String) {
        #expect(WordDiff().text(of: diff(old, new)) == text)
    }

    @Test func `what did not change is left out, and each stretch names its section`() {
        let old = """
            # Igf1r

            Lead of it.

            ## Disease relevance

            - one one.
            - two two.
            - three three.
            - four four.

            ## Biological context

            - five five.
            - six six
              goes on.
            - seven seven.
            """
        let new = old.replacing("one one.", with: "one, one.").replacing("six six", with: "six changed six")
        let text = """
            @@ ## Disease relevance @@
            ## Disease relevance

            - one{+,+} one.
            - two two.
            @@ ## Biological context @@
            - five five.
            - six {+changed+} six
              goes on.
            - seven seven.

            """
        #expect(WordDiff().text(of: diff(old, new)) == text)
        let narrow = """
            @@ ## Disease relevance @@
            - one{+,+} one.
            @@ ## Biological context @@
            - six {+changed+} six
              goes on.

            """
        #expect(WordDiff(context: 0).text(of: diff(old, new)) == narrow)
        let coloured = WordDiff(context: 0, isColored: true).text(of: diff(old, new))
        #expect(
            coloured.hasPrefix(
                "\u{1B}[35m@@ ## Disease relevance @@\u{1B}[m\n- one\u{1B}[32m{+,+}\u{1B}[m one."))
        #expect(WordDiff(context: 9).text(of: diff(old, new)).split(separator: "@@").count == 2)
    }

    @Test(.timeLimit(.minutes(1))) func `a long page turned upside down takes no quadratic time`() {
        var generator = SeededGenerator(seed: 9)
        let words = Self.words(60_000, from: 0, using: &generator)
        let old = Revision(words: words, using: &generator)
        let new = Revision(words: words.reversed(), using: &generator)
        let start = ContinuousClock.now
        let diff = TokenDiff(old: old.text, oldTokens: old.tokens, new: new.text, newTokens: new.tokens)
        let text = WordDiff().text(of: diff)
        let time = ContinuousClock.now - start
        print("60,000 words turned upside down: \(time)")
        #expect(diff.pieces.count > 100_000 && !text.isEmpty)
        #expect(time < .seconds(20))
    }
}
