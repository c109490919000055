import Articles
import Corpus
import Store

extension Trace {
    /// The trace as a person reads it.
    public var text: String {
        var lines = ["evidence    \(id)"]
        if let evidence = item?.evidence, let kept {
            lines += sentenceLines(evidence)
            lines += sourceLines(kept)
            lines += placeLines(evidence)
            lines += mentionLines(evidence)
            lines += placementLines(evidence)
        } else {
            lines.append(
                "            no longer in the database: its paper was revised, withdrawn or retracted, or is read otherwise now"
            )
        }
        lines += withdrawn.map { one in
            "withdrawn   by run \(one.run): \(one.reason), on \(one.entity), from \(one.pmid.curie), version \(one.version), "
                + "record \(one.record) of \(one.file)" + (one.isBack ? "; it has come back since" : "")
        }
        lines += standingLines()
        return lines.joined(separator: "\n")
    }

    private func sentenceLines(_ evidence: Evidence) -> [String] {
        var lines = ["sentence    \(isHidden ? Self.hidden : sentence)"]
        if !isHidden, !context.before.isEmpty || !context.after.isEmpty {
            let shown = (context.before + "▸" + sentence + "◂" + context.after)
            lines.append("context     …\(shown.split(separator: "\n").joined(separator: " "))…")
        }
        let name = entity.map { " " + ArticleHead.title(of: $0) } ?? ""
        lines.append("about       \(evidence.entity)\(name)")
        lines.append("says        \(Self.words(evidence.qualities).joined(separator: ", "))")
        return lines
    }

    private func sourceLines(_ kept: KeptCitation) -> [String] {
        let citation = kept.citation
        let reference = CitationReference(citation, hiddenBy: mask)
        let parts = [
            mask.masked(reference.displayTitle), reference.journal, reference.year.map { "\($0)" } ?? "",
        ]
        var lines = [
            "citation    \(citation.pmid.curie), version \(citation.version), \(citation.status)",
            "            \(parts.filter { !$0.isEmpty }.joined(separator: " "))",
            "status      \(Self.status(of: citation))",
        ]
        if let file {
            lines += [
                "source      \(kept.file), \(file.file.size) bytes, SHA-256 \(file.file.sha256)",
                "read        by run \(file.run), program \(file.file.digests.program), dictionary "
                    + "\(file.file.digests.dictionary.prefix(16))…, rules \(file.file.digests.rules.prefix(16))…",
            ]
        } else {
            lines.append("source      \(kept.file), which is not in the ledger")
        }
        lines += [
            "record      \(kept.place.record), from byte \(kept.place.byteOffset) of the inflated file",
            "            SHA-256 of its bytes \(kept.place.sha256)",
        ]
        lines += earlierPlaces.map { place in
            "before      run \(place.run): record \(place.place.record) of \(place.file), SHA-256 \(place.fileSHA256)"
        }
        return lines
    }

    private func placeLines(_ evidence: Evidence) -> [String] {
        let label = passage?.label.map { ", labelled \($0)" } ?? ""
        var lines = [
            "passage     \(evidence.passage), \(evidence.passageKind.rawValue)\(label), sentence \(evidence.sentence + 1)",
            "offsets     bytes \(evidence.range) of the passage (UTF-8)",
        ]
        if let text = passage?.text {
            lines.append(
                "            code points \(text.codePointOffset(ofByte: evidence.range.start))..<"
                    + "\(text.codePointOffset(ofByte: evidence.range.end))")
        }
        return lines
    }

    private func mentionLines(_ evidence: Evidence) -> [String] {
        var lines = ["mentions"]
        for mention in evidence.mentions {
            let taxon = mention.taxon.map { ", taxon \($0)" } ?? ""
            lines.append(
                "  bytes \(mention.range)  “\(surface(mention, evidence) ?? Self.hidden)”  \(mention.kind.rawValue) "
                    + "\(mention.entity)\(taxon), \(mention.role.rawValue)")
            let source = mention.source.isEmpty ? "the text itself" : mention.source
            if isHidden {
                lines.append("      an entry of \(source)")
            } else {
                lines.append(
                    "      entry “\(mention.dictionaryName)” of \(source): "
                        + transformations(mention, evidence).joined(separator: "; "))
            }
        }
        return lines
    }

