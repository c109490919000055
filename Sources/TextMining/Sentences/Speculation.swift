/// Whether a sentence puts what it says as a possibility.
enum Speculation {
    /// Whether a hedge stands in the sentence. A modal verb behind "we investigated whether" is the question, no
    /// hedge.
    static func hedges(_ sentence: SentenceWords) -> Bool {
        let table = SpeculationCues.table
        var index = 0
        while let cue = table.next(in: sentence, from: index) {
            index = cue.last + 1
            switch cue.meaning {
            case .none: continue
            case .hedge: return true
            case .modal:
                if isMonth(sentence, cue.first) || asks(sentence, before: cue.first) { continue }
                return true
            }
        }
        return false
    }

    /// "May 2004".
    private static func isMonth(_ sentence: SentenceWords, _ index: Int) -> Bool {
        guard index + 1 < sentence.count else { return false }
        let isCapital = Letters.isUpper(sentence.bytes[sentence.words[index].start])
        return isCapital && Letters.isDigit(sentence.bytes[sentence.words[index + 1].start])
    }

    /// Whether a question word stands before: "investigated which proteins could be involved".
    private static func asks(_ sentence: SentenceWords, before index: Int) -> Bool {
        for word in 0..<index where sentence.words[word].isWord {
            guard
                sentence.hasSuffix(word, "investigated") || sentence.hasSuffix(word, "examined")
                    || sentence.hasSuffix(word, "tested") || sentence.hasSuffix(word, "asked")
                    || sentence.hasSuffix(word, "investigate") || sentence.hasSuffix(word, "determine")
                    || sentence.hasSuffix(word, "assess") || sentence.hasSuffix(word, "evaluate")
            else { continue }
            for next in word..<index
            where sentence.isWord(next, "whether") || sentence.isWord(next, "which")
                || sentence.isWord(next, "if")
                || sentence.isWord(next, "how") || sentence.isWord(next, "what")
            { return true }
        }
        return false
    }
}
