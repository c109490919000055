import Corpus

/// Tells what a gene's name does in its sentence, from the words that touch it: whether the sentence speaks about the
/// gene, or only uses its name for a cell type, an antibody, a control, a driver or a strain.
enum Roles {
    static func assign(in document: inout TaggedDocument) {
        for index in document.names.indices where document.names[index].kind == .gene {
            let name = document.names[index]
            let passage = document.passages[name.passage]
            let sentence = passage.sentences[passage.sentence(at: name.range.start)]
            let after = passage.bytes[name.range.end..<max(name.range.end, sentence.end)]
            let before = passage.bytes[min(sentence.start, name.range.start)..<name.range.start]
            document.names[index].role = role(
                name: passage.slice(name.range), before: before, after: after,
                sentence: passage.bytes[sentence.start..<sentence.end])
        }
    }

    private static func role(
        name: ArraySlice<UInt8>, before: ArraySlice<UInt8>, after: ArraySlice<UInt8>,
        sentence: ArraySlice<UInt8>
    ) -> MentionRole {
        if begins(after, with: drivers, folding: false) { return .driver }
        if isDoubled(name, before: before, after: after) { return .strain }
        if begins(after, with: antibodies) || ends(before, with: against) { return .reagent }
        // A cluster of differentiation: alpha-CD4 is an antibody, CD4-CD8- a kind of cell.
        if begins(name, with: ["cd"]) {
            if ends(before, with: ["alpha-", "α-"]) { return .reagent }
            if begins(after, with: ["- ", "-CD", "-,", "-/", "(+/-)", "(-/+)"]) { return .marker }
        }
        // Igf1r-/- mice: what they lack is what the sentence speaks about.
        if begins(after, with: genotypes) { return .subject }
        if begins(after, with: signs) || isMarkedCell(name, after) { return .marker }
        if isControl(before: before, after: after, sentence: sentence) { return .control }
        return .subject
    }

    // MARK: - What stands around a name

    private static let drivers = [
        "-Cre", " Cre", "Cre", "-CreER", "-iCre", "-GFP", "-EGFP", "-YFP", "-tdTomato", "-lacZ", "-LacZ",
        "-luciferase",
        "-luc", "-rtTA", "-tTA", "-promoter-driven", " promoter-driven",
    ]
    private static let antibodies = [
        " antibod", "-antibod", " monoclonal antibod", " antiserum", " antisera", " mab", " mAb", " staining",
        "-stained",
        " immunostaining", " labeling index", " labelling index", " index", "-labeling", " immunolabel",
    ]
    private static let against = [
        "anti-", "anti ", "antibody against ", "antibodies against ", "antibody to ", "antibodies to ",
        "antibody specific for ", "antibodies specific for ", "antibody directed against ",
    ]
    private static let signs = [
        "+", "(+)", "\u{207A}", "-positive", " positive", "-negative", "(-)", "(high)", "(low)", "(hi)",
        "(lo)", "hi ", "lo ", "high ", "bright", "dim ", "(bright)", "(dim)", " (+)", " + ",
    ]
    private static let genotypes = ["-/-", "+/-", "-/+", "+/+", "\u{2212}/\u{2212}", "+/\u{2212}"]
    private static let cells = [
        " t cell", " t-cell", " b cell", " t lymphocyte", " lymphocyte", " cells", " cell count", " count",
        " subset",
        " thymocyte", " splenocyte", " monocyte", " sp ", " helper", "-cell", " and cd", "/cd", " or cd",
        " marker",
    ]

    /// CD4 T cells: a cluster of differentiation before a kind of cell.
    private static func isMarkedCell(_ name: ArraySlice<UInt8>, _ after: ArraySlice<UInt8>) -> Bool {
        begins(name, with: ["cd"]) && begins(after, with: cells)
    }

    /// ob/ob, db/db: a name beside itself.
    private static func isDoubled(
        _ name: ArraySlice<UInt8>, before: ArraySlice<UInt8>, after: ArraySlice<UInt8>
    ) -> Bool {
        let slash = UInt8(ascii: "/")
        if after.first == slash, after.dropFirst().starts(with: name) { return true }
        return before.last == slash && before.dropLast().suffix(name.count).elementsEqual(name)
    }

    private static let controls = [
        "loading control", "internal control", "housekeeping gene", "housekeeping control", "reference gene",
        "endogenous control", "normalization control", "invariant control",
    ]
    private static let normalized = [
        "normalized to ", "normalised to ", "normalized against ", "normalised against ", "normalized by ",
        "relative to ",
        "normalized with ",
    ]

    private static func isControl(
        before: ArraySlice<UInt8>, after: ArraySlice<UInt8>, sentence: ArraySlice<UInt8>
    ) -> Bool {
        if ends(before, with: normalized) { return true }
        // The phrase within some forty bytes of the name.
        let near = [UInt8](before.suffix(48)) + [0] + [UInt8](after.prefix(48))
        let folded = Spelling.lowered(near)
        return controls.contains { phrase in contains(folded, Array(phrase.utf8)) }
    }

    // MARK: - Bytes

    private static func begins(_ text: ArraySlice<UInt8>, with phrases: [String], folding: Bool = true)
        -> Bool
    {
        phrases.contains { phrase in
            let bytes = phrase.utf8
            guard text.count >= bytes.count else { return false }
            return zip(text, bytes).allSatisfy {
                $0 == $1 || (folding && ($0 | 0x20) == ($1 | 0x20) && $1 > 0x40)
            }
        }
    }

    private static func ends(_ text: ArraySlice<UInt8>, with phrases: [String]) -> Bool {
        phrases.contains { phrase in
            let bytes = phrase.utf8
            guard text.count >= bytes.count else { return false }
            return zip(text.suffix(bytes.count), bytes).allSatisfy {
                $0 == $1 || (($0 | 0x20) == ($1 | 0x20) && $1 > 0x40)
            }
        }
    }

    private static func contains(_ text: [UInt8], _ phrase: [UInt8]) -> Bool {
        guard text.count >= phrase.count else { return false }
        return (0...(text.count - phrase.count)).contains {
            text[$0..<($0 + phrase.count)].elementsEqual(phrase)
        }
    }
}
