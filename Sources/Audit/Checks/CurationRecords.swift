import Articles
import Corpus
import Store
import Terminology

/// What curators decided beside articles can be what they decided: hidden sentences are sentences that are there, redirects
/// lead somewhere, proposals speak of what there is, struck sentences are sentences; kept rankings are what was written.
struct CurationRecords: AuditCheck {
    let name = "curation"
    let unit = "redactions, redirects, proposals, struck sentences and kept rankings"

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        let store = database.store
        for redaction in try store.redactions() {
            outcome.checked += 1
            try check(redaction, store, &outcome)
        }
        for redirect in try store.redirects() {
            outcome.checked += 1
            let place = AuditFinding.Place(article: EntityID(curie: redirect.target))
            if !redirect.isTargetKnown {
                outcome.differs(
                    place, "\(redirect.source) leads to it, but there is no such entity",
                    CheckOutcome.restoreAdvice)
            } else if try !isPlausible(redirect, database) {
                outcome.differs(
                    place, "“\(redirect.source)” leads to it, but was never an identifier or name of it",
                    CheckOutcome.restoreAdvice)
            }
        }
        for proposal in try store.proposals() {
            outcome.checked += 1
            if try !isPlausible(proposal, store) {
                outcome.differs(
                    AuditFinding.Place(),
                    "proposal \(proposal.number): \(proposal.kind) “\(proposal.subject)” "
                        + "speaks of what is not there", CheckOutcome.restoreAdvice)
            }
        }
        let rankings = try store.alteredRankings()
        outcome.checked += rankings.count
        for entity in rankings.altered {
            outcome.differs(
                AuditFinding.Place(article: entity), "its kept ranking is not what was written",
                "seeding ranks its evidence anew, and does not go by it")
        }
        let isSettled = try store.runs(limit: 1).first?.status == .done
        var known: (pmid: PMID, sentences: Set<SentenceKey>)?
        for sentence in try store.struckSentences().sorted() {
            outcome.checked += 1
            if known?.pmid != sentence.pmid {
                known = (
                    sentence.pmid, Set(try store.evidence(in: sentence.pmid).map { SentenceKey($0.evidence) })
                )
            }
            if isSettled, known?.sentences.contains(sentence) != true {
                outcome.differs(
                    AuditFinding.Place(pmid: sentence.pmid),
                    "bytes \(sentence.range) of passage \(sentence.passage) are struck, but are no sentence of its evidence",
                    "seeding strikes anew what is quoted too much")
            }
        }
    }

    private func check(
        _ redaction: StoredRedaction, _ store: Store, _ outcome: inout CheckOutcome
    ) throws {
        var place = AuditFinding.Place()
        var texts: [String] = []
        var passages: [String] = []
        var isRevised = false
        if let curie = EntityID(curie: redaction.subject), curie.prefix == "pubmed",
            let number = Int64(curie.local)
        {
            let pmid = PMID(number)
            place.pmid = pmid
            for entity in try store.articles(quoting: pmid) {
                for instance in try store.standing(of: entity).instances where instance.pmid == pmid {
                    texts += try Self.wordings(of: instance.key, in: entity, store)
                }
            }
            let kept = try store.citation(pmid)
            passages = kept?.citation.passages.map(\.text) ?? []
            isRevised = try kept == nil && !texts.isEmpty || store.occurrenceCount(of: pmid) > 1
        } else if let key = StatementKey(hex: redaction.subject) {
            place.statement = key.hex
            for found in try store.statements(named: key.hex) {
                place.article = found.entity
                texts += try Self.wordings(of: key, in: found.entity, store)
                if let own = try store.evidence(found.evidence) { texts.append(own.evidence.evidence.text) }
            }
        }
        guard let sentences = redaction.sentences else {
            outcome.differs(place, "the list of hidden sentences cannot be read", CheckOutcome.restoreAdvice)
            return
        }
        guard !texts.isEmpty || !passages.isEmpty || sentences.isEmpty else {
            outcome.differs(
                place,
                "sentences are hidden for “\(redaction.subject)”, which is no statement and no paper here",
                CheckOutcome.restoreAdvice)
            return
        }
        // The words themselves are hidden: only how many do not fit is told.
        let strange = sentences.count { sentence in
            !texts.contains { $0.utf8.elementsEqual(sentence.utf8) }
                && !passages.contains { $0.contains(sentence) }
        }
        if strange > 0, isRevised {
            outcome.cannotJudge(
                strange, because: "hidden sentences of papers whose abstracts have changed since")
        } else if strange > 0 {
            outcome.differs(
                place,
                "\(strange) of the \(sentences.count) hidden sentences are none that it ever had, so that what was to be "
                    + "hidden may be shown", "redact it again")
        }
    }

    /// What a statement ever read as.
    private static func wordings(
        of key: StatementKey, in entity: EntityID, _ store: Store
    ) throws -> [String] {
        guard let record = try store.articleRecord(of: entity), let instance = record.instances[key] else {
            return []
        }
        let own = Set(instance.tokens.identities)
        return try (1...max(1, record.history.revisionCount)).compactMap { number -> String? in
            guard let text = try store.text(of: entity, revision: number) else { return nil }
            let tokens = record.history.tokens(ofRevision: number)
            let ranges = ArticleTokenizer.tokens(in: text)
            var places = tokens.indices.filter { own.contains(tokens[$0]) }
            if let first = places.first, record.history.string(of: tokens[first]) == "-" {
                places.removeFirst()
            }
            guard let first = places.first, let last = places.last, last < ranges.count,
                let words = text.slice(TextRange(ranges[first].start, ranges[last].end))
            else { return nil }
            return StatementLine(bullet: "- " + words)?.sentence ?? words
        }
    }

    /// Whether a source is an identifier that the dictionary knows as replaced, an entity of the database, or a symbol that
    /// the title of a revision, or a name, bears out.
    private func isPlausible(_ redirect: StoredRedirect, _ database: DatabaseSubject) throws -> Bool {
        guard let target = EntityID(curie: redirect.target) else { return false }
        if let id = EntityID(curie: redirect.source), id.prefix == target.prefix {
            if let concept = database.workings.dictionary.concept(of: id),
                database.workings.dictionary.identifier(ofConcept: concept) == target
            {
                return true
            }
            return try database.store.article(id) != nil
        }
        if let entity = try database.store.entity(target),
            entity.synonyms.contains(where: { $0.name == redirect.source }) || entity.name == redirect.source
        {
            return true
        }
        for revision in try database.store.revisions(of: target) {
            let text = try database.store.text(of: target, revision: revision.number) ?? ""
            let title = MarkdownArticle(text).title ?? ""
            if title == redirect.source || title.hasPrefix(redirect.source + " - ") { return true }
        }
        return false
    }

    private func isPlausible(_ proposal: Proposal, _ store: Store) throws -> Bool {
        switch proposal.kind {
        case "reading":
            let parts = proposal.subject.split(separator: "|").map(String.init)
            guard parts.count == 4, let curie = EntityID(curie: parts[0]), let number = Int64(curie.local),
                let entity = EntityID(curie: parts[3]), Int(parts[1]) != nil
            else { return false }
            let evidence = try store.evidence(in: PMID(number))
            // The paper may have gone since.
            if evidence.isEmpty { return try store.entity(entity) != nil }
            return evidence.contains { one in
                String(one.evidence.passage) == parts[1]
                    && one.evidence.mentions.contains {
                        $0.entity == entity && "\($0.range.start)-\($0.range.end)" == parts[2]
                    }
            }
        case "patrol":
            let parts = proposal.subject.split(separator: "@").map(String.init)
            guard parts.count == 2, let entity = EntityID(curie: parts[0]), let revision = Int(parts[1])
            else {
                return false
            }
            return try store.text(of: entity, revision: revision) != nil
        case "name":
            return proposal.subject.contains("|")
        default: return false
        }
    }
}
