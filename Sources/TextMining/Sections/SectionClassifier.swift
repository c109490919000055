public import Corpus
import Terminology

/// Places a sentence about an entity in the sections that it qualifies for, by rules.
///
/// Rules are compiled once; after that a sentence costs one pass over its bytes and one over its mentions. The value
/// may be shared by all threads.
public final class SectionClassifier: Sendable {
    /// The rules it works by.
    public let rules: SectionRules
    private let model: InteractionModel
    private let classes: CompiledClasses
    private let compiled: CompiledRules
    /// The kind that the articles are about, by its number.
    private let article: UInt64
    /// The number of the class to which an entity with an article belongs.
    private let subject: Int?
    /// What each kind of sentence adds to a score.
    private let kindWeights: (finding: Double, aim: Double, method: Double, background: Double, title: Double)

    /// Compiles rules.
    ///
    /// - Parameter model: what rules with `interaction` ask; without it none of them applies.
    public init(rules: SectionRules, model: InteractionModel = .none) {
        self.rules = rules
        self.model = model
        classes = CompiledClasses(rules.classes)
        compiled = CompiledRules(rules)
        article = rules.article.number
        subject = rules.subject.flatMap { name in rules.classes.lastIndex { $0.name == name } }
        let kinds = rules.weights.kinds
        kindWeights = (
            kinds[.finding] ?? 0, kinds[.aim] ?? 0, kinds[.method] ?? 0, kinds[.background] ?? 0,
            kinds[.title] ?? 0
        )
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
        let inSentence = mentions.indices.filter { range.contains(mentions[$0].range) }
        var memory = PlacementMemory()
        let words = FoldedWords(of: passage, in: range)
        read(words, mentions: mentions, inSentence: inSentence, in: &memory)
        // It may be none of the mentions.
        let all = mentions + [focus]
        guard
            mayPlace(
                words, passage: passage, focus: mentions.count, mentions: all, context: context, in: &memory)
        else { return [] }
        return placements(
            words, passage: passage, range: range, mentions: all, qualities: qualities, context: context,
            style: SentenceStyle(passage.extracting(range.start..<range.end)), in: &memory)
    }

    /// Reads a sentence: what the rules know of it, whatever the entity. It must be no longer than `longestSentence`.
    ///
    /// - Parameter inSentence: the places of the mentions in the sentence.
    func read(
        _ words: FoldedWords, mentions: [Mention], inSentence: [Int], in memory: inout PlacementMemory
    ) {
        memory.reading.read(words, mentions: mentions, inSentence: inSentence, classes: classes)
        memory.scene.forget()
    }

    /// Looks for an entity at the sentence that was read; whether a rule may apply, as far as that is told without the
    /// wording. If not, there are no placements.
    ///
    /// - Parameter focus: the place of a mention of the entity.
    func mayPlace(
        _ words: FoldedWords, passage: Span<UInt8>, focus: Int, mentions: [Mention],
        context: PlacementContext,
        in memory: inout PlacementMemory
    ) -> Bool {
        memory.scene.look(
            at: focus, named: memory.reading.name(of: mentions[focus].entity, in: mentions),
            in: memory.reading, words, passage: passage, mentions: mentions, classes: classes,
            rules: compiled)
        memory.candidates.removeAll(keepingCapacity: true)
        for place in compiled.rules.indices where mayApply(place, memory.scene, context) {
            memory.candidates.append(place)
        }
        return !memory.candidates.isEmpty
    }

    private func mayApply(_ place: Int, _ scene: borrowing PlacementScene, _ context: PlacementContext)
        -> Bool
    {
        for list in compiled.rules[place].requires where !compiled.set(list, shares: scene.present) {
            return false
        }
        return compiled.rules[place].roles & CompiledRules.bit(of: scene.role) != 0
            && (context.isFirstRank || !compiled.rules[place].needsFirstRank)
            && !compiled.set(compiled.rules[place].without, shares: scene.present)
    }

