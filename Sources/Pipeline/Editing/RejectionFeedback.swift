import Articles
import Corpus
import Store

/// What rejections teach, in three scopes that are never silently widened: the statement, at once; the mention that was
/// read as the wrong entity, in all articles; the name, as a proposal that a curator accepts or dismisses.
struct RejectionFeedback {
    let store: Store

    /// How many people must have rejected readings of a name before it is proposed to be blocked.
    static let leastPeople = 3
    /// How much more often than names are on the whole.
    static let leastRatio = 3.0

    /// A mention as the store names it.
    static func subject(_ mention: Mention, pmid: PMID, passage: Int) -> String {
        "\(pmid.curie)|\(passage)|\(mention.range.start)-\(mention.range.end)|\(mention.entity)"
    }

    /// The paper of a mention as the store names it.
    static func paper(ofSubject subject: String) -> PMID? {
        let curie = subject.prefix { $0 != "|" }
        return Int64(curie.drop { $0 != ":" }.dropFirst()).map { PMID($0) }
    }

    /// The mentions by which a statement's evidence is about the article's entity.
    private func readings(of place: StatementPlace) throws -> [String] {
        guard let found = try store.evidence(place.evidence)?.evidence.evidence else { return [] }
        return found.mentions.filter { $0.entity == found.entity }.map {
            Self.subject($0, pmid: found.pmid, passage: found.passage)
        }
    }

    /// Bars the readings by which a statement came to be.
    func barReading(of place: StatementPlace, by contributor: Contributor) throws {
        for subject in try readings(of: place) {
            try store.propose(
                Proposal(
                    kind: "reading", subject: subject, detail: "statement \(place.key) of \(place.entity)",
                    status: .accepted), by: contributor)
        }
    }

    /// Lets them count again.
    func freeReading(of place: StatementPlace) throws {
        for subject in try readings(of: place) {
            try store.withdrawProposal(kind: "reading", subject: subject)
        }
    }

    /// Proposes to block the names whose readings were rejected by several people, far more often than others.
    func proposeBlocks(by contributor: Contributor) throws {
        let reasons = RejectionReason.allCases.filter(\.isAboutTheReading).map(\.rawValue)
        var names: [String: NameRecord] = [:]
        for (id, person) in try store.rejections(for: reasons) {
            guard let evidence = try store.evidence(id)?.evidence.evidence else { continue }
            for name in Self.names(of: evidence) {
                names[name, default: NameRecord()].add(evidence.entity, id, by: person)
            }
        }
        let all = try store.instanceCount()
        let rejected = Set(names.values.flatMap(\.rejected)).count
        let base = Double(rejected) / Double(max(all, 1))
        for (name, record) in names.sorted(by: { $0.key < $1.key })
        where record.people.count >= Self.leastPeople {
            let shown = try record.entities.sorted().reduce(0) { try $0 + statements(named: name, on: $1) }
            let count = record.rejected.count
            guard Self.wilsonLowerBound(count, of: max(count, shown)) > base * Self.leastRatio else {
                continue
            }
            try store.propose(
                Proposal(
                    kind: "name", subject: name,
                    detail:
                        "\(record.people.count) people rejected \(count) of the \(shown) statements that it made"
                ),
                by: contributor)
        }
    }

    /// What was rejected of a name.
    private struct NameRecord {
        var people: Set<String> = []
        var rejected: Set<EvidenceID> = []
        var entities: Set<EntityID> = []

        mutating func add(_ entity: EntityID, _ evidence: EvidenceID, by person: String) {
            people.insert(person)
            rejected.insert(evidence)
            entities.insert(entity)
        }
    }

    /// The words by which a piece of evidence is about its entity, each with the taxon: `p53|9606`.
    private static func names(of evidence: Evidence) -> Set<String> {
        Set(
            evidence.mentions.filter { $0.entity == evidence.entity }.compactMap { mention in
                evidence.text.slice(mention.range.shifted(by: -evidence.range.start)).map {
                    "\($0)|\(mention.taxon.map { "\($0.number)" } ?? "")"
                }
            })
    }

    /// How many statements that ever stood in an article came to be by a name.
    private func statements(named name: String, on entity: EntityID) throws -> Int {
        let stood = Set(try store.standing(of: entity).instances.map(\.evidence))
        let evidence = try store.rankingMaterial(for: entity)?.evidence ?? []
        return evidence.count { stood.contains($0.id) && Self.names(of: $0.evidence).contains(name) }
    }

    /// The lower end of the 95 % interval of a share (Wilson 1927).
    static func wilsonLowerBound(_ count: Int, of all: Int) -> Double {
        guard all > 0 else { return 0 }
        let z = 1.959964
        let n = Double(all)
        let share = Double(count) / n
        let centre = share + z * z / (2 * n)
        let spread = z * ((share * (1 - share) + z * z / (4 * n)) / n).squareRoot()
        return (centre - spread) / (1 + z * z / n)
    }
}
