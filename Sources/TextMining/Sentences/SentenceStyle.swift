import Corpus

/// How a sentence is written, as far as it decides whether it is worth a reader's time on a page: nothing here depends
/// on the entity.
public struct SentenceStyle: Hashable, Sendable {
    /// What a sentence opens on.
    public enum Opening: Hashable, Sendable {
        /// Something that it names.
        case named
        /// The paper itself, or a connective: `Here we show that`, `Furthermore,`.
        case leaning
        /// Something that it does not name: `These cells`, `In contrast,`, `It`.
        case unnamed
    }

    /// What it opens on.
    public var opening: Opening
    /// Whether it says what is to come or is not known: `remains to be`, `trials are ongoing`, `we review`.
    public var isOutlook: Bool
    /// Whether it only says what was measured: `were assayed`.
    public var isMeasurement: Bool
    /// Whether it tells of trials, licences and prescriptions: of a drug, not of how a gene works.
    public var isClinical: Bool
    /// Whether it has no finite verb that is known: a heading.
    public var isHeading: Bool
    /// How many words it has.
    public var words: Int
    /// How many words are figures.
    public var figures: Int

    /// Reads a sentence.
    ///
    /// - Complexity: O(bytes).
    public init(_ text: Span<UInt8>) {
        self.init(SentenceWords(text))
    }

    /// The same for a string.
    public init(_ text: String) {
        self.init(text.utf8Span.span)
    }

    init(_ sentence: SentenceWords) {
        let start = Self.endOfLabel(sentence)
        opening = Self.opening(of: sentence, from: start)
        isOutlook = false
        isClinical = false
        var measured: Int?
        let outlooks = StyleCues.outlooks
        var place = 0
        while let cue = outlooks.next(in: sentence, from: place) {
            place = cue.last + 1
            switch cue.meaning {
            case .outlook: isOutlook = true
            case .measurement: measured = cue.last
            case .clinical: isClinical = true
            }
        }
        if let last = sentence.words.last, sentence.bytes[last.start] == UInt8(ascii: "?") {
            isOutlook = true
        }
        var lastFinding = -1
        var hasVerb = false
        words = 0
        figures = 0
        // Asked for once: a table of the program costs a call each time.
        let (findings, verbs) = (StyleCues.findings, StyleCues.verbs)
        for (index, word) in sentence.words.enumerated() where word.isWord {
            words += 1
            if word.bytes.isDisjoint(with: .letter) { figures += 1 }
            if findings.match(in: sentence, at: index) != nil { lastFinding = index }
            if !hasVerb, verbs.match(in: sentence, at: index) != nil { hasVerb = true }
        }
        isMeasurement = measured.map { $0 > lastFinding } ?? false
        isHeading = !hasVerb
    }

    /// What a sentence opens on.
    public static func opening(of text: String) -> Opening { opening(of: text.utf8Span.span) }

    /// What a sentence in UTF-8 opens on.
    public static func opening(of text: Span<UInt8>) -> Opening {
        let sentence = SentenceWords(text.extracting(first: openingReach))
        return opening(of: sentence, from: endOfLabel(sentence))
    }

    /// In bytes: openings are short.
    private static let openingReach = 200

    /// The first word behind `RESULTS:` or `Conclusion:`.
    private static func endOfLabel(_ sentence: SentenceWords) -> Int {
        for index in 1..<max(1, min(5, sentence.count)) where sentence.isMark(index, UInt8(ascii: ":")) {
            return index + 1
        }
        return 0
    }

    private static func opening(of sentence: SentenceWords, from start: Int) -> Opening {
        var index = start
        var opening = Opening.named
        // Several may follow one another: "Furthermore, in this study, these cells".
        while index < sentence.count {
            if let demonstrative = StyleCues.demonstratives.match(in: sentence, at: index) {
                // "This study", "These data": of the paper, but the reader of a page does not have it before him.
                return demonstrative.meaning
            }
            if opensOnBareNoun(sentence, at: index) || opensOnPair(sentence, at: index) { return .unnamed }
            if let cue = StyleCues.openings.match(in: sentence, at: index) {
                if cue.meaning == .unnamed { return .unnamed }
                opening = .leaning
                index = cue.last + 1
            } else if sentence.words[index].isWord, sentence.hasSuffix(index, "ly"),
                sentence.isMark(index + 1, UInt8(ascii: ","))
            {
                // "Unexpectedly," and any other adverb.
                opening = .leaning
                index += 1
            } else {
                return pointsBack(sentence, from: index) || contrasts(sentence, from: index)
                    ? .unnamed : opening
            }
            if sentence.isMark(index, UInt8(ascii: ",")) { index += 1 }
        }
        return opening
    }

    /// Whether words that name nothing lead up to a pronoun or demonstrative (`In spite of its`, `Analysis of this`), or
    /// so many of something open the sentence (`Of the 35 patients`, `30% were`).
    private static func pointsBack(_ sentence: SentenceWords, from start: Int) -> Bool {
        var index = start
        var isCounted = false
        while index < min(sentence.count, start + 8) {
            // "Although, in all the patients"; "30% were found".
            guard sentence.words[index].isWord else {
                guard sentence.isMark(index, UInt8(ascii: ",")) || sentence.isMark(index, UInt8(ascii: "%"))
                else {
                    return false
                }
                index += 1
                continue
            }
            if index > start, StyleCues.pointers.match(in: sentence, at: index) != nil { return true }
            if StyleCues.people.match(in: sentence, at: index) != nil {
                // "Of 35 patients with sepsis" says who they are.
                return isCounted && StyleCues.telling.match(in: sentence, at: index + 1) == nil
            }
            let isFigure = sentence.words[index].bytes.isDisjoint(with: .letter)
            guard isFigure || StyleCues.empty.match(in: sentence, at: index) != nil else { return false }
            if index > start, sentence.isWord(index, "were") || sentence.isWord(index, "was") { return true }
            isCounted = isFigure || StyleCues.counting.match(in: sentence, at: index) != nil
            index += 1
        }
        return false
    }

    /// `The effect was`; not `The effect of insulin`.
    private static func opensOnBareNoun(_ sentence: SentenceWords, at index: Int) -> Bool {
        guard sentence.isWord(index, "the"),
            let noun = StyleCues.bareNouns.match(in: sentence, at: index + 1), noun.last + 1 < sentence.count
        else { return false }
        // A name or noun behind it completes it, too: "The model organism"; a verb does not.
        return StyleCues.verbs.match(in: sentence, at: noun.last + 1) != nil
            || sentence.words[noun.last + 1].isWord && sentence.hasSuffix(noun.last + 1, "ed")
                && AnaphoraCues.completions.match(in: sentence, at: noun.last + 1) == nil
    }

    /// `Both were lost`; not `Both Igf1r and Insr were lost`.
    private static func opensOnPair(_ sentence: SentenceWords, at index: Int) -> Bool {
        guard StyleCues.pairs.match(in: sentence, at: index) != nil else { return false }
        for next in (index + 1)..<max(index + 1, min(sentence.count, index + 8))
        where sentence.isWord(next, "and") || sentence.isWord(next, "or") || sentence.isWord(next, "nor") {
            return false
        }
        return true
    }

    /// Whether a contrast with what was said before follows on the first words: `Igf1r, however, was lost`.
    private static func contrasts(_ sentence: SentenceWords, from start: Int) -> Bool {
        for index in start..<min(sentence.count, start + 14)
        where sentence.isMark(index, UInt8(ascii: ","))
            && StyleCues.contrasts.match(in: sentence, at: index + 1) != nil
        {
            return true
        }
        return false
    }
}
