import AhoCorasick
import Testing

/// What holds of the automaton on any names and any text of Unicode.
struct `Compiled automaton on Unicode` {
    /// A match as its place in the text and its tokens, whatever the number of its pattern.
    private struct Found: Hashable {
        var start: UInt32
        var end: UInt32
        var identities: [UInt64]
    }

    private func identities(_ name: String) -> [UInt64] {
        var tokenizer = Tokenizer()
        return tokenizer.tokens(of: name).map(\.identity)
    }

    private func automaton(_ names: [String]) -> Automaton {
        var trie = TokenTrie()
        for name in names { _ = trie.insert(identities(name)) }
        return Automaton(compiling: trie)
    }

    private func matches(_ automaton: Automaton, _ tokens: [Token]) -> [Found] {
        var found: [TokenMatch] = []
        automaton.findMatches(in: tokens, into: &found)
        return found.map { match in
            Found(
                start: tokens[match.first].start, end: tokens[match.last].end,
                identities: tokens[match.first...match.last].map(\.identity))
        }
    }

    /// Names, and a text in which some of them stand.
    private func scene(_ dice: inout Dice) -> (names: [String], text: String) {
        var names: [String] = []
        for _ in 0..<dice.below(20) { names.append(dice.text(pieces: 4)) }
        var text = ""
        for _ in 0..<dice.below(12) {
            text += dice.text(pieces: 3)
            text += dice.pick([" ", "", "-", " "])
            if !names.isEmpty { text += dice.pick(names) }
            text += dice.pick([" ", "", "/", ". "])
        }
        return (names, text)
    }

    @Test(arguments: 0..<400)
    func `it finds what a loop over all stretches of tokens and all names finds`(number: Int) {
        let seed = UInt64(number) &* 32_452_843 &+ 11
        var dice = Dice(seed: seed)
        let (names, text) = scene(&dice)
        var tokenizer = Tokenizer()
        let tokens = tokenizer.tokens(of: text)
        let patterns = Set(names.map(identities)).filter { !$0.isEmpty }
        var expected: Set<Found> = []
        for first in tokens.indices where tokens[first].traits.contains(.startsWord) {
            for last in first..<tokens.count where tokens[last].traits.contains(.endsWord) {
                let stretch = tokens[first...last].map(\.identity)
                for pattern in patterns where pattern == stretch {
                    expected.insert(
                        Found(start: tokens[first].start, end: tokens[last].end, identities: pattern))
                }
            }
        }
        let found = matches(automaton(names), tokens)
        #expect(found.count == Set(found).count, "seed \(seed): a match is given twice")
        #expect(Set(found) == expected, "seed \(seed): \(names) in \(text)")
    }

    @Test(arguments: 0..<400)
    func `more names move no match`(number: Int) {
        let seed = UInt64(number) &* 86_028_121 &+ 13
        var dice = Dice(seed: seed)
        let (names, text) = scene(&dice)
        let (more, _) = scene(&dice)
        var tokenizer = Tokenizer()
        let tokens = tokenizer.tokens(of: text)
        let few = matches(automaton(names), tokens)
        let all = Set(matches(automaton((names + more).shuffled(using: &dice)), tokens))
        #expect(all.isSuperset(of: few), "seed \(seed): \(names) and \(more) in \(text)")
        // And each of those that are added is a name that was added.
        let added = Set(more.map(identities))
        for match in all.subtracting(few) { #expect(added.contains(match.identities), "seed \(seed)") }
    }
}
