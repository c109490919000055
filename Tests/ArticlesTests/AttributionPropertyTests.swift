import Articles
import Corpus
import Testing

/// A random article that is edited as people and programs do.
private struct Editor {
    var dice: SeededGenerator
    private static let vocabulary =
        ["the", "of", "in", "and", "a", "is", "to"]
        + [
            "kinase", "receptor", "insulin", "mice", "liver", "neurons", "binds", "expression", "BRCA1",
            "brca1",
            "loss", "ataxia", "calcium", "membrane", "factor", "gene", "é", "cafe\u{301}", "β", "growth",
        ]

    init(seed: UInt64) {
        dice = SeededGenerator(seed: seed)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &dice) }

    mutating func word() -> String { Self.vocabulary[below(Self.vocabulary.count)] }

    mutating func sentence() -> String {
        var words = (0..<(3 + below(10))).map { _ in word() }
        if below(3) == 0 { words.append("[@pubmed:\(below(5) + 1)]") }
        // A number makes most sentences unlike all others.
        if below(4) > 0 { words.insert("n\(below(10_000))", at: 1) }
        return "A" + words.joined(separator: " ") + "."
    }

    /// Sentences with unlike words, of four tokens or more.
    mutating func distinct(_ count: Int) -> [String] {
        (0..<count).map { "Sentence\($0) \(word()) number\($0) \(word()) \(word())." }
    }

    mutating func join(_ sentences: [String]) -> String {
        var text = ""
        for sentence in sentences {
            text += sentence + [" ", " ", " ", "\n", "\n\n"][below(5)]
        }
        return text
    }

    mutating func edit(_ sentences: inout [String], earlier: [[String]]) {
        let place = sentences.isEmpty ? 0 : below(sentences.count)
        switch below(9) {
        case 0, 1: sentences.insert(sentence(), at: place)
        case 2 where !sentences.isEmpty: sentences.remove(at: place)
        case 3 where !sentences.isEmpty: sentences.swapAt(place, below(sentences.count))
        case 4 where !sentences.isEmpty:
            var words = sentences[place].split(separator: " ").map(String.init)
            words[below(words.count)] = word()
            sentences[place] = words.joined(separator: " ")
        case 5 where !sentences.isEmpty:
            var words = sentences[place].split(separator: " ").map(String.init)
            words.insert(word(), at: below(words.count))
            sentences[place] = words.joined(separator: " ")
        case 6 where !earlier.isEmpty: sentences = earlier[below(earlier.count)]
        case 7 where !sentences.isEmpty: sentences.append(sentences[place])
        case 8 where below(6) == 0: sentences = []
        default: sentences.append(sentence())
        }
    }
}

/// The invariants of attribution, A1 to A10 and A12, over random histories. A5, that an unchanged save is no revision,
/// and A11, that each token of the machine has a statement, are the store's; here A5 means that nothing changes.
struct AttributionPropertyTests {
    private struct Kept {
        var text: String
        var runs: TokenRuns
    }

