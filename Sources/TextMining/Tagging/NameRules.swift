import AhoCorasick
import Corpus
import Terminology

/// Rules out readings that the spelling in the text or a list speaks against, and marks those that it makes doubtful.
struct NameRules {
    let dictionary: CompiledDictionary
    /// The concept of a gene that is looked for under all its own names: nothing but the letter case of common words
    /// speaks against those.
    let focus: Int?

    /// What of a name's surroundings may speak against it, by its spelling.
    struct Checks: OptionSet {
        let rawValue: UInt8

        /// The acronym of a disease: it may follow a Greek letter.
        static let greek = Checks(rawValue: 1)
        /// A short symbol of a gene: it may be cut from a longer name.
        static let cut = Checks(rawValue: 1 << 1)
        /// Three letters at most: the end of a longer name.
        static let end = Checks(rawValue: 1 << 2)
        /// An amino acid: it may be a residue of a protein.
        static let residue = Checks(rawValue: 1 << 3)
        /// A metal: it may only tell what binds it.
        static let metal = Checks(rawValue: 1 << 4)
    }

    // MARK: - By spelling

    /// Finds all that a spelling may mean, by kind: the readings that nothing speaks against; where there is none, those
    /// that are only doubtful.
    ///
    /// - Parameters:
    ///   - entries: the entries that the name matches.
    ///   - meanings: where what is found is appended.
    ///   - readings: where the readings are.
    func read(
        _ entries: Range<Int>, spelled surface: Span<UInt8>, into meanings: inout [NameMemory.Meaning],
        _ readings: inout [Reading]
    ) {
        let spelling = Spelling(surface)
        var kinds: UInt16 = 0
        for number in entries {
            let kind = dictionary.kind(ofEntry: number)
            let mark: UInt16 = 1 << UInt16(kind.number)
            guard kinds & mark == 0 else { continue }
            kinds |= mark
            let start = readings.count
            guard
                let (doubts, checks) = read(
                    number..<entries.upperBound, as: kind, surface, spelling, into: &readings)
            else { continue }
            meanings.append(
                NameMemory.Meaning(
                    kind: kind, doubts: doubts, checks: checks,
                    readings: Int32(start)..<Int32(readings.count)))
        }
    }

    /// Appends the readings as one kind; nil, and none appended, where there is none.
    private func read(
        _ entries: Range<Int>, as kind: EntityKind, _ surface: Span<UInt8>, _ spelling: Spelling,
        into readings: inout [Reading]
    ) -> (NameDoubt.Set, Checks)? {
        if let focus, kind == .gene, spelling.upper > 0 || spelling.digits > 0 || spelling.count > 5,
            entries.contains(where: { dictionary.entry($0).concept == focus })
        {
            for number in entries where dictionary.kind(ofEntry: number) == .gene {
                readings.append(Reading(dictionary.entry(number)))
            }
            return ([], [])
        }
        if dictionary.isBlocked(surface, as: kind) { return nil }
        let isEnglish =
            kind == .gene && spelling.digits == 0 && (spelling.upper == 0 || spelling.isTitleCase)
            && dictionary.isEnglishWord(surface)
        let start = readings.count
        var isSound = false
        var all: NameDoubt.Set = []
        for number in entries where dictionary.kind(ofEntry: number) == kind {
            let entry = dictionary.entry(number)
            guard let doubts = self.doubts(of: entry, surface, spelling, isEnglish: isEnglish) else {
                continue
            }
            if doubts.isEmpty {
                if !isSound { readings.removeSubrange(start...) }
                isSound = true
                readings.append(Reading(entry))
            } else if !isSound {
                readings.append(Reading(entry))
                all.formUnion(doubts)
            }
        }
        guard readings.count > start else { return nil }
        return (isSound ? [] : all, checks(of: surface, spelling, as: kind))
    }

    private func checks(of surface: Span<UInt8>, _ spelling: Spelling, as kind: EntityKind) -> Checks {
        switch kind {
        case .disease: return spelling.isAcronym ? .greek : []
        case .gene:
            guard spelling.blanks == 0, spelling.count <= 6 else { return [] }
            return spelling.digits == 0 && spelling.count <= 3 ? [.cut, .end] : .cut
        case .chemical:
            // The shortest and the longest of these words.
            guard surface.count >= 4, surface.count <= 13, spelling.blanks == 0 else { return [] }
            var word: [UInt8] = []
            for index in surface.indices { word.append(LowerCase.of(surface[index])) }
            return Self.residues.contains(word) ? .residue : Self.metals.contains(word) ? .metal : []
        default: return []
        }
    }

