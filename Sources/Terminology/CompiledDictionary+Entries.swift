import AhoCorasick
import Corpus

/// The entries of a compiled dictionary: the names that its automaton finds.
extension CompiledDictionary {
    /// A name of a concept as a pattern of the automaton leads to it.
    public struct Entry: Hashable, Sendable {
        /// The entry's number.
        public let number: Int
        /// The concept.
        public let concept: Int
        /// The kind of the concept.
        public let kind: EntityKind
        /// How far the name may be trusted.
        public let grade: NameGrade
        /// What the name looks like in its source; no count is above 15.
        public let spelling: Spelling
        let variationNumber: Int

        /// Whether the name was varied, and how, before it was entered; empty as written.
        public var variation: String {
            variationNumber < CompiledDictionary.variations.count
                ? CompiledDictionary.variations[variationNumber] : ""
        }
    }

    /// The numbers of the entries of a pattern: best grade first, then by concept.
    public func entries(ofPattern pattern: UInt32) -> Range<Int> {
        Int(patternStarts[Int(pattern)])..<Int(patternStarts[Int(pattern) + 1])
    }

    /// An entry.
    public func entry(_ number: Int) -> Entry {
        let marks = entryWord(number, .marks)
        return Entry(
            number: number, concept: Int(entryWord(number, .concept)),
            kind: EntityKind(number: marks >> 4 & 15) ?? .gene,
            grade: NameGrade(rawValue: UInt8(marks & 15)) ?? .weak,
            spelling: Spelling(packed: entryWord(number, .spelling)),
            variationNumber: Int(marks >> 8 & 0xFF))
    }

    /// The kind of an entry's concept.
    public func kind(ofEntry number: Int) -> EntityKind {
        EntityKind(number: entryWord(number, .marks) >> 4 & 15) ?? .gene
    }

    /// The name of an entry as its source spells it.
    public func name(ofEntry number: Int) -> String {
        pool.text(from: Int(entryWord(number, .name)), count: Int(entryWord(number, .nameCount)))
    }

    /// How a text spells an entry's name.
    public enum Likeness: Sendable {
        /// Just as the entry's source does.
        case exact
        /// With other capitals.
        case otherCapitals
        /// Otherwise.
        case other
    }

    /// How a text spells an entry's name.
    public func likeness(ofEntry number: Int, to text: Span<UInt8>) -> Likeness {
        let start = Int(entryWord(number, .name))
        guard Int(entryWord(number, .nameCount)) == text.count else { return .other }
        var likeness = Likeness.exact
        for offset in text.indices {
            let byte = pool[start + offset]
            if byte == text[offset] { continue }
            if byte | 0x20 != text[offset] | 0x20 { return .other }
            likeness = .otherCapitals
        }
        return likeness
    }

    /// The entries that a name leads to, in any spelling that the tokenizer folds together; best grade first.
    public func entries(named name: String) -> [Entry] {
        var tokenizer = Tokenizer()
        guard let pattern = automaton.pattern(of: tokenizer.tokens(of: name).map(\.identity)) else {
            return []
        }
        return entries(ofPattern: pattern).map { entry($0) }
    }

    /// The concepts of a kind that a name leads to, best grade first.
    public func concepts(named name: String, kind: EntityKind) -> [Int] {
        entries(named: name).filter { $0.kind == kind }.map(\.concept)
    }

    /// The file that an entry's name comes from.
    public func source(ofEntry number: Int) -> String { sourceName(Int(entryWord(number, .marks) >> 16)) }

    /// The hash of the file that an entry's name comes from, as `NameHash` makes it.
    public func sourceHash(ofEntry number: Int) -> UInt64 {
        let index = Int(entryWord(number, .marks) >> 16)
        return index < sourceHashes.count ? sourceHashes[index] : NameHash().value
    }

    private static let variations = [
        "", "Greek letter shortened", "Greek letter spelled out", "last brackets dropped", "commas dropped",
        "last words first", "qualifier dropped",
    ]

    private func entryWord(_ number: Int, _ field: EntryField) -> UInt32 {
        entryWords[number * EntryField.width + field.rawValue]
    }

    func sourceName(_ index: Int) -> String { index < sources.count ? sources[index].name : "" }

    // MARK: - Lists

    /// Whether a word is an English word, whatever its capitals.
    public func isEnglishWord(_ word: Span<UInt8>) -> Bool {
        var hash = NameHash()
        hash.combineLowered(word)
        return words.contains(hash.value)
    }

    /// Whether a word is an English word, whatever its capitals.
    public func isEnglishWord(_ word: String) -> Bool { isEnglishWord(word.utf8Span.span) }

    /// Whether a list says that a name, spelled just so, misleads as a name of a kind.
    public func isBlocked(_ name: Span<UInt8>, as kind: EntityKind) -> Bool {
        var hash = NameHash(salt: kind.number)
        hash.combine(name)
        return blocked.contains(hash.value)
    }

    /// Whether a list says that a name, spelled just so, misleads as a name of a kind.
    public func isBlocked(_ name: String, as kind: EntityKind) -> Bool {
        isBlocked(name.utf8Span.span, as: kind)
    }
}
