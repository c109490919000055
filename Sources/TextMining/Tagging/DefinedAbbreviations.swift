import AhoCorasick
import Corpus
import Terminology

/// Reads short forms as the text defines them: “early death (ED)” makes ED no gene and no syndrome in this document,
/// “anaplastic thyroid cancer (ATC)” makes ATC that disease wherever it stands.
struct DefinedAbbreviations {
    let dictionary: CompiledDictionary

    /// What a short form means in one document. A class, since it remembers what it was asked.
    private final class Sense {
        let tokens: [UInt64]
        let surface: [UInt8]
        let long: LongForm
        /// What the long form was found to name, by kind; empty where the dictionary does not know it.
        let names: [(kind: EntityKind, readings: [Reading])]
        let longTokens: Set<UInt64>
        /// Whether concepts have a name that resembles the long form, as far as it has been asked for.
        var resemblances: [Int: Bool] = [:]

        init(
            tokens: [UInt64], surface: [UInt8], long: LongForm,
            names: [(kind: EntityKind, readings: [Reading])], longTokens: Set<UInt64>
        ) {
            self.tokens = tokens
            self.surface = surface
            self.long = long
            self.names = names
            self.longTokens = longTokens
        }
    }

    func apply(to document: inout TaggedDocument) {
        let senses = self.senses(in: &document)
        guard !senses.isEmpty else { return }
        var added: [NameReading] = []
        // Most words begin no short form, which is told faster than by the dictionary of those that do.
        var beginnings = TokenSet(expected: senses.count)
        for identity in senses.keys { beginnings.insert(identity) }
        for passage in document.passages {
            for (first, token) in passage.tokens.enumerated()
            where token.traits.contains(.startsWord) && beginnings.contains(token.identity) {
                for sense in senses[token.identity] ?? [] {
                    let last = first + sense.tokens.count - 1
                    guard last < passage.tokens.count, passage.tokens[last].traits.contains(.endsWord)
                    else { continue }
                    let surface = passage.slice(passage.range(first, last))
                    let isPlural =
                        surface.count == sense.surface.count + 1 && surface.last == UInt8(ascii: "s")
                        && surface.dropLast().elementsEqual(sense.surface)
                    guard surface.elementsEqual(sense.surface) || isPlural else { continue }
                    read(first, last, passage, as: sense, in: &document, &added)
                }
            }
        }
        document.names.removeAll { $0.readings.isEmpty }
        guard !added.isEmpty else { return }
        document.names += added.filter { !$0.readings.isEmpty }
        document.sortNames()
    }

    /// The short forms that the text defines, by their first tokens; where it defines one twice, as it does first.
    private func senses(in document: inout TaggedDocument) -> [UInt64: [Sense]] {
        var tokenizer = Tokenizer()
        var senses: [UInt64: [Sense]] = [:]
        var known: Set<[UInt8]> = []
        var tokens: [Token] = []
        for passage in document.passages {
            let bytes = passage.bytes
            let definitions = AbbreviationFinder.definitions(in: bytes.span, sentences: passage.sentences)
            document.definitions.append(definitions)
            for definition in definitions {
                let short = Array(passage.slice(definition.short))
                tokenizer.tokenize(short.span, into: &tokens)
                let identities = tokens.map(\.identity)
                guard let first = identities.first, identities.count <= 6, known.insert(short).inserted
                else { continue }
                let long = document.keep(
                    longForm: String(decoding: passage.slice(definition.long), as: UTF8.self))
                tokenizer.tokenize(passage.slice(definition.long).span, into: &tokens)
                senses[first, default: []].append(
                    Sense(
                        tokens: identities, surface: short, long: long,
                        names: namesOf(definition.long, of: passage, in: document),
                        longTokens: Set(tokens.map(\.identity))))
            }
        }
        return senses
    }

