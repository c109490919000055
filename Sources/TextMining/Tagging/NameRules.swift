import AhoCorasick
import Corpus
import Terminology

/// Rules out readings that the spelling in the text or a list speaks against, and marks those that it makes doubtful.
struct NameRules {
    let dictionary: CompiledDictionary
    /// The concept of a gene that is looked for under all its own names: nothing but the letter case of common words
    /// speaks against those.
    let focus: Int?

    func apply(to document: inout TaggedDocument) {
        for index in document.names.indices {
            let name = document.names[index]
            let passage = document.passages[name.passage]
            let surface = passage.slice(name.range)
            let spelling = Spelling(surface)
            if let focus, name.kind == .gene, spelling.upper > 0 || spelling.digits > 0 || spelling.count > 5,
                name.readings.contains(where: { $0.concept == focus })
            {
                continue
            }
            if dictionary.isBlocked(surface, as: name.kind) || followsGreekLetter(name, in: passage, spelling)
            {
                document.names[index].readings = []
                continue
            }
            var doubts: NameDoubt.Set = []
            if isCutFromLongerName(name, in: passage, spelling) { doubts.formUnion(NameDoubt.cutOut.mark) }
            if isPartOfProtein(name, in: passage) { doubts.formUnion(NameDoubt.partOfProtein.mark) }
            judge(&document.names[index], surface: surface, spelling: spelling)
            document.names[index].doubts.formUnion(doubts)
        }
        document.names.removeAll { $0.readings.isEmpty }
    }

    /// Keeps the readings that nothing speaks against; where there is none, those that are only doubtful.
    private func judge(_ name: inout NameReading, surface: ArraySlice<UInt8>, spelling: Spelling) {
        var sound: [Reading] = []
        var doubtful: [Reading] = []
        var doubts: NameDoubt.Set = []
        for reading in name.readings {
            guard let found = self.doubts(of: reading, as: name.kind, surface: surface, spelling: spelling)
            else { continue }
            if found.isEmpty {
                sound.append(reading)
            } else {
                doubtful.append(reading)
                doubts.formUnion(found)
            }
        }
        name.readings = sound.isEmpty ? doubtful : sound
        if sound.isEmpty { name.doubts = doubts }
    }

    /// What speaks against a reading; nil where it is ruled out.
    private func doubts(
        of reading: Reading, as kind: EntityKind, surface: ArraySlice<UInt8>, spelling: Spelling
    ) -> NameDoubt.Set? {
        dictionary.withName(ofEntry: reading.entry) { entryName in
            let name = (0..<entryName.count).map { entryName[$0] }
            let listed = Spelling(name)
            switch kind {
            case .gene:
                return doubtsOfGene(reading, name: name, listed: listed, surface: surface, spelling)
            case .geneFamily, .cellLine:
                if listed.isPhrase { return [] }
                return spelling.upper + spelling.digits > 0 || listed.upper == 0 ? [] : nil
            case .species:
                if listed.isAcronym != spelling.isAcronym { return nil }
                if listed.isAcronym, !surface.elementsEqual(name) { return nil }
                // A genus or epithet that is an English word in the text: cancer (the crab), thymus, glycine.
                if !listed.isPhrase, listed.isTitleCase, spelling.upper == 0 {
                    return reading.grade != .official ? [] : nil
                }
                return spelling.count > 2 ? [] : nil
            default:
                return doubtsOfTerm(
                    reading, as: kind, name: name, listed: listed, surface: surface, spelling)
            }
        }
    }

    // MARK: - Genes

    private func doubtsOfGene(
        _ reading: Reading, name: [UInt8], listed: Spelling, surface: ArraySlice<UInt8>, _ spelling: Spelling
    ) -> NameDoubt.Set? {
        let alphanumerics = spelling.letters + spelling.digits + spelling.others
        if alphanumerics < 2 { return nil }
        var doubts: NameDoubt.Set = []
        func doubt(_ doubt: NameDoubt) { doubts.formUnion(doubt.mark) }
        if listed.isPhrase {
            // A designation such as “receptor protein” says nothing; one of a single word less.
            return alphanumerics >= 6 ? [] : nil
        }
        // A plural of a symbol names a family.
        if surface.last == UInt8(ascii: "s"), name.last.map({ $0 | 0x20 }) != UInt8(ascii: "s"),
            listed.isSymbolic
        {
            doubt(.plural)
        }
        let isExact = surface.elementsEqual(name)
        let word = Spelling.lowered(surface)
        if spelling.digits == 0 {
            if spelling.upper == 0 || spelling.isTitleCase {
                if dictionary.isEnglishWord(word) {
                    // Insulin, leptin and the like are words too. “Obese” and “impact” are listed as synonyms as
                    // well: only what is formed like the name of a protein is taken for one.
                    let isProtein =
                        listed.lower >= 4 && listed.upper <= 1 && reading.grade <= .synonym
                        && listed.digits == 0 && listed.blanks == 0 && isFormedLikeProtein(word)
                    if !isProtein {
                        if spelling.upper == 0, word.count <= 3 || listed.upper > 1 { return nil }
                        doubt(.englishWord)
                    }
                } else if listed.isAcronym, spelling.upper == 0 {
                    doubt(.shortName)
                }
            }
            if alphanumerics == 2, !isExact { return nil }
            if alphanumerics == 2, reading.grade >= .synonym { doubt(.shortName) }
            if alphanumerics == 3, spelling.upper == 0, listed.upper > 0 { doubt(.shortName) }
        }
        // Blanks where the dictionary has none: “IGF 1 R” is a name, “was 1” and “in 4” are not.
        if spelling.blanks > 0, listed.blanks == 0 {
            if spelling.upper == 0 { doubt(.blanks) }
            if let first = surface.split(separator: 0x20).first,
                dictionary.isEnglishWord(Spelling.lowered(first)), first.count > 1, Spelling(first).upper < 2
            {
                return nil
            }
            // “Igf1r as a determinant” does not speak of IGF1R-AS, the antisense gene.
            if let last = surface.split(separator: 0x20).last, last.count > 1, Spelling(last).upper == 0,
                Spelling(last).digits == 0, dictionary.isEnglishWord(Spelling.lowered(last))
            {
                return nil
            }
        }
        // One letter and a number, in lower case with a blank, or a number first: units and enumerations.
        if spelling.letters + spelling.others < 1 { return nil }
        if spelling.letters == 1, spelling.digits > 0, reading.grade >= .related { doubt(.shortName) }
        return doubts
    }

