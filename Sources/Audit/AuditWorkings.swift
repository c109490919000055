import Corpus
import Store
import Terminology
import TextMining

/// What evidence is derived with: handed in by whoever has read dictionary and rules.
public struct AuditWorkings: Sendable {
    /// From a citation to its evidence.
    public let extractor: EvidenceExtractor
    /// The dictionary.
    public let dictionary: CompiledDictionary
    /// The section rules, one set for each kind of article.
    public let rules: [SectionRules]
    /// The digests of all of it.
    public let digests: ExtractionDigests
    /// The rules by name.
    let ruleNames: Set<RuleName>

    /// A rule, and the section of which articles it leads to.
    struct RuleName: Hashable {
        var article: EntityKind?
        var section: SectionID
        var rule: String
    }

    /// Joins the parts.
    public init(
        extractor: EvidenceExtractor, dictionary: CompiledDictionary, rules: [SectionRules],
        digests: ExtractionDigests
    ) {
        self.extractor = extractor
        self.dictionary = dictionary
        self.rules = rules
        self.digests = digests
        ruleNames = Set(
            rules.flatMap { set in
                set.rules.map { RuleName(article: set.article, section: $0.section, rule: $0.id) }
            })
    }

    /// Why evidence of a file cannot be derived anew; nil where it can.
    public func obstacle(to file: LedgerEntry?) -> String? {
        guard let digests = file?.file.digests else { return "not in the ledger" }
        if digests.program != self.digests.program { return "read with another version of the program" }
        if digests.dictionary != self.digests.dictionary { return "read with another dictionary" }
        if digests.rules != self.digests.rules { return "read with other section rules or journals" }
        if digests.species != self.digests.species { return "read for other species" }
        return nil
    }
}
