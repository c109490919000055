import AhoCorasick
import Corpus

/// Lays a draft out as the bytes of a compiled dictionary.
///
/// The file is a header of 64-bit little-endian words (magic, layout version, number of tables, then offset and count of
/// each table), then the tables, each padded to eight bytes, then the checksum of all this. Tables of records are flat arrays of 32-bit words; the
/// `Field` enumerations of `CompiledDictionary` say what stands where.
struct DictionaryCompiler {
    /// How a name in the dictionary was varied before it was entered.
    enum Variant: UInt32 {
        case asWritten = 0
        case greekShortened = 1
        case greekSpelledOut = 2
        case bracketsDropped = 3
        case commasDropped = 4
        case lastWordsFirst = 5
        case qualifierDropped = 6
    }

    private struct Entry {
        var pattern: UInt32
        var grade: UInt32
        var concept: UInt32
        var name: UInt32
        var variant: UInt32
    }

    private var pool: [UInt8] = []
    private var places: [String: UInt32] = [:]

    /// The compiled dictionary.
    ///
    /// - Complexity: O(total length of the names), apart from sorting.
    static func compile(_ draft: DictionaryDraft, digest: String) -> [UInt8] {
        var compiler = DictionaryCompiler()
        return compiler.run(draft, digest: digest)
    }

