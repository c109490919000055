import Articles
import Corpus
import Store

/// Where a sentence of an article comes from, and where it went: from the byte of the source file to the revisions that show it.
///
/// What is hidden stays hidden: of a redacted sentence no word is told, nor of what was found in it.
public struct Trace: Sendable {
    /// A place in articles where the evidence stands or stood.
    struct Standing: Sendable {
        var entity: EntityID
        var title: String
        var key: StatementKey
        var section: SectionID
        /// The revision that put it in last, with its run.
        var revision: Revision?
        /// The revisions in which all of it stands, as ranges.
        var revisions: [ClosedRange<Int>]
        var state: StatementState
        var isRejected: Bool
        var isAdopted: Bool
        var flag: String?
        var decisions: [StatementDecision]
    }

    let id: EvidenceID
    /// Nil where the evidence has gone: its paper was revised or withdrawn, or is read otherwise now.
    let item: IdentifiedEvidence?
    let kept: KeptCitation?
    /// When and why runs took it out, the newest run first.
    let withdrawn: [WithdrawnEvidence]
    /// Where its citation was read from before it was found, unchanged, in a newer file.
    let earlierPlaces: [EarlierPlace]
    let file: LedgerEntry?
    let standings: [Standing]
    let entity: Entity?
    let mask: RedactionMask
    /// The sentence as it may be shown.
    let sentence: String
    /// What stands before and after it in its passage, as it may be shown.
    let context: (before: String, after: String)

    /// How many code points are shown before and after the sentence.
    static let reach = 80

    /// Traces a piece of evidence, or the evidence of a statement.
    ///
    /// - Parameters:
    ///   - name: An identifier of evidence or its first digits, four at least; or the key of a statement or its first digits,
    ///     eight at least, as `article blame` prints them.
    ///   - store: Where it is looked for.
    /// - Throws: `TraceError`, `StoreError`.
    public init(_ name: String, in store: Store) throws {
        let found = try store.evidence(startingWith: name)
        let places = found.isEmpty ? try store.statements(named: name) : []
        let candidates = found.isEmpty ? Array(Set(places.map(\.evidence))).sorted() : found
        guard let id = candidates.first else { throw TraceError.unknown(name) }
        guard candidates.count == 1 else {
            throw TraceError.ambiguous(name, candidates: candidates.map(\.hex))
        }
        self.id = id
        mask = try store.redactionMask()
        let evidence = try store.evidence(id)
        item = evidence?.evidence
        kept = evidence?.citation
        withdrawn = try store.withdrawnEvidence(id: id)
        earlierPlaces = try evidence.map { try store.earlierPlaces(of: $0.evidence.evidence.pmid) } ?? []
        let source = kept?.file
        file = try store.ledger().first { $0.file.name == source }
        entity = try evidence.flatMap { try store.entity($0.evidence.evidence.entity) }
        let all = try store.places(of: id)
        standings = try (all.isEmpty ? places : all).compactMap { try Self.standing(of: $0, in: store) }
        let text = evidence?.evidence.evidence.text ?? ""
        sentence = mask.masked(text)
        context = Self.context(of: evidence?.evidence.evidence, in: evidence?.citation.citation, mask)
    }

    /// Whether its words are hidden.
    var isHidden: Bool {
        guard let evidence = item?.evidence else { return false }
        return sentence != evidence.text
            || standings.contains { mask.covers($0.key, pmid: evidence.pmid) }
            || mask.covers(evidence.statementKey(), pmid: evidence.pmid)
    }

    /// The passage that it stands in.
    var passage: Passage? {
        kept?.citation.passages.first { $0.index == item?.evidence.passage }
    }

    private static func standing(of place: StatementPlace, in store: Store) throws -> Standing? {
        guard let record = try store.articleRecord(of: place.entity),
            let instance = record.instances[place.key],
            let summary = try store.article(place.entity)
        else { return nil }
        let tokens = Set(instance.tokens.identities)
        var revisions: [ClosedRange<Int>] = []
        for number in 1...max(1, record.history.revisionCount)
        where record.history.tokens(ofRevision: number).count(where: tokens.contains) == tokens.count {
            if let last = revisions.last, last.upperBound == number - 1 {
                revisions[revisions.count - 1] = last.lowerBound...number
            } else {
                revisions.append(number...number)
            }
        }
        return Standing(
            entity: place.entity, title: summary.title, key: place.key, section: instance.section,
            revision: try store.revisions(of: place.entity).first { $0.number == instance.revision },
            revisions: revisions, state: record.state(of: place.key),
            isRejected: record.isRejected(place.key), isAdopted: record.isAdopted(place.key),
            flag: record.flag(of: place.key), decisions: record.decisions.filter { $0.key == place.key })
    }

    /// What stands around a sentence. Masking keeps the number of code points, so places are counted in them.
    private static func context(
        of evidence: Evidence?, in citation: Citation?, _ mask: RedactionMask
    ) -> (String, String) {
        guard let evidence, let text = citation?.passages.first(where: { $0.index == evidence.passage })?.text
        else { return ("", "") }
        let scalars = Array(mask.masked(text).unicodeScalars)
        let start = text.codePointOffset(ofByte: evidence.range.start)
        let end = text.codePointOffset(ofByte: evidence.range.end)
        guard start <= end, end <= scalars.count else { return ("", "") }
        func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: part)
            return String(view)
        }
        return (
            string(scalars[max(0, start - reach)..<start]),
            string(scalars[end..<min(scalars.count, end + reach)])
        )
    }

    /// How a mention's spelling was led to the dictionary's.
    static func transformation(of surface: String, to name: String) -> String {
        if surface == name { return "as written" }
        if surface.lowercased() == name.lowercased() { return "other capitals" }
        return "spelling folded"
    }
}

/// What cannot be traced.
public enum TraceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing is called so.
    case unknown(String)
    /// Several things are.
    case ambiguous(String, candidates: [String])

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .unknown(let name):
            "no evidence and no statement begins with “\(name)”: explain shows evidence, article blame shows statements"
        case .ambiguous(let name, let candidates):
            "“\(name)” begins several: " + candidates.joined(separator: ", ") + ": give more digits"
        }
    }
}
