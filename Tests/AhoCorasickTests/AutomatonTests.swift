import AhoCorasick
import Testing

/// The naive twin: every stretch of tokens is looked up in a dictionary.
private func naiveMatches(_ patterns: [[UInt64]: UInt32], in tokens: [Token]) -> [TokenMatch] {
    var matches: [TokenMatch] = []
    for last in tokens.indices where tokens[last].traits.contains(.endsWord) {
        for first in 0...last where tokens[first].traits.contains(.startsWord) {
            if let pattern = patterns[tokens[first...last].map(\.identity)] {
                matches.append(TokenMatch(pattern: pattern, first: first, last: last))
            }
        }
    }
    return matches
}

struct `Compiled automaton` {
    private func trie(_ names: [String]) -> (TokenTrie, [[UInt64]: UInt32]) {
        var trie = TokenTrie()
        var tokenizer = Tokenizer()
        var patterns: [[UInt64]: UInt32] = [:]
        for name in names {
            let identities = tokenizer.tokens(of: name).map(\.identity)
            if let pattern = trie.insert(identities) { patterns[identities] = pattern }
        }
        return (trie, patterns)
    }

    private func matches(_ automaton: Automaton, in text: String) -> [String] {
        var tokenizer = Tokenizer()
        let tokens = tokenizer.tokens(of: text)
        var found: [TokenMatch] = []
        automaton.findMatches(in: tokens, into: &found)
        let bytes = Array(text.utf8)
        return found.map { match in
            let range = Int(tokens[match.first].start)..<Int(tokens[match.last].end)
            return "\(match.pattern):" + String(decoding: bytes[range], as: UTF8.self)
        }
    }

    @Test(arguments: [
        (["IGF1R"], "The IGF-1R and igf1r.", ["0:IGF-1R", "0:igf1r"]),
        (["a", "a b", "b"], "a b", ["0:a", "1:a b", "2:b"]),
        (["a b c", "b d"], "a b d", ["1:b d"]),
        (["a b c d", "b c", "c"], "a b c x", ["1:b c", "2:c"]),
        (["IL 2"], "IL-12 IL-2R IL2", ["0:IL2"]),
        (["p53"], "xp53 p53x p53", ["0:p53"]),
        (["TNF", "TNF alpha"], "TNFα", ["1:TNFα"]),
        (["TNF", "TNF alpha"], "TNF-α", ["0:TNF", "1:TNF-α"]),
        (["a a"], "a a a", ["0:a a", "0:a a"]),
        (["x"], "", []),
        ([], "x y", []),
    ])
    func `all names are found, longer ones and those inside them`(
        names: [String], text: String, expected: [String]
    ) {
        #expect(matches(Automaton(compiling: trie(names).0), in: text) == expected)
    }

    /// Random names and texts over an alphabet so small that names overlap, nest and break off all the time.
    private func scene(_ dice: inout Dice) -> (names: [String], text: String) {
        let letters = ["a", "b", "c", "1", "α", "+"]
        let joints = [" ", "-", "", "  "]
        func phrase(_ count: Int, _ dice: inout Dice) -> String {
            (0..<count).map { _ in dice.pick(letters) + dice.pick(joints) }.joined()
        }
        var names: [String] = []
        for _ in 0..<dice.below(30) { names.append(phrase(1 + dice.below(5), &dice)) }
        return (names, phrase(dice.below(60), &dice))
    }

    @Test(arguments: 0..<500)
    func `the automaton finds what the naive twin finds`(number: Int) {
        let seed = UInt64(number) &* 104_729 &+ 3
        var dice = Dice(seed: seed)
        let (names, text) = scene(&dice)
        let (trie, patterns) = trie(names)
        let automaton = Automaton(compiling: trie)
        var tokenizer = Tokenizer()
        let tokens = tokenizer.tokens(of: text)
        var found: [TokenMatch] = [TokenMatch(pattern: 9, first: 9, last: 9)]
        automaton.findMatches(in: tokens, into: &found)
        #expect(found == naiveMatches(patterns, in: tokens), "seed \(seed): \(names) in \(text)")
        #expect(automaton.patternCount == patterns.count, "seed \(seed)")
    }

