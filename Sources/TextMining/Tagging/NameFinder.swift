import AhoCorasick
import Corpus
import Terminology

/// Finds all names of the dictionary, inside one sentence each, with the readings that the rules leave.
struct NameFinder {
    let dictionary: CompiledDictionary
    let rules: NameRules

    /// What is worked with, from document to document.
    struct Room: Sendable {
        fileprivate var words: [Automaton.Word] = []
        fileprivate var matches: [TokenMatch] = []
        fileprivate var tokens: [Token] = []
        fileprivate var changed: [(token: Int, taxon: TaxonID)] = []
        fileprivate var letters: [Token] = []
    }

    /// Finds the names of a document.
    func apply(to document: inout TaggedDocument, _ memory: inout TaggerMemory) {
        document.names.reserveCapacity(document.passages.reduce(0) { $0 + $1.tokens.count } / 4)
        for passage in document.passages {
            memory.finding.words.removeAll(keepingCapacity: true)
            for number in passage.words { memory.finding.words.append(memory.words.words[Int(number)]) }
            dictionary.automaton.findMatches(
                in: passage.tokens, words: memory.finding.words, into: &memory.finding.matches)
            Self.sort(&memory.finding.matches)
            var sentence = 0
            let sentences = passage.sentences
            for match in memory.finding.matches {
                let start = Int(passage.tokens[match.first].start)
                while sentence < sentences.count, sentences[sentence].end <= start { sentence += 1 }
                append(match, of: passage, sentence: sentence, to: &document, &memory.names)
            }
            appendPrefixed(of: passage, to: &document, &memory)
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
    ///
    /// - Parameter sentence: the index of the sentence that holds its first byte.
    private func append(
        _ match: TokenMatch, of passage: TaggedDocument.TokenizedPassage, sentence: Int,
        prefixed: TaxonID? = nil, to document: inout TaggedDocument, _ memory: inout NameMemory
    ) {
        let range = passage.range(match.first, match.last)
        guard sentence == passage.sentences.count || range.end <= passage.sentences[sentence].end else {
            return
        }
        let bytes = passage.bytes
        let surface = SurfaceHash.of(bytes.span.extracting(range.start..<range.end))
        let meanings = memory.meanings(of: surface, match.pattern) { meanings, readings in
            rules.read(
                dictionary.entries(ofPattern: match.pattern),
                spelled: bytes.span.extracting(range.start..<range.end), into: &meanings, &readings)
        }
        // Most matches are words that mean nothing as they are spelled.
        if meanings.isEmpty { return }
        var phrase: UInt64?
        for place in meanings {
            let meaning = memory[place]
            if prefixed != nil, meaning.kind != .gene { continue }
            guard
                let doubts = rules.doubts(by: meaning.checks, first: match.first, range: range, in: passage)
            else { continue }
            let ownPhrase = phrase ?? FeatureNumber.value(of: passage.tokens[match.first...match.last])
            phrase = ownPhrase
            var name = NameReading(
                match.first, match.last, range, sentence: sentence, passage: passage.place,
                phrase: ownPhrase, surface: surface, kind: meaning.kind,
                readings: document.readings.keep(meaning.readings, of: memory.readings))
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
        func taxon(_ match: TokenMatch) -> TaxonID? {
            memory.finding.changed.first { $0.token == match.first }?.taxon
        }
        let known = memory.finding.matches.filter { match in
            taxon(match) != nil
                && dictionary.entries(ofPattern: match.pattern).contains {
                    dictionary.kind(ofEntry: $0) == .gene
                }
        }
        dictionary.automaton.findMatches(in: memory.finding.tokens, into: &memory.finding.matches)
        for match in memory.finding.matches {
            guard let taxon = taxon(match),
                !known.contains(where: { $0.first == match.first && $0.last == match.last })
            else { continue }
            append(
                match, of: passage, sentence: passage.sentence(at: Int(tokens[match.first].start)),
                prefixed: taxon, to: &document, &memory.names)
        }
        document.sortNames()
    }
}