    /// The placements of the entity that was looked for.
    func placements(
        _ words: FoldedWords, passage: Span<UInt8>, range: TextRange, mentions: [Mention],
        qualities: SentenceQualities, context: PlacementContext, style: SentenceStyle,
        in memory: inout PlacementMemory
    ) -> [Placement] {
        memory.drafts.removeAll(keepingCapacity: true)
        memory.parts.removeAll(keepingCapacity: true)
        memory.scene.causes.removeAll(keepingCapacity: true)
        compiled.clear(&memory.reached)
        let kind = CompiledRules.bit(of: qualities.kind)
        for place in memory.candidates {
            guard compiled.rules[place].kinds & kind != 0,
                !compiled.set(compiled.rules[place].unless, shares: memory.reached)
            else { continue }
            let section = compiled.rules[place].section
            let firstCause = memory.scene.causes.count
            guard
                let finding = memory.scene.finding(
                    of: compiled.rules[place], compiled, words: words, passage: passage,
                    sentence: range, by: model)
            else {
                memory.scene.causes.removeSubrange(firstCause...)
                continue
            }
            let firstPart = memory.parts.count
            addParts(
                of: rules.rules[compiled.rules[place].place].weight, finding: finding, qualities: qualities,
                context: context,
                to: &memory.parts)
            addWorth(of: memory.scene, style: style, context: context, to: &memory.parts)
            var score = 0.0
            for index in firstPart..<memory.parts.count { score += memory.parts[index].value }
            let draft = PlacementDraft(
                rule: place, section: section, score: score, causes: firstCause..<memory.scene.causes.count,
                parts: firstPart..<memory.parts.count)
            memory.reached[section / 64] |= 1 << UInt64(section % 64)
            if let index = memory.drafts.firstIndex(where: { $0.section == section }) {
                if score > memory.drafts[index].score { memory.drafts[index] = draft }
            } else {
                memory.drafts.append(draft)
            }
        }
        return written(mentions, &memory)
    }

    /// The drafts as placements, in order.
    private func written(_ mentions: [Mention], _ memory: inout PlacementMemory) -> [Placement] {
        if memory.drafts.isEmpty { return [] }
        memory.drafts.sort { $0.precedes($1) }
        var placements: [Placement] = []
        placements.reserveCapacity(memory.drafts.count)
        for draft in memory.drafts {
            placements.append(
                Placement(
                    section: rules.rules[compiled.rules[draft.rule].place].section,
                    rule: rules.rules[compiled.rules[draft.rule].place].id,
                    triggers: triggers(memory.scene.causes[draft.causes], mentions),
                    parts: Array(memory.parts[draft.parts])))
        }
        return placements
    }

    /// What a rule went by, ordered by place, each once.
    private func triggers(_ causes: ArraySlice<Cause>, _ mentions: [Mention]) -> [Trigger] {
        var triggers: [Trigger] = []
        triggers.reserveCapacity(causes.count)
        for cause in causes {
            let concept =
                switch cause.concept {
                case .word(let number): classes.names[number]
                case .mention(let place): mentions[place].entity.curie
                case .answer(let question): question.rawValue
                }
            let trigger = Trigger(range: cause.range, concept: concept)
            // They are nearly in order.
            var place = triggers.count
            while place > 0, Self.precedes(trigger, triggers[place - 1]) { place -= 1 }
            if place > 0, triggers[place - 1] == trigger { continue }
            triggers.insert(trigger, at: place)
        }
        return triggers
    }

    private static func precedes(_ one: Trigger, _ other: Trigger) -> Bool {
        if one.range != other.range { return one.range < other.range }
        return one.concept.utf8.lexicographicallyPrecedes(other.concept.utf8)
    }

