import Articles
import Corpus
import Interchange
import Store
import TextMining

/// Why an article shows the sentences that it shows, and what kept the others out: the ranking of its evidence done
/// again, with every part of every score.
public struct Explanation {
    /// A sentence with what became of it.
    private struct Item {
        var index: Int
        var section: SectionID?
        var parts: [ScorePart]
        var placement: Placement?
        /// Its place in its section, from 1; nil when it is not shown.
        var place: Int?
        var supporters: [Int] = []
        var supportingPapers = 1
        var reason: LeftOutReason?

        var score: Double { parts.reduce(0) { $0 + $1.value } }
    }

    private let entity: Entity
    private let sections: [Section]
    private let evidence: [IdentifiedEvidence]
    private let candidates: [RankingCandidate]
    private let statistics: ConceptStatistics?
    private let settings: RankingSettings
    private let quotations: Int
    /// What is hidden.
    private let mask: RedactionMask
    private var items: [Item] = []
    /// Whether the article in the database shows other sentences: it was seeded with other settings, or not since.
    private var isStale = false
    /// The articles that quote an abstract, for the sentences that the quotation limit keeps back.
    private var quotedBy: [PMID: [EntityID]] = [:]

    /// Ranks the evidence on an entity as `run` and `seed` do.
    ///
    /// - Parameters:
    ///   - name: a CURIE, or a symbol or preferred name.
    ///   - species: the species of a symbol.
    ///   - file: the pipeline whose rules and settings hold.
    /// - Throws: `PipelineError`, `StoreError`, `SectionRulesError`.
    public init(of name: String, species: String?, in store: Store, pipeline file: PipelineFile) throws {
        let taxon = try species.map { try SpeciesSelection.taxon(named: $0) }
        let id = try ArticleLibrary(store).entity(named: name, taxon: taxon)
        guard let material = try store.rankingMaterial(for: id) else {
            throw PipelineError.unknownEntity(name, candidates: [])
        }
        entity = material.entity
        evidence = material.evidence
        let rules = try file.sectionRules().map(\.rules).first { $0.article == material.entity.kind }
        guard let rules else {
            throw PipelineError.articlesNotExtracted(entity.id.curie, pipeline: file.path)
        }
        sections = rules.sections
        settings = file.ranking
        quotations = file.seed.quotations
        mask = try store.redactionMask()
        statistics = try store.statistics()
        let wisher = try ArticleWisher(
            store, sections: [material.entity.kind: rules.sections], settings: file.seedSettings, origin: nil,
            pending: [])
        let struck = try store.struckSentences()
        let found = try store.reading {
            try wisher.rankedInFull(id, in: $0, excluding: struck)
        }
        guard let ranked = found else {
            throw PipelineError.unknownEntity(name, candidates: [])
        }
        candidates = ranked.candidates
        let ranking = ranked.ranking
        var places: [SectionID: Int] = [:]
        for selection in ranking.selections {
            places[selection.section, default: 0] += 1
            let placement = candidates[selection.candidate].evidence.placements[selection.placement]
            items.append(
                Item(
                    index: selection.candidate, section: selection.section,
                    parts: placement.parts + selection.additions, placement: placement,
                    place: places[selection.section], supporters: selection.supporters,
                    supportingPapers: selection.supportingPapers))
        }
        var leftOut = ranking.leftOut.map { item(for: $0) }
        leftOut.sort { one, other in
            one.score != other.score ? one.score > other.score : one.index < other.index
        }
        items += leftOut
        let shown = try store.statements(of: id).filter { StatementMarks(words: $0.marks).ortholog == nil }
            .map(\.evidence)
        let wanted = ranking.selections.map { material.evidence[$0.candidate].id }
        isStale = Set(shown) != Set(wanted)
        for item in leftOut where item.reason == .excluded {
            let pmid = evidence[item.index].evidence.pmid
            if quotedBy[pmid] == nil {
                quotedBy[pmid] = try Set(store.statements(from: pmid).map(\.entity)).sorted()
            }
        }
    }

