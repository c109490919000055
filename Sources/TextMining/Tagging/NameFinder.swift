import AhoCorasick
import Corpus
import Terminology

/// Finds all names of the dictionary, inside one sentence each, with the readings that the rules leave.
struct NameFinder {
    let dictionary: CompiledDictionary
    let rules: NameRules

    func apply(to document: inout TaggedDocument) {
        var matches: [TokenMatch] = []
        var found = NameRules.Found()
        var entries: [Range<Int>] = []
        for passage in document.passages {
            dictionary.automaton.findMatches(in: passage.tokens, into: &matches)
            matches.sort { ($0.first, $1.last) < ($1.first, $0.last) }
            // Looked up for all matches before the first is judged, so that the machine fetches many at a time.
            entries.removeAll(keepingCapacity: true)
            for match in matches { entries.append(dictionary.entries(ofPattern: match.pattern)) }
            for (place, match) in matches.enumerated() {
                append(match, entries[place], of: passage, to: &document.names, &found)
            }
            appendPrefixed(of: passage, to: &document, matches, &found)
        }
    }

    /// Appends a name for each kind of entity that a match may mean.
    private func append(
        _ match: TokenMatch, _ entries: Range<Int>, of passage: TaggedDocument.TokenizedPassage,
        prefixed: TaxonID? = nil,
        to names: inout [NameReading], _ found: inout NameRules.Found
    ) {
        let range = passage.range(match.first, match.last)
        let sentence = passage.sentence(at: range.start)
        guard sentence == passage.sentences.count || range.end <= passage.sentences[sentence].end else {
            return
        }
        let bytes = passage.bytes
        let spelling = Spelling(bytes.span.extracting(range.start..<range.end))
        var kinds: UInt16 = 0
        for number in entries {
            let kind = dictionary.kind(ofEntry: number)
            let mark: UInt16 = 1 << UInt16(kind.number)
            guard kinds & mark == 0 else { continue }
            kinds |= mark
            if prefixed != nil, kind != .gene { continue }
            let place = NameRules.Place(match.first, range, spelling, kind)
            guard rules.read(number..<entries.upperBound, at: place, in: passage, &found) else { continue }
            var name = NameReading(
                match.first, match.last, of: passage, kind: kind, readings: found.readings)
            name.doubts = found.doubts
            name.prefixed = prefixed
            names.append(name)
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
        _ plain: [TokenMatch], _ found: inout NameRules.Found
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
            append(
                match, dictionary.entries(ofPattern: match.pattern), of: passage, prefixed: taxon,
                to: &document.names, &found)
        }
        document.sortNames()
    }
}