    private mutating func run(_ draft: DictionaryDraft, digest: String) -> [UInt8] {
        pool.reserveCapacity(draft.names.count * 24)
        var trie = TokenTrie(expectedStates: draft.names.count * 2)
        var entries = collectEntries(draft, into: &trie)
        entries.sort {
            ($0.pattern, $0.grade, $0.concept, $0.variant, $0.name)
                < ($1.pattern, $1.grade, $1.concept, $1.variant, $1.name)
        }
        entries = firstOfEach(withoutDisplaced(entries, draft), conceptCount: draft.concepts.count)

        // Entries by pattern.
        var entryWords: [UInt32] = []
        entryWords.reserveCapacity(entries.count * CompiledDictionary.EntryField.allCases.count)
        var patternStarts = [UInt32](repeating: 0, count: trie.patternCount + 1)
        for entry in entries {
            let name = draft.names[Int(entry.name)]
            let (offset, count) = place(name.text)
            let kind = UInt32(draft.concepts[Int(entry.concept)].kind.number)
            entryWords += [
                entry.concept, offset, count,
                entry.grade | kind << 4 | entry.variant << 8 | UInt32(name.source) << 16,
                Spelling(name.text.utf8Span.span).packed,
            ]
            patternStarts[Int(entry.pattern) + 1] += 1
        }
        for index in 1..<patternStarts.count { patternStarts[index] += patternStarts[index - 1] }

        // Names by concept, in the order of the sources.
        var nameStarts = [UInt32](repeating: 0, count: draft.concepts.count + 1)
        for name in draft.names { nameStarts[name.concept + 1] += 1 }
        for index in 1..<nameStarts.count { nameStarts[index] += nameStarts[index - 1] }
        var next = nameStarts
        var nameWords = [UInt32](repeating: 0, count: draft.names.count * 3)
        for name in draft.names {
            let (offset, count) = place(name.text)
            let at = Int(next[name.concept]) * 3
            next[name.concept] += 1
            nameWords[at] = offset
            nameWords[at + 1] = count
            nameWords[at + 2] = UInt32(name.grade.rawValue) | UInt32(name.source) << 16
        }

        let (orthologs, groups) = orthologGroups(of: draft)
        var conceptWords: [UInt32] = []
        for (index, concept) in draft.concepts.enumerated() {
            let (id, idCount) = place(concept.id.curie)
            let (name, nameCount) = place(concept.name)
            let (full, fullCount) = place(concept.fullName)
            let (trees, treesCount) = place(concept.treeNumbers.joined(separator: "|"))
            let kind = UInt32(concept.kind.number)
            conceptWords += [
                id, idCount, name, nameCount, full, fullCount, trees, treesCount, kind,
                UInt32(bitPattern: concept.taxon), groups[index],
            ]
        }
        let byIdentifier = draft.concepts.indices
            .sorted { draft.concepts[$0].id < draft.concepts[$1].id }.map { UInt32($0) }

        // Other identifiers, sorted; what is an entity's own identifier is none.
        var alternativeWords: [UInt32] = []
        for alternative in draft.alternatives.filter({ draft.index(of: $0.id) == nil }).sorted(by: {
            $0.id < $1.id
        }) {
            let (id, idCount) = place(alternative.id.curie)
            alternativeWords += [
                id, idCount, UInt32(alternative.concept), UInt32(max(alternative.source, 0)),
            ]
        }

        let words = HashTable.table(of: draft.words.map { NameHash.of($0.utf8) })
        let blocked = HashTable.table(
            of: EntityKind.allCases.flatMap { kind in
                (draft.blocked[kind] ?? []).map { NameHash.of($0.utf8, salt: kind.number) }
            })
        let profiles = FullNameWords.tables(of: draft)
        let description =
            ([digest]
            + draft.sources.map { source in
                [
                    source.name, source.layout, source.sha256, "\(source.bytes)", "\(source.concepts)",
                    "\(source.names)", "\(source.alternatives)", source.release,
                ]
                .joined(separator: "\t")
            }).joined(separator: "\n")

        let automaton = Automaton.serialized(trie)
        var tables: [(bytes: [UInt8], count: Int)] = []
        func add<Element: FixedWidthInteger & BitwiseCopyable>(_ table: [Element]) {
            var bytes: [UInt8] = []
            LittleEndian.append(table, to: &bytes)
            tables.append((bytes, table.count))
        }
        add(automaton)
        add(pool)
        add(conceptWords)
        add(entryWords)
        add(patternStarts)
        add(nameWords)
        add(nameStarts)
        add(byIdentifier)
        add(words)
        add(blocked)
        add(orthologs)
        add(Array(description.utf8))
        let (weightKeys, weightValues) = FeatureWeights.tables(of: draft.weights)
        add(weightKeys)
        add(weightValues)
        add(alternativeWords)
        add(Array(draft.roleCues.map(\.line).joined(separator: "\n").utf8))
        add(profiles.words)
        add(profiles.starts)
        let interactions = FeatureWeights.tables(of: draft.interactionWeights)
        add(interactions.keys)
        add(interactions.values)

        var header: [UInt64] = [
            CompiledDictionary.magic, CompiledDictionary.layoutVersion, UInt64(tables.count),
        ]
        var offset = (3 + tables.count * 2) * 8
        for table in tables {
            header += [UInt64(offset), UInt64(table.count)]
            offset += table.bytes.count
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(offset + Checksum.count)
        LittleEndian.append(header, to: &bytes)
        for table in tables { bytes += table.bytes }
        Checksum.append(to: &bytes)
        return bytes
    }

    // MARK: - Orthologs

    /// The records of all genes with orthologs, and each concept's group: the place of its group's first gene, counted
    /// from 1; 0 where it has none.
    private func orthologGroups(of draft: DictionaryDraft) -> (records: [UInt32], groups: [UInt32]) {
        let members = draft.concepts.indices.filter { draft.concepts[$0].orthologGroup != 0 }
            .sorted { (draft.concepts[$0].orthologGroup, $0) < (draft.concepts[$1].orthologGroup, $1) }
        var records: [UInt32] = []
        var groups = [UInt32](repeating: 0, count: draft.concepts.count)
        var first: UInt32 = 0
        for (place, concept) in members.enumerated() {
            let group = draft.concepts[concept].orthologGroup
            if place == 0 || draft.concepts[members[place - 1]].orthologGroup != group {
                first = UInt32(place) + 1
            }
            let isLast =
                place + 1 == members.count || draft.concepts[members[place + 1]].orthologGroup != group
            groups[concept] = first
            records += [
                UInt32(concept), UInt32(bitPattern: draft.concepts[concept].taxon), isLast ? 1 : 0,
            ]
        }
        return (records, groups)
    }

    // MARK: - Names

    private func collectEntries(_ draft: DictionaryDraft, into trie: inout TokenTrie) -> [Entry] {
        var tokenizer = Tokenizer()
        var tokens: [Token] = []
        var entries: [Entry] = []
        entries.reserveCapacity(draft.names.count * 5 / 4)
        let greek = GreekVariants()
        for (index, name) in draft.names.enumerated() {
            let concept = draft.concepts[name.concept]
            func enter(_ identities: [UInt64], _ grade: NameGrade, _ variant: Variant) {
                guard let pattern = trie.insert(identities) else { return }
                entries.append(
                    Entry(
                        pattern: pattern, grade: UInt32(grade.rawValue), concept: UInt32(name.concept),
                        name: UInt32(index), variant: variant.rawValue))
            }
            tokenizer.tokenize(name.text.utf8Span.span, into: &tokens)
            guard isUsable(tokens) else { continue }
            let identities = tokens.map(\.identity)
            let full = tokens
            enter(identities, name.grade, .asWritten)
            let lower = max(name.grade, .related)
            let hasQualifier = concept.kind == .gene && name.grade == .fullName || concept.kind == .species
            if hasQualifier, let short = withoutBrackets(name.text) {
                tokenizer.tokenize(short.utf8Span.span, into: &tokens)
                if isUsable(tokens) { enter(tokens.map(\.identity), lower, .bracketsDropped) }
            }
            let comma = greek.comma
            if identities.contains(comma), concept.kind != .chemical {
                enter(identities.filter { $0 != comma }, lower, .commasDropped)
            }
            if concept.kind == .gene, name.grade == .fullName {
                for variant in FullNameVariants.of(full, comma: comma) {
                    enter(variant.identities, .related, variant.kind)
                }
            }
            if concept.kind == .gene, name.grade != .fullName, identities.count <= 5 {
                if let short = greek.shortened(identities) { enter(short, lower, .greekShortened) }
                if let long = greek.spelledOut(identities) { enter(long, lower, .greekSpelledOut) }
            }
        }
        return entries
    }

    /// Whether a name can be looked for: it has a letter, more than one character, and not too many tokens.
    private func isUsable(_ tokens: [Token]) -> Bool {
        guard let first = tokens.first, let last = tokens.last, tokens.count <= 24 else { return false }
        return last.end - first.start > 1 && tokens.contains { $0.traits.contains(.letters) }
    }

    /// The name without a last part in brackets: `foo (Drosophila)`; nil where there is none, or nothing before it.
    private func withoutBrackets(_ name: String) -> String? {
        let bytes = Array(name.utf8)
        guard bytes.last == UInt8(ascii: ")"), let open = bytes.lastIndex(of: UInt8(ascii: "(")), open > 3,
            bytes[open - 1] == UInt8(ascii: " ")
        else { return nil }
        return String(decoding: bytes[..<(open - 1)], as: UTF8.self)
    }

    /// The entries without those that the only meaning of a name displaces: others of its kind with the same pattern.
    private func withoutDisplaced(_ entries: [Entry], _ draft: DictionaryDraft) -> [Entry] {
        func kind(_ entry: Entry) -> EntityKind { draft.concepts[Int(entry.concept)].kind }
        var soles: [UInt32: [(kind: EntityKind, concept: UInt32)]] = [:]
        for entry in entries
        where entry.variant == Variant.asWritten.rawValue && draft.names[Int(entry.name)].isSole {
            soles[entry.pattern, default: []].append((kind(entry), entry.concept))
        }
        if soles.isEmpty { return entries }
        return entries.filter { entry in
            guard let own = soles[entry.pattern], own.contains(where: { $0.kind == kind(entry) }) else {
                return true
            }
            return own.contains { $0.concept == entry.concept }
        }
    }

    /// The best entry of each concept for each pattern, of entries that are sorted by pattern and grade.
    private func firstOfEach(_ entries: [Entry], conceptCount: Int) -> [Entry] {
        var kept: [Entry] = []
        kept.reserveCapacity(entries.count)
        // A name such as "hypothetical protein" may be that of many thousands of genes.
        var lastPattern = [UInt32](repeating: UInt32.max, count: conceptCount)
        for entry in entries where lastPattern[Int(entry.concept)] != entry.pattern {
            lastPattern[Int(entry.concept)] = entry.pattern
            kept.append(entry)
        }
        return kept
    }

    private mutating func place(_ text: String) -> (UInt32, UInt32) {
        let count = UInt32(text.utf8.count)
        if count == 0 { return (0, 0) }
        if let offset = places[text] { return (offset, count) }
        let offset = UInt32(pool.count)
        pool.append(contentsOf: text.utf8)
        places[text] = offset
        return (offset, count)
    }
}

/// Spells Greek letters in gene symbols both ways: `TNF-alpha` and `TNFA`, `IL1B` and `IL-1 beta`.
private struct GreekVariants {
    let comma: UInt64
    private let pairs: [(long: UInt64, short: UInt64)]

    init() {
        var tokenizer = Tokenizer()
        func identity(_ word: String) -> UInt64 { tokenizer.tokens(of: word).first?.identity ?? 0 }
        comma = identity(",")
        pairs = [
            ("alpha", "a"), ("beta", "b"), ("gamma", "g"), ("delta", "d"), ("epsilon", "e"), ("kappa", "k"),
        ]
        .map { (identity($0.0), identity($0.1)) }
    }

    /// Each Greek letter by its Latin one; nil where there is none.
    func shortened(_ identities: [UInt64]) -> [UInt64]? {
        guard identities.count > 1 else { return nil }
        var changed = false
        let short = identities.map { identity in
            guard let pair = pairs.first(where: { $0.long == identity }) else { return identity }
            changed = true
            return pair.short
        }
        return changed ? short : nil
    }

    /// A last Latin letter that follows digits by the Greek one; nil where there is none.
    func spelledOut(_ identities: [UInt64]) -> [UInt64]? {
        guard identities.count > 2, let last = identities.last,
            let pair = pairs.first(where: { $0.short == last })
        else { return nil }
        return Array(identities.dropLast()) + [pair.long]
    }
}
