import Corpus
import Intake
import Terminology
import TextMining

/// A name in a document of the BioNLP shared tasks, in code points.
struct EventEntity: Decodable {
    let tid: String
    let type: String
    let start: Int
    let end: Int

    var isGene: Bool { type == "Protein" || type == "Gene_or_gene_product" }
}

/// What happens to some of its names.
struct GoldEvent: Decodable {
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

/// A document with events, and what they say of the pairs of genes in its sentences.
struct EventDocument {
    let id: String
    let text: String
    let entities: [EventEntity]
    let events: [GoldEvent]

    /// More genes in a sentence make a list of which little can be said pair by pair.
    private static let mostGenes = 12
    /// How deep events within events are followed.
    private static let deepest = 4

    func sentences() -> [InteractionSentence] {
        let answers = self.answers()
        let bytes = Array(text.utf8)
        let genes: [InteractionSentence.Gene] = entities.filter(\.isGene).compactMap { entity in
            guard entity.start < entity.end,
                let range = text.byteRange(ofCodePoints: entity.start..<entity.end)
            else { return nil }
            return InteractionSentence.Gene(id: entity.tid, range: range)
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
