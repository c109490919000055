import Corpus
import Terminology

/// From a citation to its evidence: the one function that the nightly run and the audit both call.
///
/// It depends on nothing but the citation, the dictionary, the rules and the settings: the same input gives the same
/// output, on any thread, in any order.
public struct EvidenceExtractor: Sendable {
    private let tagger: Tagger
    private let classifiers: [SectionClassifier]
    private let journals: JournalRanking
    private let judge = SentenceJudge()
    private let species: Set<TaxonID>

    /// Makes an extractor.
    ///
    /// - Parameters:
    ///   - dictionary: the names to look for.
    ///   - rules: the rules that place sentences in sections, one set for each kind of article.
    ///   - journals: the journals of the first rank.
    ///   - species: the species whose genes get articles.
    public init(
        dictionary: CompiledDictionary, rules: [SectionRules], journals: JournalRanking, species: Set<TaxonID>
    ) {
        tagger = Tagger(dictionary: dictionary)
        let model = InteractionModel(dictionary: dictionary)
        classifiers = rules.map { SectionClassifier(rules: $0, model: model) }
        self.journals = journals
        self.species = species
    }

    /// Reads a citation: its sentences, the mentions in them, and what is evidence about a gene of the species wanted,
    /// a chemical or a disease.
    ///
    /// Retracted papers, and notices of retraction, errata, comments and replies give no evidence.
    public func analysis(of citation: Citation) -> CitationAnalysis {
        let passages = citation.passages
        let mentions = tagger.mentions(in: passages, context: DocumentContext(of: citation))
        let mayGiveEvidence = !citation.isRetracted && !citation.isNotice
        let isFirstRank = journals.isFirstRank(citation.journal)
        let policy = SpeciesPolicy(citation, mentions: mentions, species: species)
        let inTitle = Set(mentions.filter { $0.passage == 0 && $0.role == .subject }.map(\.entity))
        var abbreviations: PaperAbbreviations?
        var analysis = CitationAnalysis(mentions: mentions)
        let abstractCount = passages.filter { $0.kind == .abstract }
            .reduce(0) { $0 + SentenceSplitter.ranges(in: $1.text.utf8Span.span).count }
        var place = 0
        for passage in passages {
            let ranges = SentenceSplitter.ranges(in: passage.text.utf8Span.span)
            let inPassage = mentions.filter { $0.passage == passage.index }
            for (index, found) in ranges.enumerated() {
                var range = LabelTrimmer.withoutLabel(found, in: passage.text.utf8Span.span)
                if passage.kind == .title, citation.hasTranslatedTitle {
                    range = Self.withoutBrackets(range, in: passage.text)
                }
                analysis.sentences.append(Sentence(passage: passage.index, index: index, range: range))
                let position = passage.kind == .title ? index : place
                if passage.kind == .abstract { place += 1 }
                guard mayGiveEvidence else { continue }
                let own = inPassage.filter { range.contains($0.range) }
                let subjects = own.filter { mention in
                    classifiers.contains { $0.isSubject(mention) }
                        && policy.admits(mention, in: passage.text.utf8Span.span, sentence: own)
                }
                // A label tells what a line is: "Trial registration:".
                guard !subjects.isEmpty,
                    StatementFilter.isNoStatement(
                        passage.text.utf8Span.span.extracting(found.start..<found.end)) == nil
                else { continue }
                let defined = abbreviations ?? PaperAbbreviations(passages)
                abbreviations = defined
                let context = PlacementContext(
                    passage: passage.kind, sentence: position,
                    sentences: passage.kind == .title ? ranges.count : abstractCount,
                    isFirstRank: isFirstRank, year: citation.year,
                    unexplained: defined.unexplained(in: passage, range: range))
                analysis.evidence += evidence(
                    citation, passage, index: index, range: range, mentions: own, subjects: subjects,
                    context: context, inTitle: inTitle)
            }
        }
        return analysis
    }

    /// The evidence of one sentence: a piece for each entity with an article that it speaks about.
    private func evidence(
        _ citation: Citation, _ passage: Passage, index: Int, range: TextRange, mentions: [Mention],
        subjects: [Mention], context: PlacementContext, inTitle: Set<EntityID>
    ) -> [Evidence] {
        guard let text = passage.text.slice(range), StatementFilter.isNoStatement(text) == nil else {
            return []
        }
        var evidence: [Evidence] = []
        for classifier in classifiers {
            var reading: SentenceReading?
            var seen: Set<EntityID> = []
            for mention in subjects
            where classifier.isSubject(mention) && seen.insert(mention.entity).inserted {
                // The mention by which the entity is judged: where it is the subject, if it is so anywhere.
                let own = mentions.filter { $0.entity == mention.entity }
                let focus = own.first { $0.role == .subject } ?? mention
                let qualities = judge.qualities(
                    of: text, focus: own.map { $0.range.shifted(by: -range.start) },
                    passage: passage.kind, category: passage.category, label: passage.label,
                    position: SentenceJudge.Position(index: context.sentence, count: context.sentences))
                let words = reading ?? classifier.reading(of: passage.text.utf8Span.span, in: range)
                reading = words
                var context = context
                context.isTopic = inTitle.contains(mention.entity)
                let placements = classifier.placements(
                    passage: passage.text.utf8Span.span, range: range, focus: focus, mentions: mentions,
                    qualities: qualities, context: context, reading: words)
                guard !placements.isEmpty else { continue }
                evidence.append(
                    Evidence(
                        pmid: citation.pmid, version: citation.version, passage: passage.index,
                        passageKind: passage.kind, sentence: index, range: range, text: text,
                        entity: mention.entity,
                        mentions: mentions, qualities: qualities, placements: placements))
            }
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
    /// What is evidence about a gene of the wanted species, a chemical or a disease.
    public var evidence: [Evidence] = []

    /// The concepts that are named, each once, by identifier: what is counted over all citations. Species are none.
    public var concepts: [EntityID] {
        Set(mentions.lazy.filter { $0.kind != .species }.map(\.entity)).sorted()
    }

    /// Makes an analysis.
    public init(sentences: [Sentence] = [], mentions: [Mention] = [], evidence: [Evidence] = []) {
        self.sentences = sentences
        self.mentions = mentions
        self.evidence = evidence
    }
}
