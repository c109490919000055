import AhoCorasick
import Corpus
import Terminology

/// Finds all names of the dictionary, inside one sentence each, with the readings that the rules leave.
struct NameFinder {
    let dictionary: CompiledDictionary
    let rules: NameRules

    /// A match that is inside one sentence and may mean something.
    fileprivate struct Found {
        let match: TokenMatch
        let range: TextRange
        let sentence: Int
        /// The hash of its bytes.
        let surface: UInt64
        let key: NameMemory.Key
        /// The places of its meanings; nil where they are to be found out.
        let meanings: Range<Int32>?
    }

    /// What is worked with, from document to document.
    struct Room: Sendable {
        fileprivate var matches: [TokenMatch] = []
        fileprivate var found: [Found] = []
        fileprivate var tokens: [Token] = []
        fileprivate var changed: [(token: Int, taxon: TaxonID)] = []
        fileprivate var letters: [Token] = []

        /// Gives back what has grown too large.
        mutating func prune() {
            if RoomLimit.isExceeded(
                by: matches.capacity, found.capacity, tokens.capacity, changed.capacity, letters.capacity)
            {
                self = Room()
            }
        }
    }

    /// Finds the names of a document, which has the readings of the memory of names.
    func apply(to document: inout TaggedDocument, _ memory: inout TaggerMemory) {
        document.names.reserveCapacity(document.passages.reduce(0) { $0 + $1.tokens.count } / 4)
        for passage in document.passages {
            dictionary.automaton.findMatches(
                in: passage.tokens, words: passage.words, of: memory.words.words, &memory.search,
                into: &memory.finding.matches)
            Self.sort(&memory.finding.matches)
            Self.lookUp(memory.finding.matches, of: passage, memory.names, &memory.finding.found)
            for found in memory.finding.found { append(found, of: passage, to: &document, &memory.names) }
            appendPrefixed(of: passage, to: &document, &memory)
        }
    }

    /// Looks up what matches mean. Most mean nothing as they are spelled, and are left out.
    ///
    /// Done for all before any is read: no look waits for another one, so that the machine makes many at a time.
    ///
    /// - Parameter matches: by first token.
    private static func lookUp(
        _ matches: [TokenMatch], of passage: TaggedDocument.TokenizedPassage, _ memory: NameMemory,
        _ found: inout [Found]
    ) {
        found.removeAll(keepingCapacity: true)
        let (tokens, sentences, bytes) = (passage.tokens, passage.sentences, passage.bytes)
        var sentence = 0
        for match in matches {
            let (start, end) = (Int(tokens[match.first].start), Int(tokens[match.last].end))
            while sentence < sentences.count, sentences[sentence].end <= start { sentence += 1 }
            if sentence < sentences.count, end > sentences[sentence].end { continue }
            let surface = SurfaceHash.of(bytes.span, from: start, to: end)
            let key = NameMemory.Key(surface, match.pattern)
            let meanings = memory.known(key)
            if let meanings, meanings.isEmpty { continue }
            found.append(
                Found(
                    match: match, range: TextRange(start, end), sentence: sentence, surface: surface,
                    key: key, meanings: meanings))
        }
    }

    /// Sorts matches by first token, longer ones first. They come by their last tokens, so that each has but few to pass.
    private static func sort(_ matches: inout [TokenMatch]) {
        var sorted = matches.mutableSpan
        for index in sorted.indices.dropFirst() {
            let match = sorted[index]
            var place = index
            while place > 0,
                sorted[place - 1].first > match.first
                    || sorted[place - 1].first == match.first && sorted[place - 1].last < match.last
            {
                sorted[place] = sorted[place - 1]
                place -= 1
            }
            if place < index { sorted[place] = match }
        }
    }

