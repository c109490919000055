import AhoCorasick
import Corpus
import Terminology

/// An entity that a name may stand for, and how it was arrived at.
struct Reading {
    /// The dictionary's concept.
    var concept: Int
    /// The dictionary's entry that matched; for a short form that the text defines, the entry of its long form.
    var entry: Int
    /// How far the name may be trusted.
    var grade: NameGrade
    /// The long form, where the text defines the name as its short form.
    var definedAs: String?
    /// How the species of the entity stands to the name, for genes.
    var cue: String?
    /// By how much it was preferred to the next reading; nil where there was no other.
    var margin: Float?
}

/// A stretch of text with all that it may mean as one kind of entity.
struct NameReading {
    /// The place of the passage in the document's list.
    var passage: Int
    /// The index of the first token in the passage.
    var first: Int
    /// The index of the last token.
    var last: Int
    /// The bytes from the first token to the last.
    var range: TextRange
    var kind: EntityKind
    /// What it may mean, best grade first.
    var readings: [Reading]
    /// Why the reading that is left was chosen, for explanation.
    var reasons: [String] = []
    var role: MentionRole = .subject
    /// What the rules hold against the name, without ruling it out.
    var doubts: NameDoubt.Set = []
    /// How sure the model is that it is a mention, as log-odds; nil where it was not asked.
    var score: Float?
    /// It is the gene that was asked for.
    var isSought = false
    /// A list shortens it: what stands in the text is only the part that differs from its neighbour.
    var isElliptic = false
    /// The long form of which the text says that it is the short form, where no name of its entities resembles it.
    var longForm: String?
    /// The species that a letter before the name gives: the `h` of `hIGF1R`.
    var prefixed: TaxonID?
    /// What it names where that is made of what its readings name: a fusion that the dictionary does not list.
    var composed: ComposedEntity?
}

/// A document while it is tagged.
struct TaggedDocument {
    /// A passage with its tokens and sentences.
    struct TokenizedPassage {
        var passage: Passage
        var bytes: [UInt8]
        var tokens: [Token]
        var sentences: [TextRange]

        /// The bytes of a range.
        func slice(_ range: TextRange) -> ArraySlice<UInt8> { bytes[range.start..<range.end] }