    // MARK: - By surroundings

    /// What the surroundings of a name hold against it; nil where they rule it out.
    ///
    /// - Parameters:
    ///   - checks: what its spelling asks for.
    ///   - first: the index of its first token.
    func doubts(
        by checks: Checks, first: Int, range: TextRange, in passage: TaggedDocument.TokenizedPassage
    ) -> NameDoubt.Set? {
        if checks.isEmpty { return [] }
        if checks.contains(.greek), followsGreekLetter(first, range, in: passage) { return nil }
        if checks.contains(.cut), isCutFromLongerName(range, checks, in: passage) {
            return NameDoubt.cutOut.mark
        }
        return isPartOfProtein(range, checks, in: passage) ? NameDoubt.partOfProtein.mark : []
    }

    // MARK: - Readings

    /// What speaks against a reading; nil where it is ruled out.
    private func doubts(
        of entry: CompiledDictionary.Entry, _ surface: Span<UInt8>, _ spelling: Spelling, isEnglish: Bool
    ) -> NameDoubt.Set? {
        let listed = entry.spelling
        switch entry.kind {
        case .gene:
            return doubtsOfGene(entry, surface, spelling, isEnglish: isEnglish)
        case .geneFamily, .cellLine:
            if listed.isPhrase { return [] }
            return spelling.upper + spelling.digits > 0 || listed.upper == 0 ? [] : nil
        case .species:
            if listed.isAcronym != spelling.isAcronym { return nil }
            if listed.isAcronym, !isExact(entry, surface) { return nil }
            // A genus or epithet that is an English word in the text: cancer (the crab), thymus, glycine.
            if !listed.isPhrase, listed.isTitleCase, spelling.upper == 0 {
                return entry.grade != .official ? [] : nil
            }
            return spelling.count > 2 ? [] : nil
        default:
            return doubtsOfTerm(entry, surface, spelling)
        }
    }

    private func isExact(_ entry: CompiledDictionary.Entry, _ surface: Span<UInt8>) -> Bool {
        dictionary.likeness(ofEntry: entry.number, to: surface) == .exact
    }

    // MARK: - Genes

    private func doubtsOfGene(
        _ entry: CompiledDictionary.Entry, _ surface: Span<UInt8>, _ spelling: Spelling, isEnglish: Bool
    ) -> NameDoubt.Set? {
        let listed = entry.spelling
        let alphanumerics = spelling.letters + spelling.digits + spelling.others
        if alphanumerics < 2 { return nil }
        // A designation such as “receptor protein” says nothing; one of a single word less.
        if listed.isPhrase { return alphanumerics >= 6 ? [] : nil }
        var doubts: NameDoubt.Set = []
        // A plural of a symbol names a family.
        if spelling.endsInSmallS, !listed.endsInS, listed.isSymbolic {
            doubts.formUnion(NameDoubt.plural.mark)
        }
        if spelling.digits == 0 {
            if isEnglish {
                // Insulin, leptin and the like are words too. “Obese” and “impact” are listed as synonyms as
                // well: only what is formed like the name of a protein is taken for one.
                let isProtein =
                    listed.lower >= 4 && listed.upper <= 1 && entry.grade <= .synonym
                    && listed.digits == 0 && listed.blanks == 0 && isFormedLikeProtein(surface)
                if !isProtein {
                    if spelling.upper == 0, surface.count <= 3 || listed.upper > 1 { return nil }
                    doubts.formUnion(NameDoubt.englishWord.mark)
                }
            } else if listed.isAcronym, spelling.upper == 0 {
                doubts.formUnion(NameDoubt.shortName.mark)
            }
            if alphanumerics == 2, !isExact(entry, surface) { return nil }
            if alphanumerics == 2, entry.grade >= .synonym { doubts.formUnion(NameDoubt.shortName.mark) }
            if alphanumerics == 3, spelling.upper == 0, listed.upper > 0 {
                doubts.formUnion(NameDoubt.shortName.mark)
            }
        }
        // Blanks where the dictionary has none: “IGF 1 R” is a name, “was 1” and “in 4” are not.
        if spelling.blanks > 0, listed.blanks == 0 {
            if spelling.upper == 0 { doubts.formUnion(NameDoubt.blanks.mark) }
            let first = Self.firstWord(of: surface)
            if first.count > 1, dictionary.isEnglishWord(surface.extracting(first)),
                Spelling(surface.extracting(first)).upper < 2
            {
                return nil
            }
            // “Igf1r as a determinant” does not speak of IGF1R-AS, the antisense gene.
            let last = Self.lastWord(of: surface)
            if last.count > 1 {
                let word = Spelling(surface.extracting(last))
                if word.upper == 0, word.digits == 0, dictionary.isEnglishWord(surface.extracting(last)) {
                    return nil
                }
            }
        }
        // One letter and a number, in lower case with a blank, or a number first: units and enumerations.
        if spelling.letters + spelling.others < 1 { return nil }
        if spelling.letters == 1, spelling.digits > 0, entry.grade >= .related {
            doubts.formUnion(NameDoubt.shortName.mark)
        }
        return doubts
    }

