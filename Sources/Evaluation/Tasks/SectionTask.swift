/// Scores the sections of sentences, and what their wording says.
public enum SectionTask {
    private struct Prediction: Decodable, Sendable {
        let id: DocumentIdentifier
        let classification: SentenceClassification

        private enum Key: String, CodingKey {
            case id
        }

        init(from decoder: any Decoder) throws {
            id = try decoder.container(keyedBy: Key.self).decode(DocumentIdentifier.self, forKey: .id)
            classification = try SentenceClassification(from: decoder)
        }
    }

    /// Reads the lines that `classify` writes, by sentence; of several for one sentence the last counts.
    public static func predictions(
        path: String, onProblem: (String) -> Void
    ) throws -> (classifications: [String: SentenceClassification], setAside: Int) {
        let reading = try GoldReader.predictions(
            of: Prediction.self, path: path, what: "a classified sentence with id and sections",
            onProblem: onProblem)
        let pairs = reading.rows.map { ($0.id.text, $0.classification) }
        return (Dictionary(pairs, uniquingKeysWith: { $1 }), reading.setAside)
    }

    /// The counts of all documents: a document may have several sentences.
    ///
    /// A section counts as a hit where both annotators gave it, as a false alarm where neither did; what one alone gave
    /// does not count. A flag counts where the annotators agree, and is scored for its rare value.
    public static func sheet(
        gold: [GoldSentence], found: (GoldSentence) -> SentenceClassification
    ) -> ScoreSheet {
        let rows = gold.map { ($0, found($0)) }
        let sections = Set(rows.flatMap { sectionCounts(gold: $0.0, found: $0.1).keys }).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        var sheet = ScoreSheet(measures(sections))
        var places: [String: Int] = [:]
        var documents: [[Counts]] = []
        for (sentence, classification) in rows {
            let counts = counts(gold: sentence, found: classification, sections: sections)
            if let place = places[sentence.document] {
                for index in counts.indices { documents[place][index] += counts[index] }
            } else {
                places[sentence.document] = documents.count
                documents.append(counts)
            }
        }
        for document in documents { sheet.add(document) }
        return sheet
    }

    private static func measures(_ sections: [String]) -> [Measure] {
        [
            Measure("best", title: "first section right", shape: .share),
            Measure("sections", title: "all sections that fit"),
        ] + sections.map { Measure($0, group: "per_section", title: "section \($0)") } + [
            Measure("negated", group: "flags", title: "negated"),
            Measure("speculative", group: "flags", title: "speculative"),
            Measure("not_standalone", group: "flags", title: "not standing alone"),
            Measure("kind", title: "kind of sentence right", shape: .share),
        ]
    }

    private static func counts(
        gold: GoldSentence, found: SentenceClassification, sections: [String]
    ) -> [Counts] {
        let bySection = sectionCounts(gold: gold, found: found)
        var all = Counts()
        for counts in bySection.values { all += counts }
        let first = shown(found).first
        let isBest = first.map { gold.best.contains($0) } ?? (gold.best == ["none"])
        let kind =
            gold.kinds.count == 1 ? Counts(isRight: found.kind.map(gold.kinds.contains) ?? false) : Counts()
        return [Counts(isRight: isBest), all] + sections.map { bySection[$0] ?? Counts() } + [
            flag(gold: gold.isNegated, found: found.isNegated, rare: true),
            flag(gold: gold.isSpeculative, found: found.isSpeculative, rare: true),
            flag(gold: gold.standsAlone, found: found.standsAlone, rare: false), kind,
        ]
    }

    /// The sections that are judged: which journal is of the first rank, no sentence says.
    private static func shown(_ found: SentenceClassification) -> [String] {
        found.sections.filter { $0 != "high-impact" }
    }

    private static func sectionCounts(
        gold: GoldSentence, found: SentenceClassification
    ) -> [String: Counts] {
        var counts: [String: Counts] = [:]
        let shown = Set(shown(found))
        for section in shown.union(gold.agreed) {
            let isAgreed = gold.agreed.contains(section)
            if shown.contains(section), isAgreed {
                counts[section] = Counts(hits: 1)
            } else if shown.contains(section), !gold.either.contains(section) {
                counts[section] = Counts(falseAlarms: 1)
            } else if isAgreed {
                counts[section] = Counts(misses: 1)
            }
        }
        return counts
    }

    private static func flag(gold: [Bool], found: Bool?, rare: Bool) -> Counts {
        guard let said = gold.first, gold.allSatisfy({ $0 == said }) else { return Counts() }
        if said == rare { return found == rare ? Counts(hits: 1) : Counts(misses: 1) }
        // Silence is wrong too.
        return found == said ? Counts() : Counts(falseAlarms: 1)
    }
}
