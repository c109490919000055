/// Why a sentence of an abstract states nothing.
public enum NoStatementReason: String, Hashable, Sendable, CaseIterable {
    /// A copyright or licence line.
    case copyright
    /// The registration of a trial or review.
    case registration
    /// An address of a web page or a person, and hardly anything else.
    case address
    /// The mark of a truncated abstract, alone or with the sentence that it cut.
    case truncation
    /// The label of a section without text.
    case label
    /// A bibliographic reference.
    case reference
    /// A list of abbreviations, or a line that a publisher's program made.
    case list
    /// The end of a sentence whose beginning is missing.
    case fragment
    /// Fewer than four words.
    case short
}

/// Tells sentences from the lines in abstracts that state nothing.
public enum StatementFilter {
    /// Why a sentence states nothing; nil when it may be a statement.
    ///
    /// - Parameter text: The sentence, well-formed UTF-8.
    /// - Complexity: O(bytes).
    public static func isNoStatement(_ text: Span<UInt8>) -> NoStatementReason? {
        isNoStatement(SentenceWords(text))
    }

    /// The same for a sentence that has been read.
    static func isNoStatement(_ sentence: SentenceWords) -> NoStatementReason? {
        let traits = Traits(sentence)
        if let reason = phrase(in: sentence, traits) { return reason }
        if traits.isCopyrightMark { return .copyright }
        if traits.isLabel { return .label }
        if traits.addresses > 0, traits.words - traits.addresses < 7 { return .address }
        if traits.plainWords == 0, traits.hasFigure, traits.endsInYear { return .reference }
        if traits.equations >= 4 || traits.explanations >= 5 { return .list }
        if traits.isFragment { return .fragment }
        if sentence.isMark(0, UInt8(ascii: "-")), sentence.isMark(1, UInt8(ascii: "-")) { return .reference }
        if traits.words < 4 { return .short }
        return nil
    }

    /// The same for a string.
    public static func isNoStatement(_ text: String) -> NoStatementReason? {
        isNoStatement(text.utf8Span.span)
    }

    private static func phrase(in sentence: SentenceWords, _ traits: Traits) -> NoStatementReason? {
        var index = 0
        while let cue = phrases.next(in: sentence, from: index) {
            index = cue.last + 1
            switch cue.meaning.reason {
            case .registration
            where sentence.words[cue.first].depth > 0 || traits.words > 25 && cue.first > 4:
                // "(NCT00012345)" behind a result.
                continue
            default:
                if cue.meaning.opens && cue.first > 1 { continue }
                return cue.meaning.reason
            }
        }
        return nil
    }

    struct Meaning: Sendable {
        let reason: NoStatementReason
        /// Whether the phrase counts at the start of the sentence only.
        let opens: Bool
    }

    /// The phrases that give such lines away. A curator may add to any row: phrases in lower case between commas,
    /// `*` for any ending.
    static let phrases = CueTable<Meaning>(
        as: .noStatements,
        [
            (
                """
                all rights reserved, protected by copyright, copyright holder, wiley periodicals, wiley-liss,
                creative commons, licensee biomed, open access article, open-access article, psycinfo database record,
                under the terms of the, for personal use only, commercial use is, reproduced with permission
                """, Meaning(reason: .copyright, opens: false)
            ),
            (
                "copyright, copyrights, published by, this article is a u.s, this is an open, crown copyright",
                Meaning(reason: .copyright, opens: true)
            ),
            (
                """
                clinicaltrials.gov, clinicaltrial.gov, nct0*, isrctn*, trial registration, trial registry,
                trial registered, registered at, registered with, registered in the, prospero, crd42*, eudract,
                current controlled trials, umin0*, chictr*, actrn*, registration number
                """, Meaning(reason: .registration, opens: false)
            ),
            (
                """
                supplementary data are available, supplementary information is available, supplementary material*,
                supplemental data are available
                """, Meaning(reason: .address, opens: true)
            ),
            ("abstract truncated", Meaning(reason: .truncation, opens: false)),
            (
                "structured digital abstract, view interaction, minireviews linked",
                Meaning(reason: .list, opens: false)
            ),
            (
                "abbreviations, abbreviation, abbreviations used, keywords, key words",
                Meaning(reason: .list, opens: true)
            ),
        ])
}

