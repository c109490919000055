import Corpus
import Intake
import Interchange
import TextMining

/// `tag`: the mentions of a document.
public struct MentionLines {
    /// The forms in which mentions are written.
    public enum Format: String, Sendable, CaseIterable {
        /// `PMID TAB start TAB end TAB text TAB type TAB id`.
        case pubtator
        /// A JSON object a mention, with dictionary entry, reasons and role.
        case jsonl
    }

    private let format: Format
    private let kinds: Set<EntityKind>

    /// Makes a writer.
    ///
    /// - Parameter allTypes: anatomy, processes, techniques, psychiatry and cell lines too, not only genes, chemicals,
    ///   diseases and species.
    public init(format: Format, allTypes: Bool) {
        self.format = format
        kinds =
            allTypes
            ? Set(EntityKind.allCases).subtracting([.geneFamily]) : [.gene, .chemical, .disease, .species]
    }

    /// The lines of a document's mentions, in order. Offsets count over title, one character, abstract.
    public func lines(of document: Document, mentions: [Mention]) -> String {
        lines(of: document, mentions) { mention in
            mention
        } members: { _ in
            []
        }
    }

    /// The lines of a document's mentions with what the models found for and against them: `score`, `features`, and
    /// `alternatives`, the genes that the name may mean; `rejected` where a name is no mention.
    public func lines(of document: Document, explanations: [MentionExplanation]) -> String {
        lines(of: document, explanations) {
            $0.mention
        } members: { explanation in
            (explanation.isRejected ? [.init("rejected", .bool(true))] : []) + [
                .init("score", explanation.score.map { .number(Self.rounded($0)) } ?? .null),
                .init("features", Self.value(of: explanation.shares)),
                .init(
                    "alternatives",
                    .array(
                        explanation.alternatives.map { alternative in
                            .object([
                                .init("entity", .string(alternative.entity.curie)),
                                .init("score", .number(Self.rounded(alternative.score))),
                                .init("features", Self.value(of: alternative.shares)),
                            ])
                        })),
            ]
        }
    }

    private func lines<Item>(
        of document: Document, _ items: [Item], mention: (Item) -> Mention,
        members: (Item) -> [JSONValue.Member]
    ) -> String {
        var lines = ""
        for (place, passage) in document.passages.enumerated() {
            var counter = CodePointCounter(passage.text)
            for item in items {
                let mention = mention(item)
                guard mention.passage == passage.index, kinds.contains(mention.kind) else { continue }
                let start = document.offsets[place] + counter.offset(ofByte: mention.range.start)
                let end = document.offsets[place] + counter.offset(ofByte: mention.range.end)
                let text = passage.text.slice(mention.range) ?? ""
                switch format {
                case .pubtator:
                    lines += document.id
                    lines += "\t"
                    lines += String(start)
                    lines += "\t"
                    lines += String(end)
                    lines += "\t"
                    lines += Self.withoutControls(text)
                    lines += "\t"
                    lines += mention.kind.rawValue
                    lines += "\t"
                    lines += mention.entity.pubTator
                    lines += "\n"
                case .jsonl:
                    lines +=
                        JSONValue.object(
                            [
                                .init("id", .string(document.id)), .init("start", .integer(Int64(start))),
                                .init("end", .integer(Int64(end))), .init("text", .string(text)),
                                .init("type", .string(mention.kind.rawValue)),
                                .init("entity", .string(mention.entity.curie)),
                                .init("taxon", mention.taxon.map { .string($0.entity.curie) } ?? .null),
                                .init("name", .string(mention.dictionaryName)),
                                .init("source", .string(mention.source)),
                                .init("role", .string(mention.role.rawValue)),
                                .init("reasons", .array(mention.reasons.map { .string($0) })),
                            ] + members(item)
                        ).line + "\n"
                }
            }
        }
        return lines
    }

    /// A text with a blank for each control character, so that it is one field of one line.
    private static func withoutControls(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        return String(decoding: text.utf8.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func value(of shares: [MentionExplanation.Share]) -> JSONValue {
        .array(
            shares.map {
                .object([
                    .init("feature", .string($0.feature)), .init("weight", .number(rounded($0.weight))),
                ])
            })
    }

    /// Hundredths, as the file of weights has them.
    private static func rounded(_ weight: Double) -> Double { (weight * 100).rounded() / 100 }
}

extension EntityID {
    /// The identifier as PubTator has it: `16001`, `MESH:D003920`, the taxon id; else the prefix in capitals.
    var pubTator: String {
        switch prefix {
        case "ncbigene", "ncbitaxon": local
        default: prefix.uppercased() + ":" + local
        }
    }
}