    /// What the long form names: the longest names of each kind that end where it ends and cover most of it.
    private func namesOf(
        _ long: TextRange, of passage: TaggedDocument.TokenizedPassage, in document: TaggedDocument
    ) -> [(kind: EntityKind, readings: [Reading])] {
        var found: [EntityKind: NameReading] = [:]
        // No name begins before its sentence.
        let sentence = passage.sentences[passage.sentence(at: long.start)].start
        let token = passage.tokens.firstIndex(endingAfter: sentence)
        for name in document.names[document.firstName(from: token, of: passage.place)...] {
            guard name.passage == passage.place, name.range.start < long.end else { break }
            guard name.range.overlaps(long) else { continue }
            let covers =
                name.range.contains(long)
                || (name.range.end == long.end && name.range.start >= long.start
                    && name.range.count * 10 >= long.count * 6)
            if covers, (found[name.kind]?.range.count ?? 0) < name.range.count { found[name.kind] = name }
        }
        let best = found.values.map(\.range.count).max() ?? 0
        return EntityKind.allCases.compactMap { kind in
            guard let name = found[kind], name.range.count == best else { return nil }
            return (kind, document.readings[name.readings])
        }
    }

    private func read(
        _ first: Int, _ last: Int, _ passage: TaggedDocument.TokenizedPassage, as sense: Sense,
        in document: inout TaggedDocument, _ added: inout [NameReading]
    ) {
        var here: [Int] = []
        var index = document.firstName(from: first, of: passage.place)
        while index < document.names.count, document.names[index].passage == passage.place,
            document.names[index].first == first
        {
            if document.names[index].last == last { here.append(index) }
            index += 1
        }
        if sense.names.isEmpty {
            // The dictionary does not know the long form: only readings whose own names resemble it are left.
            for index in here {
                let isGene = document.names[index].kind == .gene
                let own = document.readings[document.names[index].readings]
                if isGene, !own.contains(where: { resembles($0.concept, sense) }) {
                    // Gene symbols have more long forms than the dictionary knows: the words of this one are weighed.
                    document.names[index].doubts.formUnion(NameDoubt.otherwiseDefined.mark)
                    document.names[index].longForm = sense.long
                    continue
                }
                document.names[index].readings = document.readings.keep(
                    own.compactMap { reading in
                        guard resembles(reading.concept, sense) else { return nil }
                        var kept = reading
                        kept.definedAs = sense.long
                        return kept
                    })
            }
            return
        }
        for index in here where !sense.names.contains(where: { $0.kind == document.names[index].kind }) {
            document.names[index].readings = .none
        }
        for (kind, readings) in sense.names {
            let defined = readings.map { reading in
                var copy = reading
                copy.definedAs = sense.long
                return copy
            }
            if let index = here.first(where: { document.names[$0].kind == kind }) {
                let own = document.readings[document.names[index].readings]
                document.names[index].doubts = []
                let both = defined.filter { reading in own.contains { $0.concept == reading.concept } }
                document.names[index].readings = document.readings.keep(both.isEmpty ? defined : both)
            } else {
                added.append(
                    NameReading(
                        first, last, of: passage, kind: kind, readings: document.readings.keep(defined)))
            }
        }
    }

    /// Whether some name of a concept shares most of its words with the long form.
    private func resembles(_ concept: Int, _ sense: Sense) -> Bool {
        if let known = sense.resemblances[concept] { return known }
        var tokenizer = Tokenizer()
        var tokens: [Token] = []
        var isAlike = false
        let long = sense.longTokens
        dictionary.forEachName(ofConcept: concept) { name, _ in
            guard !isAlike, NameRules.firstWord(of: name).count < name.count else { return }
            tokenizer.tokenize(name, into: &tokens)
            let own = Set(tokens.map(\.identity))
            let shared = own.intersection(long).count
            isAlike =
                shared * 2 > min(own.count, long.count) && shared * 10 >= max(own.count, long.count) * 4
        }
        sense.resemblances[concept] = isAlike
        return isAlike
    }
}

extension [Token] {
    /// The index of the first token that ends after an offset.
    fileprivate func firstIndex(endingAfter offset: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle].end) <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
