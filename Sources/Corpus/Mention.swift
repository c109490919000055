/// What a mention does in its sentence.
public enum MentionRole: String, Hashable, Sendable, CaseIterable {
    /// The sentence speaks about it.
    case subject
    /// It marks a cell type: CD4+ T cells.
    case marker
    /// It is an antibody or a reagent: anti-CD4.
    case reagent
    /// It is a loading control or housekeeping gene of an experiment.
    case control
    /// It drives or reports expression: Alb-Cre.
    case driver
    /// It names a genotype or a strain: ob/ob mice.
    case strain
    /// It is part of the name of something else: insulin resistance, mTOR inhibitors, renin-angiotensin system.
    case part
}

/// A name in a text, resolved to an entity.
public struct Mention: Hashable, Sendable {
    /// The passage's index in its citation: 0 for the title.
    public var passage: Int
    /// Where it stands, in UTF-8 bytes of the passage.
    public var range: TextRange
    /// What kind of thing it names.
    public var kind: EntityKind
    /// The entity it was resolved to.
    public var entity: EntityID
    /// The species of the entity, for genes and species.
    public var taxon: TaxonID?
    /// The name in the dictionary that matched, as its source spells it.
    public var dictionaryName: String
    /// The file that the name comes from, as the dictionary build calls it; empty for names the text defines.
    public var source: String
    /// How the text's spelling was led to the dictionary's, and why this entity and not another: one word or short
    /// phrase each, in order: `case folded`, `Greek letter spelled out`, `abbreviation of …`, `species by title`.
    public var reasons: [String]
    /// What it does in the sentence.
    public var role: MentionRole
    /// Where the entity stands in vocabularies: MeSH tree numbers. Section rules read them.
    public var treeNumbers: [String]

    /// Makes a mention.
    public init(
        passage: Int, range: TextRange, kind: EntityKind, entity: EntityID, taxon: TaxonID? = nil,
        dictionaryName: String, source: String = "", reasons: [String] = [], role: MentionRole = .subject,
        treeNumbers: [String] = []
    ) {
        self.passage = passage
        self.range = range
        self.kind = kind
        self.entity = entity
        self.taxon = taxon
        self.dictionaryName = dictionaryName
        self.source = source
        self.reasons = reasons
        self.role = role
        self.treeNumbers = treeNumbers
    }
}