    /// Whether an entity, by the place of one of its mentions, is of those that have such an article. The species of
    /// genes is not asked about.
    func isSubject(_ place: Int, of mentions: [Mention], _ memory: inout PlacementMemory) -> Bool {
        guard mentions[place].kind.number == article else { return false }
        guard let subject else { return true }
        return memory.reading.holds(subject, mention: place, of: mentions, classes: classes)
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

    private func addParts(
        of weight: Double, finding: RuleFinding, qualities: SentenceQualities, context: PlacementContext,
        to parts: inout [ScorePart]
    ) {
        let weights = rules.weights
        parts.append(ScorePart(name: ScorePartName.rule, value: weight))
        if let distance = finding.distance {
            let nearness = max(0, 1 - Double(distance) / Double(weights.reach))
            Self.add(ScorePartName.proximity, weights.proximity * nearness, to: &parts)
        }
        let further = min(max(0, finding.hitCount - 1), weights.furtherTriggers)
        Self.add(ScorePartName.triggers, weights.furtherTrigger * Double(further), to: &parts)
        Self.add(ScorePartName.kind, kindWeight(of: qualities.kind), to: &parts)
        if context.passage == .title { Self.add(ScorePartName.title, weights.title, to: &parts) }
        if qualities.isNegated { Self.add(ScorePartName.negated, weights.negated, to: &parts) }
        if qualities.isSpeculative { Self.add(ScorePartName.speculative, weights.speculative, to: &parts) }
        if !qualities.standsAlone { Self.add(ScorePartName.standsAlone, weights.dependent, to: &parts) }
        if context.passage == .abstract, context.sentences > 1, context.sentence == context.sentences - 1 {
            Self.add(ScorePartName.position, weights.last, to: &parts)
        }
        if let score = finding.modelScore {
            Self.add(
                ScorePartName.model, max(-weights.modelMost, min(weights.modelMost, weights.model * score)),
                to: &parts)
        }
        if context.isFirstRank { Self.add(ScorePartName.journal, weights.journal, to: &parts) }
        if let year = context.year, year > weights.dateFrom {
            Self.add(
                ScorePartName.date,
                min(weights.dateMost, weights.datePerYear * Double(year - weights.dateFrom)), to: &parts)
        }
    }

    /// What a sentence is worth to a reader, whatever the section.
    private func addWorth(
        of scene: borrowing PlacementScene, style: SentenceStyle, context: PlacementContext,
        to parts: inout [ScorePart]
    ) {
        let weights = rules.weights
        if context.isTopic { Self.add(ScorePartName.topic, weights.topic, to: &parts) }
        if scene.entities.count > 1 { Self.add(ScorePartName.focus, weights.focus, to: &parts) }
        let crowd = min(max(0, scene.geneCount - weights.crowdFrom), 5)
        Self.add(ScorePartName.crowd, weights.crowd * Double(crowd), to: &parts)
        Self.add(
            ScorePartName.abbreviations, weights.abbreviation * Double(min(context.unexplained, 3)),
            to: &parts)
        if context.passage == .title {
            if style.isHeading { Self.add(ScorePartName.heading, weights.heading, to: &parts) }
        } else if style.opening != .named {
            Self.add(ScorePartName.opening, weights.opening, to: &parts)
        }
        if style.isOutlook || style.isMeasurement {
            Self.add(ScorePartName.outlook, weights.outlook, to: &parts)
        }
        if style.isClinical { Self.add(ScorePartName.clinical, weights.clinical, to: &parts) }
        if style.words < weights.shortBelow || style.figures > weights.figuresFrom {
            Self.add(ScorePartName.form, weights.form, to: &parts)
        }
    }

    private static func add(_ name: String, _ value: Double, to parts: inout [ScorePart]) {
        if value != 0 { parts.append(ScorePart(name: name, value: value)) }
    }

    private func kindWeight(of kind: SentenceKind) -> Double {
        switch kind {
        case .finding: kindWeights.finding
        case .aim: kindWeights.aim
        case .method: kindWeights.method
        case .background: kindWeights.background
        case .title: kindWeights.title
        }
    }
}
