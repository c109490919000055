public import Corpus
public import Terminology

/// The rules that place sentences in the sections of an article, as a curator wrote them in
/// `Pipelines/sections/*.yaml`. The format is described in `Documentation/sections.md`.
public struct SectionRules: Hashable, Sendable {
    /// What the articles are about: genes, chemicals or diseases.
    public var article: EntityKind
    /// The class to which an entity must belong to have an article, so that water and pain have none; nil where every
    /// entity of the kind has one.
    public var subject: String?
    /// The sections, in the order in which the article shows them.
    public var sections: [Section]
    /// The classes of concepts and words that rules speak of, in the order of the file.
    public var classes: [TriggerClass]
    /// The rules, in the order of the file.
    public var rules: [SectionRule]
    /// What circumstances add to a score or take from it.
    public var weights: SectionWeights

    /// Reads rules.
    ///
    /// - Parameters:
    ///   - yaml: the text of the file.
    ///   - file: how errors call the file.
    ///   - reading: gives the text of another file whose classes the rules take over (`classes-from`), by the name that
    ///     the rules call it; nil where there is none.
    /// - Throws: the first fault, with its line: bad YAML, an unknown or missing key, an unknown kind, role, class
    ///   or section, a tree number that is none, a name used twice, a number that is none.
    public init(
        yaml: String, file: String, reading: (String) -> String? = { _ in nil }
    ) throws(SectionRulesError) {
        self = try SectionRulesReader(file: file).rules(from: yaml, reading: reading)
    }

    /// Makes rules from parts that are already valid.
    init(
        article: EntityKind, subject: String?, sections: [Section], classes: [TriggerClass],
        rules: [SectionRule], weights: SectionWeights
    ) {
        self.article = article
        self.subject = subject
        self.sections = sections
        self.classes = classes
        self.rules = rules
        self.weights = weights
    }
}

/// A named class of what a rule may go by: concepts by kind and by branch of MeSH, and words.
public struct TriggerClass: Hashable, Sendable {
    /// The name; a word's trigger carries it.
    public var name: String
    /// Mentions of these kinds belong to the class; if it has branches, only those without tree numbers.
    public var kinds: [EntityKind]
    /// Mentions with a tree number in one of these branches belong to the class, whatever their kind: `F03`.
    public var branches: [String]
    /// A mention with a tree number in one of these branches does not belong, whatever else it has.
    public var exceptBranches: [String]
    /// These entities do not belong: concepts too general to say anything.
    public var exceptEntities: [EntityID]
    /// Words and phrases that belong.
    public var words: [WordPattern]
    /// Words and phrases that hide a word or concept of the class which they cover.
    public var exceptWords: [WordPattern]
    /// A word inside a mention of one of these kinds does not belong: the lung of lung cancer.
    public var exceptInside: [EntityKind]

    /// Makes a class.
    public init(
        name: String, kinds: [EntityKind] = [], branches: [String] = [], exceptBranches: [String] = [],
        exceptEntities: [EntityID] = [], words: [WordPattern] = [], exceptWords: [WordPattern] = [],
        exceptInside: [EntityKind] = []
    ) {
        self.name = name
        self.kinds = kinds
        self.branches = branches
        self.exceptBranches = exceptBranches
        self.exceptEntities = exceptEntities
        self.words = words
        self.exceptWords = exceptWords
        self.exceptInside = exceptInside
    }
}

/// A word or phrase of a rule: lower-case words, the last of which may be the beginning of one (`phosphorylat*`).
public struct WordPattern: Hashable, Sendable {
    /// The words; hyphens, slashes and spaces of a text all part words.
    public var words: [String]
    /// Whether the last word is the start of the text's word; otherwise it is the whole word.
    public var isPrefix: Bool

    /// Takes a pattern apart; nil unless it has one or more words of letters a to z and digits, parted by single
    /// spaces or hyphens, and at most one `*`, at its end.
    public init?(_ pattern: String) {
        var bytes = Array(pattern.utf8)
        isPrefix = bytes.last == UInt8(ascii: "*")
        if isPrefix { bytes.removeLast() }
        words = []
        for word in bytes.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == 0x20 || $0 == 0x2D })
        {
            guard !word.isEmpty, word.allSatisfy({ $0.isLowerCaseLetter || $0.isDigit }) else { return nil }
            words.append(String(decoding: word, as: UTF8.self))
        }
    }
}

/// How the words and concepts of a rule must stand to the entity.
public enum TriggerPlace: Hashable, Sendable {
    /// Anywhere in the sentence, or at most so many words from a mention of the entity.
    case sentence(within: Int?)
    /// Between the entity and the partner, or at most so many words before the first or after the last of the two,
    /// which stand at most `span` words apart. A second list of classes must be met between the two.
    /// At most `others` groups of other genes stand among entity, word and partner; genes listed together (`A, B and
    /// C`) are one group.
    case pair(before: Int, after: Int, span: Int, others: Int?)
}

/// Whether a rule asks for a second gene.
public enum PartnerDemand: String, Hashable, Sendable, CaseIterable {
    /// It does not.
    case none
    /// Another gene must be a subject of the sentence: another entity, under another name, and not a family.
    case gene
    /// Another gene, or a family or complex of genes of which the entity's own name is none.
    case product
}

