import Corpus
import Foundation
import Interchange
import Terminology
import TextMining

/// `classify`: says in which sections of an entity's article a sentence belongs.
///
/// A line in is `{"id","entity","text"[,"title","journal","year","pmid"]}`, a line out
/// `{"id","section","sections":[{"section","score","rule","triggers":[{"start","end","text","concept"}]}],
/// "negated","speculative","standalone","kind"}`, best section first; offsets in code points of `text`.
public struct ClassifyLines {
    private let dictionary: CompiledDictionary
    private let classifier: SectionClassifier
    private let journals: JournalRanking
    private let judge = SentenceJudge()

    /// Makes a classifier of lines.
    public init(dictionary: CompiledDictionary, rules: SectionRules, journals: JournalRanking) {
        self.dictionary = dictionary
        classifier = SectionClassifier(rules: rules, model: InteractionModel(dictionary: dictionary))
        self.journals = journals
    }

    /// By how much readier a name is taken for a gene than in a whole abstract: one sentence has fewer signs.
    private static let readiness: Float = 1

    private struct Input: Decodable {
        var id: String
        var entity: String
        var text: String
        var title: String?
        var journal: String?
        var year: Int?
    }

    /// Why a line is set aside.
    public struct LineError: Error, CustomStringConvertible {
        /// The reason.
        public var description: String
    }

    /// The line for a line of input.
    ///
    /// - Throws: `LineError` for a line that is no such object, or whose entity is no CURIE.
    public func line(for input: some StringProtocol) throws(LineError) -> String {
        let row: Input
        do {
            row = try JSONDecoder().decode(Input.self, from: Data(input.utf8))
        } catch {
            throw LineError(description: "not an object with id, entity and text")
        }
        guard let entity = Self.entity(row.entity) else {
            throw LineError(description: "\"\(row.entity)\" is no CURIE, such as ncbigene:16001")
        }
        let isFirstRank =
            row.journal.map { journals.isFirstRank(Journal(title: $0, isoAbbreviation: $0)) } ?? false
        let found = classification(
            of: row.text, title: row.title, entity: entity,
            context: PlacementContext(isFirstRank: isFirstRank, year: row.year))
        return Self.json(row.id, row.text, found.placements, found.qualities).line
    }

    /// The entity of a CURIE, behind which corpora write the species: `ncbigene:386463(Tax:10090)`.
    static func entity(_ curie: String) -> EntityID? {
        EntityID(curie: String(curie.prefix { $0 != "(" }))
    }

    /// What a sentence says of an entity: where it belongs, best section first, and what its wording says.
    func classification(
        of text: String, title: String? = nil, entity: EntityID, context: PlacementContext
    ) -> (placements: [Placement], qualities: SentenceQualities) {
        let passage = Passage(kind: .abstract, index: 1, text: text)
        var passages = [passage]
        if let title { passages.insert(Passage(kind: .title, index: 0, text: title), at: 0) }
        let tagger = Tagger(
            dictionary: dictionary, settings: TaggerSettings(focus: entity, readiness: Self.readiness))
        let mentions = mentions(
            tagger.mentions(in: passages).filter { $0.passage == 1 }, of: entity, in: text)
        let range = TextRange(0, text.utf8.count)
        let own = mentions.filter { $0.entity == entity }
        // Where none of its names is found, the sentence is still said to be about it: rules that need no name of the
        // entity itself may place it, and proximity counts from the start.
        let focus =
            own.first { $0.role == .subject } ?? own.first
            ?? Mention(passage: 1, range: TextRange(0, 0), kind: .gene, entity: entity, dictionaryName: "")
        let qualities = judge.qualities(of: text, focus: own.map(\.range), passage: nil)
        let placements = classifier.placements(
            passage: text, range: range, focus: focus, mentions: mentions, qualities: qualities,
            context: context)
        return (placements, qualities)
    }

    /// The mentions as the line has them: it says what the sentence is about.
    ///
    /// Whether the name only marks a cell there, or an antibody or a strain, is a question that `run` asks. And where the
    /// dictionary does not have the entity, as it does not have every species, the one gene that the sentence names must
    /// be it.
    private func mentions(_ mentions: [Mention], of entity: EntityID, in text: String) -> [Mention] {
        var mentions = mentions
        if dictionary.concept(of: entity) == nil {
            let genes = mentions.indices.filter { mentions[$0].kind == .gene }
            let names = Set(genes.map { (text.slice(mentions[$0].range) ?? "").lowercased() })
            if names.count == 1 {
                for index in genes { mentions[index].entity = entity }
            }
        }
        for index in mentions.indices where mentions[index].entity == entity {
            mentions[index].role = .subject
        }
        return mentions
    }

    private static func json(
        _ id: String, _ text: String, _ placements: [Placement], _ qualities: SentenceQualities
    ) -> JSONValue {
        var counter = CodePointCounter(text)
        let sections = placements.map { placement in
            JSONValue.object([
                .init("section", .string(placement.section.rawValue)),
                .init("score", .number(placement.score)),
                .init("rule", .string(placement.rule)),
                .init(
                    "triggers",
                    .array(
                        placement.triggers.map { trigger in
                            .object([
                                .init("start", .integer(Int64(counter.offset(ofByte: trigger.range.start)))),
                                .init("end", .integer(Int64(counter.offset(ofByte: trigger.range.end)))),
                                .init("text", .string(text.slice(trigger.range) ?? "")),
                                .init("concept", .string(trigger.concept)),
                            ])
                        })),
            ])
        }
        return .object([
            .init("id", .string(id)),
            .init("section", placements.first.map { .string($0.section.rawValue) } ?? .null),
            .init("sections", .array(sections)), .init("negated", .bool(qualities.isNegated)),
            .init("speculative", .bool(qualities.isSpeculative)),
            .init("standalone", .bool(qualities.standsAlone)),
            .init("kind", .string(qualities.kind.rawValue)),
        ])
    }
}