    /// The bytes up to the first blank.
    static func firstWord(of text: Span<UInt8>) -> Range<Int> {
        var end = 0
        while end < text.count, text[end] != 0x20 { end += 1 }
        return 0..<end
    }

    /// The bytes from the last blank on.
    private static func lastWord(of text: Span<UInt8>) -> Range<Int> {
        var start = text.count
        while start > 0, text[start - 1] != 0x20 { start -= 1 }
        return start..<text.count
    }

    /// Whether an English word ends as names of proteins do: insulin, catalase, fibrinogen, glucagon, interferon.
    private func isFormedLikeProtein(_ word: Span<UInt8>) -> Bool {
        if word.count < 5 || Self.otherEndings.contains(where: { Self.ends(word, in: $0) }) { return false }
        return Self.proteinEndings.contains { Self.ends(word, in: $0) }
    }

    private static let otherEndings = ["ain", "protein", "ing"].map { Array($0.utf8) }
    private static let proteinEndings = [
        "in", "ase", "ogen", "agon", "feron", "poietin", "ins", "ases",
    ].map { Array($0.utf8) }

    /// Whether a word ends in small letters, whatever its capitals.
    private static func ends(_ word: Span<UInt8>, in ending: [UInt8]) -> Bool {
        guard word.count >= ending.count else { return false }
        let start = word.count - ending.count
        for (offset, letter) in ending.enumerated() where word[start + offset] | 0x20 != letter {
            return false
        }
        return true
    }

    // MARK: - Terms of vocabularies

    private func doubtsOfTerm(
        _ entry: CompiledDictionary.Entry, _ surface: Span<UInt8>, _ spelling: Spelling
    ) -> NameDoubt.Set? {
        let listed = entry.spelling
        let alphanumerics = spelling.letters + spelling.digits + spelling.others
        if alphanumerics < 2 {
            // The symbols of the elements that texts name as ions: K, Na, Ca2+.
            guard entry.kind == .chemical, spelling.upper == 1, isExact(entry, surface) else { return nil }
        }
        var doubts: NameDoubt.Set = []
        if entry.kind == .chemical, isRole(entry.concept) { doubts.formUnion(NameDoubt.role.mark) }
        if entry.kind == .disease, listed.isAcronym, listed.count <= 3,
            entry.grade >= .related || listed.count == 2
        {
            // Too short to be trusted unless the text defines it; then it comes by its long form.
            doubts.formUnion(NameDoubt.acronym.mark)
        }
        // An acronym is written as one.
        if listed.isAcronym, listed.count <= 6 {
            if isExact(entry, surface) { return doubts }
            guard spelling.endsInSmallS,
                dictionary.likeness(
                    ofEntry: entry.number, to: surface.extracting(0..<(surface.count - 1))) == .exact
            else { return nil }
            return doubts
        }
        if listed.isSymbolic, spelling.count <= 4, !isExact(entry, surface) { return nil }
        if spelling.count <= 3, spelling.digits == 0, !isExact(entry, surface) { return nil }
        return doubts
    }