/// What a rule asks the model on interactions.
public struct InteractionDemand: Hashable, Sendable {
    /// The question.
    public var question: InteractionQuestion
    /// Above which score, as log-odds, the answer is yes.
    public var above: Double

    /// Makes a demand.
    public init(question: InteractionQuestion, above: Double = 0) {
        self.question = question
        self.above = above
    }
}

/// One way into a section.
public struct SectionRule: Hashable, Sendable {
    /// The name, unique in the file.
    public var id: String
    /// The section it leads to.
    public var section: SectionID
    /// What it is worth.
    public var weight: Double
    /// The classes to be present: one of each list.
    public var requires: [[String]]
    /// Classes that must be absent from the sentence.
    public var without: [String]
    /// Sections that the sentence must not have reached; none of their rules has an `unless` of its own.
    public var unless: [SectionID]
    /// Whether another gene must be there.
    public var partner: PartnerDemand
    /// Where the words and concepts must stand.
    public var place: TriggerPlace
    /// Classes whose words must not follow directly on the entity or the partner: `TNF-treated`, `Akt signaling`.
    public var freeOf: [String]
    /// What the model must say of the entity and another gene; nil where it is not asked.
    public var interaction: InteractionDemand?
    /// The roles in which the entity may stand in the sentence.
    public var roles: [MentionRole]
    /// The kinds of sentence it applies to.
    public var sentences: [SentenceKind]
    /// Whether it applies only to journals of the first rank.
    public var needsFirstRank: Bool

    /// Makes a rule.
    public init(
        id: String, section: SectionID, weight: Double, requires: [[String]] = [], without: [String] = [],
        unless: [SectionID] = [], partner: PartnerDemand = .none,
        place: TriggerPlace = .sentence(within: nil), freeOf: [String] = [],
        interaction: InteractionDemand? = nil,
        roles: [MentionRole] = [.subject], sentences: [SentenceKind] = SentenceKind.allCases,
        needsFirstRank: Bool = false
    ) {
        self.id = id
        self.section = section
        self.weight = weight
        self.requires = requires
        self.without = without
        self.unless = unless
        self.partner = partner
        self.place = place
        self.freeOf = freeOf
        self.interaction = interaction
        self.roles = roles
        self.sentences = sentences
        self.needsFirstRank = needsFirstRank
    }
}

/// What circumstances add to a score: numbers to be added, negative ones for faults.
public struct SectionWeights: Hashable, Sendable {
    /// A trigger right beside the entity; it falls to nothing in a straight line over `reach` words.
    public var proximity: Double
    /// Over how many words `proximity` falls to nothing.
    public var reach: Int
    /// Each further trigger of the rule.
    public var furtherTrigger: Double
    /// How many further triggers count.
    public var furtherTriggers: Int
    /// By kind of sentence.
    public var kinds: [SentenceKind: Double]
    /// A title.
    public var title: Double
    /// What is said is denied.
    public var negated: Double
    /// What is said is put as a possibility.
    public var speculative: Double
    /// The sentence needs its neighbours.
    public var dependent: Double
    /// The last sentence of the abstract.
    public var last: Double
    /// A journal of the first rank.
    public var journal: Double
    /// For each year after `dateFrom`.
    public var datePerYear: Double
    /// From which year on a date counts.
    public var dateFrom: Int
    /// The most that a date adds.
    public var dateMost: Double
    /// A title that names the entity.
    public var topic: Double
    /// The entity named more than once.
    public var focus: Double
    /// Each gene beyond `crowdFrom`, up to five.
    public var crowd: Double
    /// Each abbreviation that only another sentence explains, up to three.
    public var abbreviation: Double
    /// A sentence that opens on a connective or on the paper itself.
    public var opening: Double
    /// What is to come, is not known, or was only measured.
    public var outlook: Double
    /// Trials, licences and prescriptions.
    public var clinical: Double
    /// A title without a finite verb.
    public var heading: Double
    /// A sentence of fewer words than `shortBelow`, or of more figures than `figuresFrom`.
    public var form: Double
    /// Each unit of log-odds that the model on interactions gives entity and partner.
    public var model: Double
    /// The most that the model adds or takes.
    public var modelMost: Double
    /// How many genes a sentence may name without being a list.
    public var crowdFrom: Int
    /// Below how many words a sentence is short.
    public var shortBelow: Int
    /// How many figures a sentence may have.
    public var figuresFrom: Int

    /// All weights nothing.
    public init() {
        proximity = 0
        reach = 1
        furtherTrigger = 0
        furtherTriggers = 0
        kinds = [:]
        title = 0
        negated = 0
        speculative = 0
        dependent = 0
        last = 0
        journal = 0
        datePerYear = 0
        dateFrom = 0
        dateMost = 0
        topic = 0
        focus = 0
        crowd = 0
        abbreviation = 0
        opening = 0
        outlook = 0
        clinical = 0
        heading = 0
        form = 0
        model = 0
        modelMost = 0
        crowdFrom = 0
        shortBelow = 0
        figuresFrom = Int.max
    }
}

extension UInt8 {
    var isLowerCaseLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
