import Corpus

/// Whether a sentence can be understood without its neighbours.
///
/// What is looked for is a reference without an antecedent: a pronoun or demonstrative at the start, before
/// anything was named that it could mean; a bare `the phenotype`; a comparison with something not said. A
/// connective (`Furthermore`) leaves the sentence understandable and is passed over; so are references to the paper
/// (`this study`), results that say something (`these data suggest`), and an `it` that stands for a clause to come.
enum Standing {
    /// How many words into a sentence a demonstrative still lacks an antecedent.
    private static let reach = 12

    /// Whether the sentence stands alone.
    ///
    /// - Parameters:
    ///   - start: The first word behind a label such as `RESULTS:`.
    ///   - focus: The entity's mentions, in bytes of the sentence: a noun that one of them names is no bare noun.
    static func standsAlone(_ sentence: SentenceWords, from start: Int, focus: [TextRange]) -> Bool {
        var index = start
        var hasConnective = false
        while let opening = AnaphoraCues.openings.match(in: sentence, at: index) {
            if opening.meaning == .comparing { return false }
            hasConnective = true
            index = opening.last + 1
            if sentence.isMark(index, UInt8(ascii: ",")) { index += 1 }
        }
        guard index < sentence.count else { return false }
        if opensOnReference(sentence, at: index) { return false }
        if opensOnBareNoun(sentence, at: index, focus: focus) { return false }
        if hasLooseReference(sentence, from: index, focus: focus) { return false }
        return !adds(sentence, from: index, hasConnective: hasConnective)
    }

    /// `They`, `It is a kinase`, `These genes`, `This is`.
    private static func opensOnReference(_ sentence: SentenceWords, at index: Int) -> Bool {
        if isDemonstrative(sentence, index) { return !isResolved(sentence, demonstrative: index) }
        if let expletive = AnaphoraCues.expletives.match(in: sentence, at: index) {
            return !saysClause(sentence, from: expletive.last + 1)
        }
        if sentence.isWord(index, "such"), sentence.isWord(index + 1, "as") { return false }
        if sentence.isWord(index, "both") {
            // "Both X and Y" names them.
            for next in (index + 1)..<max(index + 1, min(sentence.count, index + 8))
            where sentence.isWord(next, "and") { return false }
            return true
        }
        return AnaphoraCues.pronouns.match(in: sentence, at: index) != nil
    }

    /// Whether `that`, `whether` or `to` follows soon: "it was shown that".
    private static func saysClause(_ sentence: SentenceWords, from index: Int) -> Bool {
        for next in index..<max(index, min(sentence.count, index + 6))
        where sentence.isWord(next, "that") || sentence.isWord(next, "whether")
            || sentence.isWord(next, "how")
            || sentence.isWord(next, "if") || sentence.isWord(next, "why")
            || AnaphoraCues.judgements.match(in: sentence, at: next) != nil
        { return true }
        return false
    }

    private static func isDemonstrative(_ sentence: SentenceWords, _ index: Int) -> Bool {
        sentence.isWord(index, "this") || sentence.isWord(index, "these") || sentence.isWord(index, "those")

    }

    /// Whether a demonstrative means the paper, or results that say something.
    private static func isResolved(_ sentence: SentenceWords, demonstrative index: Int) -> Bool {
        // "This double-blind, acute phase study".
        for noun in (index + 1)..<max(index + 1, min(sentence.count, index + 7)) {
            if AnaphoraCues.selfReferences.match(in: sentence, at: noun) != nil { return true }
            if ClauseVerbs.auxiliaries.match(in: sentence, at: noun) != nil { break }
        }
        var next = index + 1
        var isResult = false
        while let result = AnaphoraCues.results.match(in: sentence, at: next) {
            isResult = true
            next = result.last + 1
        }
        guard isResult else { return false }
        if sentence.isMark(next, UInt8(ascii: ",")) { next += 1 }
        return AnaphoraCues.reporting.match(in: sentence, at: next) != nil
    }

    /// `The phenotype was`, `The skin phenotype is`, `The candidates which`.
    private static func opensOnBareNoun(
        _ sentence: SentenceWords, at index: Int, focus: [TextRange]
    ) -> Bool {
        guard sentence.isWord(index, "the") else { return false }
        var next = index + 1
        for _ in 0..<3 {
            guard next < sentence.count else { return false }
            let start = sentence.words[next].start
            if focus.contains(where: { $0.start <= start && start < $0.end }) { return false }
            if let noun = AnaphoraCues.bareNouns.match(in: sentence, at: next),
                AnaphoraCues.bareNouns.match(in: sentence, at: noun.last + 1) == nil
            {
                return isPredicate(sentence, at: noun.last + 1)
            }
            // Names complete the noun behind them: "the IGF1R gene".
            guard isPlain(sentence, next) else { return false }
            next += 1
        }
        return false
    }

