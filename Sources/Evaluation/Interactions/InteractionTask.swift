import Corpus
import Terminology
public import TextMining

/// What a program says of pairs of genes, by sentence.
public struct InteractionPredictions: Sendable {
    /// The answers of each pair to which one is yes; by the sentence's identifier and those of its genes.
    private var answers: [Key: Set<InteractionQuestion>] = [:]
    /// How many lines could not be read.
    public private(set) var setAside = 0

    private struct Key: Hashable {
        var sentence: String
        var genes: Set<String>
    }

    private struct Line: Decodable, Sendable {
        let sentence: String
        let genes: [String]
        let interactions: [String]
    }

    /// Makes predictions of nothing.
    public init() {}

    /// Reads the lines that `lines(of:)` writes.
    ///
    /// - Throws: `IntakeError` where the file as a whole is bad.
    public init(path: String, onProblem: (String) -> Void) throws {
        let reading = try GoldReader.predictions(
            of: Line.self, path: path, what: "a pair with sentence, genes and interactions",
            onProblem: onProblem)
        setAside = reading.setAside
        for line in reading.rows {
            answers[Key(sentence: line.sentence, genes: Set(line.genes))] = Set(
                line.interactions.compactMap { InteractionQuestion(rawValue: $0) })
        }
    }

    /// The predictions of a model for the pairs of sentences.
    public init(of documents: [GoldInteractions], by model: InteractionModel) {
        for document in documents {
            for sentence in document.sentences {
                let bytes = Array(sentence.text.utf8)
                for pair in sentence.pairs {
                    let others = sentence.genes.indices.filter { $0 != pair.first && $0 != pair.second }
                        .map { sentence.genes[$0].range }
                    let scores = model.scores(
                        of: sentence.genes[pair.first].range, and: sentence.genes[pair.second].range,
                        others: others, passage: bytes.span, sentence: TextRange(0, bytes.count))
                    let yes = (scores ?? [:]).filter { $0.value > 0 }.map(\.key)
                    add(Set(yes).intersection(document.questions), of: pair, in: sentence)
                }
            }
        }
    }

    /// Adds what is said of a pair.
    mutating func add(
        _ said: Set<InteractionQuestion>, of pair: InteractionSentence.Pair, in sentence: InteractionSentence
    ) {
        if !said.isEmpty { answers[key(pair, sentence)] = said }
    }

    /// What is said of a pair.
    func said(of pair: InteractionSentence.Pair, in sentence: InteractionSentence) -> Set<InteractionQuestion>
    {
        answers[key(pair, sentence)] ?? []
    }

    private func key(_ pair: InteractionSentence.Pair, _ sentence: InteractionSentence) -> Key {
        Key(
            sentence: sentence.id, genes: [sentence.genes[pair.first].id, sentence.genes[pair.second].id])
    }

    /// A line for each pair of which something is said: a JSON object with `sentence`, `genes` and `interactions`, in
    /// the order of the documents.
    public func lines(of documents: [GoldInteractions]) -> [(
        sentence: String, genes: [String], said: [String]
    )] {
        documents.flatMap { document in
            document.sentences.flatMap { sentence in
                sentence.pairs.compactMap { pair in
                    let said = said(of: pair, in: sentence)
                    if said.isEmpty { return nil }
                    return (
                        sentence.id, [sentence.genes[pair.first].id, sentence.genes[pair.second].id],
                        InteractionQuestion.allCases.filter(said.contains).map(\.rawValue)
                    )
                }
            }
        }
    }
}

/// Scores what is said of pairs of genes that a sentence names.
public enum InteractionTask {
    /// The counts of all documents: of each pair of genes in a sentence, whether it is said to interact, and how.
    public static func sheet(gold: [GoldInteractions], found: InteractionPredictions) -> ScoreSheet {
        let asked = InteractionQuestion.allCases.filter { question in
            gold.contains { $0.questions.contains(question) }
        }
        var sheet = ScoreSheet(
            asked.map { question in
                Measure(
                    question.rawValue,
                    title: question == .any
                        ? "pairs that interact" : "pairs with \(question.rawValue) interaction")
            })
        for document in gold {
            sheet.add(
                asked.map { question in
                    var counts = Counts()
                    for sentence in document.sentences {
                        for pair in sentence.pairs {
                            let isSo = sentence.answers[pair]?.contains(question) == true
                            let isSaid = found.said(of: pair, in: sentence).contains(question)
                            if isSo, isSaid {
                                counts.hits += 1
                            } else if isSo {
                                counts.misses += 1
                            } else if isSaid {
                                counts.falseAlarms += 1
                            }
                        }
                    }
                    return counts
                })
        }
        return sheet
    }
}
