public import Corpus

/// Places a sentence about an entity in the sections that it qualifies for, by rules.
///
/// Rules are compiled once; after that a sentence costs one pass over its bytes and one over its mentions. The value
/// may be shared by all threads.
public final class SectionClassifier: Sendable {
    /// The rules it works by.
    public let rules: SectionRules
    private let model: InteractionModel
    private let classes: CompiledClasses
    private let compiled: [CompiledRule]
    private let order: [SectionID: Int]
    /// The number of the class to which an entity with an article belongs.
    private let subject: Int?

    /// A rule with its classes as numbers. A class, so that looking at one counts one reference.
    private final class CompiledRule: Sendable {
        let rule: SectionRule
        let requires: [[Int]]
        let without: [Int]
        let freeOf: [Int]

        init(rule: SectionRule, requires: [[Int]], without: [Int], freeOf: [Int]) {
            self.rule = rule
            self.requires = requires
            self.without = without
            self.freeOf = freeOf
        }
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
                without: rule.without.compactMap { numbers[$0] },
                freeOf: rule.freeOf.compactMap { numbers[$0] })
        }
        subject = rules.subject.flatMap { numbers[$0] }
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
        let reading = self.reading(
            of: FoldedWords(of: passage, in: range),
            style: SentenceStyle(passage.extracting(range.start..<range.end)), passage: passage, range: range,
            mentions: mentions)
        return placements(
            passage: passage, range: range, focus: focus, qualities: qualities, context: context,
            reading: reading)
    }

    /// The same for a sentence that has been read with these rules, for this entity or another one in it. It must be no
    /// longer than `longestSentence`.
    func placements(
        passage: Span<UInt8>, range: TextRange, focus: Mention, qualities: SentenceQualities,
        context: PlacementContext, reading: SentenceReading
    ) -> [Placement] {
        let scene = PlacementScene(reading, passage: passage, focus: focus, classes: classes)
        var placements: [Placement] = []
        for one in compiled {
            // Most rules end here: asked before the rule is copied.
            guard one.requires.allSatisfy(scene.holdsAny) else { continue }
            let rule = one.rule
            guard rule.roles.contains(scene.role), rule.sentences.contains(qualities.kind),
                context.isFirstRank || !rule.needsFirstRank,
                !placements.contains(where: { rule.unless.contains($0.section) }),
                !scene.holdsAny(of: one.without),
                let finding = scene.finding(
                    of: rule, requires: one.requires, freeOf: one.freeOf, passage: passage, sentence: range,
                    by: model)
            else { continue }
            let placement = Placement(
                section: rule.section, rule: rule.id, triggers: finding.triggers,
                parts: parts(
                    of: rule, finding: finding, qualities: qualities, context: context)
                    + worth(of: scene, style: reading.style, context: context))
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

    /// What the rules know of the words and the mentions of a sentence: the same for every entity in it.
    func reading(
        of words: FoldedWords, style: SentenceStyle, passage: Span<UInt8>, range: TextRange,
        mentions: [Mention]
    ) -> SentenceReading {
        // They come in order, as a rule.
        let isInOrder =
            mentions.indices.allSatisfy { index in
                range.contains(mentions[index].range)
                    && (index == 0 || SentenceReading.precedes(mentions[index - 1], mentions[index]))
            }
        let inOrder =
            isInOrder
            ? mentions
            : mentions.filter { range.contains($0.range) }.sorted(by: SentenceReading.precedes)
        return SentenceReading(
            words: words, matches: classes.table.matches(in: words), style: style, mentions: inOrder,
            names: inOrder.indices.map { index in
                let isGene = inOrder[index].kind == .gene || inOrder[index].kind == .geneFamily
                return SentenceReading.Name(
                    mention: index, words: words.indices(in: inOrder[index].range), isGene: isGene,
                    classes: isGene ? [] : classes.numbers(holding: inOrder[index]))
            })
    }

    /// Whether an entity, by one of its mentions, is of those that have such an article. The species of genes is not
    /// asked about.
    public func isSubject(_ mention: Mention) -> Bool {
        guard mention.kind == rules.article else { return false }
        return subject.map { classes.holds(mention, number: $0) } ?? true
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
        if let score = finding.modelScore {
            add(ScorePartName.model, max(-weights.modelMost, min(weights.modelMost, weights.model * score)))
        }
        if context.isFirstRank { add(ScorePartName.journal, weights.journal) }
        if let year = context.year, year > weights.dateFrom {
            add(
                ScorePartName.date,
                min(weights.dateMost, weights.datePerYear * Double(year - weights.dateFrom)))
        }
        return parts
    }

    /// What a sentence is worth to a reader, whatever the section.
    private func worth(of scene: PlacementScene, style: SentenceStyle, context: PlacementContext)
        -> [ScorePart]
    {
        let weights = rules.weights
        var parts: [ScorePart] = []
        func add(_ name: String, _ value: Double) {
            if value != 0 { parts.append(ScorePart(name: name, value: value)) }
        }
        if context.isTopic { add(ScorePartName.topic, weights.topic) }
        if scene.entities.count > 1 { add(ScorePartName.focus, weights.focus) }
        let crowd = min(max(0, scene.geneCount - weights.crowdFrom), 5)
        add(ScorePartName.crowd, weights.crowd * Double(crowd))
        add(ScorePartName.abbreviations, weights.abbreviation * Double(min(context.unexplained, 3)))
        if context.passage == .title {
            if style.isHeading { add(ScorePartName.heading, weights.heading) }
        } else if style.opening != .named {
            add(ScorePartName.opening, weights.opening)
        }
        if style.isOutlook || style.isMeasurement { add(ScorePartName.outlook, weights.outlook) }
        if style.isClinical { add(ScorePartName.clinical, weights.clinical) }
        if style.words < weights.shortBelow || style.figures > weights.figuresFrom {
            add(ScorePartName.form, weights.form)
        }
        return parts
    }
}
