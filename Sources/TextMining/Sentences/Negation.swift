import Corpus

/// Whether a sentence denies what it says of an entity: a cue, and a scope that holds the entity.
enum Negation {
    /// Whether a negation reaches a mention of the focus.
    ///
    /// - Parameter focus: The entity's mentions, in bytes of the sentence; none asks whether anything is denied.
    static func denies(_ sentence: SentenceWords, focus: [TextRange]) -> Bool {
        denies(sentence, by: NegationCues.table.matches(in: sentence), focus: focus)
    }

    /// The same for a sentence whose negations have been found.
    static func denies(
        _ sentence: SentenceWords, by cues: [CueTable<NegationCue>.Match], focus: [TextRange]
    ) -> Bool {
        guard !cues.isEmpty else { return false }
        let clauses = Clauses(sentence)
        let targets = focus.compactMap { sentence.span(of: $0) }
        for cue in cues {
            if case .none = cue.meaning { continue }
            let clause = clauses.clause(of: cue.first)
            if targets.isEmpty {
                if case .following = cue.meaning { continue }
                return true
            }
            if targets.contains(where: { reaches(sentence, cue, clause, $0) }) { return true }
        }
        return false
    }

    private static func reaches(
        _ sentence: SentenceWords, _ cue: CueTable<NegationCue>.Match, _ clause: ClosedRange<Int>,
        _ target: ClosedRange<Int>
    ) -> Bool {
        let forward =
            cue.last < clause.upperBound && target.lowerBound > cue.last
            && target.lowerBound <= clause.upperBound
        let whole = clause.overlaps(target)
        switch cue.meaning {
        case .none: return false
        case .following: return forward && target.lowerBound <= endOfPhrase(sentence, after: cue.last, clause)
        case .neither:
            // "neither A nor B, are involved": what stands before it is not denied, unless nothing does.
            return cue.first == clause.lowerBound ? whole : forward
        case .noun: return whole
        case .predicate:
            if followsCopula(sentence, cue.first, clause) { return whole }
            return cue.last > cue.first && forward
                && target.lowerBound <= endOfPhrase(sentence, after: cue.last, clause)
        case .verb:
            if forward { return true }
            guard whole, target.upperBound < cue.first else { return false }
            return isSubject(sentence, cue, clause, target)
        }
    }

    /// Whether a word before a denied verb belongs to its subject. Behind "and does not" only the start of the
    /// clause does: "X induced A and did not bind B" says nothing against A.
    private static func isSubject(
        _ sentence: SentenceWords, _ cue: CueTable<NegationCue>.Match, _ clause: ClosedRange<Int>,
        _ target: ClosedRange<Int>
    ) -> Bool {
        var position = cue.first - 1
        var steps = 0
        while position > clause.lowerBound, steps < 3 {
            if sentence.isWord(position, "and") || sentence.isWord(position, "or") {
                return target.lowerBound - clause.lowerBound <= 5
            }
            position -= 1
            steps += 1
        }
        return true
    }

    /// Whether a form of `be` or a like verb stands in the three words before.
    private static func followsCopula(
        _ sentence: SentenceWords, _ index: Int, _ clause: ClosedRange<Int>
    ) -> Bool {
        for before in max(clause.lowerBound, index - 3)..<index
        where NegationCues.copulas.match(in: sentence, at: before) != nil { return true }
        return false
    }

    /// Where a phrase behind `but not` ends: at the next mark, or after eight words.
    private static func endOfPhrase(_ sentence: SentenceWords, after index: Int, _ clause: ClosedRange<Int>)
        -> Int
    {
        var position = index + 1
        while position < min(clause.upperBound, index + 8) {
            let word = sentence.words[position]
            if !word.isWord, word.depth == sentence.words[index].depth,
                sentence.bytes[word.start] == UInt8(ascii: ",")
            {
                break
            }
            position += 1
        }
        return position
    }
}

/// The clauses of a sentence, roughly: cut at semicolons and colons, before words that open a clause, at the comma
/// that ends a subordinate one, and at ", and" where a verb follows.
struct Clauses {
    /// The clauses in order, as ranges of words.
    private(set) var ranges: [ClosedRange<Int>] = []

    /// Finds the clauses.
    init(_ sentence: SentenceWords) {
        guard sentence.count > 0 else { return }
        var start = 0
        var endsAtComma = false
        var index = 0
        while index < sentence.count {
            let word = sentence.words[index]
            if word.depth > 0 {
                index += 1
                continue
            }
            if !word.isWord {
                let mark = sentence.bytes[word.start]
                let ends =
                    mark == UInt8(ascii: ";") || mark == UInt8(ascii: ":")
                    || mark == UInt8(ascii: ",") && (endsAtComma || Self.joinsClauses(sentence, at: index))
                if ends {
                    close(&start, before: index + 1)
                    endsAtComma = false
                }
            } else if let match = NegationCues.clauseOpeners.match(in: sentence, at: index) {
                close(&start, before: index)
                endsAtComma = match.meaning
                index = match.last
            }
            index += 1
        }
        close(&start, before: sentence.count)
    }

    private mutating func close(_ start: inout Int, before end: Int) {
        if end > start { ranges.append(start...(end - 1)) }
        start = end
    }

    /// Whether ", and" or ", with" follows and a verb comes after it.
    private static func joinsClauses(_ sentence: SentenceWords, at comma: Int) -> Bool {
        guard sentence.isWord(comma + 1, "and") || sentence.isWord(comma + 1, "with") else { return false }
        if sentence.isWord(comma + 1, "with") { return true }
        for index in (comma + 2)..<max(comma + 2, min(sentence.count, comma + 14)) {
            if ClauseVerbs.auxiliaries.match(in: sentence, at: index) != nil { return index > comma + 2 }
        }
        return false
    }

    /// The clause that holds a word.
    func clause(of index: Int) -> ClosedRange<Int> {
        ranges.first { $0.contains(index) } ?? index...index
    }
}

/// Verbs that show that a clause has started.
enum ClauseVerbs {
    /// Auxiliaries.
    static let auxiliaries = CueTable<Bool>(
        as: .auxiliaries,
        [
            (
                "is, are, was, were, has, have, had, did, does, do, can, could, may, might, will, would, showed",
                true
            )
        ])
}
