import Articles
import Corpus
import Testing

/// Who wrote each word of an article, and what each contributor is credited with.
struct AuthorshipTests {
    private let tumours = MergeStage.tumours
    private let mice = MergeStage.mice
    private let ada = Contributor.person("Ada")
    private let noor = Contributor.person("Noor")

    private func credit(_ contributor: Contributor, in stage: MergeStage) -> Credit {
        stage.record.credits().first { $0.contributor == contributor } ?? Credit(contributor: contributor)
    }

    /// What the spans of an article read, with whose they are.
    private func spans(_ record: ArticleRecord) -> [String] {
        record.authorship().map { "\(record.text.slice($0.range) ?? "?")|\($0.contributor)|\($0.revision)" }
    }

    // MARK: - Spans

    @Test func `each word is its writer's, each machine sentence its statement's`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.change("velmar tumours", to: "velmar lung tumours")
        try stage.change("mice without", to: "mice, all without", by: "Noor")
        stage.save(stage.record.text + "\nA last word.\n")
        #expect(
            spans(stage.record) == [
                "# Igf1r - insulin\\-like growth factor I receptor\n\n## Disease relevance of Igf1r|run 1|1",
                "- Loss of Igf1r delays the growth of velmar|run 1|1", "lung|Ada|2",
                "tumours [@pubmed:1].|run 1|1",
                "- Young mice|run 1|1", ", all|Noor|3",
                "without Igf1r never learn to swim [@pubmed:2].|run 1|1",
                "A last word.|Ada|4",
            ])
        let statements = stage.record.authorship().map(\.statement)
        let (one, two) = (tumours.key, mice.key)
        #expect(statements == [nil, one, nil, one, two, nil, two, nil])
    }

    @Test func `copied words are their copier's, with whose they were`() throws {
        var stage = try MergeStage([tumours])
        let sentence = MergeStage.bullet(tumours)
        stage.save(stage.record.text + "\n\(sentence)\n")
        stage.save(stage.record.text + "\nIn short.\n\n\(sentence)\n", by: "Noor")
        let copies = stage.record.authorship().filter { $0.copiedFrom != nil }
        #expect(copies.allSatisfy { $0.copiedFrom == .run(1) })
        #expect(copies.map(\.contributor) == [ada, noor])
        #expect(copies.allSatisfy { stage.record.text.slice($0.range) == sentence })
        #expect(copies.allSatisfy { $0.statement == nil })
        // Of a sentence the citation and the stops are no words.
        #expect(credit(ada, in: stage).copiedWords == 9)
        #expect(credit(noor, in: stage).copiedWords == 9)
        #expect(credit(noor, in: stage).liveWords == 2)
    }

    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `spans cover all words in order, and credits add up to the words of the page`(seed: UInt64) throws {
        var world = MergeWorld(seed: seed)
        for step in 0..<25 {
            if step == 0 || Int.random(in: 0..<4, using: &world.generator) == 0 {
                _ = try world.night(world.tonight())
                world.note()
            } else {
                world.edit()
            }
            let fault = fault(in: world.record)
            #expect(fault == nil, "seed \(seed), step \(step): \(fault ?? "")\n\(world.record.text)")
            if fault != nil { return }
        }
    }

    /// What is wrong with the spans or the credits of an article.
    private func fault(in record: ArticleRecord) -> String? {
        let spans = record.authorship()
        let tokens = zip(record.history.tokensOfNewest, ArticleTokenizer.tokens(in: record.text))
        var index = 0
        var words: [Contributor: Int] = [:]
        for (token, range) in tokens {
            if index < spans.count, range.start >= spans[index].range.end { index += 1 }
            guard index < spans.count else { return "no span for \(range)" }
            let span = spans[index]
            guard span.range.start <= range.start, range.end <= span.range.end else {
                return "\(range) is not in \(span.range)"
            }
            let origin = record.history.origin(of: token)
            let writer = record.contributors[origin - 1]
            guard span.revision == origin, span.contributor == writer else {
                return "\(range) is not \(writer)'s"
            }
            if let key = span.statement {
                guard record.instances[key]?.tokens.identities.contains(token) == true else {
                    return "\(range) is not of its statement"
                }
                guard record.state(of: key).isAlive else { return "a statement that does not stand" }
            }
            if Self.wordCount(record.text.slice(range) ?? "") == 1 { words[writer, default: 0] += 1 }
        }
        if index + 1 < spans.count { return "a span without words" }
        for (one, other) in zip(spans, spans.dropFirst()) {
            if one.range.end > other.range.start { return "spans overlap" }
            if one.revision == other.revision, one.statement == other.statement,
                one.copiedFrom == other.copiedFrom
            {
                return "two spans for one"
            }
        }
        let credits = record.credits()
        let count = Self.wordCount(record.text)
        if record.wordCount != count { return "\(record.wordCount) words instead of \(count)" }
        if credits.map(\.words).reduce(0, +) != count { return "credits do not add up to \(count)" }
        for credit in credits where credit.words != words[credit.contributor, default: 0] {
            return "\(credit.contributor) has \(credit.words) words"
        }
        if Set(credits.map(\.contributor)).count != credits.count { return "a contributor twice" }
        if credits.contains(where: { $0.survivedEdits > $0.edits }) {
            return "more edits survived than were made"
        }
        let people = credits.map { $0.contributor.kind == .person }
        if people != people.sorted(by: { $0 && !$1 }) { return "a machine before people" }
        return nil
    }

    /// The words of a text of these tests, counted from the text alone: runs of letters, numbers and underscores
    /// outside citations.
    private static func wordCount(_ text: String) -> Int {
        var count = 0
        var isInWord = false
        var isInCitation = false
        for character in text {
            if character == "[" { isInCitation = true }
            let isOfWord = !isInCitation && (character.isLetter || character.isNumber || character == "_")
            if isOfWord, !isInWord { count += 1 }
            isInWord = isOfWord
            if character == "]" { isInCitation = false }
        }
        return count
    }

    // MARK: - Words

    @Test func `machines stand behind people, whatever they wrote`() throws {
        var stage = try MergeStage([tumours, mice])
        stage.save(stage.record.text + "\nOne.\n", by: "Ada")
        stage.save(stage.record.text + "\nTwo words.\n", by: "Noor")
        stage.decide(.adopt, mice, by: "Curator")
        let credits = stage.record.credits()
        #expect(credits.map(\.contributor) == [noor, ada, .person("Curator"), .run(1)])
        #expect(credits.map(\.words) == [2, 1, 0, stage.record.wordCount - 3])
    }

    @Test func `a correction of case is no work of one's own`() throws {
        var stage = try MergeStage()
        stage.save("The gene brca1 binds DNA.")
        stage.save("The gene BRCA1 binds DNA.", by: "Noor")
        #expect(credit(ada, in: stage).liveWords == 4)
        #expect(credit(noor, in: stage).liveWords == 0)
        #expect(credit(noor, in: stage).copiedWords == 1)
        #expect(credit(noor, in: stage).words == 1)
        stage.save("The gene BRCA2 binds DNA.", by: "Noor")
        #expect(credit(noor, in: stage).liveWords == 1)
        #expect(credit(noor, in: stage).copiedWords == 0)
    }

    @Test func `a revert brings credit back to the original writer`() throws {
        var stage = try MergeStage()
        stage.save("Igf1r lights the lamps of the night.")
        stage.save("Something else.", by: "Vandal")
        #expect(credit(ada, in: stage).words == 0)
        #expect(credit(ada, in: stage).survivedEdits == 0)
        stage.revert(to: 1)
        #expect(credit(ada, in: stage).liveWords == 7)
        #expect(credit(ada, in: stage).survivedEdits == 1)
        #expect(credit(noor, in: stage) == Credit(contributor: noor))
        #expect(credit(.person("Vandal"), in: stage).words == 0)
        #expect(credit(.person("Vandal"), in: stage).edits == 1)
    }

    @Test func `an edit that five later ones of others have left alone has survived`() throws {
        var stage = try MergeStage()
        stage.save("Igf1r lights the lamps of the night.")
        for number in 1...4 { stage.save(stage.texts[0] + "\n\nNote \(number).", by: "Noor") }
        var early = stage
        early.save("Something else.", by: "Noor")
        #expect(credit(ada, in: early).survivedEdits == 0)
        // Her own later edits do not count.
        stage.save(stage.texts[0] + "\n\nA remark of hers.")
        stage.save(stage.texts[0] + "\n\nNote 5.", by: "Noor")
        stage.save("Something else.", by: "Noor")
        #expect(credit(ada, in: stage).edits == 2)
        #expect(credit(ada, in: stage).survivedEdits == 1)
    }

    // MARK: - Curation

    @Test func `a rejection is curation while it holds`() throws {
        var stage = try MergeStage([tumours, mice])
        stage.decide(.reject, tumours)
        #expect(credit(noor, in: stage).curation == 1)
        stage.decide(.reject, tumours)
        #expect(credit(noor, in: stage).curation == 1)
        stage.decide(.unreject, tumours, by: "Ada")
        #expect(credit(noor, in: stage).curation == 0)
        #expect(credit(ada, in: stage).curation == 0)
    }

    @Test func `a deletion is curation while it holds`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.change(MergeStage.bullet(tumours) + "\n", to: "")
        try stage.night([tumours, mice])
        #expect(credit(ada, in: stage).curation == 1)
        // Rejected as well, by the same person: once each statement.
        var both = stage
        both.decide(.reject, tumours, by: "Ada")
        #expect(credit(ada, in: both).curation == 1)
        stage.revert(to: 1)
        #expect(credit(ada, in: stage).curation == 0)
        #expect(credit(noor, in: stage).curation == 0)
    }

    @Test func `who vouches for a statement keeps the credit when another's rejection is taken back`() throws
    {
        var stage = try MergeStage([tumours, mice])
        stage.decide(.adopt, tumours, by: "Ada")
        #expect(credit(ada, in: stage).curation == 1)
        stage.decide(.reject, tumours, by: "Noor")
        stage.decide(.unreject, tumours, by: "Noor")
        #expect(credit(ada, in: stage).curation == 1)
        #expect(credit(noor, in: stage).curation == 0)
    }

    @Test func `what the machine withdraws is nobody's curation`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.night([mice])
        #expect(stage.record.credits().allSatisfy { $0.curation == 0 })
    }

    @Test func `credits of several articles add up`() throws {
        var one = try MergeStage([tumours])
        one.save(one.record.text + "\nOne word.\n")
        var other = try MergeStage([mice])
        try other.change(MergeStage.bullet(mice) + "\n", to: "- Mice.\n")
        var sum = credit(ada, in: one)
        sum.add(credit(ada, in: other))
        #expect(sum.liveWords == 3)
        #expect(sum.edits == 2)
        #expect(sum.survivedEdits == 2)
        #expect(sum.curation == 1)
    }
}