    private func placementLines(_ evidence: Evidence) -> [String] {
        var lines = ["placements"]
        for placement in evidence.placements {
            lines.append(
                "  \(placement.section) by rule \(placement.rule), score \(Self.decimal(placement.score))")
            let triggers = placement.triggers.map { trigger in
                "\(words(at: trigger.range, evidence) ?? Self.hidden) (\(trigger.concept)) at bytes \(trigger.range)"
            }
            if !triggers.isEmpty { lines.append("      because of \(triggers.joined(separator: ", "))") }
            lines.append(
                "      "
                    + placement.parts.map { "\($0.name) \($0.value < 0 ? "" : "+")\(Self.decimal($0.value))" }
                    .joined(separator: ", "))
        }
        return lines
    }

    private func standingLines() -> [String] {
        if standings.isEmpty { return ["stands      in no article: explain says what kept it out"] }
        var lines = ["stands"]
        for standing in standings {
            var words =
                "  \(standing.entity) \(standing.title): section \(standing.section), \(standing.state.rawValue)"
            if standing.isRejected { words += ", rejected" }
            if standing.isAdopted { words += ", vouched for" }
            if let flag = standing.flag { words += ", marked: \(flag)" }
            lines.append(words)
            var origin = "      statement \(standing.key)"
            if let revision = standing.revision {
                origin += ", put in by revision \(revision.number), \(revision.contributor)"
            }
            lines.append(origin)
            if !standing.revisions.isEmpty {
                lines.append(
                    "      whole in revisions "
                        + standing.revisions.map {
                            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
                        }.joined(separator: ", "))
            }
            for decision in standing.decisions {
                let reason = decision.reason.isEmpty ? "" : ", \(decision.reason)"
                let note = decision.note.isEmpty ? "" : " “\(mask.masked(decision.note))”"
                let revision = decision.revision.map { ", revision \($0)" } ?? ""
                lines.append(
                    "      \(decision.verb.rawValue)\(reason) by \(decision.contributor)\(revision)\(note)")
            }
        }
        return lines
    }

    // MARK: - Words

    static let hidden = "█"

    /// The words of a mention; nil where they are hidden.
    func surface(_ mention: Mention, _ evidence: Evidence) -> String? { words(at: mention.range, evidence) }

    /// Words of the passage; nil where they are hidden.
    func words(at range: TextRange, _ evidence: Evidence) -> String? {
        if isHidden { return nil }
        guard let text = passage?.text, let words = text.slice(range) else { return nil }
        // A trigger may stand in a sentence beside, which may be hidden.
        return mask.masked(text) == text || evidence.range.contains(range) ? words : nil
    }

    /// How the spelling of a mention was led to its entry, and why this entry.
    func transformations(_ mention: Mention, _ evidence: Evidence) -> [String] {
        let spelling = surface(mention, evidence).map {
            Self.transformation(of: $0, to: mention.dictionaryName)
        }
        return [spelling].compactMap { $0 } + mention.reasons
    }

    static func words(_ qualities: SentenceQualities) -> [String] {
        [
            qualities.kind.rawValue, qualities.isNegated ? "negated" : "",
            qualities.isSpeculative ? "speculative" : "",
            qualities.standsAlone ? "stands alone" : "does not stand alone",
        ].filter { !$0.isEmpty }
    }

    static func status(of citation: Citation) -> String {
        let badges = [
            citation.isRetracted ? "retracted" : nil, citation.isNotice ? "a notice" : nil,
            citation.hasExpressionOfConcern ? "expression of concern" : nil,
            citation.hasErratum ? "erratum published" : nil,
        ].compactMap { $0 }
        return badges.isEmpty ? "no retraction, concern or erratum" : badges.joined(separator: ", ")
    }

    private static func decimal(_ value: Double) -> String {
        let hundredths = Int((value.magnitude * 100).rounded())
        let digits = hundredths % 100
        return (value < 0 && hundredths > 0 ? "-" : "")
            + "\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
    }
}
