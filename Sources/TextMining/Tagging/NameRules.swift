import AhoCorasick
import Corpus
import Terminology

/// Rules out readings that the spelling in the text or a list speaks against.
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
            if dictionary.isBlocked(surface, as: name.kind)
                || isCutFromLongerName(name, in: passage, spelling)
                || isPartOfProtein(name, in: passage)
            {
                document.names[index].readings = []
                continue
            }
            document.names[index].readings.removeAll { reading in
                !isAcceptable(reading, as: name.kind, surface: surface, spelling: spelling)
            }
        }
        document.names.removeAll { $0.readings.isEmpty }
    }

    private func isAcceptable(
        _ reading: Reading, as kind: EntityKind, surface: ArraySlice<UInt8>, spelling: Spelling
    ) -> Bool {
        dictionary.withName(ofEntry: reading.entry) { entryName in
            let name = (0..<entryName.count).map { entryName[$0] }
            let listed = Spelling(name)
            switch kind {
            case .gene:
                return isAcceptableGene(reading, name: name, listed: listed, surface: surface, spelling)
            case .geneFamily, .cellLine:
                if listed.isPhrase { return true }
                return spelling.upper + spelling.digits > 0 || listed.upper == 0
            case .species:
                if listed.isAcronym != spelling.isAcronym { return false }
                if listed.isAcronym, !surface.elementsEqual(name) { return false }
                // A genus or epithet that is an English word in the text: cancer (the crab), thymus, glycine.
                if !listed.isPhrase, listed.isTitleCase, spelling.upper == 0 {
                    return reading.grade != .official
                }
                return spelling.count > 2
            default:
                return isAcceptableTerm(
                    reading, as: kind, name: name, listed: listed, surface: surface, spelling)
            }
        }
    }

    // MARK: - Genes

    private func isAcceptableGene(
        _ reading: Reading, name: [UInt8], listed: Spelling, surface: ArraySlice<UInt8>, _ spelling: Spelling
    ) -> Bool {
        let alphanumerics = spelling.letters + spelling.digits + spelling.others
        if alphanumerics < 2 { return false }
        if listed.isPhrase {
            // A designation such as “receptor protein” says nothing; one of a single word less.
            return alphanumerics >= 6
        }
        // A plural of a symbol names a family.
        if surface.last == UInt8(ascii: "s"), name.last.map({ $0 | 0x20 }) != UInt8(ascii: "s"),
            listed.isSymbolic
        {
            return false
        }
        let isExact = surface.elementsEqual(name)
        let word = Spelling.lowered(surface)
        if spelling.digits == 0 {
            if spelling.upper == 0 || spelling.isTitleCase {
                if dictionary.isEnglishWord(word) {
                    // Insulin, leptin and the like are words too. “Obese” and “impact” are listed as synonyms as
                    // well: only what is formed like the name of a protein is taken for one.
                    return listed.lower >= 4 && listed.upper <= 1 && reading.grade <= .synonym
                        && listed.digits == 0 && listed.blanks == 0 && isFormedLikeProtein(word)
                }
                if listed.isAcronym, spelling.upper == 0 { return false }
            }
            if alphanumerics == 2, !isExact { return false }
            if alphanumerics == 2, reading.grade >= .synonym { return false }
            if alphanumerics == 3, spelling.upper == 0, listed.upper > 0 { return false }
        }
        // Blanks where the dictionary has none: “IGF 1 R” is a name, “was 1” and “in 4” are not.
        if spelling.blanks > 0, listed.blanks == 0 {
            if spelling.upper == 0 { return false }
            if let first = surface.split(separator: 0x20).first,
                dictionary.isEnglishWord(Spelling.lowered(first)), first.count > 1, Spelling(first).upper < 2
            {
                return false
            }
            // “Igf1r as a determinant” does not speak of IGF1R-AS, the antisense gene.
            if let last = surface.split(separator: 0x20).last, last.count > 1, Spelling(last).upper == 0,
                Spelling(last).digits == 0, dictionary.isEnglishWord(Spelling.lowered(last))
            {
                return false
            }
        }
        // One letter and a number, in lower case with a blank, or a number first: units and enumerations.
        if spelling.letters + spelling.others < 1 { return false }
        if spelling.letters == 1, spelling.digits > 0, reading.grade >= .related { return false }
        return true
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

    private func isAcceptableTerm(
        _ reading: Reading, as kind: EntityKind, name: [UInt8], listed: Spelling, surface: ArraySlice<UInt8>,
        _ spelling: Spelling
    ) -> Bool {
        let alphanumerics = spelling.letters + spelling.digits + spelling.others
        if alphanumerics < 2 { return false }
        if kind == .disease, listed.isAcronym, listed.count <= 3,
            reading.grade >= .related || listed.count == 2
        {
            // Too short to be trusted unless the text defines it; then it comes by its long form.
            return false
        }
        // An acronym is written as one.
        if listed.isAcronym, listed.count <= 6 {
            let end = surface.last == UInt8(ascii: "s") ? surface.endIndex - 1 : surface.endIndex
            return surface.elementsEqual(name) || surface[surface.startIndex..<end].elementsEqual(name)
        }
        if listed.isSymbolic, spelling.count <= 4, !surface.elementsEqual(name) { return false }
        if spelling.count <= 3, spelling.digits == 0, !surface.elementsEqual(name) { return false }
        return true
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
