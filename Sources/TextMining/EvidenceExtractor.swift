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
        let (document, mentions) = tagger.tagged(citation.passages, context: DocumentContext(of: citation))
        var analysis = CitationAnalysis(mentions: mentions)
        let mayGiveEvidence = !citation.isRetracted && !citation.isNotice
        let isSubject =
            mayGiveEvidence
            ? mentions.indices.map { self.isSubject(mentions[$0]) }
            : [Bool](repeating: false, count: mentions.count)
        // What only evidence asks for is found out when the first sentence may be some.
        var known: Circumstances?
        var place = 0
        var nextMention = 0
        for tokenized in document.passages {
            let passage = tokenized.passage
            let bytes = tokenized.bytes
            // Mentions come by passage.
            let firstMention = nextMention
            while nextMention < mentions.count, mentions[nextMention].passage == passage.index {
                nextMention += 1
            }
            // The first mention of the passage that may stand in the sentence at hand: they come by place.
            var next = firstMention
            for (index, found) in tokenized.sentences.enumerated() {
                var range = LabelTrimmer.withoutLabel(found, in: bytes.span)
                if passage.kind == .title, citation.hasTranslatedTitle {
                    range = Self.withoutBrackets(range, in: passage.text)
                }
                analysis.sentences.append(Sentence(passage: passage.index, index: index, range: range))
                let position = passage.kind == .title ? index : place
                if passage.kind == .abstract { place += 1 }
                while next < nextMention, mentions[next].range.start < range.start { next += 1 }
                var end = next
                var hasSubject = false
                while end < nextMention, mentions[end].range.start < range.end {
                    hasSubject = hasSubject || (isSubject[end] && range.contains(mentions[end].range))
                    end += 1
                }
                guard hasSubject else { continue }
                let circumstances =
                    known
                    ?? Circumstances(
                        of: citation, document, mentions: mentions, species: species, journals: journals)
                known = circumstances
                let inSentence = (next..<end).filter { range.contains(mentions[$0].range) }
                let own = inSentence.map { mentions[$0] }
                let subjects = inSentence.filter {
                    isSubject[$0]
                        && circumstances.policy.admits(mentions[$0], in: bytes.span, sentence: own)
                }.map { mentions[$0] }
                guard !subjects.isEmpty, let words = statement(found, range, in: bytes.span) else { continue }
                let context = PlacementContext(
                    passage: passage.kind, sentence: position,
                    sentences: passage.kind == .title
                        ? tokenized.sentences.count : circumstances.abstractCount,
                    isFirstRank: circumstances.isFirstRank, year: citation.year,
                    unexplained: circumstances.abbreviations.unexplained(in: tokenized, range: range))
                analysis.evidence += evidence(
                    citation, tokenized, index: index, range: range, words: words, mentions: own,
                    subjects: subjects, context: context, inTitle: circumstances.inTitle)
            }
        }
        return analysis
    }

    /// What is known of a citation when one of its sentences may be evidence.
    private struct Circumstances {
        let policy: SpeciesPolicy
        let isFirstRank: Bool
        /// The entities that the title names.
        let inTitle: Set<EntityID>
        let abbreviations: PaperAbbreviations
        /// How many sentences the abstract has.
        let abstractCount: Int

        init(
            of citation: Citation, _ document: TaggedDocument, mentions: [Mention], species: Set<TaxonID>,
            journals: JournalRanking
        ) {
            policy = SpeciesPolicy(citation, mentions: mentions, species: species)
            isFirstRank = journals.isFirstRank(citation.journal)
            inTitle = Set(mentions.prefix { $0.passage == 0 }.filter { $0.role == .subject }.map(\.entity))
            abbreviations = PaperAbbreviations(document)
            abstractCount = document.passages.reduce(0) {
                $0 + ($1.passage.kind == .abstract ? $1.sentences.count : 0)
            }
        }
    }

    /// Whether an entity is of those that have articles, by one of its mentions.
    private func isSubject(_ mention: Mention) -> Bool { classifiers.contains { $0.isSubject(mention) } }

    /// The words of a sentence that may be a statement; nil where it is none.
    ///
    /// - Parameters:
    ///   - found: the sentence with its label, which tells what a line is: "Trial registration:".
    ///   - range: the sentence without it.
    private func statement(
        _ found: TextRange, _ range: TextRange, in passage: Span<UInt8>
    ) -> SentenceWords? {
        let whole = SentenceWords(passage.extracting(found.start..<found.end))
        guard StatementFilter.isNoStatement(whole) == nil else { return nil }
        if found == range { return whole }
        let words = SentenceWords(passage.extracting(range.start..<range.end))
        return StatementFilter.isNoStatement(words) == nil ? words : nil
    }

    /// The evidence of one sentence: a piece for each entity with an article that it speaks about.
    ///
    /// - Parameter inTitle: what the title names: the paper is about it.
    private func evidence(
        _ citation: Citation, _ tokenized: TaggedDocument.TokenizedPassage, index: Int, range: TextRange,
        words: SentenceWords, mentions: [Mention], subjects: [Mention], context: PlacementContext,
        inTitle: Set<EntityID>
    ) -> [Evidence] {
        // No section takes so long a sentence.
        guard range.count <= SectionClassifier.longestSentence else { return [] }
        let passage = tokenized.passage
        let bytes = tokenized.bytes
        let judgement = judge.judgement(
            of: words, passage: passage.kind, category: passage.category, label: passage.label,
            position: SentenceJudge.Position(index: context.sentence, count: context.sentences))
        let style = SentenceStyle(words)
        let folded = FoldedWords(of: bytes.span, in: range)
        var evidence: [Evidence] = []
        for classifier in classifiers {
            var reading: SentenceReading?
            var seen: [EntityID] = []
            for mention in subjects where classifier.isSubject(mention) && !seen.contains(mention.entity) {
                seen.append(mention.entity)
                // The mention by which the entity is judged: where it is the subject, if it is so anywhere.
                let own = mentions.filter { $0.entity == mention.entity }
                let focus = own.first { $0.role == .subject } ?? mention
                let qualities = judgement.qualities(focus: own.map { $0.range.shifted(by: -range.start) })
                let read =
                    reading
                    ?? classifier.reading(
                        of: folded, style: style, passage: bytes.span, range: range, mentions: mentions)
                reading = read
                var context = context
                context.isTopic = inTitle.contains(mention.entity)
                let placements = classifier.placements(
                    passage: bytes.span, range: range, focus: focus, qualities: qualities, context: context,
                    reading: read)
                guard !placements.isEmpty, let text = passage.text.slice(range) else { continue }
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
