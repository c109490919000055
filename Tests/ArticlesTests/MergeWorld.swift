import Articles
import Corpus

/// An article of the tests with what may happen to it: nights of the machine and edits of people. All sentences are
/// made of invented words.
struct MergeWorld {
    var record = ArticleRecord(entity: Samples.igf1r.id)
    var generator: SeededGenerator
    /// Every sentence that any abstract ever had.
    private(set) var pool: [MergeCandidate] = []
    private(set) var nights = 0

    static let merge = ArticleMerge(
        title: "Igf1r - insulin\\-like growth factor I receptor",
        sections: Samples.sections.map { ($0.id, $0.heading(for: "Igf1r")) }, digest: "first")

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        for pmid in 1...6 {
            for _ in 0..<3 { pool.append(candidate(sentence(), pmid: Int64(pmid))) }
        }
    }

    // MARK: - What the machine has

    mutating func word() -> String {
        let letters = "bdfgklmnprstvz"
        let vowels = "aeiou"
        return (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            String(letters.randomElement(using: &generator) ?? "b")
                + String(vowels.randomElement(using: &generator) ?? "a")
        }.joined()
    }

    mutating func sentence() -> String {
        let words = (0..<Int.random(in: 4...9, using: &generator)).map { _ in word() }
        return "Igf1r " + words.joined(separator: " ") + (Bool.random(using: &generator) ? "." : "?")
    }

    mutating func candidate(_ sentence: String, pmid: Int64) -> MergeCandidate {
        let section = Samples.sections.randomElement(using: &generator)?.id ?? .disease
        let evidence = Samples.evidence(sentence, pmid: pmid, section: section)
        return MergeCandidate(
            key: evidence.statementKey(), evidence: evidence.identifier(), section: section, pmid: PMID(pmid),
            sentence: sentence, rank: Int.random(in: 0..<100, using: &generator))
    }

    /// What tonight's evidence supports: most of the pool, each for reasons of its own wanted or not.
    mutating func tonight() -> [MergeCandidate] {
        if Int.random(in: 0..<4, using: &generator) == 0 { revise() }
        return pool.filter { _ in Int.random(in: 0..<5, using: &generator) > 0 }.map { one in
            var one = one
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: one.standing = .displaced
            case 1, 2: one.standing = .supported
            case 3: one.standing = .overQuoted
            default: one.standing = .wanted
            }
            return one
        }
    }

    /// An abstract is revised: one of its sentences has another word.
    private mutating func revise() {
        guard let index = pool.indices.randomElement(using: &generator) else { return }
        var words = pool[index].sentence.split(separator: " ").map(String.init)
        words[Int.random(in: 1..<words.count, using: &generator)] = word() + "x"
        pool[index] = candidate(words.joined(separator: " "), pmid: pool[index].pmid.number)
    }

    /// One night: plans, and does it.
    mutating func night(
        _ candidates: [MergeCandidate], merge: ArticleMerge = Self.merge
    ) throws -> MergePlan {
        let plan = merge.plan(candidates, for: record)
        try record.apply(plan, by: .run(nights + 1))
        nights += 1
        return plan
    }

    // MARK: - What people do

    /// A person's edit, one of many kinds.
    mutating func edit() {
        var lines = record.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let places = lines.indices.filter { !lines[$0].isEmpty }
        guard let place = places.randomElement(using: &generator) else {
            save("# Igf1r\n\n\(sentence())\n")
            return
        }
        switch Int.random(in: 0..<15, using: &generator) {
        case 0, 1, 2:  // A word more.
            var words = lines[place].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            let position = Int.random(in: min(1, words.count)...words.count, using: &generator)
            words.insert(word() + "p", at: position)
            lines[place] = words.joined(separator: " ")
        case 3:  // A word less.
            var words = lines[place].split(separator: " ").map(String.init)
            if words.count > 2 { words.remove(at: Int.random(in: 1..<words.count, using: &generator)) }
            lines[place] = words.joined(separator: " ")
        case 4, 5, 6:  // A line less: a statement, or a heading.
            lines.remove(at: place)
        case 7:  // A line somewhere else.
            let line = lines.remove(at: place)
            lines.insert(line, at: Int.random(in: 0...lines.count, using: &generator))
        case 8:  // A paragraph.
            lines.insert(contentsOf: ["", sentence(), ""], at: place + 1)
        case 9:  // A bullet.
            lines.insert("- \(sentence())", at: place + 1)
        case 10:  // A sentence before or behind another in the same line.
            lines[place] += " " + sentence()
        case 11:  // A line twice.
            lines.insert(lines[place], at: place)
        case 12:  // Back to an earlier revision.
            let revision = Int.random(in: 1...record.history.revisionCount, using: &generator)
            save(texts[revision - 1])
            return
        case 13:  // Nothing left.
            lines = Int.random(in: 0..<3, using: &generator) == 0 ? [] : lines
        default:  // A decision.
            if let key = record.instances.keys.sorted().randomElement(using: &generator) {
                let verb: StatementDecision.Verb = record.isRejected(key) ? .unreject : .reject
                record.take(StatementDecision(key: key, verb: verb, contributor: .person("Noor")))
            }
        }
        save(lines.joined(separator: "\n"))
    }

    /// The texts of all revisions.
    private(set) var texts: [String] = []

    mutating func save(_ text: String) {
        record.save(text, by: .person(Bool.random(using: &generator) ? "Ada" : "Noor"))
        note()
    }

    /// Keeps the newest text: a history keeps none.
    mutating func note() {
        while texts.count < record.history.revisionCount { texts.append(record.text) }
    }
}

