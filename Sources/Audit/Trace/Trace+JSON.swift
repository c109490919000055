import Articles
import Corpus
import Interchange
import Store

extension Trace {
    /// The trace as JSON. Offsets are UTF-8 bytes of the passage, and of the sentence code points too.
    public var json: JSONValue {
        .members(
            ("evidence", .string(id.hex)), ("isHidden", .bool(isHidden)),
            ("sentence", item == nil ? .null : .string(isHidden ? Self.hidden : sentence)),
            ("before", .string(isHidden ? "" : context.before)),
            ("after", .string(isHidden ? "" : context.after)),
            ("entity", .optional(item?.evidence.entity.curie)),
            ("qualities", item.map { .strings(Self.words($0.evidence.qualities)) } ?? .null),
            ("citation", kept.map(citationJSON) ?? .null), ("source", sourceJSON),
            ("place", item.map { placeJSON($0.evidence) } ?? .null),
            (
                "mentions",
                .array(item.map { one in one.evidence.mentions.map { mentionJSON($0, one.evidence) } } ?? [])
            ),
            (
                "placements",
                .array(
                    item.map { one in one.evidence.placements.map { placementJSON($0, one.evidence) } } ?? [])
            ),
            ("withdrawn", .array(withdrawn.map(withdrawnJSON))),
            ("earlierPlaces", .array(earlierPlaces.map(earlierJSON))),
            ("standings", .array(standings.map(standingJSON))))
    }

    private func citationJSON(_ kept: KeptCitation) -> JSONValue {
        let citation = kept.citation
        return .members(
            ("pmid", .integer(citation.pmid.number)), ("version", .integer(citation.version)),
            ("status", .string(citation.status)),
            ("title", .string(mask.masked(CitationReference(citation, hiddenBy: mask).title))),
            ("isRetracted", .bool(citation.isRetracted)),
            ("hasConcern", .bool(citation.hasExpressionOfConcern)),
            ("hasErratum", .bool(citation.hasErratum)))
    }

    private var sourceJSON: JSONValue {
        guard let kept else { return .null }
        return .members(
            ("file", .string(kept.file)), ("size", .optional(file?.file.size)),
            ("sha256", .optional(file?.file.sha256)), ("run", .optional(file?.run)),
            ("program", .optional(file?.file.digests.program)),
            ("dictionary", .optional(file?.file.digests.dictionary)),
            ("rules", .optional(file?.file.digests.rules)), ("record", .integer(kept.place.record)),
            ("byteOffset", .integer(kept.place.byteOffset)), ("recordSHA256", .string(kept.place.sha256)))
    }

    private func withdrawnJSON(_ one: WithdrawnEvidence) -> JSONValue {
        .members(
            ("run", .integer(one.run)), ("reason", .string(one.reason)),
            ("entity", .string(one.entity.curie)),
            ("pmid", .integer(one.pmid.number)), ("version", .integer(one.version)),
            ("file", .string(one.file)),
            ("record", .integer(one.record)), ("isBack", .bool(one.isBack)))
    }

    private func earlierJSON(_ place: EarlierPlace) -> JSONValue {
        .members(
            ("run", .integer(place.run)), ("file", .string(place.file)),
            ("fileSHA256", .string(place.fileSHA256)), ("record", .integer(place.place.record)),
            ("byteOffset", .integer(place.place.byteOffset)), ("recordSHA256", .string(place.place.sha256)))
    }

    private func placeJSON(_ evidence: Evidence) -> JSONValue {
        let text = passage?.text ?? ""
        return .members(
            ("passage", .integer(evidence.passage)), ("kind", .string(evidence.passageKind.rawValue)),
            ("label", .optional(passage?.label)), ("sentence", .integer(evidence.sentence)),
            ("startByte", .integer(evidence.range.start)), ("endByte", .integer(evidence.range.end)),
            ("startCodePoint", .integer(text.codePointOffset(ofByte: evidence.range.start))),
            ("endCodePoint", .integer(text.codePointOffset(ofByte: evidence.range.end))))
    }

    private func mentionJSON(_ mention: Mention, _ evidence: Evidence) -> JSONValue {
        .members(
            ("startByte", .integer(mention.range.start)), ("endByte", .integer(mention.range.end)),
            ("text", .optional(surface(mention, evidence))), ("kind", .string(mention.kind.rawValue)),
            ("entity", .string(mention.entity.curie)),
            ("taxon", .optional(mention.taxon.map { Int($0.number) })),
            ("role", .string(mention.role.rawValue)),
            ("entry", isHidden ? .null : .string(mention.dictionaryName)), ("file", .string(mention.source)),
            ("transformations", .strings(isHidden ? [] : transformations(mention, evidence))))
    }

    private func placementJSON(_ placement: Placement, _ evidence: Evidence) -> JSONValue {
        .members(
            ("section", .string(placement.section.rawValue)), ("rule", .string(placement.rule)),
            ("score", .number(placement.score)),
            (
                "triggers",
                .array(
                    placement.triggers.map { trigger in
                        .members(
                            ("startByte", .integer(trigger.range.start)),
                            ("endByte", .integer(trigger.range.end)),
                            ("concept", .string(trigger.concept)),
                            ("text", .optional(words(at: trigger.range, evidence))))
                    })
            ),
            (
                "parts",
                .array(
                    placement.parts.map { .members(("name", .string($0.name)), ("value", .number($0.value))) }
                )
            ))
    }

    private func standingJSON(_ standing: Standing) -> JSONValue {
        .members(
            ("article", .string(standing.entity.curie)), ("statement", .string(standing.key.hex)),
            ("section", .string(standing.section.rawValue)), ("state", .string(standing.state.rawValue)),
            ("isRejected", .bool(standing.isRejected)), ("isAdopted", .bool(standing.isAdopted)),
            ("flag", .optional(standing.flag)), ("sinceRevision", .optional(standing.revision?.number)),
            ("run", .optional(standing.revision?.run)),
            ("contributor", .optional(standing.revision?.contributor.name)),
            (
                "revisions",
                .array(
                    standing.revisions.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) })
            ),
            (
                "decisions",
                .array(
                    standing.decisions.map { decision in
                        .members(
                            ("verb", .string(decision.verb.rawValue)), ("reason", .string(decision.reason)),
                            ("contributor", .string(decision.contributor.name)),
                            ("contributorKind", .string(decision.contributor.kind.rawValue)),
                            ("revision", .optional(decision.revision)),
                            ("note", .string(mask.masked(decision.note))))
                    })
            ))
    }
}
