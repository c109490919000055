import Corpus
public import Terminology
import TextMining

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
        var ends: (start: Int, end: Int)? {
            let numbers = offset.split { $0 == "," || $0 == "-" }.compactMap { Int($0) }
            guard let start = numbers.first, let end = numbers.last, start < end else { return nil }
            return (start, end)
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
        let offsets = ByteOffsets(text)
        let genes: [InteractionSentence.Gene] = entities.compactMap { entity in
            guard let ends = entity.ends, let range = offsets.range(ends.start, ends.end) else { return nil }
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

/// From code points to UTF-8 bytes.
private struct ByteOffsets {
    private var bytes: [Int] = []

    init(_ text: String) {
        var offset = 0
        for scalar in text.unicodeScalars {
            bytes.append(offset)
            offset += UTF8.width(scalar)
        }
        bytes.append(offset)
    }

    func range(_ start: Int, _ end: Int) -> TextRange? {
        guard start >= 0, start < end, end < bytes.count else { return nil }
        return TextRange(bytes[start], bytes[end])
    }
}

// MARK: - Events

private struct EventEntity: Decodable {
    let tid: String
    let type: String
    let start: Int
    let end: Int

    var isGene: Bool { type == "Protein" || type == "Gene_or_gene_product" }
}

private struct GoldEvent: Decodable {
    let eid: String
    let type: String
    let args: [[String]]

    func arguments(_ role: String) -> [String] {
        args.filter { $0.count == 2 && $0[0].hasPrefix(role) }.map { $0[1] }
    }

    /// Acts on a protein that an enzyme does.
    var isModification: Bool {
        [
            "Phosphorylation", "Dephosphorylation", "Ubiquitination", "Deubiquitination", "Acetylation",
            "Deacetylation", "Methylation", "Demethylation", "Glycosylation", "Deglycosylation",
            "Hydroxylation", "Dehydroxylation", "Protein_modification", "Catalysis",
        ].contains(type)
    }

    var isRegulation: Bool {
        [
            "Regulation", "Positive_regulation", "Negative_regulation", "Activation", "Inactivation",
        ].contains(type)
    }
}

private struct EventDocument {
    let id: String
    let text: String
    let entities: [EventEntity]
    let events: [GoldEvent]

    /// More genes in a sentence make a list of which little can be said pair by pair.
    private static let mostGenes = 12
    /// How deep events within events are followed.
    private static let deepest = 4

    func sentences() -> [InteractionSentence] {
        let offsets = ByteOffsets(text)
        let answers = self.answers()
        let bytes = Array(text.utf8)
        let genes: [InteractionSentence.Gene] = entities.filter(\.isGene).compactMap { entity in
            offsets.range(entity.start, entity.end).map { .init(id: entity.tid, range: $0) }
        }
        return SentenceSplitter.ranges(in: bytes.span).enumerated().compactMap { number, range in
            let own = genes.filter { range.contains($0.range) }.map {
                InteractionSentence.Gene(id: $0.id, range: $0.range.shifted(by: -range.start))
            }
            guard own.count > 1, own.count <= Self.mostGenes else { return nil }
            var sentence = InteractionSentence(
                document: id, id: "\(id).\(number)",
                text: String(decoding: bytes[range.start..<range.end], as: UTF8.self), genes: own,
                answers: [:])
            for pair in sentence.pairs {
                let names: Set = [own[pair.first].id, own[pair.second].id]
                if let found = answers[names] { sentence.answers[pair] = found }
            }
            return sentence
        }
    }

    /// What the events say of two genes: that they bind each other; that one causes a modification of the other, or
    /// regulates it; that one regulates what the other does or what becomes of it.
    private func answers() -> [Set<String>: Set<InteractionQuestion>] {
        let genes = Set(entities.filter(\.isGene).map(\.tid))
        let byID = Dictionary(events.map { ($0.eid, $0) }, uniquingKeysWith: { first, _ in first })
        /// The genes that an argument is about, and whether a modification of them.
        func subjects(_ argument: String, _ depth: Int) -> (genes: Set<String>, isModified: Bool) {
            if genes.contains(argument) { return ([argument], false) }
            guard depth < Self.deepest, let event = byID[argument] else { return ([], false) }
            var found: Set<String> = []
            var isModified = event.isModification
            for inner in event.arguments("Theme") + event.arguments("Product") {
                let part = subjects(inner, depth + 1)
                found.formUnion(part.genes)
                isModified = isModified || part.isModified
            }
            return (found, isModified)
        }
        var answers: [Set<String>: Set<InteractionQuestion>] = [:]
        func say(_ question: InteractionQuestion, of ones: some Sequence<String>, and twos: Set<String>) {
            for one in ones {
                for two in twos where one != two { answers[[one, two], default: []].insert(question) }
            }
        }
        for event in events {
            let themes = event.arguments("Theme")
            let causes = event.arguments("Cause").map { subjects($0, 0).genes }
            if event.type == "Binding" {
                let bound = Set(themes.filter(genes.contains))
                say(.physical, of: bound, and: bound)
            } else if event.isModification || event.isRegulation {
                for theme in themes {
                    let object = subjects(theme, 0)
                    let question: InteractionQuestion =
                        event.isModification || object.isModified ? .enzymatic : .regulatory
                    for cause in causes { say(question, of: cause, and: object.genes) }
                }
            }
        }
        return answers
    }
}
