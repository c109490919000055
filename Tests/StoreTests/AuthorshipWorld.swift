import Articles
import Corpus
import Store

/// An article with random nights of the machine, edits of people and decisions, each of them written to a store. All
/// sentences are made of invented words.
struct AuthorshipWorld {
    let store: Store
    let run: Int
    /// The article as it is without the store.
    private(set) var record = ArticleRecord(entity: Samples.igf1r.id)
    /// What was written, oldest first.
    private(set) var revisions: [ArticleChange.NewRevision] = []
    /// How statements stood, after any step.
    private(set) var seen: Set<StatementState> = []
    private var generator: SeededGenerator
    private var pool: [MergeCandidate] = []

    static let merge = ArticleMerge(
        title: "Igf1r",
        sections: [(.disease, "Disease"), (.biological, "Biological"), (.anatomical, "Anatomical")],
        digest: "first")

    init(_ store: Store, run: Int, seed: UInt64) {
        self.store = store
        self.run = run
        generator = SeededGenerator(seed: seed)
        for pmid in 1...5 {
            for _ in 0..<3 { pool.append(candidate(sentence(), PMID(Int64(pmid)))) }
        }
    }

    // MARK: - Steps

    /// Something happens to the article, and is written.
    mutating func step() throws {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<4: try night()
        case 4..<8: try edit()
        case 8 where record.history.revisionCount > 0: try decide()
        case 9 where record.history.revisionCount > 0:
            try write(kind: .edit) { record, generator in
                record.machinePolicy =
                    ArticleRecord.MachinePolicy.allCases.randomElement(using: &generator) ?? .on
            }
        default: try night()
        }
        for key in record.instances.keys { seen.insert(record.state(of: key)) }
    }

    /// What tonight's evidence may support, in a fixed order.
    mutating func tonight() -> [MergeCandidate] {
        if Bool.random(using: &generator) { revise() }
        return pool.filter { _ in Int.random(in: 0..<5, using: &generator) > 0 }.map { one in
            var one = one
            one.evidence = Self.evidence("\(one.sentence) \(Int.random(in: 0...1, using: &generator))")
            one.standing = Int.random(in: 0..<8, using: &generator) == 0 ? .displaced : .wanted
            return one
        }
    }

    private mutating func night() throws {
        let candidates = tonight()
        let run = run
        try write(kind: .machine) { record, _ in
            try record.apply(Self.merge.plan(candidates, for: record), by: .run(run))
        }
    }

    private mutating func edit() throws {
        let sentence = sentence()
        let contributor = [
            Contributor.person("Ada"), .person("Noor"), Contributor(kind: .importer, name: "Ada"),
            Contributor(kind: .system, name: "undo"),
        ].randomElement(using: &generator)
        let earlier = revisions.randomElement(using: &generator)?.text
        try write(kind: contributor?.kind == .importer ? .import : .edit) { record, generator in
            var lines = record.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let place = lines.indices.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<8, using: &generator) {
            case 0, 1: lines[place] += " changed"
            case 2, 3: lines.remove(at: place)
            case 4:
                lines.insert(lines.remove(at: place), at: Int.random(in: 0...lines.count, using: &generator))
            case 5: lines.insert("- \(sentence)", at: place)
            case 6: lines = (earlier ?? "").split(separator: "\n").map(String.init)
            default: lines = Array(lines.prefix(2))
            }
            record.save(lines.joined(separator: "\n"), by: contributor ?? .person("Ada"))
        }
    }

    private mutating func decide() throws {
        let key = record.instances.keys.sorted().randomElement(using: &generator)
        let person = Contributor.person(Bool.random(using: &generator) ? "Ada" : "Noor")
        try write(kind: .edit) { record, generator in
            let verbs: [StatementDecision.Verb] = [.reject, .unreject, .adopt, .flag, .hold, .release]
            guard let key, let verb = verbs.randomElement(using: &generator) else { return }
            record.take(
                StatementDecision(
                    key: key, verb: verb, reason: RejectionReason.wrongGene.rawValue, contributor: person,
                    note: "first", revision: Bool.random(using: &generator) ? 1 : nil))
        }
    }

    /// Makes a change, here and in the store.
    private mutating func write(
        kind: RevisionRecord.Kind, _ body: (inout ArticleRecord, inout SeededGenerator) throws -> Void
    ) throws {
        let before = record
        try body(&record, &generator)
        let isMachine = kind == .machine
        let change = ArticleChange(
            from: before, to: record, kind: kind,
            comment: isMachine ? "" : "says \"é\" \(Int.random(in: 0..<9, using: &generator))",
            time: isMachine ? nil : "2026-11-27T18:52:44Z")
        revisions += change.revisions
        let outcome = try store.write([change], run: isMachine ? run : nil)
        precondition(outcome.overtaken.isEmpty, "nobody else writes")
    }

    // MARK: - What the machine has

    private mutating func word() -> String {
        (0..<Int.random(in: 2...3, using: &generator)).map { _ in
            String("bdfgklmnprstvz".randomElement(using: &generator) ?? "b")
                + String("aeiou".randomElement(using: &generator) ?? "a")
        }.joined()
    }

    private mutating func sentence() -> String {
        "Igf1r " + (0..<8).map { _ in word() }.joined(separator: " ") + "."
    }

    private mutating func candidate(_ sentence: String, _ pmid: PMID) -> MergeCandidate {
        MergeCandidate(
            key: StatementKey(
                article: Samples.igf1r.id, pmid: pmid, passageKind: .abstract, sentence: sentence),
            evidence: Self.evidence(sentence),
            section: Self.merge.sections.randomElement(using: &generator)?.id ?? .disease, pmid: pmid,
            sentence: sentence, rank: Int.random(in: 0..<100, using: &generator))
    }

    /// An abstract is revised: one of its sentences has another word.
    private mutating func revise() {
        guard let index = pool.indices.randomElement(using: &generator) else { return }
        var words = pool[index].sentence.split(separator: " ").map(String.init)
        words[Int.random(in: 1..<words.count - 1, using: &generator)] = word() + "x"
        pool[index] = candidate(words.joined(separator: " "), pool[index].pmid)
    }

    private static func evidence(_ text: String) -> EvidenceID {
        guard let id = EvidenceID(hex: String(Samples.sha256(text).prefix(32))) else {
            preconditionFailure("32 digits")
        }
        return id
    }
}

