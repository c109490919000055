import Corpus
import Intake

/// Scores mentions of one type and their identifiers against gold.
public struct TaggingScores: Hashable, Sendable {
    /// The type.
    public let type: GoldType
    /// The identifiers that count; nil for all.
    public let counted: IdentifierList?

    /// Makes a scorer.
    public init(type: GoldType, counted: IdentifierList? = nil) {
        self.type = type
        self.counted = counted
    }

    /// What is measured, in the order of `counts(gold:found:)`.
    public static let measures = [
        Measure("ids", title: "identifiers of documents"),
        Measure("strict", title: "mentions, exact offsets"),
        Measure("overlap", title: "mentions, overlapping"),
        Measure("macro", title: "mean F1 of documents", shape: .share),
    ]

    /// The types that occur in gold, in their fixed order.
    public static func types(in gold: [GoldDocument]) -> [GoldType] {
        let names = Set(gold.flatMap { $0.mentions.map(\.type) })
        return GoldType.allCases.filter { !$0.names.isDisjoint(with: names) }
    }

    /// The counts of all documents.
    public func sheet(gold: [GoldDocument], found: TaggingPredictions) -> ScoreSheet {
        var sheet = ScoreSheet(Self.measures)
        for document in gold {
            sheet.add(counts(gold: document, found: found.mentions[document.document.id] ?? []))
        }
        return sheet
    }

    /// The counts of one document.
    ///
    /// Identifiers are a set: each counts once. So do the ends of mentions. A mention overlaps where any of the other
    /// side shares a code point with it. The mean F1 leaves out documents in which neither side has an identifier.
    public func counts(gold: GoldDocument, found: [MarkedMention]) -> [Counts] {
        let identifiers = Counts(gold: identifiers(ofGold: gold), found: self.identifiers(ofFound: found))
        let marked = Set(gold.mentions.filter { type.names.contains($0.type) }.map(Ends.init))
        let lenient = Set(gold.mentions.filter { type.lenientNames.contains($0.type) }.map(Ends.init))
        let predicted = Set(found.filter { $0.type == type.kind.rawValue }.map(Ends.init))
        var overlapping = Counts()
        for one in marked {
            if one.overlapsAny(of: predicted) { overlapping.hits += 1 } else { overlapping.misses += 1 }
        }
        for one in predicted where !one.overlapsAny(of: marked) && !one.overlapsAny(of: lenient) {
            overlapping.falseAlarms += 1
        }
        var mean = Counts()
        if identifiers != Counts() {
            mean = Counts(hits: identifiers.f1 / 100, misses: 1 - identifiers.f1 / 100)
        }
        return [identifiers, Counts(gold: marked, found: predicted), overlapping, mean]
    }

    /// The identifiers of a gold document that count.
    func identifiers(ofGold gold: GoldDocument) -> Set<String> {
        counting(gold.mentions.filter { type.names.contains($0.type) })
    }

    /// The identifiers that were found and count.
    func identifiers(ofFound found: [MarkedMention]) -> Set<String> {
        counting(found.filter { $0.type == type.kind.rawValue })
    }

    private func counting(_ mentions: [MarkedMention]) -> Set<String> {
        let all = Set(mentions.flatMap(\.identifiers))
        return counted.map { all.intersection($0.identifiers) } ?? all
    }

    /// Where a mention starts and ends.
    private struct Ends: Hashable {
        let start: Int
        let end: Int

        init(_ mention: MarkedMention) {
            start = mention.start
            end = mention.end
        }

        func overlapsAny(of others: Set<Ends>) -> Bool {
            others.contains { start < $0.end && $0.start < end }
        }
    }
}