    private func item(for leftOut: LeftOut) -> Item {
        let candidate = candidates[leftOut.candidate]
        let index = candidate.evidence.placements.firstIndex { $0.section == leftOut.section }
        return Item(
            index: leftOut.candidate, section: leftOut.section,
            parts: index.map { candidate.parts(ofPlacement: $0, settings: settings) } ?? [],
            placement: index.map { candidate.evidence.placements[$0] }, reason: leftOut.reason)
    }

    // MARK: - Choosing

    /// The items that a reader asks about: by evidence identifier, by `pubmed:N`, or by words in the sentence.
    private func items(matching query: String?) -> [Item] {
        guard let query, !query.isEmpty else { return items }
        let words = query.lowercased()
        return items.filter { item in
            let piece = evidence[item.index]
            return piece.id.hex == words || piece.evidence.pmid.curie == words
                || piece.evidence.text.lowercased().contains(words)
        }
    }

    // MARK: - As text

    /// The explanation as a person reads it.
    ///
    /// - Parameter query: An evidence identifier, `pubmed:N`, or words of the sentence; nil for all.
    public func text(of query: String? = nil) -> String {
        let chosen = items(matching: query)
        let shownCount = items.count { $0.place != nil }
        let papers = Set(evidence.map(\.evidence.pmid)).count
        var lines = ["\(ArticleHead.title(of: entity))  \(entity.id)"]
        lines.append(
            "\(evidence.count) sentences of \(papers) papers are evidence; \(shownCount) are shown, at most "
                + "\(settings.cap) a section and \(settings.perPaper) a paper and section.")
        if let statistics {
            lines.append(
                "Associations by count \(statistics.number), over \(statistics.citations) citations.")
        } else {
            lines.append("Nobody has counted associations yet: bioscribe run does.")
        }
        if isStale {
            lines.append(
                "The article in the database shows other sentences: it was seeded with other rules or settings; give "
                    + "its --pipeline, or seed it again.")
        }
        var section: SectionID?
        var isLeftOut = false
        for item in chosen {
            if item.place != nil, item.section != section {
                section = item.section
                lines += ["", "Shown under \(heading(item.section))"]
            } else if item.place == nil, !isLeftOut {
                isLeftOut = true
                lines += ["", "Left out"]
            }
            lines += text(of: item)
        }
        if chosen.isEmpty { lines += ["", "No sentence of the evidence is so called or has these words."] }
        return lines.joined(separator: "\n")
    }

    private func text(of item: Item) -> [String] {
        let piece = evidence[item.index]
        let year = candidates[item.index].year.map { ", \($0)" } ?? ""
        let lead = item.place.map { "\($0). " } ?? "- "
        var lines = [
            "\(lead)\(mask.masked(piece.evidence.text))",
            "   \(piece.evidence.pmid.curie)\(year), evidence \(piece.id.hex)",
        ]
        if let reason = item.reason {
            lines.append(
                "   not \(item.section.map { "under \(heading($0))" } ?? "shown"): \(words(for: reason, item))"
            )
        }
        if let placement = item.placement {
            lines.append(
                "   score \(Self.decimal(item.score)) by rule \(placement.rule): "
                    + item.parts.map { "\($0.name) \(Self.signed($0.value))" }.joined(separator: ", "))
            let triggers = placement.triggers.map { trigger in
                let isHidden = mask.masked(piece.evidence.text) != piece.evidence.text
                let words =
                    isHidden
                    ? nil : piece.evidence.text.slice(trigger.range.shifted(by: -piece.evidence.range.start))
                return "\(words ?? "?") (\(trigger.concept))"
            }
            if !triggers.isEmpty { lines.append("   because of \(triggers.joined(separator: ", "))") }
            if let association = association(of: item, placement) {
                lines.append(
                    "   \(association.concept): named with it in \(association.papers) papers, "
                        + "\(Self.decimal(association.expected)) expected by chance, log-likelihood ratio "
                        + Self.decimal(association.significance))
            }
        }
        let others = piece.evidence.placements.filter { $0.section != item.section }
        if !others.isEmpty {
            lines.append(
                "   also fits \(others.map { "\($0.section) \(Self.decimal($0.score))" }.joined(separator: ", "))"
            )
        }
        if item.supportingPapers > 1 {
            let ids = item.supporters.map { evidence[$0].evidence.pmid.curie }
            lines.append("   \(item.supportingPapers) papers say the same: \(ids.joined(separator: ", "))")
        }
        return lines
    }