    @Test(arguments: 0..<200)
    func `a memory, words that are known and a walk from one token change no match`(number: Int) {
        let seed = UInt64(number) &* 32_452_843 &+ 11
        var dice = Dice(seed: seed)
        let (names, _) = scene(&dice)
        let automaton = Automaton(compiling: trie(names).0)
        var (tokenizer, search) = (Tokenizer(), SearchMemory())
        var (expected, found) = ([TokenMatch](), [TokenMatch]())
        for _ in 0..<5 {
            let tokens = tokenizer.tokens(of: scene(&dice).text)
            automaton.findMatches(in: tokens, into: &expected)
            automaton.findMatches(in: tokens, &search, into: &found)
            #expect(found == expected, "seed \(seed)")
            let words = tokens.map { automaton.word(of: $0.identity) }
            automaton.findMatches(
                in: tokens, words: words.indices.reversed().map { Int32($0) }, of: words.reversed(), &search,
                into: &found)
            #expect(found == expected, "seed \(seed)")
            for first in tokens.indices where tokens[first].traits.contains(.startsWord) {
                automaton.findMatches(in: tokens, from: first, into: &found)
                #expect(found == expected.filter { $0.first == first }, "seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<200)
    func `trie and automaton agree on every pattern`(number: Int) {
        let seed = UInt64(number) &* 15_485_863 &+ 5
        var dice = Dice(seed: seed)
        let (names, text) = scene(&dice)
        let (trie, patterns) = trie(names)
        let automaton = Automaton(compiling: trie)
        #expect(automaton.stateCount == trie.stateCount, "seed \(seed)")
        #expect(automaton.tokenCount == trie.tokenCount, "seed \(seed)")
        for (identities, pattern) in patterns {
            #expect(automaton.pattern(of: identities) == pattern, "seed \(seed)")
        }
        var tokenizer = Tokenizer()
        let other = tokenizer.tokens(of: text).map(\.identity)
        #expect(automaton.pattern(of: other) == patterns[other], "seed \(seed)")
        #expect(automaton.pattern(of: []) == nil, "seed \(seed)")
    }

    @Test func `a pattern that is added again keeps its number, an empty one has none`() {
        var trie = TokenTrie()
        #expect(trie.insert([1, 2]) == 0)
        #expect(trie.insert([1]) == 1)
        #expect(trie.insert([1, 2]) == 0)
        #expect(trie.insert([]) == nil)
        #expect(trie.patternCount == 2)
        #expect(trie.stateCount == 3)
        #expect(trie.tokenCount == 2)
    }

    @Test func `a pattern of more tokens than the tables can count is refused`() {
        var trie = TokenTrie()
        #expect(trie.insert(Array(repeating: 7, count: 65_535)) == 0)
        #expect(trie.insert(Array(repeating: 8, count: 65_536)) == nil)
        #expect(trie.stateCount == 65_536)
    }

    // MARK: - As bytes

    @Test(arguments: 0..<50)
    func `what is written is read back, at any aligned offset`(number: Int) throws {
        let seed = UInt64(number) &+ 271_828
        var dice = Dice(seed: seed)
        let (names, text) = scene(&dice)
        let trie = trie(names).0
        let bytes = Automaton.serialized(trie)
        #expect(bytes == Automaton.serialized(trie), "seed \(seed)")
        let before = [UInt8](repeating: 0xEE, count: 8 * dice.below(5))
        let region = MemoryRegion(before + bytes + [1, 2, 3])
        let read = try #require(Automaton(region: region, at: before.count), "seed \(seed)")
        let built = Automaton(compiling: trie)
        #expect(matches(read, in: text) == matches(built, in: text), "seed \(seed)")
        #expect(
            read.patternCount == built.patternCount && read.stateCount == built.stateCount, "seed \(seed)")
    }

    @Test func `every truncation is refused`() {
        let bytes = Automaton.serialized(trie(["IGF1R", "insulin receptor", "TNF-α"]).0)
        for count in 0..<bytes.count {
            // The padding after the last table holds nothing.
            if bytes.count - count < 8, bytes[count...].allSatisfy({ $0 == 0 }) { continue }
            #expect(Automaton(region: MemoryRegion(Array(bytes[..<count])), at: 0) == nil, "\(count) bytes")
        }
    }

    @Test(arguments: [-8, -1, 1, 4, 1 << 40, Int.max - 3, Int.max])
    func `an offset that leads nowhere is refused`(offset: Int) {
        let bytes = Automaton.serialized(trie(["a b"]).0)
        #expect(Automaton(region: MemoryRegion(bytes), at: offset) == nil)
    }

    /// Opening looks at the header and at the bounds of the tables alone: it must survive any header. The contents of
    /// the tables are vouched for by the checksum of the file that holds them, which Terminology verifies.
    @Test(arguments: 0..<48)
    func `no flipped bit of the header stops the program`(byte: Int) {
        let bytes = Automaton.serialized(trie(["IGF1R", "insulin receptor", "TNF-α"]).0)
        for bit in 0..<8 {
            var damaged = bytes
            damaged[byte] ^= 1 << UInt8(bit)
            let automaton = Automaton(region: MemoryRegion(damaged), at: 0)
            if byte < 8 { #expect(automaton == nil, "a wrong magic is refused") }
            #expect(automaton.map { $0.patternCount <= $0.stateCount } ?? true)
        }
    }

    @Test(arguments: [UInt64.max, 1 << 63, 1 << 62, 1 << 61, 1 << 60, 1 << 40, 0])
    func `absurd sizes in the header are refused`(size: UInt64) {
        let bytes = Automaton.serialized(trie(["IGF1R", "insulin receptor"]).0)
        for field in 1..<6 {
            if field == 5, size == 0 { continue }  // no pattern is no fault
            var damaged = bytes
            for index in 0..<8 {
                damaged[field * 8 + index] = UInt8(truncatingIfNeeded: size >> (8 * UInt64(index)))
            }
            #expect(Automaton(region: MemoryRegion(damaged), at: 0) == nil, "field \(field)")
        }
    }
}
