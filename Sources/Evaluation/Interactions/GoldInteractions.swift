import Corpus
import Intake
public import Terminology

/// A sentence with the genes that annotators marked in it, and what they say of pairs of them.
public struct InteractionSentence: Sendable {
    /// A gene by its name in the sentence.
    public struct Gene: Hashable, Sendable {
        /// Its identifier in the gold file.
        public var id: String
        /// From its first byte to its last, in UTF-8 bytes of the sentence's text.
        public var range: TextRange
    }

    /// Two genes of the sentence, by their places in the list.
    public struct Pair: Hashable, Sendable {
        /// The earlier one.
        public var first: Int
        /// The later one.
        public var second: Int

        init(_ one: Int, _ two: Int) {
            first = min(one, two)
            second = max(one, two)
        }
    }

    /// The document's identifier.
    public var document: String
    /// The sentence's identifier: the corpus's own, or the document's with the sentence's number.
    public var id: String
    /// Its text.
    public var text: String
    /// Its genes, in the order of the gold file.
    public var genes: [Gene]
    /// To which questions the answer is yes, by pair; of pairs that are not here it is no.
    public var answers: [Pair: Set<InteractionQuestion>]

    /// All pairs whose names do not overlap.
    public var pairs: [Pair] {
        genes.indices.flatMap { first in
            genes.indices.dropFirst(first + 1).compactMap { second in
                genes[first].range.overlaps(genes[second].range) ? nil : Pair(first, second)
            }
        }
    }
}

/// A line of a gold file on interactions: a document with sentences and pairs of entities, as the converted corpora on
/// protein interactions have it, or a document with events, as the BioNLP shared tasks have it.
public struct GoldInteractions: Decodable, Sendable {
    /// The document's sentences.
    public let sentences: [InteractionSentence]
    /// The questions that its annotators answered.
    public private(set) var questions: [InteractionQuestion]

    /// Reads a gold file, plain or gzipped.
    ///
    /// - Parameter onProblem: called with a sentence on each line that is set aside.
    /// - Throws: `EvaluationError.noGold` where no line could be read, `IntakeError` where the file as a whole is bad.
    public static func read(
        path: String, onProblem: (String) -> Void
    ) throws -> GoldReading<GoldInteractions> {
        var reading = try GoldReader.lines(
            of: GoldInteractions.self, path: path,
            what: "a document with sentences and pairs, or with events",
            onProblem: onProblem)
        // What a corpus never answers with yes, its annotators were not asked.
        let answered = Set(reading.rows.flatMap { $0.sentences.flatMap { $0.answers.values.joined() } })
        for index in reading.rows.indices {
            reading.rows[index].questions = reading.rows[index].questions.filter(answered.contains)
        }
        return reading
    }

    private enum Key: String, CodingKey {
        case id, sentences, text, entities, events
    }

    /// Reads a line.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let id = try container.decode(DocumentIdentifier.self, forKey: .id).text
        if let rows = try container.decodeIfPresent([PairSentence].self, forKey: .sentences) {
            questions = [.any]
            sentences = rows.map { $0.sentence(of: id) }
        } else {
            questions = [.physical, .enzymatic, .regulatory]
            let events = try container.decode([GoldEvent].self, forKey: .events)
            let entities = try container.decode([EventEntity].self, forKey: .entities)
            let text = try container.decode(String.self, forKey: .text)
            sentences = EventDocument(id: id, text: text, entities: entities, events: events).sentences()
        }
    }
}

// MARK: - Pairs

private struct PairSentence: Decodable {
    struct Entity: Decodable {
        let id: String
        let offset: String

        /// The first and the last offset of `3-9` or `3-9,12-15`, in code points.
        var ends: Range<Int>? {
            let numbers = offset.split { $0 == "," || $0 == "-" }.compactMap { Int($0) }
            guard let start = numbers.first, let end = numbers.last, start < end else { return nil }
            return start..<end
        }
    }
    struct Pair: Decodable {
        let e1: String
        let e2: String
        let interaction: Bool
    }
    let id: String
    let text: String
    let entities: [Entity]
    let pairs: [Pair]

    func sentence(of document: String) -> InteractionSentence {
        let genes: [InteractionSentence.Gene] = entities.compactMap { entity in
            guard let ends = entity.ends, let range = text.byteRange(ofCodePoints: ends) else { return nil }
            return InteractionSentence.Gene(id: entity.id, range: range)
        }
        let places = Dictionary(
            genes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var answers: [InteractionSentence.Pair: Set<InteractionQuestion>] = [:]
        for pair in pairs where pair.interaction {
            guard let one = places[pair.e1], let two = places[pair.e2], one != two else { continue }
            answers[InteractionSentence.Pair(one, two)] = [.any]
        }
        return InteractionSentence(document: document, id: id, text: text, genes: genes, answers: answers)
    }
}
