import AhoCorasick
import Corpus
import Terminology

/// Finds all names of the dictionary, inside one sentence each, with the readings that the rules leave.
struct NameFinder {
    let dictionary: CompiledDictionary
    let rules: NameRules

    /// Finds the names of a document.
    ///
    /// - Parameter words: what the words of the tagger's memory are to the search.
    func apply(
        to document: inout TaggedDocument, _ words: [Automaton.Word], _ memory: inout NameMemory
    ) {
        var matches: [TokenMatch] = []
        document.names.reserveCapacity(document.passages.reduce(0) { $0 + $1.tokens.count } / 2)
        for passage in document.passages {
            dictionary.automaton.findMatches(
                in: passage.tokens, words: passage.words.map { words[Int($0)] }, into: &matches)
            matches.sort { ($0.first, $1.last) < ($1.first, $0.last) }
            for match in matches { append(match, of: passage, to: &document, &memory) }
            appendPrefixed(of: passage, to: &document, matches, &memory)
        }
    }

    /// Appends a name for each kind of entity that a match may mean.
    private func append(
        _ match: TokenMatch, of passage: TaggedDocument.TokenizedPassage, prefixed: TaxonID? = nil,
        to document: inout TaggedDocument, _ memory: inout NameMemory
    ) {
        let range = passage.range(match.first, match.last)
        let sentence = passage.sentence(at: range.start)
        guard sentence == passage.sentences.count || range.end <= passage.sentences[sentence].end else {
            return
        }
        let bytes = passage.bytes
        let surface = bytes.span.extracting(range.start..<range.end)
        let meanings = memory.meanings(of: SurfaceHash.of(surface), match.pattern) { meanings, readings in
            rules.read(
                dictionary.entries(ofPattern: match.pattern), spelled: surface, into: &meanings, &readings)
        }
        guard !meanings.isEmpty else { return }
        let phrase = FeatureNumber.value(of: passage.tokens[match.first...match.last])
        for place in meanings {
            let meaning = memory[place]
            if prefixed != nil, meaning.kind != .gene { continue }
            guard
                let doubts = rules.doubts(by: meaning.checks, first: match.first, range: range, in: passage)
            else { continue }
            var name = NameReading(
                match.first, match.last, range, sentence: sentence, passage: passage.place, phrase: phrase,
                kind: meaning.kind,
                readings: document.readings.keep(
                    memory.readings[Int(meaning.readings.lowerBound)..<Int(meaning.readings.upperBound)]))
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

    /// Finds gene symbols behind a letter for their species: hIGF1R, mBax.
    ///
    /// - Parameter plain: the matches of the passage as it is written: what is the name of a gene by itself has no such
    ///   letter.
    private func appendPrefixed(
        of passage: TaggedDocument.TokenizedPassage, to document: inout TaggedDocument,
        _ plain: [TokenMatch], _ memory: inout NameMemory
    ) {
        var changed: [Int: TaxonID] = [:]
        var tokens: [Token] = []
        var tokenizer = Tokenizer()
        var folded: [Token] = []
        for (place, token) in passage.tokens.enumerated() {
            guard token.traits.contains([.startsWord, .letters, .upperCase, .lowerCase]),
                token.end - token.start > 2,
                let taxon = Self.species(ofLetter: passage.bytes[Int(token.start)]),
                passage.bytes[Int(token.start) + 1] >= UInt8(ascii: "A"),
                passage.bytes[Int(token.start) + 1] <= UInt8(ascii: "Z")
            else { continue }
            if tokens.isEmpty { tokens = passage.tokens }
            let rest = passage.slice(TextRange(Int(token.start) + 1, Int(token.end)))
            tokenizer.tokenize(rest.span, into: &folded)
            guard folded.count == 1 else { continue }
            tokens[place].identity = folded[0].identity
            changed[place] = taxon
        }
        guard !changed.isEmpty else { return }
        let known = Set(
            plain.filter { match in
                changed[match.first] != nil
                    && dictionary.entries(ofPattern: match.pattern).contains {
                        dictionary.kind(ofEntry: $0) == .gene
                    }
            }.map { [$0.first, $0.last] })
        var matches: [TokenMatch] = []
        dictionary.automaton.findMatches(in: tokens, into: &matches)
        for match in matches {
            guard let taxon = changed[match.first], !known.contains([match.first, match.last]) else {
                continue
            }
            append(match, of: passage, prefixed: taxon, to: &document, &memory)
        }
        document.sortNames()
    }
}