    private func association(of item: Item, _ placement: Placement) -> Association? {
        let candidate = candidates[item.index]
        guard let index = candidate.evidence.placements.firstIndex(of: placement),
            let association = candidate.association(ofPlacement: index), association.papers > 1
        else { return nil }
        return association
    }

    private func heading(_ section: SectionID?) -> String {
        guard let section else { return "" }
        return sections.first { $0.id == section }?.heading(for: entity.name) ?? section.rawValue
    }

    /// What kept a sentence out, with what beat it.
    private func words(for reason: LeftOutReason, _ item: Item) -> String {
        switch reason {
        case .noSection:
            return "no section takes it"
        case .doesNotStandAlone:
            return "it opens on, or leans on, something that it does not name"
        case .excluded:
            let articles = quotedBy[evidence[item.index].evidence.pmid] ?? []
            return "\(quotations) sentences of its abstract are shown already, in the articles on "
                + articles.map(\.curie).joined(separator: ", ")
        case .barred:
            return "a person took it out of the article, or rejected it"
        case .belowMinimum(let score):
            return "it scores \(Self.decimal(score)), less than \(Self.decimal(settings.minimumScore))"
        case .saidInAbstract(let by):
            return "it is a title, and a sentence of its abstract says the same: \(quoted(by))"
        case .sameAs(let other):
            return "a shown sentence says the same: \(quoted(other))"
        case .paperHasBullet(let other):
            return "its paper has its place there: \(quoted(other))"
        case .sectionFull(let other):
            let score = items.first { $0.index == other }?.score
            return
                "the section is full, and the last that found room has \(score.map(Self.decimal) ?? "more"): "
                + quoted(other)
        }
    }

    private func quoted(_ index: Int) -> String {
        "\(evidence[index].id.hex), “\(mask.masked(evidence[index].evidence.text))”"
    }

    private static func decimal(_ value: Double) -> String { ProgressDisplay.decimal(value, 2) }

    private static func signed(_ value: Double) -> String {
        value < 0 ? decimal(value) : "+" + decimal(value)
    }

    // MARK: - As JSON

    /// A JSON line a sentence, the shown ones first.
    public func jsonLines(of query: String? = nil) -> [String] {
        items(matching: query).map { item in
            let piece = evidence[item.index]
            var members: [JSONValue.Member] = [
                .init("entity", .string(entity.id.curie)), .init("evidence", .string(piece.id.hex)),
                .init("pmid", .integer(piece.evidence.pmid.number)),
                .init("sentence", .string(mask.masked(piece.evidence.text))),
                .init("shown", .bool(item.place != nil)),
                .init("section", item.section.map { .string($0.rawValue) } ?? .null),
                .init("place", item.place.map { .integer(Int64($0)) } ?? .null),
                .init("rule", item.placement.map { .string($0.rule) } ?? .null),
                .init("score", .number(item.score)),
                .init(
                    "parts",
                    .array(
                        item.parts.map {
                            .object([.init("name", .string($0.name)), .init("value", .number($0.value))])
                        })),
            ]
            if let placement = item.placement, let association = association(of: item, placement) {
                members.append(
                    .init(
                        "association",
                        .object([
                            .init("concept", .string(association.concept.curie)),
                            .init("papers", .integer(Int64(association.papers))),
                            .init("expected", .number(association.expected)),
                            .init("logLikelihoodRatio", .number(association.significance)),
                        ])))
            }
            members.append(.init("supportingPapers", .integer(Int64(item.supportingPapers))))
            members.append(.init("reason", item.reason.map { .string(words(for: $0, item)) } ?? .null))
            members.append(.init("beatenBy", beaten(by: item.reason).map { .string($0) } ?? .null))
            return JSONValue.object(members).line
        }
    }

    private func beaten(by reason: LeftOutReason?) -> String? {
        switch reason {
        case .saidInAbstract(let other), .sameAs(let other), .paperHasBullet(let other),
            .sectionFull(let other):
            evidence[other].id.hex
        default: nil
        }
    }
}