    /// Whether an English word ends as names of proteins do: insulin, catalase, fibrinogen, glucagon, interferon.
    private func isFormedLikeProtein(_ word: [UInt8]) -> Bool {
        guard word.count >= 5 else { return false }
        func ends(_ ending: String) -> Bool { word.suffix(ending.utf8.count).elementsEqual(ending.utf8) }
        if ends("ain") || ends("protein") || ends("ing") { return false }
        return ends("in") || ends("ase") || ends("ogen") || ends("agon") || ends("feron") || ends("poietin")
            || ends("ins") || ends("ases")
    }

    // MARK: - Terms of vocabularies

    private func doubtsOfTerm(
        _ reading: Reading, as kind: EntityKind, name: [UInt8], listed: Spelling, surface: ArraySlice<UInt8>,
        _ spelling: Spelling
    ) -> NameDoubt.Set? {
        let alphanumerics = spelling.letters + spelling.digits + spelling.others
        let isExact = surface.elementsEqual(name)
        if kind == .chemical {
            // The symbols of the elements that texts name as ions: K, Na, Ca2+.
            if alphanumerics < 2, !(isExact && spelling.upper == 1) { return nil }
        } else if alphanumerics < 2 {
            return nil
        }
        var doubts: NameDoubt.Set = []
        if kind == .chemical, isRole(reading.concept) { doubts.formUnion(NameDoubt.role.mark) }
        if kind == .disease, listed.isAcronym, listed.count <= 3,
            reading.grade >= .related || listed.count == 2
        {
            // Too short to be trusted unless the text defines it; then it comes by its long form.
            doubts.formUnion(NameDoubt.acronym.mark)
        }
        // An acronym is written as one.
        if listed.isAcronym, listed.count <= 6 {
            let end = surface.last == UInt8(ascii: "s") ? surface.endIndex - 1 : surface.endIndex
            if isExact || surface[surface.startIndex..<end].elementsEqual(name) { return doubts }
            return nil
        }
        if listed.isSymbolic, spelling.count <= 4, !isExact { return nil }
        if spelling.count <= 3, spelling.digits == 0, !isExact { return nil }
        return doubts
    }

    /// Whether a chemical of the vocabulary is a class by what its members do (tree D27), not a compound.
    private func isRole(_ concept: Int) -> Bool {
        dictionary.withTreeNumbers(ofConcept: concept) { trees in
            guard trees.count > 3 else { return false }
            var isRole = false
            var start = 0
            while start + 2 < trees.count {
                if trees[start] != UInt8(ascii: "D") || trees[start + 1] != UInt8(ascii: "2")
                    || trees[start + 2] != UInt8(ascii: "7")
                {
                    return false
                }
                isRole = true
                while start < trees.count, trees[start] != UInt8(ascii: "|") { start += 1 }
                start += 1
            }
            return isRole
        }
    }

    // MARK: - Neighbours

    /// Whether a short symbol is only the head of a longer, unknown one: the `RAS` of `RAS-7`, the `AB` of `AB/2`.
    private func isCutFromLongerName(
        _ name: NameReading, in passage: TaggedDocument.TokenizedPassage, _ spelling: Spelling
    ) -> Bool {
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
        _ name: NameReading, in passage: TaggedDocument.TokenizedPassage, _ spelling: Spelling
    ) -> Bool {
        guard name.kind == .disease, spelling.isAcronym, name.first > 0 else { return false }
        let before = passage.tokens[name.first - 1]
        guard Int(before.end) + 1 == name.range.start,
            passage.bytes[name.range.start - 1] == UInt8(ascii: "-")
        else {
            return false
        }
        let letter = passage.slice(TextRange(Int(before.start), Int(before.end)))
        // Greek capitals and small letters are U+0391 to U+03C9.
        if letter.count == 2, letter.first == 0xCE || letter.first == 0xCF { return true }
        return Self.greekNames.contains(Spelling.lowered(letter))
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
    private func isPartOfProtein(_ name: NameReading, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        guard name.kind == .chemical else { return false }
        let word = Spelling.lowered(passage.slice(name.range))
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
