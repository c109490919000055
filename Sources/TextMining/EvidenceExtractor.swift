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
    private let memories = EvidenceMemories()

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
        return memories.lend { analysis(of: citation, document, mentions, &$0) }
    }

    private func analysis(
        of citation: Citation, _ document: TaggedDocument, _ mentions: [Mention],
        _ memory: inout EvidenceMemory
    ) -> CitationAnalysis {
        var analysis = CitationAnalysis()
        analysis.sentences.reserveCapacity(document.passages.reduce(0) { $0 + $1.sentences.count })
        findSubjects(mentions, areWanted: !citation.isRetracted && !citation.isNotice, &memory)
        // What only evidence asks for is found out when the first sentence may be some.
        var known: Circumstances?
        var place = 0
        var nextMention = 0
        for tokenized in document.passages {
            let passage = tokenized.passage
            let bytes = tokenized.bytes
            let isTitle = passage.kind == .title
            // Mentions come by passage.
            let firstMention = nextMention
            while nextMention < mentions.count, mentions[nextMention].passage == passage.index {
                nextMention += 1
            }
            // The first mention of the passage that may stand in the sentence at hand: they come by place.
            var next = firstMention
            for index in tokenized.sentences.indices {
                let found = tokenized.sentences[index]
                var range = LabelTrimmer.withoutLabel(found, in: bytes.span)
                if isTitle, citation.hasTranslatedTitle {
                    range = Self.withoutBrackets(range, in: passage.text)
                }
                analysis.sentences.append(Sentence(passage: passage.index, index: index, range: range))
                let position = isTitle ? index : place
                if !isTitle { place += 1 }
                while next < nextMention, mentions[next].range.start < range.start { next += 1 }
                guard findMentions(from: next, to: nextMention, in: range, mentions, &memory) else {
                    continue
                }
                // No section takes so long a sentence.
                guard range.count <= SectionClassifier.longestSentence else { continue }
                let circumstances =
                    known
                    ?? Circumstances(
                        of: citation, document, mentions: mentions, species: species,
                        isFirstRank: isFirstRank(citation.journal, &memory))
                known = circumstances
                admitSubjects(by: circumstances.policy, in: bytes.span, mentions, &memory)
                guard !memory.subjects.isEmpty,
                    Self.readStatement(found, range, in: bytes.span, &memory.sentence)
                else { continue }
                let context = PlacementContext(
                    passage: passage.kind, sentence: position,
                    sentences: isTitle ? tokenized.sentences.count : circumstances.abstractCount,
                    isFirstRank: circumstances.isFirstRank, year: citation.year,
                    unexplained: circumstances.abbreviations.unexplained(in: tokenized, range: range))
                addEvidence(
                    citation, tokenized, index: index, range: range, mentions: mentions,
                    context: context, &memory, to: &analysis.evidence)
            }
        }
        analysis.mentions = mentions
        return analysis
    }

    /// Whether a journal is of the first rank.
    private func isFirstRank(_ journal: Journal, _ memory: inout EvidenceMemory) -> Bool {
        if let known = memory.isFirstRank[journal] { return known }
        let isFirstRank = journals.isFirstRank(journal)
        if memory.isFirstRank.count == EvidenceMemory.mostJournals { memory.isFirstRank = [:] }
        memory.isFirstRank[journal] = isFirstRank
        return isFirstRank
    }

    /// Finds out for which kinds of article each mention is of an entity that has one.
    private func findSubjects(_ mentions: [Mention], areWanted: Bool, _ memory: inout EvidenceMemory) {
        memory.isSubject.removeAll(keepingCapacity: true)
        guard areWanted else { return }
        while memory.placements.count < classifiers.count { memory.placements.append(PlacementMemory()) }
        for place in mentions.indices {
            for kind in classifiers.indices {
                let isSubject = classifiers[kind].isSubject(place, of: mentions, &memory.placements[kind])
                memory.isSubject.append(isSubject)
            }
        }
    }

    /// Whether a mention is of an entity that has an article of a kind, or of any kind.
    private func isSubject(_ place: Int, ofKind kind: Int? = nil, _ memory: borrowing EvidenceMemory) -> Bool
    {
        if memory.isSubject.isEmpty { return false }
        let first = place * classifiers.count
        if let kind { return memory.isSubject[first + kind] }
        for index in first..<first + classifiers.count where memory.isSubject[index] { return true }
        return false
    }

    /// Finds the mentions of a sentence; whether one is of an entity that has an article.
    private func findMentions(
        from first: Int, to end: Int, in range: TextRange, _ mentions: [Mention],
        _ memory: inout EvidenceMemory
    ) -> Bool {
        memory.inSentence.removeAll(keepingCapacity: true)
        var hasSubject = false
        var place = first
        while place < end, mentions[place].range.start < range.end {
            if range.contains(mentions[place].range) {
                memory.inSentence.append(place)
                hasSubject = hasSubject || isSubject(place, memory)
            }
            place += 1
        }
        return hasSubject
    }

    /// Finds the mentions of a sentence that it may be evidence by.
    private func admitSubjects(
        by policy: SpeciesPolicy, in passage: Span<UInt8>, _ mentions: [Mention],
        _ memory: inout EvidenceMemory
    ) {
        memory.subjects.removeAll(keepingCapacity: true)
        for place in memory.inSentence
        where isSubject(place, memory)
            && policy.admits(place, of: mentions, in: passage, sentence: memory.inSentence)
        {
            memory.subjects.append(place)
        }
    }

    /// What is known of a citation when one of its sentences may be evidence.
    private struct Circumstances {
        let policy: SpeciesPolicy
        let isFirstRank: Bool
        let abbreviations: PaperAbbreviations
        /// How many sentences the abstract has.
        let abstractCount: Int

        init(
            of citation: Citation, _ document: TaggedDocument, mentions: [Mention], species: Set<TaxonID>,
            isFirstRank: Bool
        ) {
            policy = SpeciesPolicy(citation, mentions: mentions, species: species)
            self.isFirstRank = isFirstRank
            abbreviations = PaperAbbreviations(document)
            abstractCount = document.passages.reduce(0) {
                $0 + ($1.passage.kind == .abstract ? $1.sentences.count : 0)
            }
        }
    }

    /// Reads the words of a sentence; false where it is no statement.
    ///
    /// - Parameters:
    ///   - found: the sentence with its label, which tells what a line is: "Trial registration:".
    ///   - range: the sentence without it.
    private static func readStatement(
        _ found: TextRange, _ range: TextRange, in passage: Span<UInt8>, _ words: inout SentenceWords
    ) -> Bool {
        words.read(passage.extracting(found.start..<found.end))
        guard StatementFilter.isNoStatement(words) == nil else { return false }
        if found == range { return true }
        words.read(passage.extracting(range.start..<range.end))
        return StatementFilter.isNoStatement(words) == nil
    }

    /// Adds the evidence of one sentence: a piece for each entity with an article that it speaks about.
    private func addEvidence(
        _ citation: Citation, _ tokenized: TaggedDocument.TokenizedPassage, index: Int, range: TextRange,
        mentions: [Mention], context: PlacementContext,
        _ memory: inout EvidenceMemory, to evidence: inout [Evidence]
    ) {
        let passage = tokenized.passage
        let bytes = tokenized.bytes
        // What is the same for all of it is made when the first piece may be some.
        var wording: (judgement: SentenceJudgement, style: SentenceStyle)?
        var own: [Mention]?
        memory.words.read(bytes.span, in: range)
        for kind in classifiers.indices {
            let classifier = classifiers[kind]
            var isRead = false
            memory.seen.removeAll(keepingCapacity: true)
            for place in memory.subjects where isSubject(place, ofKind: kind, memory) {
                if isSeen(place, mentions, memory) { continue }
                memory.seen.append(place)
                if !isRead {
                    classifier.read(
                        memory.words, mentions: mentions, inSentence: memory.inSentence,
                        in: &memory.placements[kind])
                    isRead = true
                }
                let focus = findFocus(place, mentions, in: range, &memory)
                guard
                    classifier.mayPlace(
                        memory.words, passage: bytes.span, focus: focus, mentions: mentions, context: context,
                        in: &memory.placements[kind])
                else { continue }
                let read = wording ?? self.wording(of: memory.sentence, in: passage, context)
                wording = read
                let qualities = read.judgement.qualities(of: memory.sentence, focus: memory.focus)
                var context = context
                context.isTopic = Self.isInTitle(mentions[place].entity, mentions)
                let placements = classifier.placements(
                    memory.words, passage: bytes.span, range: range, mentions: mentions, qualities: qualities,
                    context: context,
                    style: read.style, in: &memory.placements[kind])
                guard !placements.isEmpty, let text = passage.text.slice(range) else { continue }
                let all = own ?? memory.inSentence.map { mentions[$0] }
                own = all
                evidence.append(
                    Evidence(
                        pmid: citation.pmid, version: citation.version, passage: passage.index,
                        passageKind: passage.kind, sentence: index, range: range, text: text,
                        entity: mentions[place].entity, mentions: all, qualities: qualities,
                        placements: placements))
            }
        }
    }

    /// Whether the title names an entity: the paper is about it.
    private static func isInTitle(_ entity: EntityID, _ mentions: [Mention]) -> Bool {
        for place in mentions.indices {
            if mentions[place].passage != 0 { return false }
            if case .subject = mentions[place].role, mentions[place].entity == entity { return true }
        }
        return false
    }

    /// Whether the sentence has been looked at for the entity of a mention.
    private func isSeen(_ place: Int, _ mentions: [Mention], _ memory: borrowing EvidenceMemory) -> Bool {
        for index in memory.seen.indices where mentions[memory.seen[index]].entity == mentions[place].entity {
            return true
        }
        return false
    }

    /// Finds where the entity of a mention stands in the sentence.
    ///
    /// - Returns: the mention by which it is judged: where it is the subject, if it is so anywhere.
    private func findFocus(
        _ place: Int, _ mentions: [Mention], in range: TextRange, _ memory: inout EvidenceMemory
    ) -> Int {
        memory.focus.removeAll(keepingCapacity: true)
        var subject: Int?
        for other in memory.inSentence where mentions[other].entity == mentions[place].entity {
            memory.focus.append(mentions[other].range.shifted(by: -range.start))
            if subject == nil, case .subject = mentions[other].role { subject = other }
        }
        return subject ?? place
    }

    /// What the wording of a sentence says, whatever the entity.
    private func wording(
        of words: SentenceWords, in passage: Passage, _ context: PlacementContext
    ) -> (judgement: SentenceJudgement, style: SentenceStyle) {
        let judgement = judge.judgement(
            of: words, passage: passage.kind, category: passage.category, label: passage.label,
            position: SentenceJudge.Position(index: context.sentence, count: context.sentences))
        return (judgement, SentenceStyle(words))
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
        var concepts = Set<EntityID>(minimumCapacity: mentions.count)
        for mention in mentions where mention.kind != .species { concepts.insert(mention.entity) }
        return concepts.sorted()
    }

    /// Makes an analysis.
    public init(sentences: [Sentence] = [], mentions: [Mention] = [], evidence: [Evidence] = []) {
        self.sentences = sentences
        self.mentions = mentions
        self.evidence = evidence
    }
}