/// What the filter counts in a sentence.
private struct Traits {
    /// Words with a letter.
    private(set) var words = 0
    /// Words of three or more small letters.
    private(set) var plainWords = 0
    /// Web and mail addresses.
    private(set) var addresses = 0
    /// Whether it starts in small letters and closes a bracket that it does not open: `h/l), but the dose`.
    private(set) var isFragment = false
    /// Signs of equality between words, as lists of abbreviations have them.
    private(set) var equations = 0
    /// Colons that are followed by a semicolon or comma further on: `ACE: angiotensin-converting enzyme; `.
    private(set) var explanations = 0
    /// Whether a figure occurs.
    private(set) var hasFigure = false
    /// Whether it ends in a year, with or without a stop.
    private(set) var endsInYear = false
    /// Whether it is capitals up to a closing colon.
    private(set) var isLabel = false
    /// Whether it starts with U+00A9, or with `(c)` before a year.
    private(set) var isCopyrightMark = false

    init(_ sentence: SentenceWords) {
        var lastWord: SentenceWords.Word?
        for (index, word) in sentence.words.enumerated() where word.isWord {
            lastWord = word
            hasFigure = hasFigure || word.bytes.contains(.digit)
            if word.bytes.isDisjoint(with: .letter) { continue }
            words += 1
            if word.end - word.start >= 3, word.bytes == .lower { plainWords += 1 }
            let isMail = sentence.isMark(index + 1, UInt8(ascii: "@"))
            if isMail || Self.isAddress(sentence, index) { addresses += 1 }
        }
        if let first = sentence.words.first, Letters.isLower(sentence.bytes[first.start]) {
            var depth = 0
            for index in 1..<max(1, sentence.count) where !isFragment {
                if sentence.isMark(index, UInt8(ascii: "(")) { depth += 1 }
                // "a) the dose" heads an item of a list.
                if sentence.isMark(index, UInt8(ascii: ")")) {
                    if depth == 0, index > 1 { isFragment = true }
                    depth -= 1
                }
            }
        }
        for index in sentence.words.indices
        where sentence.isMark(index, UInt8(ascii: "=")) || sentence.isMark(index, UInt8(ascii: ":")) {
            let isBetween =
                index > 0 && sentence.words[index - 1].isWord && index + 1 < sentence.count
                && sentence.words[index + 1].isWord
            guard isBetween else { continue }
            let next = sentence.bytes[sentence.words[index + 1].start]
            if sentence.isMark(index, UInt8(ascii: "=")), Letters.isLetter(Letters.folded(next)) {
                equations += 1
            }
            if sentence.isMark(index, UInt8(ascii: ":")), Letters.isLetter(Letters.folded(next)) {
                explanations += 1
            }
        }
        if let lastWord {
            let digits = sentence.bytes[lastWord.start..<lastWord.end]
            endsInYear = digits.count == 4 && digits.allSatisfy { Letters.isDigit($0) }
        }
        if let last = sentence.words.last, sentence.bytes[last.start] == UInt8(ascii: ":"),
            sentence.count <= 8
        {
            isLabel = !sentence.bytes.contains { Letters.isLower($0) }
        }
        isCopyrightMark = sentence.bytes.count > 1 && sentence.bytes[0] == 0xC2 && sentence.bytes[1] == 0xA9
        if sentence.isMark(0, UInt8(ascii: "(")), sentence.isWord(1, "c"),
            sentence.isMark(2, UInt8(ascii: ")")),
            sentence.count > 3
        {
            isCopyrightMark = isCopyrightMark || Letters.isDigit(sentence.bytes[sentence.words[3].start])
        }
    }

    /// Whether a word begins an address of the web.
    private static func isAddress(_ sentence: SentenceWords, _ index: Int) -> Bool {
        switch sentence.folded[sentence.words[index].start] {
        case UInt8(ascii: "w"): sentence.hasPrefix(index, "www.")
        case UInt8(ascii: "h"): sentence.isWord(index, "http") || sentence.isWord(index, "https")
        case UInt8(ascii: "f"): sentence.isWord(index, "ftp")
        default: false
        }
    }
}
