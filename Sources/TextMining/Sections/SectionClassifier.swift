public import Corpus

/// Places a sentence about an entity in the sections that it qualifies for, by rules.
///
/// Rules are compiled once; after that a sentence costs one pass over its bytes and one over its mentions. The value
/// may be shared by all threads.
public struct SectionClassifier: Sendable {
    /// The rules it works by.
    public let rules: SectionRules
    private let model: InteractionModel
    private let classes: CompiledClasses
    private let compiled: [CompiledRule]
    private let order: [SectionID: Int]

    /// A rule with its classes as numbers.
    private struct CompiledRule {
        let rule: SectionRule
        let requires: [[Int]]
        let without: [Int]
    }

    /// Compiles rules.
    ///
    /// - Parameter model: what rules with `interaction` ask; without it none of them applies.
    public init(rules: SectionRules, model: InteractionModel = .none) {
        self.rules = rules
        self.model = model
        classes = CompiledClasses(rules.classes)
        var numbers: [String: Int] = [:]
        for (number, one) in rules.classes.enumerated() { numbers[one.name] = number }
        // Rules that wait for others come last.
        let inTurn = rules.rules.filter { $0.unless.isEmpty } + rules.rules.filter { !$0.unless.isEmpty }
        compiled = inTurn.map { rule in
            CompiledRule(
                rule: rule, requires: rule.requires.map { $0.compactMap { numbers[$0] } },
                without: rule.without.compactMap { numbers[$0] })
        }
        order = Dictionary(
            rules.sections.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The sections for which a sentence qualifies, best first: by score, then by the order of the sections. Each
    /// section appears once, with its best rule.
    ///
    /// - Parameters:
    ///   - passage: the UTF-8 bytes of the whole passage.
    ///   - range: where the sentence stands in it.
    ///   - focus: a mention of the entity that the sentence is evidence about.
    ///   - mentions: all mentions in the sentence; their order does not matter.
    ///   - qualities: what the wording says.
    ///   - context: what is known beyond the words.
    /// - Returns: placements whose triggers count in bytes of the passage, ordered by place.
    public func placements(
        passage: Span<UInt8>, range: TextRange, focus: Mention, mentions: [Mention],
        qualities: SentenceQualities, context: PlacementContext
    ) -> [Placement] {
        guard range.count <= Self.longestSentence else { return [] }
        let words = FoldedWords(of: passage, in: range)
        let scene = PlacementScene(
            words: words, passage: passage, range: range, focus: focus, mentions: mentions, classes: classes)
        var placements: [Placement] = []
        for index in compiled.indices {
            // Most rules end here: asked before the rule is copied.
            guard compiled[index].requires.allSatisfy(scene.holdsAny) else { continue }
            let one = compiled[index]
            let rule = one.rule
            guard rule.roles.contains(scene.role), rule.sentences.contains(qualities.kind),
                context.isFirstRank || !rule.needsFirstRank,
                !placements.contains(where: { rule.unless.contains($0.section) }),
                !scene.holdsAny(of: one.without),
                let finding = scene.finding(
                    of: rule, requires: one.requires, passage: passage, sentence: range, by: model)
            else { continue }
            let placement = Placement(
                section: rule.section, rule: rule.id, triggers: finding.triggers,
                parts: parts(of: rule, finding: finding, qualities: qualities, context: context))
            if let index = placements.firstIndex(where: { $0.section == rule.section }) {
                if placement.score > placements[index].score { placements[index] = placement }
            } else {
                placements.append(placement)
            }
        }
        return placements.map { ($0, $0.score, order[$0.section] ?? Int.max) }
            .sorted { ($1.1, $0.2) < ($0.1, $1.2) }
            .map { $0.0 }
    }

    /// In UTF-8 bytes: what is longer is a list or a table, no sentence, and is placed nowhere. The bound keeps the
    /// work on hostile input small.
    public static var longestSentence: Int { 10_000 }

    /// The same for a passage that is at hand as a string.
    public func placements(
        passage: String, range: TextRange, focus: Mention, mentions: [Mention], qualities: SentenceQualities,
        context: PlacementContext
    ) -> [Placement] {
        let bytes = Array(passage.utf8)
        return placements(
            passage: bytes.span, range: range, focus: focus, mentions: mentions, qualities: qualities,
            context: context)
    }

    private func parts(
        of rule: SectionRule, finding: RuleFinding, qualities: SentenceQualities, context: PlacementContext
    ) -> [ScorePart] {
        let weights = rules.weights
        var parts = [ScorePart(name: ScorePartName.rule, value: rule.weight)]
        func add(_ name: String, _ value: Double) {
            if value != 0 { parts.append(ScorePart(name: name, value: value)) }
        }
        if let distance = finding.distance {
            let nearness = max(0, 1 - Double(distance) / Double(weights.reach))
            add(ScorePartName.proximity, weights.proximity * nearness)
        }
        let further = min(max(0, finding.hitCount - 1), weights.furtherTriggers)
        add(ScorePartName.triggers, weights.furtherTrigger * Double(further))
        add(ScorePartName.kind, weights.kinds[qualities.kind] ?? 0)
        if context.passage == .title { add(ScorePartName.title, weights.title) }
        if qualities.isNegated { add(ScorePartName.negated, weights.negated) }
        if qualities.isSpeculative { add(ScorePartName.speculative, weights.speculative) }
        if !qualities.standsAlone { add(ScorePartName.standsAlone, weights.dependent) }
        if context.passage == .abstract, context.sentences > 1, context.sentence == context.sentences - 1 {
            add(ScorePartName.position, weights.last)
        }
        if context.isFirstRank { add(ScorePartName.journal, weights.journal) }
        if let year = context.year, year > weights.dateFrom {
            add(
                ScorePartName.date,
                min(weights.dateMost, weights.datePerYear * Double(year - weights.dateFrom)))
        }
        return parts
    }
}