    /// Appends a name for each kind of entity that a match may mean.
    private func append(
        _ found: Found, of passage: TaggedDocument.TokenizedPassage, prefixed: TaxonID? = nil,
        to document: inout TaggedDocument, _ memory: inout NameMemory
    ) {
        let range = found.range
        // The same spelling may have been found out since it was looked up.
        let meanings =
            found.meanings ?? memory.known(found.key)
            ?? memory.remember(found.key) { meanings in
                document.readings.addLasting { readings in
                    let bytes = passage.bytes
                    rules.read(
                        dictionary.entries(ofPattern: found.match.pattern),
                        spelled: bytes.span.extracting(range.start..<range.end), into: &meanings, &readings)
                }
            }
        if meanings.isEmpty { return }
        let (first, last) = (found.match.first, found.match.last)
        let phrase = FeatureNumber.value(of: passage.tokens[first...last])
        for place in meanings {
            let meaning = memory[place]
            if prefixed != nil, meaning.kind != .gene { continue }
            guard let doubts = rules.doubts(by: meaning.checks, first: first, range: range, in: passage)
            else { continue }
            var name = NameReading(
                first, last, range, sentence: found.sentence, passage: passage.place, phrase: phrase,
                surface: found.surface, kind: meaning.kind,
                readings: document.readings.readings(at: meaning.readings))
            name.doubts = meaning.doubts.union(doubts)
            name.prefixed = prefixed
            document.names.append(name)
        }
    }

    // MARK: - Letters for species

    /// The species that a letter before a gene's symbol stands for.
    private static func species(ofLetter letter: UInt8) -> TaxonID? {
        switch letter {
        case UInt8(ascii: "h"): .human
        case UInt8(ascii: "m"): .mouse
        case UInt8(ascii: "r"): .rat
        case UInt8(ascii: "d"): TaxonID(7227)
        case UInt8(ascii: "z"): TaxonID(7955)
        case UInt8(ascii: "y"): TaxonID(4932)
        default: nil
        }
    }

    /// Finds gene symbols behind a letter for their species: hIGF1R, mBax. What is the name of a gene as it is written, which
    /// the matches at hand tell, has no such letter.
    private func appendPrefixed(
        of passage: TaggedDocument.TokenizedPassage, to document: inout TaggedDocument,
        _ memory: inout TaggerMemory
    ) {
        let wanted: Token.Traits = [.startsWord, .letters, .upperCase, .lowerCase]
        memory.finding.changed.removeAll(keepingCapacity: true)
        let tokens = passage.tokens
        let bytes = passage.bytes
        for place in tokens.indices {
            let token = tokens[place]
            guard token.traits.isSuperset(of: wanted), token.end - token.start > 2,
                let taxon = Self.species(ofLetter: bytes[Int(token.start)]),
                Letters.isUpper(bytes[Int(token.start) + 1])
            else { continue }
            if memory.finding.changed.isEmpty { memory.finding.tokens = tokens }
            let rest = bytes.span.extracting((Int(token.start) + 1)..<Int(token.end))
            memory.tokenizer.tokenize(rest, into: &memory.finding.letters)
            guard memory.finding.letters.count == 1 else { continue }
            memory.finding.tokens[place].identity = memory.finding.letters[0].identity
            memory.finding.changed.append((place, taxon))
        }
        guard !memory.finding.changed.isEmpty else { return }
        var matches: [TokenMatch] = []
        for (first, taxon) in memory.finding.changed {
            dictionary.automaton.findMatches(in: memory.finding.tokens, from: first, into: &matches)
            for match in matches where !isGene(match, memory.finding.matches) {
                let range = passage.range(match.first, match.last)
                let sentence = passage.sentence(at: range.start)
                guard sentence == passage.sentences.count || range.end <= passage.sentences[sentence].end
                else { continue }
                let surface = SurfaceHash.of(bytes.span, from: range.start, to: range.end)
                append(
                    Found(
                        match: match, range: range, sentence: sentence, surface: surface,
                        key: NameMemory.Key(surface, match.pattern), meanings: nil),
                    of: passage, prefixed: taxon, to: &document, &memory.names)
            }
        }
        document.sortNames()
    }

    /// Whether the passage, as it is written, has the name of a gene where a match is.
    ///
    /// - Parameter plain: the matches of the passage as it is written, by first token.
    private func isGene(_ match: TokenMatch, _ plain: [TokenMatch]) -> Bool {
        var low = 0
        var high = plain.count
        while low < high {
            let middle = (low + high) / 2
            if plain[middle].first < match.first { low = middle + 1 } else { high = middle }
        }
        while low < plain.count, plain[low].first == match.first {
            if plain[low].last == match.last,
                dictionary.entries(ofPattern: plain[low].pattern).contains(where: {
                    dictionary.kind(ofEntry: $0) == .gene
                })
            {
                return true
            }
            low += 1
        }
        return false
    }
}