/// The merge's invariants: what each finds wrong between an article before a night and after it.
struct MergeCheck {
    let before: ArticleRecord
    let plan: MergePlan
    let after: ArticleRecord
    let candidates: [MergeCandidate]
    var merge = MergeWorld.merge

    private var oldTokens: [TokenID] { before.history.tokensOfNewest }
    private var newTokens: [TokenID] { after.history.tokensOfNewest }

    /// All that is wrong, by the name of the invariant.
    func faults() -> [String] {
        var faults: [String] = []
        func check(_ name: String, _ holds: Bool) {
            if !holds { faults.append(name) }
        }
        check("M1", humanTokensStand())
        check("M1b", humanParagraphsStand())
        check("M2", nothingReturnsFromPeople())
        check("M2b", noHeadingReturnsFromPeople())
        check("M3", isIdempotent())
        check("M4", isIndependentOfOrder())
        check("M5", everyNewTokenHasOneOwner())
        check("M6", onlyIntactStatementsLeave())
        check("M7", reinstatedHaveTheirTokens())
        check("M8", everyCandidateHasAnOutcome())
        check("M10", noEmptyRevision())
        check("alive", whatStandsIsNotPutInAgain())
        return faults
    }

    private func isHuman(_ token: TokenID) -> Bool { before.contributor(of: token).isHuman }

    private func humanTokensStand() -> Bool {
        oldTokens.filter(isHuman)
            == newTokens.filter { token in
                Int(token.number) < before.history.tokenCount && isHuman(token)
            }
    }

