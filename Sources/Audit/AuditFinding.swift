import Corpus
import Interchange

/// One difference between what is stored and what it must be, with where it is and what to do.
public struct AuditFinding: Hashable, Sendable {
    /// Where a difference is: as much as applies.
    public struct Place: Hashable, Sendable {
        /// The source file, by name.
        public var file: String?
        /// The record's place in it, from 1.
        public var record: Int?
        /// The byte of the inflated file, from 0.
        public var byte: Int?
        /// The citation.
        public var pmid: PMID?
        /// The piece of evidence.
        public var evidence: EvidenceID?
        /// The article, or the entity.
        public var article: EntityID?
        /// The revision of the article.
        public var revision: Int?
        /// The statement.
        public var statement: String?

        /// Makes a place of what is known.
        public init(
            file: String? = nil, record: Int? = nil, byte: Int? = nil, pmid: PMID? = nil,
            evidence: EvidenceID? = nil, article: EntityID? = nil, revision: Int? = nil,
            statement: String? = nil
        ) {
            self.file = file
            self.record = record
            self.byte = byte
            self.pmid = pmid
            self.evidence = evidence
            self.article = article
            self.revision = revision
            self.statement = statement
        }
    }

    /// The check that found it.
    public var check: String
    /// Where it is.
    public var place: Place
    /// What differs, in a sentence without its full stop.
    public var message: String
    /// What to do.
    public var advice: String

    /// Makes a finding.
    public init(check: String, place: Place, message: String, advice: String) {
        self.check = check
        self.place = place
        self.message = message
        self.advice = advice
    }

    /// The finding on one line.
    public var line: String {
        var parts = [check]
        if let file = place.file { parts.append(file) }
        if let record = place.record { parts.append("record \(record)") }
        if let byte = place.byte { parts.append("byte \(byte)") }
        if let pmid = place.pmid { parts.append(pmid.curie) }
        if let evidence = place.evidence { parts.append("evidence \(evidence)") }
        if let article = place.article { parts.append(article.curie) }
        if let revision = place.revision { parts.append("revision \(revision)") }
        if let statement = place.statement { parts.append("statement \(statement.prefix(12))") }
        return parts.joined(separator: ": ") + ": \(message): \(advice)"
    }

    /// The finding as an object of JSON, with what is known of its place.
    public var json: JSONValue {
        var members: [JSONValue.Member] = [.init("difference", .string(check))]
        func add(_ name: String, _ value: JSONValue) {
            if value != .null { members.append(.init(name, value)) }
        }
        add("file", .optional(place.file))
        add("record", .optional(place.record))
        add("byte", .optional(place.byte))
        add("pmid", .optional(place.pmid.map { Int($0.number) }))
        add("evidence", .optional(place.evidence?.hex))
        add("article", .optional(place.article?.curie))
        add("revision", .optional(place.revision))
        add("statement", .optional(place.statement))
        add("message", .string(message))
        add("advice", .string(advice))
        return .object(members)
    }
}

/// What a check has looked at, found, and could not look at.
public struct CheckOutcome: Sendable {
    /// The check.
    public let check: String
    /// What it counts: `pieces of evidence`.
    public let unit: String
    /// How many of them agree or differ.
    public var checked = 0
    /// How many it could not judge, by the reason.
    public var unchecked: [String: Int] = [:]
    /// What differs, in order.
    public var findings: [AuditFinding] = []

    /// Nothing yet.
    public init(_ check: any AuditCheck) {
        self.check = check.name
        unit = check.unit
    }

    /// Notes a difference.
    public mutating func differs(_ place: AuditFinding.Place, _ message: String, _ advice: String) {
        findings.append(AuditFinding(check: check, place: place, message: message, advice: advice))
    }

    /// Notes what cannot be judged.
    public mutating func cannotJudge(_ count: Int, because reason: String) {
        if count > 0 { unchecked[reason, default: 0] += count }
    }

    /// What to do about most differences.
    static let rereadAdvice = "run --reprocess reads the file again, or restore a backup"
    static let restoreAdvice = "the stored rows were changed: restore a backup"
}
