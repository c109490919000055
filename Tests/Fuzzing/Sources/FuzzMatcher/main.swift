import AhoCorasick
import FuzzSupport

/// A tokenizer that remembers words from one input to the next.
nonisolated(unsafe) private var remembering = Tokenizer(remembers: true)

/// The tokens of bytes, by a tokenizer that has read nothing else.
private func tokens(_ bytes: ArraySlice<UInt8>) -> [Token] {
    var (tokenizer, tokens) = (Tokenizer(), [Token]())
    tokenizer.tokenize(Array(bytes).span, into: &tokens)
    return tokens
}

// Lines up to an empty one are names, the rest is a text. It is cut alike by a tokenizer that remembers words; the automaton
// finds in it what a loop over all stretches of tokens and all names finds, and its compiled form too.
unsafe fuzz { start, count in
    let bytes = unsafe input(start, count)
    let end = bytes.indices.dropFirst().first { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A } ?? bytes.endIndex
    let names = bytes[..<end].split(separator: 0x0A).prefix(40).map { tokens($0).map(\.identity) }
    let text = bytes[end...].prefix(600)
    let plain = tokens(text)
    var remembered: [Token] = []
    unsafe remembering.tokenize(Array(text).span, into: &remembered)
    precondition(remembered == plain, "words that are remembered are cut otherwise")
    var last: UInt32 = 0
    for token in plain {
        precondition(last <= token.start && token.start < token.end, "tokens overlap or are empty")
        last = token.end
    }
    var trie = TokenTrie()
    var numbers: [[UInt64]: UInt32] = [:]
    for name in names { if let number = trie.insert(name) { numbers[name] = number } }
    var expected: Set<TokenMatch> = []
    let longest = numbers.keys.map(\.count).max() ?? 0
    for first in plain.indices where plain[first].traits.contains(.startsWord) {
        for last in first..<min(plain.count, first + longest) where plain[last].traits.contains(.endsWord) {
            if let number = numbers[plain[first...last].map(\.identity)] {
                expected.insert(TokenMatch(pattern: number, first: first, last: last))
            }
        }
    }
    var found: [TokenMatch] = []
    let automaton = Automaton(compiling: trie)
    automaton.findMatches(in: plain, into: &found)
    precondition(found.count == expected.count && Set(found) == expected, "the automaton finds other names")
    var (search, again) = (SearchMemory(), [TokenMatch]())
    let words = plain.map { automaton.word(of: $0.identity) }
    for _ in 0..<2 {
        automaton.findMatches(
            in: plain, words: words.indices.map { Int32($0) }, of: words, &search, into: &again)
        precondition(again == found, "a search whose words are known finds other names")
    }
    var walked: [TokenMatch] = []
    for first in plain.indices where plain[first].traits.contains(.startsWord) {
        automaton.findMatches(in: plain, from: first, into: &again)
        walked += again
    }
    precondition(walked.count == found.count && Set(walked) == expected, "a walk finds other names")
    return 0
}