    /// A history of saves and writes, and what a store would keep of it.
    private static func history(seed: UInt64) throws -> (history: TokenHistory, kept: [Kept]) {
        var editor = Editor(seed: seed)
        var history = TokenHistory()
        var kept: [Kept] = []
        var sentences = (0..<(1 + editor.below(12))).map { _ in editor.sentence() }
        var earlier: [[String]] = []
        for _ in 0..<(5 + editor.below(20)) {
            let text = editor.join(sentences)
            let isWritten = editor.below(5) == 0
            if isWritten {
                // The machine deletes some tokens and appends a sentence of its own.
                let old = kept.last?.text ?? ""
                let cut = ArticleTokenizer.tokens(in: old).map { old.slice($0) ?? "" }
                let remaining = zip(history.tokensOfNewest, cut).filter { _ in editor.below(20) > 0 }
                let addition = editor.sentence()
                let added = ArticleTokenizer.tokens(in: addition).count
                let written = (remaining.map(\.1) + [addition]).joined(separator: " ")
                let ids = remaining.map { Optional($0.0) } + [TokenID?](repeating: nil, count: added)
                if ArticleTokenizer.tokens(in: written).count == ids.count {
                    kept.append(Kept(text: written, runs: try history.write(written, identities: ids)))
                }
            } else {
                kept.append(Kept(text: text, runs: history.save(text)))
            }
            earlier.append(sentences)
            for _ in 0...editor.below(4) { editor.edit(&sentences, earlier: earlier) }
        }
        return (history, kept)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `A1 to A4, A9 and A10 hold in random histories`(seed: UInt64) throws {
        let (history, kept) = try Self.history(seed: seed)
        var alive: Set<TokenID> = []
        var removals: [TokenID: [Int]] = [:]
        var returns: [TokenID: [Int]] = [:]
        var known = 0
        for (index, revision) in kept.enumerated() {
            let number = index + 1
            let ids = history.tokens(ofRevision: number)
            let ranges = ArticleTokenizer.tokens(in: revision.text)
            // A1: the tokens are the text without its white space.
            var position = 0
            let bytes = Array(revision.text.utf8)
            for range in ranges {
                #expect(bytes[position..<range.start].allSatisfy { $0 <= 0x20 }, "seed \(seed)")
                position = range.end
            }
            #expect(bytes[position...].allSatisfy { $0 <= 0x20 }, "seed \(seed)")
            #expect(revision.runs.identities == ids, "seed \(seed)")
            #expect(ids.count == ranges.count, "seed \(seed)")
            // A2
            #expect(Set(ids).count == ids.count, "seed \(seed)")
            // A3, and identities are consecutive in order of creation.
            for (id, range) in zip(ids, ranges) {
                #expect(history.origin(of: id) <= number, "seed \(seed)")
                #expect(history.string(of: id) == revision.text.slice(range), "seed \(seed)")
                if history.origin(of: id) == number {
                    #expect(Int(id.number) == known, "seed \(seed)")
                    known += 1
                }
            }
            // A10
            let now = Set(ids)
            for id in alive.subtracting(now) { removals[id, default: []].append(number) }
            for id in now.subtracting(alive) where history.origin(of: id) < number {
                returns[id, default: []].append(number)
            }
            alive = now
        }
        #expect(known == history.tokenCount, "seed \(seed)")
        for number in 0..<Int32(history.tokenCount) {
            let id = TokenID(number)
            let (out, back) = (history.removals(of: id), history.returns(of: id))
            #expect(out == removals[id] ?? [], "seed \(seed)")
            #expect(back == returns[id] ?? [], "seed \(seed)")
            #expect((0...1).contains(out.count - back.count), "seed \(seed)")
            #expect(history.lastRemoval(of: id) == out.last, "seed \(seed)")
            #expect(history.isAlive(id) == alive.contains(id), "seed \(seed)")
        }
        // A4: any earlier text comes back with its newest identities.
        for revision in kept {
            var again = history
            let runs = again.save(revision.text)
            let newest = kept.last { $0.text == revision.text }
            #expect(runs == newest?.runs, "seed \(seed)")
        }
    }

    @Test(arguments: 1000..<1200 as Range<UInt64>)
    func `A9 a history rebuilt from a store goes on as the one that was stored`(seed: UInt64) throws {
        var (history, kept) = try Self.history(seed: seed)
        let before = (1...max(1, history.revisionCount)).map { history.tokens(ofRevision: $0) }
        var replayed = try TokenHistory(replaying: kept.map { ($0.text, $0.runs) })
        var editor = Editor(seed: seed &+ 77)
        for _ in 0..<6 {
            var sentences = kept[editor.below(kept.count)].text.split(separator: ". ").map {
                String($0) + "."
            }
            for _ in 0...editor.below(5) { editor.edit(&sentences, earlier: []) }
            let text = editor.join(sentences)
            let runs = history.save(text)
            #expect(replayed.save(text) == runs, "seed \(seed)")
            kept.append(Kept(text: text, runs: runs))
        }
        for number in 0..<Int32(history.tokenCount) {
            let id = TokenID(number)
            #expect(history.copiedFrom(id) == replayed.copiedFrom(id), "seed \(seed)")
            #expect(history.variantOf(id) == replayed.variantOf(id), "seed \(seed)")
            #expect(history.removals(of: id) == replayed.removals(of: id), "seed \(seed)")
        }
        // What was attributed stays.
        for (index, ids) in before.enumerated() {
            #expect(history.tokens(ofRevision: index + 1) == ids, "seed \(seed)")
        }
    }

    @Test(arguments: 2000..<2400 as Range<UInt64>)
    func `A5 to A8 and A12 hold for saves of random articles`(seed: UInt64) {
        var editor = Editor(seed: seed)
        let sentences = (0..<(1 + editor.below(10))).map { _ in editor.sentence() }
        var history = TokenHistory()
        history.save(editor.join(sentences))
        let ids = history.tokensOfNewest
        let text = editor.join(sentences)
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)

        // A5, A12: unchanged, and with other line breaks.
        var same = history
        same.save(text)
        same.save(words.joined(separator: "\n"))
        #expect(same.tokensOfNewest == ids, "seed \(seed)")
        #expect(same.tokenCount == ids.count, "seed \(seed)")

        // A6: an insertion of words, anywhere.
        let place = editor.below(words.count + 1)
        let inserted = (0...editor.below(12)).map { _ in editor.word() }
        var grown = history
        grown.save((words[..<place] + inserted + words[place...]).joined(separator: " "))
        #expect(grown.tokensOfNewest.filter { grown.origin(of: $0) == 1 } == ids, "seed \(seed)")
        #expect(grown.tokenCount == ids.count + inserted.count, "seed \(seed)")

        // A7: a removal in one place, and in many.
        let start = editor.below(words.count)
        let end = start + 1 + editor.below(words.count - start)
        let sparse = words.filter { _ in editor.below(3) > 0 }
        for rest in [Array(words[..<start] + words[end...]), sparse] {
            var shrunk = history
            shrunk.save(rest.joined(separator: " "))
            #expect(shrunk.tokenCount == ids.count, "seed \(seed)")
        }

        // A8: unlike sentences in any order.
        var distinct = editor.distinct(2 + editor.below(12))
        var permuted = TokenHistory()
        permuted.save(editor.join(distinct))
        let count = permuted.tokenCount
        distinct.shuffle(using: &editor.dice)
        permuted.save(editor.join(distinct))
        #expect(permuted.tokenCount == count, "seed \(seed)")
    }
}