        /// The index of the sentence that holds an offset.
        func sentence(at offset: Int) -> Int {
            var low = 0
            var high = sentences.count
            while low < high {
                let middle = (low + high) / 2
                if sentences[middle].end <= offset { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    var passages: [TokenizedPassage]
    var context: DocumentContext
    /// By passage, then by first token, longer ones first.
    var names: [NameReading] = []

    init(passages: [Passage], context: DocumentContext) {
        var tokenizer = Tokenizer()
        self.context = context
        self.passages = passages.map { passage in
            let bytes = Array(passage.text.utf8)
            var tokens: [Token] = []
            tokenizer.tokenize(bytes.span, into: &tokens)
            return TokenizedPassage(
                passage: passage, bytes: bytes, tokens: tokens,
                sentences: SentenceSplitter.ranges(in: bytes.span))
        }
    }

    /// Finds all names of the dictionary, inside one sentence each.
    mutating func findReadings(in dictionary: CompiledDictionary) {
        var matches: [TokenMatch] = []
        for (index, passage) in passages.enumerated() {
            dictionary.automaton.findMatches(in: passage.tokens, into: &matches)
            matches.sort { ($0.first, $1.last) < ($1.first, $0.last) }
            for match in matches { append(match, passage: index, dictionary: dictionary) }
            appendPrefixed(passage: index, dictionary: dictionary, &matches)
        }
    }

    /// The species that a letter before a gene's symbol stands for.
    private static let speciesLetters: [UInt8: TaxonID] = [
        UInt8(ascii: "h"): .human, UInt8(ascii: "m"): .mouse, UInt8(ascii: "r"): .rat,
        UInt8(ascii: "d"): TaxonID(7227), UInt8(ascii: "z"): TaxonID(7955), UInt8(ascii: "y"): TaxonID(4932),
    ]

    /// Finds gene symbols behind a letter for their species: hIGF1R, mBax.
    private mutating func appendPrefixed(
        passage index: Int, dictionary: CompiledDictionary, _ matches: inout [TokenMatch]
    ) {
        let passage = passages[index]
        var changed: [Int: TaxonID] = [:]
        var tokens: [Token] = []
        for (place, token) in passage.tokens.enumerated() {
            guard token.traits.contains([.startsWord, .letters, .upperCase, .lowerCase]),
                token.end - token.start > 2,
                let taxon = Self.speciesLetters[passage.bytes[Int(token.start)]],
                passage.bytes[Int(token.start) + 1] >= 0x41, passage.bytes[Int(token.start) + 1] <= 0x5A
            else { continue }
            if tokens.isEmpty { tokens = passage.tokens }
            var tokenizer = Tokenizer()
            let rest = String(
                decoding: passage.slice(TextRange(Int(token.start) + 1, Int(token.end))), as: UTF8.self)
            let folded = tokenizer.tokens(of: rest)
            guard folded.count == 1 else { continue }
            tokens[place].identity = folded[0].identity
            changed[place] = taxon
        }
        guard !changed.isEmpty else { return }
        dictionary.automaton.findMatches(in: tokens, into: &matches)
        let known = Set(names.filter { $0.passage == index && $0.kind == .gene }.map { [$0.first, $0.last] })
        for match in matches {
            guard let taxon = changed[match.first], !known.contains([match.first, match.last]) else {
                continue
            }
            let start = names.count
            append(match, passage: index, dictionary: dictionary)
            for place in (start..<names.count).reversed() {
                if names[place].kind == .gene {
                    names[place].prefixed = taxon
                } else {
                    names.remove(at: place)
                }
            }
        }
        names.sort { ($0.passage, $0.first, $1.last) < ($1.passage, $1.first, $0.last) }
    }

    private mutating func append(
        _ match: TokenMatch, passage: Int, dictionary: CompiledDictionary
    ) {
        let tokens = passages[passage].tokens
        let range = TextRange(Int(tokens[match.first].start), Int(tokens[match.last].end))
        guard
            passages[passage].sentence(at: range.start) == passages[passage].sentence(at: range.end - 1)
        else { return }
        let start = names.count
        for number in dictionary.entries(ofPattern: match.pattern) {
            let entry = dictionary.entry(number)
            let kind = dictionary.kind(ofConcept: entry.concept)
            let reading = Reading(concept: entry.concept, entry: number, grade: entry.grade)
            if let index = names[start...].firstIndex(where: { $0.kind == kind }) {
                names[index].readings.append(reading)
            } else {
                names.append(
                    NameReading(
                        passage: passage, first: match.first, last: match.last, range: range, kind: kind,
                        readings: [reading]))
            }
        }
    }

    /// Ranks of taxa that are classes of species: animals, insects, viruses … are no species of a paper.
    private static let wideRanks: Set<String> = [
        "superkingdom", "kingdom", "subkingdom", "superphylum", "phylum", "subphylum", "superclass", "class",
        "subclass",
        "infraclass", "superorder", "order", "suborder", "infraorder", "parvorder", "superfamily", "family",
        "subfamily",
        "clade", "tribe", "cohort", "subtribe", "genus", "subgenus", "section", "series", "species group",
        "species subgroup",
    ]

    /// Whether a name of a taxon names a species, and does not only hint at one or name a class of them.
    private static func isSpecies(_ reading: Reading, _ dictionary: CompiledDictionary) -> Bool {
        if reading.grade == .weak { return false }
        return !dictionary.treeNumbers(ofConcept: reading.concept).contains { wideRanks.contains($0) }
    }

    /// The mentions that are left, of the wanted species, in order.
    func mentions(dictionary: CompiledDictionary, settings: TaggerSettings) -> [Mention] {
        var mentions: [Mention] = []
        for name in names {
            guard let reading = name.readings.first else { continue }
            if let composed = name.composed {
                mentions.append(mention(of: composed, as: name))
                continue
            }
            let taxon = dictionary.taxon(ofConcept: reading.concept)
            if name.kind == .gene, let wanted = settings.species, let taxon, !wanted.contains(taxon) {
                continue
            }
            if name.kind == .species, !Self.isSpecies(reading, dictionary) { continue }
            var reasons = name.reasons
            let variation = dictionary.entry(reading.entry).variation
            if !variation.isEmpty { reasons.insert(variation, at: 0) }
            if let long = reading.definedAs { reasons.insert("short for “\(long)” in this text", at: 0) }
            mentions.append(
                Mention(
                    passage: passages[name.passage].passage.index, range: name.range, kind: name.kind,
                    entity: dictionary.identifier(ofConcept: reading.concept), taxon: taxon,
                    dictionaryName: dictionary.name(ofEntry: reading.entry),
                    source: dictionary.source(ofEntry: reading.entry), reasons: reasons, role: name.role,
                    treeNumbers: dictionary.treeNumbers(ofConcept: reading.concept)))
        }
        return mentions
    }
}
