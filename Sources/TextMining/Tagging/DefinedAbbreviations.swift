import AhoCorasick
import Corpus
import Terminology

/// Reads short forms as the text defines them: “early death (ED)” makes ED no gene and no syndrome in this document,
/// “anaplastic thyroid cancer (ATC)” makes ATC that disease wherever it stands.
struct DefinedAbbreviations {
    let dictionary: CompiledDictionary

    /// What a short form means in one document.
    private struct Sense {
        var tokens: [UInt64]
        var surface: [UInt8]
        var long: String
        /// What the long form was found to name, by kind; empty where the dictionary does not know it.
        var names: [(kind: EntityKind, readings: [Reading])]
        var longTokens: [UInt64]
    }

    func apply(to document: inout TaggedDocument) {
        let senses = self.senses(in: document)
        guard !senses.isEmpty else { return }
        for (index, passage) in document.passages.enumerated() {
            for first in passage.tokens.indices {
                for sense in senses {
                    let last = first + sense.tokens.count - 1
                    guard last < passage.tokens.count, passage.tokens[first].identity == sense.tokens[0],
                        passage.tokens[first].traits.contains(.startsWord),
                        passage.tokens[last].traits.contains(.endsWord)
                    else { continue }
                    let range = TextRange(Int(passage.tokens[first].start), Int(passage.tokens[last].end))
                    let surface = passage.slice(range)
                    let isPlural =
                        surface.count == sense.surface.count + 1 && surface.last == UInt8(ascii: "s")
                        && surface.dropLast().elementsEqual(sense.surface)
                    guard surface.elementsEqual(sense.surface) || isPlural else { continue }
                    read(first, last, range, passage: index, as: sense, in: &document)
                }
            }
        }
        document.names.removeAll { $0.readings.isEmpty }
        document.names.sort { ($0.passage, $0.first, $1.last) < ($1.passage, $1.first, $0.last) }
    }

    private func senses(in document: TaggedDocument) -> [Sense] {
        var tokenizer = Tokenizer()
        var senses: [Sense] = []
        for (index, passage) in document.passages.enumerated() {
            for definition in AbbreviationFinder.definitions(
                in: passage.bytes.span, sentences: passage.sentences)
            {
                let short = Array(passage.slice(definition.short))
                let long = String(decoding: passage.slice(definition.long), as: UTF8.self)
                let tokens = tokenizer.tokens(of: String(decoding: short, as: UTF8.self)).map(\.identity)
                guard !tokens.isEmpty, tokens.count <= 6, !senses.contains(where: { $0.surface == short })
                else {
                    continue
                }
                senses.append(
                    Sense(
                        tokens: tokens, surface: short, long: long,
                        names: namesOf(definition.long, passage: index, in: document),
                        longTokens: tokenizer.tokens(of: long).map(\.identity)))
            }
        }
        return senses
    }

    /// What the long form names: the longest names of each kind that end where it ends and cover most of it.
    private func namesOf(
        _ long: TextRange, passage: Int, in document: TaggedDocument
    ) -> [(kind: EntityKind, readings: [Reading])] {
        var found: [EntityKind: NameReading] = [:]
        for name in document.names where name.passage == passage && name.range.overlaps(long) {
            let covers =
                name.range.contains(long)
                || (name.range.end == long.end && name.range.start >= long.start
                    && name.range.count * 10 >= long.count * 6)
            if covers, (found[name.kind]?.range.count ?? 0) < name.range.count { found[name.kind] = name }
        }
        let best = found.values.map(\.range.count).max() ?? 0
        return EntityKind.allCases.compactMap { kind in
            guard let name = found[kind], name.range.count == best else { return nil }
            return (kind, name.readings)
        }
    }

    private func read(
        _ first: Int, _ last: Int, _ range: TextRange, passage: Int, as sense: Sense,
        in document: inout TaggedDocument
    ) {
        let here = document.names.indices.filter {
            document.names[$0].passage == passage && document.names[$0].first == first
                && document.names[$0].last == last
        }
        if sense.names.isEmpty {
            // The dictionary does not know the long form: only readings whose own names resemble it are left.
            for index in here {
                let isGene = document.names[index].kind == .gene
                if isGene, !document.names[index].readings.contains(where: { resembles($0.concept, sense) }) {
                    // Gene symbols have more long forms than the dictionary knows: the words of this one are weighed.
                    document.names[index].doubts.formUnion(NameDoubt.otherwiseDefined.mark)
                    document.names[index].longForm = sense.long
                    continue
                }
                document.names[index].readings = document.names[index].readings.compactMap { reading in
                    guard resembles(reading.concept, sense) else { return nil }
                    var kept = reading
                    kept.definedAs = sense.long
                    return kept
                }
            }
            return
        }
        for index in here where !sense.names.contains(where: { $0.kind == document.names[index].kind }) {
            document.names[index].readings = []
        }
        for (kind, readings) in sense.names {
            let defined = readings.map { reading in
                var copy = reading
                copy.definedAs = sense.long
                return copy
            }
            if let index = here.first(where: { document.names[$0].kind == kind }) {
                let own = document.names[index].readings
                document.names[index].doubts = []
                let both = defined.filter { reading in own.contains { $0.concept == reading.concept } }
                document.names[index].readings = both.isEmpty ? defined : both
            } else {
                document.names.append(
                    NameReading(
                        passage: passage, first: first, last: last, range: range, kind: kind,
                        readings: defined))
            }
        }
    }

    /// Whether some name of a concept shares most of its words with the long form.
    private func resembles(_ concept: Int, _ sense: Sense) -> Bool {
        var tokenizer = Tokenizer()
        let entity = dictionary.entity(ofConcept: concept)
        let long = Set(sense.longTokens)
        for synonym in entity.synonyms where synonym.name.utf8.contains(0x20) {
            let tokens = Set(tokenizer.tokens(of: synonym.name).map(\.identity))
            let shared = tokens.intersection(long).count
            if shared * 2 > min(tokens.count, long.count), shared * 10 >= max(tokens.count, long.count) * 4 {
                return true
            }
        }
        return false
    }
}