    /// The blocks of a text with the tokens of each, read by blank lines, bullets and headings.
    static func blocks(_ record: ArticleRecord) -> [[TokenID]] {
        let tokens = record.history.tokensOfNewest
        let ranges = ArticleTokenizer.tokens(in: record.text)
        var line = 0
        var starts: [Int: Int] = [:]
        for part in record.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            starts[line] = part.count
            line += part.count + 1
        }
        var blocks: [[TokenID]] = []
        var position = 0
        var index = 0
        var isOpen = false
        while position <= record.text.utf8.count, let length = starts[position] {
            var own: [TokenID] = []
            while index < ranges.count, ranges[index].start < position + length {
                own.append(tokens[index])
                index += 1
            }
            let first = own.first.map { record.history.string(of: $0) }
            let isStart = first == "-" || first == "#" || first == "*" || first == "+"
            if own.isEmpty {
                isOpen = false
            } else if isOpen, !isStart {
                blocks[blocks.count - 1] += own
            } else {
                blocks.append(own)
                isOpen = first != "#"
            }
            position += length + 1
        }
        return blocks
    }

    private func humanParagraphsStand() -> Bool {
        let places = Dictionary(
            newTokens.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { one, _ in one })
        let gone = Set(plan.decisions.filter { $0.verb == .withdraw || $0.verb == .supersede }.map(\.key))
        let allowed = Set(gone.flatMap { before.instances[$0]?.tokens.identities ?? [] })
        return Self.blocks(before).filter { $0.contains(where: isHuman) }.allSatisfy { block in
            let left = block.filter { places[$0] != nil }
            guard block.allSatisfy({ places[$0] != nil || allowed.contains($0) }) else { return false }
            let superseded = plan.decisions.contains { $0.verb == .supersede }
            return superseded
                || zip(left, left.dropFirst()).allSatisfy { (places[$0] ?? 0) + 1 == places[$1] ?? 0 }
        }
    }

    private func isTakenByPerson(_ token: TokenID) -> Bool {
        !before.history.isAlive(token)
            && (before.history.lastRemoval(of: token).map { before.contributors[$0 - 1].isHuman } ?? false)
    }

    private func nothingReturnsFromPeople() -> Bool {
        let isDead = !newTokens.contains { token in
            Int(token.number) < before.history.tokenCount && isTakenByPerson(token)
        }
        let isBarred = plan.insertions.allSatisfy { insertion in
            before.state(of: insertion.key) != .goneHuman && !before.isRejected(insertion.key)
        }
        return isDead && isBarred
    }

    private func noHeadingReturnsFromPeople() -> Bool {
        plan.headings.keys.allSatisfy { section in
            !(before.headings[section]?.identities.contains(where: isTakenByPerson) ?? false)
                || before.headings[section]?.identities.contains(where: before.history.isAlive) == true
        }
    }

    private func isIdempotent() -> Bool {
        let again = merge.plan(candidates, for: after)
        return !again.isChanged && again.text == after.text && again.decisions.isEmpty
    }

    private func isIndependentOfOrder() -> Bool {
        var generator = SeededGenerator(seed: UInt64(candidates.count))
        return (0..<3).allSatisfy { _ in
            let shuffled = candidates.shuffled(using: &generator)
            return merge.plan(shuffled, for: before) == plan
        }
    }

    private func everyNewTokenHasOneOwner() -> Bool {
        var owned: [Int: Int] = [:]
        for range in plan.insertions.map(\.tokens) + plan.headings.values {
            for place in range { owned[place, default: 0] += 1 }
        }
        return newTokens.enumerated().allSatisfy { place, token in
            Int(token.number) < before.history.tokenCount || owned[place] == 1
        }
    }

    private func onlyIntactStatementsLeave() -> Bool {
        let left = Set(oldTokens).subtracting(newTokens)
        var allowed = Set(before.headings.values.flatMap(\.identities))
        for change in plan.decisions where change.verb == .withdraw || change.verb == .supersede {
            guard before.state(of: change.key) == .intact else { return false }
            let isLeaving =
                change.verb == .supersede || change.reason != WithdrawalReason.unsupported.rawValue
                || !candidates.contains { $0.key == change.key }
            if !isLeaving { return false }
            allowed.formUnion(before.instances[change.key]?.tokens.identities ?? [])
        }
        // The dash of a bullet whose sentence a newer one has taken the place of belongs to an older instance.
        return left.allSatisfy {
            allowed.contains($0) || before.history.string(of: $0) == "-" && !isHuman($0)
        }
    }

    private func reinstatedHaveTheirTokens() -> Bool {
        plan.outcomes.filter { $0.value == .reinstated }.keys.allSatisfy { key in
            words(before.instances[key]) == words(after.instances[key])
        }
    }

    /// The tokens of a statement but for dashes, of which that of its bullet may be new.
    private func words(_ instance: StatementInstance?) -> [TokenID]? {
        instance?.tokens.identities.filter { after.history.string(of: $0) != "-" }
    }

    private func everyCandidateHasAnOutcome() -> Bool {
        Set(candidates.map(\.key)) == Set(plan.outcomes.keys)
    }

    private func noEmptyRevision() -> Bool {
        let revisions = after.history.revisionCount - before.history.revisionCount
        return plan.isChanged
            ? revisions == 1 && oldTokens != newTokens || before.history.revisionCount == 0
            : revisions == 0 && before.text == after.text
    }

    private func whatStandsIsNotPutInAgain() -> Bool {
        plan.insertions.allSatisfy { !before.state(of: $0.key).isAlive }
    }
}