    /// Whether a chemical of the vocabulary is a class by what its members do (tree D27), not a compound.
    private func isRole(_ concept: Int) -> Bool {
        let trees = dictionary.treeNumberText(ofConcept: concept)
        guard trees.count > 3 else { return false }
        var start = 0
        while start + 2 < trees.count {
            if trees[start] != UInt8(ascii: "D") || trees[start + 1] != UInt8(ascii: "2")
                || trees[start + 2] != UInt8(ascii: "7")
            {
                return false
            }
            while start < trees.count, trees[start] != UInt8(ascii: "|") { start += 1 }
            start += 1
        }
        return true
    }

    // MARK: - Neighbours

    /// Whether a short symbol is only the head of a longer, unknown one: the `RAS` of `RAS-7`, the `AB` of `AB/2`.
    private func isCutFromLongerName(
        _ range: TextRange, _ checks: Checks, in passage: TaggedDocument.TokenizedPassage
    ) -> Bool {
        let bytes = passage.bytes
        let end = range.end
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "-"), isDigit(bytes[end + 1]) { return true }
        let start = range.start
        if start > 1, bytes[start - 1] == UInt8(ascii: "-"),
            isDigit(bytes[start - 2]) || isUpper(bytes[start - 2]),
            start < 3 || !isLetter(bytes[start - 3]) || isUpper(bytes[start - 3])
        {
            return checks.contains(.end)
        }
        return false
    }

    /// Whether the acronym of a disease is the end of a longer name that begins with a Greek letter: the `SMA` of
    /// `α-SMA` and `alpha-SMA` is smooth muscle actin.
    private func followsGreekLetter(
        _ first: Int, _ range: TextRange, in passage: TaggedDocument.TokenizedPassage
    ) -> Bool {
        guard first > 0 else { return false }
        let before = passage.tokens[first - 1]
        guard Int(before.end) + 1 == range.start, passage.bytes[range.start - 1] == UInt8(ascii: "-")
        else {
            return false
        }
        let letter = passage.slice(TextRange(Int(before.start), Int(before.end)))
        // Greek capitals and small letters are U+0391 to U+03C9.
        if letter.count == 2, letter.first == 0xCE || letter.first == 0xCF { return true }
        return Self.greekNames.contains(LowerCase.of(letter))
    }

    private static let greekNames = ["alpha", "beta", "gamma", "delta", "epsilon", "kappa"].map {
        Array($0.utf8)
    }

    private static let residues = [
        "alanine", "arginine", "asparagine", "aspartate", "cysteine", "glutamine", "glutamate", "glycine",
        "histidine",
        "isoleucine", "leucine", "lysine", "methionine", "phenylalanine", "proline", "serine", "threonine",
        "tryptophan", "tyrosine", "valine",
    ].map { Array($0.utf8) }
    private static let residueContexts = [
        " residue", "-rich", " kinase", " phosphor", "/threonine", " protease", " phosphatase",
        "-phosphorylat",
        " hydroxylase", " zipper", "-specific",
    ].map { Array($0.utf8) }
    private static let metals = ["zinc", "calcium", "iron", "copper"].map { Array($0.utf8) }
    private static let metalContexts = [
        " finger", "-finger", "-binding", " binding domain", "-dependent", " channel",
    ]
    .map { Array($0.utf8) }

    /// Whether an amino acid is a residue of a protein (serine 15, tyrosine kinase), or a metal only names what binds
    /// it (zinc finger, calcium channel): no compound that the sentence speaks about.
    private func isPartOfProtein(
        _ range: TextRange, _ checks: Checks, in passage: TaggedDocument.TokenizedPassage
    ) -> Bool {
        guard checks.contains(.residue) || checks.contains(.metal) else { return false }
        let after = passage.bytes[range.end...]
        if checks.contains(.residue) {
            if let first = after.first, let second = after.dropFirst().first, isDigit(second),
                first == UInt8(ascii: " ") || first == UInt8(ascii: "-")
            {
                return true
            }
            return Self.residueContexts.contains { after.starts(with: $0) }
        }
        return Self.metalContexts.contains { after.starts(with: $0) }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    private func isLetter(_ byte: UInt8) -> Bool { isUpper(byte & 0xDF) }
}