    /// Whether the verb of the sentence follows, not a word that completes the noun: "the protein encoded by".
    private static func isPredicate(_ sentence: SentenceWords, at index: Int) -> Bool {
        guard index < sentence.count else { return true }
        if ClauseVerbs.auxiliaries.match(in: sentence, at: index) != nil { return true }
        if AnaphoraCues.completions.match(in: sentence, at: index) != nil {
            return sentence.isWord(index, "which")
        }
        guard sentence.words[index].isWord else { return false }
        if sentence.hasSuffix(index, "ed") {
            return AnaphoraCues.completions.match(in: sentence, at: index + 1) == nil
        }
        return sentence.isWord(index, "encodes") || sentence.isWord(index, "differs")
            || sentence.isWord(index, "contains")
    }

    /// Whether a word is of small letters only, and no preposition.
    private static func isPlain(_ sentence: SentenceWords, _ index: Int) -> Bool {
        let word = sentence.words[index]
        guard word.isWord, AnaphoraCues.completions.match(in: sentence, at: index) == nil else {
            return false
        }
        for position in word.start..<word.end where !Letters.isLower(sentence.bytes[position]) {
            return false
        }
        return true
    }

    /// A demonstrative or pronoun before the sentence has named what it could mean.
    private static func hasLooseReference(
        _ sentence: SentenceWords, from start: Int, focus: [TextRange]
    ) -> Bool {
        if !sentence.cues.contains(.references) { return false }
        var index = start
        while index < sentence.count {
            defer { index += 1 }
            // Most words are none of those that are looked for.
            guard sentence.words[index].isWord, sentence.words[index].cues.contains(.references) else {
                continue
            }
            let isNear = index - start < reach
            if isDemonstrative(sentence, index) {
                if sentence.isWord(index, "those") { continue }
                if isResolved(sentence, demonstrative: index) || isRepeated(sentence, demonstrative: index) {
                    continue
                }
                if sentence.isWord(index, "these"),
                    sentence.isWord(index - 1, "of") || sentence.isWord(index - 1, "by")
                {
                    return true
                }
                // The last words of a sentence: "in cultures influenced by these four molecules".
                if isAfterClause(sentence, index, focus) { continue }
                if isNear || sentence.isWord(index, "these") && isFigure(sentence, index + 1) { return true }
            } else if isNear, index > start, sentence.isMark(index - 1, UInt8(ascii: ",")),
                sentence.isWord(index, "it") || sentence.isWord(index, "they"),
                index - start <= 6, !isAfterClause(sentence, index, focus),
                AnaphoraCues.expletives.match(in: sentence, at: index) == nil
                    || !saysClause(sentence, from: index + 2)
            {
                return true
            }
        }
        return false
    }

    /// Whether the focus was named in an earlier clause: "Igf1r is lost, suggesting that this receptor".
    private static func isAfterClause(_ sentence: SentenceWords, _ index: Int, _ focus: [TextRange]) -> Bool {
        let position = sentence.words[index].start
        guard let named = focus.first(where: { $0.end < position }) else { return false }
        for between in 0..<index where sentence.words[between].start >= named.end {
            if sentence.isMark(between, UInt8(ascii: ",")) || sentence.isWord(between, "that")
                || sentence.isWord(between, "and") || sentence.isWord(between, "which")
            {
                return true
            }
        }
        return false
    }

    /// `two`, `four`, `35`.
    private static func isFigure(_ sentence: SentenceWords, _ index: Int) -> Bool {
        guard index < sentence.count else { return false }
        if Letters.isDigit(sentence.bytes[sentence.words[index].start]) { return true }
        return sentence.isWord(index, "three") || sentence.isWord(index, "four")
            || sentence.isWord(index, "five")
            || sentence.isWord(index, "six")
    }

    /// Whether the noun behind a demonstrative was already said in the sentence, in either number.
    private static func isRepeated(_ sentence: SentenceWords, demonstrative index: Int) -> Bool {
        for noun in (index + 1)..<max(index + 1, min(sentence.count, index + 4))
        where sentence.words[noun].isWord {
            let word = sentence.words[noun]
            let length = min(5, word.end - word.start)
            guard length >= 4 else { continue }
            for earlier in 0..<index where sentence.words[earlier].isWord {
                let other = sentence.words[earlier]
                guard other.end - other.start >= length else { continue }
                var isEqual = true
                for offset in 0..<length
                where sentence.folded[word.start + offset] != sentence.folded[other.start + offset] {
                    isEqual = false
                    break
                }
                if isEqual { return true }
            }
        }
        return false
    }

    /// `was also reduced`, `was measured as well`.
    private static func adds(_ sentence: SentenceWords, from start: Int, hasConnective: Bool) -> Bool {
        if !sentence.cues.contains(.additions) { return false }
        for index in start..<sentence.count {
            guard let addition = AnaphoraCues.additions.match(in: sentence, at: index) else { continue }
            if sentence.isWord(index, "as"), sentence.isWord(addition.last + 1, "as") { continue }
            if sentence.isWord(index, "as") {
                if addition.last + 2 < sentence.count { continue }
                return true
            }
            if AnaphoraCues.changes.match(in: sentence, at: addition.last + 1) != nil
                || AnaphoraCues.changes.match(in: sentence, at: addition.last + 2) != nil
            {
                return true
            }
        }
        return false
    }
}