/// What two records of one article differ in, by name.
func differences(_ one: ArticleRecord, _ other: ArticleRecord) -> [String] {
    var found: [String] = []
    func compare(_ name: String, _ isEqual: Bool) {
        if !isEqual { found.append(name) }
    }
    compare("entity", one.entity == other.entity)
    compare("text", one.text.utf8.elementsEqual(other.text.utf8))
    compare("contributors", one.contributors == other.contributors)
    compare("instances", one.instances == other.instances)
    compare("headings", one.headings == other.headings)
    compare("decisions", one.decisions == other.decisions)
    compare("policy", one.machinePolicy == other.machinePolicy)
    let (left, right) = (one.history, other.history)
    compare("revisions", left.revisionCount == right.revisionCount)
    compare("tokens", left.tokenCount == right.tokenCount)
    guard found.isEmpty else { return found }
    compare(
        "runs",
        (0..<left.revisionCount).allSatisfy {
            left.runs(ofRevision: $0 + 1) == right.runs(ofRevision: $0 + 1)
        })
    for token in (0..<Int32(left.tokenCount)).map({ TokenID($0) }) {
        compare("origin", left.origin(of: token) == right.origin(of: token))
        compare("string", left.string(of: token) == right.string(of: token))
        compare("place", left.place(of: token) == right.place(of: token))
        compare("removals", left.removals(of: token) == right.removals(of: token))
        compare("returns", left.returns(of: token) == right.returns(of: token))
    }
    for key in one.instances.keys {
        compare("state", one.state(of: key) == other.state(of: key))
        compare("rejected", one.isRejected(key) == other.isRejected(key))
        compare("adopted", one.isAdopted(key) == other.isAdopted(key))
        compare("flag", one.flag(of: key) == other.flag(of: key))
        compare("held", one.heldDigest(of: key) == other.heldDigest(of: key))
        compare("first place", one.firstPlace(of: key) == other.firstPlace(of: key))
    }
    return Set(found).sorted()
}
