import AhoCorasick
import Corpus
import Terminology

/// Rules out readings that the spelling in the text or a list speaks against, and marks those that it makes doubtful.
struct NameRules {
    let dictionary: CompiledDictionary
    /// The concept of a gene that is looked for under all its own names: nothing but the letter case of common words
    /// speaks against those.
    let focus: Int?

    /// A stretch of a passage that is looked at as the name of a kind of entity.
    struct Place {
        /// The index of its first token.
        let first: Int
        let range: TextRange
        let spelling: Spelling
        let kind: EntityKind

        init(_ first: Int, _ range: TextRange, _ spelling: Spelling, _ kind: EntityKind) {
            self.first = first
            self.range = range
            self.spelling = spelling
            self.kind = kind
        }
    }

    /// The readings that are left of a name; one may be used for any number of names.
    struct Found {
        fileprivate var sound: [Reading] = []
        fileprivate var doubtful: [Reading] = []
        /// What the rules hold against the name.
        fileprivate(set) var doubts: NameDoubt.Set = []
        /// The readings, best grade first.
        var readings: Readings { Readings(sound.isEmpty ? doubtful : sound) }
    }

    /// Finds the readings that nothing speaks against; where there is none, those that are only doubtful. Whether there
    /// is any.
    ///
    /// - Parameter entries: the entries that the name matches; those of other kinds than the name's are passed over.
    func read(
        _ entries: Range<Int>, at place: Place, in passage: TaggedDocument.TokenizedPassage,
        _ found: inout Found
    ) -> Bool {
        found.sound.removeAll(keepingCapacity: true)
        found.doubtful.removeAll(keepingCapacity: true)
        found.doubts = []
        let (kind, spelling) = (place.kind, place.spelling)
        let text = passage.bytes
        let surface = text.span.extracting(place.range.start..<place.range.end)
        if let focus, kind == .gene, spelling.upper > 0 || spelling.digits > 0 || spelling.count > 5,
            entries.contains(where: { dictionary.entry($0).concept == focus })
        {
            for number in entries where dictionary.kind(ofEntry: number) == .gene {
                found.sound.append(Reading(dictionary.entry(number)))
            }
            return true
        }
        if dictionary.isBlocked(surface, as: kind) || followsGreekLetter(place, in: passage) { return false }
        let isEnglish =
            kind == .gene && spelling.digits == 0 && (spelling.upper == 0 || spelling.isTitleCase)
            && dictionary.isEnglishWord(surface)
        for number in entries where dictionary.kind(ofEntry: number) == kind {
            let entry = dictionary.entry(number)
            guard let doubts = self.doubts(of: entry, surface, spelling, isEnglish: isEnglish) else {
                continue
            }
            if doubts.isEmpty {
                found.sound.append(Reading(entry))
            } else if found.sound.isEmpty {
                found.doubtful.append(Reading(entry))
                found.doubts.formUnion(doubts)
            }
        }
        if !found.sound.isEmpty {
            found.doubts = []
        } else if found.doubtful.isEmpty {
            return false
        }
        if isCutFromLongerName(place, in: passage) { found.doubts.formUnion(NameDoubt.cutOut.mark) }
        if isPartOfProtein(place, in: passage) { found.doubts.formUnion(NameDoubt.partOfProtein.mark) }
        return true
    }

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
        _ name: Place, in passage: TaggedDocument.TokenizedPassage
    ) -> Bool {
        let spelling = name.spelling
        guard name.kind == .gene, spelling.blanks == 0, spelling.count <= 6 else { return false }
        let bytes = passage.bytes
        let end = name.range.end
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "-"), isDigit(bytes[end + 1]) { return true }
        let start = name.range.start
        if start > 1, bytes[start - 1] == UInt8(ascii: "-"),
            isDigit(bytes[start - 2]) || isUpper(bytes[start - 2]),
            start < 3 || !isLetter(bytes[start - 3]) || isUpper(bytes[start - 3])
        {
            return spelling.digits == 0 && spelling.count <= 3
        }
        return false
    }

    /// Whether the acronym of a disease is the end of a longer name that begins with a Greek letter: the `SMA` of
    /// `α-SMA` and `alpha-SMA` is smooth muscle actin.
    private func followsGreekLetter(
        _ name: Place, in passage: TaggedDocument.TokenizedPassage
    ) -> Bool {
        guard name.kind == .disease, name.spelling.isAcronym, name.first > 0 else { return false }
        let before = passage.tokens[name.first - 1]
        guard Int(before.end) + 1 == name.range.start,
            passage.bytes[name.range.start - 1] == UInt8(ascii: "-")
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
    private func isPartOfProtein(_ name: Place, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        guard name.kind == .chemical else { return false }
        // The shortest and the longest of these words.
        guard name.range.count >= 4, name.range.count <= 13, name.spelling.blanks == 0 else { return false }
        let word = LowerCase.of(passage.slice(name.range))
        let after = passage.bytes[name.range.end...]
        if Self.residues.contains(word) {
            if let first = after.first, let second = after.dropFirst().first, isDigit(second),
                first == UInt8(ascii: " ") || first == UInt8(ascii: "-")
            {
                return true
            }
            return Self.residueContexts.contains { after.starts(with: $0) }
        }
        return Self.metals.contains(word) && Self.metalContexts.contains { after.starts(with: $0) }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    private func isLetter(_ byte: UInt8) -> Bool { isUpper(byte & 0xDF) }
}
