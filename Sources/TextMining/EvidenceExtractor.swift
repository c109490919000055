import Corpus
import Terminology

/// From a citation to its evidence: the one function that the nightly run and the audit both call.
///
/// It depends on nothing but the citation, the dictionary, the rules and the settings: the same input gives the same
/// output, on any thread, in any order.
public struct EvidenceExtractor: Sendable {
    private let tagger: Tagger
    private let classifier: SectionClassifier
    private let journals: JournalRanking
    private let judge = SentenceJudge()
    private let species: Set<TaxonID>

    /// Makes an extractor.
    ///
    /// - Parameters:
    ///   - dictionary: the names to look for.
    ///   - rules: the rules that place sentences in sections.
    ///   - journals: the journals of the first rank.
    ///   - species: the species whose genes get articles.
    public init(
        dictionary: CompiledDictionary, rules: SectionRules, journals: JournalRanking, species: Set<TaxonID>
    ) {
        tagger = Tagger(dictionary: dictionary)
        classifier = SectionClassifier(rules: rules, model: InteractionModel(dictionary: dictionary))
        self.journals = journals
        self.species = species
    }

    /// Reads a citation: its sentences, the mentions in them, and what is evidence about a gene of the species wanted.
    ///
    /// Retracted papers, and notices of retraction, errata, comments and replies give no evidence.
    public func analysis(of citation: Citation) -> CitationAnalysis {
        let passages = citation.passages
        let mentions = tagger.mentions(in: passages, context: DocumentContext(of: citation))
        let mayGiveEvidence = !citation.isRetracted && !citation.isNotice
        let isFirstRank = journals.isFirstRank(citation.journal)
        let wanted = speciesSpokenOf(in: citation, mentions: mentions)
        var analysis = CitationAnalysis(mentions: mentions)
        let abstractCount = passages.filter { $0.kind == .abstract }
            .reduce(0) { $0 + SentenceSplitter.ranges(in: $1.text.utf8Span.span).count }
        var place = 0
        for passage in passages {
            let ranges = SentenceSplitter.ranges(in: passage.text.utf8Span.span)
            let inPassage = mentions.filter { $0.passage == passage.index }
            for (index, found) in ranges.enumerated() {
                var range = found
                if passage.kind == .title, citation.hasTranslatedTitle {
                    range = Self.withoutBrackets(range, in: passage.text)
                }
                analysis.sentences.append(Sentence(passage: passage.index, index: index, range: range))
                let position = passage.kind == .title ? index : place
                if passage.kind == .abstract { place += 1 }
                guard mayGiveEvidence else { continue }
                let own = inPassage.filter { range.contains($0.range) }
                guard own.contains(where: { Self.isGene($0, of: wanted) }) else { continue }
                let context = PlacementContext(
                    passage: passage.kind, sentence: position,
                    sentences: passage.kind == .title ? ranges.count : abstractCount,
                    isFirstRank: isFirstRank,
                    year: citation.year)
                analysis.evidence += evidence(
                    citation, passage, index: index, range: range, mentions: own, of: wanted, context: context
                )
            }
        }
        return analysis
    }

    private static func isGene(_ mention: Mention, of species: Set<TaxonID>) -> Bool {
        guard mention.kind == .gene, let taxon = mention.taxon else { return false }
        return species.contains(taxon)
    }

    /// The wanted species that a citation may speak of. Where the title or the headings name organisms, a species that
    /// the whole text does not name has no part in it: what zebrafish do is no evidence on humans, though a gene's name
    /// that no dictionary has for zebrafish was taken for the human one.
    private func speciesSpokenOf(in citation: Citation, mentions: [Mention]) -> Set<TaxonID> {
        let organisms = Set(SpeciesContext.headings.values)
        let named = mentions.filter { $0.kind == .species || $0.kind == .cellLine }
        let subjects = named.filter { $0.passage == 0 }.compactMap(\.taxon).filter { organisms.contains($0) }
        let headings = citation.meshHeadings.compactMap { SpeciesContext.headings[$0.descriptor.name] }
        if subjects.isEmpty, headings.isEmpty { return species }
        return species.intersection(named.compactMap(\.taxon) + headings)
    }

    /// The evidence of one sentence: a piece for each gene of the wanted species that it speaks about.
    private func evidence(
        _ citation: Citation, _ passage: Passage, index: Int, range: TextRange, mentions: [Mention],
        of species: Set<TaxonID>, context: PlacementContext
    ) -> [Evidence] {
        guard let text = passage.text.slice(range), StatementFilter.isNoStatement(text) == nil else {
            return []
        }
        var evidence: [Evidence] = []
        var seen: Set<EntityID> = []
        for mention in mentions
        where Self.isGene(mention, of: species) && seen.insert(mention.entity).inserted {
            // The mention by which the entity is judged: where it is the subject, if it is so anywhere.
            let focus =
                mentions.first { $0.entity == mention.entity && $0.role == .subject } ?? mention
            let qualities = judge.qualities(
                of: text,
                focus: mentions.filter { $0.entity == mention.entity }.map {
                    $0.range.shifted(by: -range.start)
                },
                passage: passage.kind, category: passage.category, label: passage.label,
                position: SentenceJudge.Position(index: context.sentence, count: context.sentences))
            let placements = classifier.placements(
                passage: passage.text.utf8Span.span, range: range, focus: focus, mentions: mentions,
                qualities: qualities, context: context)
            guard !placements.isEmpty else { continue }
            evidence.append(
                Evidence(
                    pmid: citation.pmid, version: citation.version, passage: passage.index,
                    passageKind: passage.kind, sentence: index, range: range, text: text,
                    entity: mention.entity,
                    mentions: mentions, qualities: qualities, placements: placements))
        }
        return evidence
    }

    /// A translated title without the brackets that NLM puts around it.
    private static func withoutBrackets(_ range: TextRange, in text: String) -> TextRange {
        let bytes = Array(text.utf8)
        var (start, end) = (range.start, range.end)
        if start == 0, bytes.first == UInt8(ascii: "[") { start += 1 }
        if end == bytes.count || end + 1 == bytes.count {
            while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "]") {
                end -= 1
            }
        }
        return start < end ? TextRange(start, end) : range
    }
}

/// What was read in a citation.
public struct CitationAnalysis: Hashable, Sendable {
    /// The sentences of all passages.
    public var sentences: [Sentence] = []
    /// The mentions in all passages, of any kind and species.
    public var mentions: [Mention] = []
    /// What is evidence about a gene of the wanted species.
    public var evidence: [Evidence] = []

    /// Makes an analysis.
    public init(sentences: [Sentence] = [], mentions: [Mention] = [], evidence: [Evidence] = []) {
        self.sentences = sentences
        self.mentions = mentions
        self.evidence = evidence
    }
}
