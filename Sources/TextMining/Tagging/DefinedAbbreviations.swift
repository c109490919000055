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
        /// What the long form was found to name, by kind, as short for it; empty where the dictionary does not know it.
        let names: [(kind: EntityKind, readings: [Reading])]
        /// The tokens of the long form, each once.
        let longTokens: [UInt64]
        /// Whether concepts have a name that resembles the long form, as far as it has been asked for.
        var resemblances: [(concept: Int, isAlike: Bool)] = []
        /// What was found out about names of the short form: most of them come again with the same readings.
        var answers: [Answer] = []

        /// What becomes of a name.
        struct Answer {
            let kind: EntityKind
            /// What it may mean by itself; none where it is no name by itself.
            let own: Readings
            /// What it means as the short form; nil where it is a gene that none of these resembles.
            let kept: Readings?
        }

        /// What was found out about a name.
        func answer(_ kind: EntityKind, _ own: Readings, _ list: ReadingList) -> Answer? {
            answers.first { $0.kind == kind && list.areEqual($0.own, own) }
        }

        init(
            tokens: [UInt64], surface: [UInt8], long: LongForm,
            names: [(kind: EntityKind, readings: [Reading])], longTokens: [UInt64]
        ) {
            self.tokens = tokens
            self.surface = surface
            self.long = long
            self.names = names
            self.longTokens = longTokens
        }

        /// Whether a text is the short form or its plural.
        func isSpelled(_ text: Span<UInt8>) -> Bool {
            let isPlural = text.count == surface.count + 1 && text[text.count - 1] == UInt8(ascii: "s")
            guard text.count == surface.count || isPlural else { return false }
            for index in surface.indices where text[index] != surface[index] { return false }
            return true
        }
    }

    /// The short forms of a document, in the order in which they are defined.
    private struct Senses {
        private(set) var all: [Sense] = []
        /// The number of each by the hash of its bytes: two share one with a probability of 2⁻⁶⁴.
        private var numbers = KeyNumbers(expected: 8)
        /// The last bits of their first tokens: most words begin no short form, which these tell.
        private var beginnings: UInt64 = 0
        /// How many tokens they have, a bit a count.
        private var counts: UInt64 = 0
        /// The number of tokens that a short form has at most.
        static let longest = 6

        /// Whether a short form is among them.
        func contains(_ surface: [UInt8]) -> Bool {
            numbers.known(SurfaceHash.of(surface.span, from: 0, to: surface.count)) != nil
        }

        /// Appends a short form that is not among them.
        mutating func append(_ sense: Sense) {
            let surface = sense.surface
            let hash = SurfaceHash.of(surface.span, from: 0, to: surface.count)
            guard numbers.number(of: hash) == all.count else { return }
            beginnings |= 1 &<< (sense.tokens[0] & 63)
            counts |= 1 &<< UInt64(sense.tokens.count)
            all.append(sense)
        }

        /// Whether a short form may begin with a token.
        @inline(__always)
        func mayBegin(with identity: UInt64) -> Bool { beginnings &>> (identity & 63) & 1 != 0 }

        /// Lists the numbers of the short forms, or plurals of them, that begin at a token, in their order.
        func find(at first: Int, of passage: TaggedDocument.TokenizedPassage, into found: inout [Int]) {
            found.removeAll(keepingCapacity: true)
            let (tokens, bytes) = (passage.tokens, passage.bytes)
            let text = bytes.span
            let start = Int(tokens[first].start)
            for count in 1...Self.longest where counts &>> UInt64(count) & 1 != 0 {
                let last = first + count - 1
                guard last < tokens.count else { break }
                guard tokens[last].traits.contains(.endsWord) else { continue }
                let end = Int(tokens[last].end)
                let isPlural = text[end - 1] == UInt8(ascii: "s")
                for own in (isPlural ? end - 1 : end)...end {
                    guard let number = numbers.known(SurfaceHash.of(text, from: start, to: own)),
                        all[number].tokens.count == count, all[number].tokens[0] == tokens[first].identity,
                        all[number].isSpelled(text.extracting(start..<end))
                    else { continue }
                    found.append(number)
                }
            }
            if found.count > 1 { found.sort() }
        }
    }

    /// What is worked with, from document to document.
    struct Room: Sendable {
        fileprivate var alignments = AbbreviationAlignment.Room()
        fileprivate var tokens: [Token] = []
        fileprivate var words: [UInt64] = []
        fileprivate var concepts = ConceptWords()

        /// Forgets what has grown too large.
        mutating func prune() {
            concepts.prune()
            if RoomLimit.isExceeded(by: tokens.capacity) { tokens = [] }
            if RoomLimit.isExceeded(by: words.capacity) { words = [] }
        }
    }

    /// The words of the names of concepts that have several, as they were asked for.
    fileprivate struct ConceptWords: Sendable {
        private var numbers = KeyNumbers(expected: 1 << 8)
        private var places: [Range<Int>] = []
        /// For each name, how many different words it has, and these.
        private(set) var words: [UInt64] = []
        /// The number of words, and of concepts, that are remembered at most. Concepts may have no words.
        private static let limits = (words: 1 << 20, concepts: 1 << 18)

        mutating func prune() {
            if words.count > Self.limits.words || places.count > Self.limits.concepts {
                self = ConceptWords()
            }
        }

        /// Where the names of a concept are in `words`.
        ///
        /// - Parameter list: appends them, where they are new.
        mutating func place(of concept: Int, list: (inout [UInt64]) -> Void) -> Range<Int> {
            let number = numbers.number(of: UInt64(concept))
            if number == places.count {
                let start = words.count
                list(&words)
                places.append(start..<words.count)
            }
            return places[number]
        }
    }

    /// Reads the short forms of a document.
    func apply(to document: inout TaggedDocument, _ tokenizer: inout Tokenizer, _ room: inout Room) {
        let senses = self.senses(in: &document, &tokenizer, &room)
        guard !senses.all.isEmpty else { return }
        var added: [NameReading] = []
        var found: [Int] = []
        for passage in document.passages {
            let tokens = passage.tokens
            for first in tokens.indices {
                guard senses.mayBegin(with: tokens[first].identity),
                    tokens[first].traits.contains(.startsWord)
                else { continue }
                senses.find(at: first, of: passage, into: &found)
                for number in found {
                    let sense = senses.all[number]
                    let last = first + sense.tokens.count - 1
                    read(first, last, passage, as: sense, in: &document, &added, &tokenizer, &room)
                }
            }
        }
        document.names.removeAll { $0.readings.isEmpty }
        guard !added.isEmpty else { return }
        document.names += added.filter { !$0.readings.isEmpty }
        document.sortNames()
    }

    /// The short forms that the text defines; where it defines one twice, as it does first.
    private func senses(
        in document: inout TaggedDocument, _ tokenizer: inout Tokenizer, _ room: inout Room
    ) -> Senses {
        var senses = Senses()
        // By how much the last token of a name is behind its first at most.
        let reach = document.names.reduce(0) { max($0, $1.last - $1.first) }
        for passage in document.passages {
            let definitions = definitions(in: passage, &room.alignments)
            document.definitions.append(definitions)
            for definition in definitions {
                let short = Array(passage.slice(definition.short))
                tokenizer.tokenize(short.span, into: &room.tokens)
                guard !room.tokens.isEmpty, room.tokens.count <= Senses.longest,
                    !senses.contains(short)
                else { continue }
                let identities = room.tokens.map(\.identity)
                let long = document.keep(
                    longForm: String(decoding: passage.slice(definition.long), as: UTF8.self))
                tokenizer.tokenize(passage.slice(definition.long).span, into: &room.tokens)
                Self.collect(room.tokens, in: &room.words)
                senses.append(
                    Sense(
                        tokens: identities, surface: short, long: long,
                        names: namesOf(definition.long, as: long, of: passage, in: document, reach: reach),
                        longTokens: room.words))
            }
        }
        return senses
    }

    /// The definitions in a passage. Brackets are signs, so that its tokens tell where they are.
    private func definitions(
        in passage: TaggedDocument.TokenizedPassage, _ room: inout AbbreviationAlignment.Room
    ) -> [AbbreviationDefinition] {
        var definitions: [AbbreviationDefinition] = []
        let bytes = passage.bytes
        let sentences = passage.sentences
        var sentence = 0
        for token in passage.tokens where token.traits.contains(.sign) {
            let opening = Int(token.start)
            guard AbbreviationFinder.opens(bytes[opening]) else { continue }
            while sentence < sentences.count, sentences[sentence].end <= opening { sentence += 1 }
            if sentence == sentences.count { break }
            if let definition = AbbreviationFinder.definition(
                in: bytes.span, openedAt: opening, of: sentences[sentence], &room)
            {
                definitions.append(definition)
            }
        }
        return definitions
    }

    /// Lists the identities of tokens, each once.
    private static func collect(_ tokens: [Token], in words: inout [UInt64]) {
        words.removeAll(keepingCapacity: true)
        for token in tokens where !words.contains(token.identity) { words.append(token.identity) }
    }

    private static let kinds = EntityKind.allCases

    /// What the long form names: the longest names of each kind that end where it ends and cover most of it.
    ///
    /// - Parameter reach: by how much the last token of a name is behind its first at most.
    private func namesOf(
        _ long: TextRange, as longForm: LongForm, of passage: TaggedDocument.TokenizedPassage,
        in document: TaggedDocument, reach: Int
    ) -> [(kind: EntityKind, readings: [Reading])] {
        // The place of the longest name by the number of its kind, and how long the longest of all is.
        var found = InlineArray<10, Int>(repeating: -1)
        var best = 0
        // No name begins before its sentence, which may be a passage of megabytes, or ends behind its reach.
        let sentence = passage.sentences[passage.sentence(at: long.start)].start
        let token = max(
            passage.tokens.firstIndex(endingAfter: sentence),
            passage.tokens.firstIndex(endingAfter: long.start) - reach)
        let names = document.names
        var index = document.firstName(from: token, of: passage.place)
        while index < names.count, names[index].passage == passage.place, names[index].range.start < long.end
        {
            let range = names[index].range
            let covers =
                range.contains(long)
                || (range.end == long.end && range.start >= long.start
                    && range.count * 10 >= long.count * 6)
            if covers, range.overlaps(long) {
                let kind = Int(names[index].kind.number)
                if found[kind] < 0 || names[found[kind]].range.count < range.count { found[kind] = index }
                best = max(best, range.count)
            }
            index += 1
        }
        guard best > 0 else { return [] }
        return Self.kinds.compactMap { kind in
            let place = found[Int(kind.number)]
            guard place >= 0, names[place].range.count == best else { return nil }
            return (
                kind,
                document.readings[names[place].readings].map { reading in
                    var defined = reading
                    defined.definedAs = longForm
                    return defined
                }
            )
        }
    }

    private func read(
        _ first: Int, _ last: Int, _ passage: TaggedDocument.TokenizedPassage, as sense: Sense,
        in document: inout TaggedDocument, _ added: inout [NameReading], _ tokenizer: inout Tokenizer,
        _ room: inout Room
    ) {
        // Names of one place stand side by side.
        func isHere(_ index: Int) -> Bool {
            index < document.names.count && document.names[index].passage == passage.place
                && document.names[index].first == first
        }
        var start = document.firstName(from: first, of: passage.place)
        while isHere(start), document.names[start].last != last { start += 1 }
        var end = start
        while isHere(end), document.names[end].last == last { end += 1 }
        let here = start..<end
        if sense.names.isEmpty {
            // The dictionary does not know the long form: only readings whose own names resemble it are left.
            for index in here {
                let kept = resembling(
                    document.names[index].kind, document.names[index].readings, sense, &document.readings,
                    &tokenizer, &room)
                if let kept {
                    document.names[index].readings = kept
                } else {
                    // Gene symbols have more long forms than the dictionary knows: the words of this one are weighed.
                    document.names[index].doubts.formUnion(NameDoubt.otherwiseDefined.mark)
                    document.names[index].longForm = sense.long
                }
            }
            return
        }
        for index in here where !sense.names.contains(where: { $0.kind == document.names[index].kind }) {
            document.names[index].readings = .none
        }
        for place in sense.names.indices {
            let kind = sense.names[place].kind
            if let index = here.first(where: { document.names[$0].kind == kind }) {
                document.names[index].doubts = []
                document.names[index].readings = Self.defined(
                    place, document.names[index].readings, as: sense, &document.readings)
            } else {
                let readings = Self.defined(place, .none, as: sense, &document.readings)
                added.append(NameReading(first, last, of: passage, kind: kind, readings: readings))
            }
        }
    }

    /// What a name means that is the short form of a long one which the dictionary knows: what both may mean, and where that
    /// is nothing, what the long form means.
    ///
    /// - Parameters:
    ///   - place: the place of what the long form means as a name of a kind.
    ///   - own: what the name may mean by itself.
    private static func defined(
        _ place: Int, _ own: Readings, as sense: Sense, _ list: inout ReadingList
    ) -> Readings {
        let (kind, defined) = sense.names[place]
        if let known = sense.answer(kind, own, list)?.kept { return known }
        let concepts = list[own].map(\.concept)
        let both = defined.filter { concepts.contains($0.concept) }
        let kept = list.keep(both.isEmpty ? defined : both)
        sense.answers.append(Sense.Answer(kind: kind, own: own, kept: kept))
        return kept
    }

    /// What a name means that is the short form of a long one which the dictionary does not know: only readings whose own names
    /// resemble it; nil for a gene of which none does.
    private func resembling(
        _ kind: EntityKind, _ own: Readings, _ sense: Sense, _ list: inout ReadingList,
        _ tokenizer: inout Tokenizer, _ room: inout Room
    ) -> Readings? {
        if let known = sense.answer(kind, own, list) { return known.kept }
        let readings = list[own].compactMap { reading -> Reading? in
            guard resembles(reading.concept, sense, &tokenizer, &room) else { return nil }
            var kept = reading
            kept.definedAs = sense.long
            return kept
        }
        let kept = kind == .gene && readings.isEmpty ? nil : list.keep(readings)
        sense.answers.append(Sense.Answer(kind: kind, own: own, kept: kept))
        return kept
    }

    /// Whether some name of a concept shares most of its words with the long form.
    private func resembles(
        _ concept: Int, _ sense: Sense, _ tokenizer: inout Tokenizer, _ room: inout Room
    ) -> Bool {
        if let known = sense.resemblances.first(where: { $0.concept == concept }) { return known.isAlike }
        let names = room.concepts.place(of: concept) { list in
            dictionary.forEachName(ofConcept: concept) { name, _ in
                guard NameRules.firstWord(of: name).count < name.count else { return }
                tokenizer.tokenize(name, into: &room.tokens)
                Self.collect(room.tokens, in: &room.words)
                list.append(UInt64(room.words.count))
                list.append(contentsOf: room.words)
            }
        }
        var isAlike = false
        let long = sense.longTokens
        var place = names.lowerBound
        while !isAlike, place < names.upperBound {
            let own = Int(room.concepts.words[place])
            var shared = 0
            for word in (place + 1)..<(place + 1 + own) where long.contains(room.concepts.words[word]) {
                shared += 1
            }
            isAlike = shared * 2 > min(own, long.count) && shared * 10 >= max(own, long.count) * 4
            place += own + 1
        }
        sense.resemblances.append((concept, isAlike))
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
