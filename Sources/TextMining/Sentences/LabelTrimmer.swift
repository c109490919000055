import Corpus

/// Takes the label of an abstract's section from the beginning of a sentence: `RESULTS: Igf1r was lost.`
///
/// Abstracts whose sections NLM did not mark up carry their labels in the text; a label is no part of what is said.
enum LabelTrimmer {
    /// In bytes: labels are short.
    private static let reach = 60

    /// The sentence without a label in front; as it was where there is none.
    static func withoutLabel(_ range: TextRange, in text: Span<UInt8>) -> TextRange {
        let end = min(range.end, range.start + reach)
        var letters = 0
        var position = range.start
        while position < end, text[position] != UInt8(ascii: ":") {
            let byte = text[position]
            let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            guard
                isCapital || byte == 0x20 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "&")
                    || byte == UInt8(ascii: ",")
            else { return labelWord(range, in: text) }
            if isCapital { letters += 1 }
            position += 1
        }
        guard position < end, letters >= 3 else { return labelWord(range, in: text) }
        return rest(of: range, from: position + 1, in: text)
    }

    /// `Results:`, `Conclusions:` in small letters: only such words as head sections.
    private static func labelWord(_ range: TextRange, in text: Span<UInt8>) -> TextRange {
        let first = Letters.folded(text[range.start])
        let second = range.count > 1 ? Letters.folded(text[range.start + 1]) : 0
        guard labels.mayHold(first, second) else { return range }
        // A label in small letters ends in a colon.
        if range.count > 1, Letters.isLower(text[range.start + 1]), !hasColon(range, in: text) {
            return range
        }
        let sentence = SentenceWords(text.extracting(range.start..<min(range.end, range.start + reach)))
        guard let label = labels.match(in: sentence, at: 0), label.last + 1 < sentence.count else {
            return range
        }
        if sentence.isMark(label.last + 1, UInt8(ascii: ":")) {
            return rest(of: range, from: range.start + sentence.words[label.last + 1].end, in: text)
        }
        // "CONCLUSIONS There is": all capitals, and then a sentence begins.
        let next = sentence.words[label.last + 1]
        guard next.isWord, !Letters.isLower(sentence.bytes[next.start]),
            sentence.bytes[..<sentence.words[label.last].end].allSatisfy({ !Letters.isLower($0) })
        else { return range }
        return rest(of: range, from: range.start + next.start, in: text)
    }

    private static func hasColon(_ range: TextRange, in text: Span<UInt8>) -> Bool {
        for position in range.start..<min(range.end, range.start + reach)
        where text[position] == UInt8(ascii: ":") {
            return true
        }
        return false
    }

    private static func rest(of range: TextRange, from start: Int, in text: Span<UInt8>) -> TextRange {
        var position = start
        while position < range.end, text[position] == 0x20 { position += 1 }
        return position < range.end ? TextRange(position, range.end) : range
    }

    private static let labels = CueTable<Bool>([
        (
            """
            background, objective, objectives, aim, aims, purpose, methods, method, materials and methods,
            patients and methods, methods and results, design, setting, results, result, findings, main findings,
            conclusion, conclusions, interpretation, discussion, significance, introduction, context, hypothesis,
            conclusion and significance, conclusions and relevance, principal findings
            """, true
        )
    ])
}
