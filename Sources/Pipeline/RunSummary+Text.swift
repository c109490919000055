import Store

/// The summary of a run for people.
extension RunSummary {
    /// One line for the list of runs.
    var oneLine: String {
        "\(files.count) files, \(citations) citations, \(evidence) pieces of evidence, \(articlesCreated) articles new, "
            + "\(articlesRevised) revised, \(setAside) records set aside"
    }

    /// The whole summary as an operator reads it.
    public var text: String {
        var lines: [String] = []
        if isDryRun {
            lines.append(
                "Dry run: nothing was written. \(planned.count) files would be read, \(filesKnown) are known."
            )
            lines += planned.map { "  " + $0 }
            if filesOutOfDate > 0 { lines.append(staleness) }
            lines += seriesLines
            return lines.joined(separator: "\n")
        }
        lines.append("Run \(run ?? 0) over \(pipeline)")
        lines.append("  files      \(files.count) read, \(filesKnown) known and unchanged")
        if filesOutOfDate > 0 { lines.append("             " + staleness) }
        lines += seriesLines.map { "             " + $0 }
        lines.append(
            "  citations  \(citations) (\(news.new) new, \(news.revised) revised, \(news.unchanged) unchanged, "
                + "\(deletions) deleted, \(books) book records passed over)")
        lines.append(
            "  text       \(sentences) sentences, \(mentions) mentions, \(evidence) pieces of evidence")
        if !withdrawnEvidence.isEmpty {
            lines.append(
                "  withdrawn  "
                    + withdrawnEvidence.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(
                        separator: ", ") + " (pieces of evidence)")
        }
        lines.append(
            "  articles   \(articlesCreated) new, \(articlesRevised) revised, \(articlesUnchanged) unchanged; "
                + "\(statements) statements")
        if merged != MergeCounts() {
            lines.append(
                "  statements \(merged.inserted) put in, \(merged.reinstated) again, \(merged.withdrawn) taken out, "
                    + "\(merged.displaced) gave way, \(merged.superseded) replaced, \(merged.flagged) marked, "
                    + "\(merged.held) held back")
        }
        if output != nil { lines.append("  pages      \(pagesWritten) written, \(pagesRemoved) removed") }
        if setAside > 0 || !failures.isEmpty {
            lines.append("  set aside  \(setAside) records")
            for problem in files.flatMap(\.problems).prefix(20) { lines.append("    " + problem.reason) }
            if setAside > 20 { lines.append("    … and \(setAside - 20) more: bioscribe status --problems") }
            for failure in failures
            where !files.contains(where: { $0.problems.contains { $0.reason == failure.reason } }) {
                lines.append("    " + failure.reason)
            }
        }
        let rate = stages.first { $0.name == Self.readingStage }.map {
            Double(citations) / max($0.seconds, 0.001)
        }
        lines.append(
            "  time       " + ProgressDisplay.decimal(total, 1) + " s ("
                + stages.map { "\($0.name) " + ProgressDisplay.decimal($0.seconds, 1) }.joined(
                    separator: ", ") + ")"
                + (citations > 0 ? ", \(Int(rate ?? 0)) citations/s read" : "")
                + (peakMemory.map { ", \($0 >> 20) MB at most" } ?? ""))
        lines.append("  database   \(database)")
        if let output { lines.append("Open \(output)/index.html in a browser.") }
        return lines.joined(separator: "\n")
    }

    /// What there is to say of numbered series.
    private var seriesLines: [String] {
        var lines: [String] = []
        if !filesMissing.isEmpty {
            lines.append(
                "missing in their series: " + filesMissing.prefix(10).joined(separator: ", ")
                    + (filesMissing.count > 10 ? " and \(filesMissing.count - 10) more gaps" : ""))
        }
        if let first = filesWaiting.first {
            lines.append("\(filesWaiting.count) files from \(first) on wait for them")
        }
        if filesSuperseded > 0 {
            lines.append(
                "\(filesSuperseded) files of earlier years passed over: a later baseline has all of them")
        }
        if let nextYear {
            lines.append(
                "a new year: \(nextYear) are there and were not read; when all are, bioscribe run \(pipeline) "
                    + "--new-baseline N --dry-run shows what they change, N being how many files the baseline has, and how they "
                    + "take the place of the old ones")
        }
        if let baseline {
            lines.append(
                "the new baseline has \(baseline.unchanged) citations with evidence as they are and \(baseline.revised) revised; "
                    + "\(baseline.gone) are gone, and with them \(baseline.evidence) pieces of evidence and "
                    + "\(baseline.statements) statements")
        }
        if let confirmation {
            lines.append(
                "the files of earlier years give way with the same command and --confirm \(confirmation) in place of --dry-run"
            )
        }
        if filesStaying > 0 {
            lines.append(
                "\(filesStaying) files of earlier years stay: a file could not be read as a whole; mend it and run the same again"
            )
        }
        if filesRetired > 0 {
            lines.append(
                "\(filesRetired) files of earlier years gave way; \(citationsGone) citations with evidence were only there"
            )
        }
        return lines
    }

    private var staleness: String {
        "\(filesOutOfDate) were read with other rules, dictionaries or species: run --reprocess reads them again"
    }
}
