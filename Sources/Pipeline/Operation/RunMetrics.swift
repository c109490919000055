import Foundation
import Store

/// A run in the text format of Prometheus, for node_exporter's textfile collector: one sample a line, each metric with
/// its HELP and TYPE, names with their unit. The names are described in `Documentation/nightly.md`, and stay.
struct RunMetrics {
    private let summary: RunSummary

    init(_ summary: RunSummary) { self.summary = summary }

    /// The whole file.
    var text: String {
        var output = Output()
        writeRun(&output)
        writeWork(&output)
        writeOutcome(&output)
        return output.text
    }

    private func writeRun(_ output: inout Output) {
        output.gauge(
            "run_success", "Whether the last run ended well: 1, or 0 where it failed or was stopped.",
            summary.fault == nil ? 1 : 0)
        output.gauge("run_exit_code", "The exit code of the last run.", Double(summary.exitCode))
        output.gauge("run_number", "The number of the last run in the ledger.", summary.run.map(Double.init))
        output.gauge(
            "run_started_timestamp_seconds", "When the last run began.", Self.seconds(summary.started))
        output.gauge("run_ended_timestamp_seconds", "When the last run ended.", Self.seconds(summary.ended))
        output.gauge(
            "run_last_success_timestamp_seconds", "When the last run that ended well did.",
            Self.seconds(summary.lastSuccess))
        output.gauge(
            "newest_file_read_timestamp_seconds", "When the newest source file in the database was read.",
            Self.seconds(summary.newestFile?.read))
        output.gauge("run_duration_seconds", "How long the last run took.", summary.total)
        output.gauge(
            "run_stage_duration_seconds", "How long the stages of the last run took.", label: "stage",
            summary.stages.map { ($0.name, $0.seconds) })
        output.gauge(
            "run_peak_memory_bytes", "The most memory that the last run had.",
            summary.peakMemory.map(Double.init))
    }

    private func writeWork(_ output: inout Output) {
        output.gauge(
            "run_files", "Source files of the last run, by what became of them.", label: "state",
            [
                ("read", summary.files.count { $0.outcome != nil }), ("known", summary.filesKnown),
                ("reread", summary.filesReread), ("failed", summary.failures.count),
                ("out_of_date", summary.filesOutOfDate),
            ].map { ($0.0, Double($0.1)) })
        let news = summary.news
        output.gauge(
            "run_citations", "Citations that the last run read, by what is new about them.", label: "change",
            [
                ("new", news.new), ("revised", news.revised), ("unchanged", news.unchanged),
                ("deleted", summary.deletions),
            ].map { ($0.0, Double($0.1)) })
        output.gauge("run_sentences", "Sentences that the last run found.", Double(summary.sentences))
        output.gauge("run_mentions", "Mentions that the last run resolved.", Double(summary.mentions))
        output.gauge("run_evidence", "Pieces of evidence that the last run found.", Double(summary.evidence))
        output.gauge(
            "run_records_set_aside", "Records that the last run set aside, by kind.", label: "kind",
            summary.setAsideByKind.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value)) })
        output.gauge(
            "run_records_set_aside_sum", "Records that the last run set aside.", Double(summary.setAside))
    }

    private func writeOutcome(_ output: inout Output) {
        output.gauge(
            "run_articles", "Articles, by what the last run did with them.", label: "change",
            [
                ("created", summary.articlesCreated), ("changed", summary.articlesRevised),
                ("untouched", summary.articlesUnchanged), ("moved", summary.articlesMoved),
            ].map { ($0.0, Double($0.1)) })
        let merged = summary.merged
        output.gauge(
            "run_statements", "Statements, by what the last run did with them.", label: "change",
            [
                ("inserted", merged.inserted), ("reinstated", merged.reinstated),
                ("withdrawn", merged.withdrawn), ("displaced", merged.displaced),
                ("superseded", merged.superseded), ("flagged", merged.flagged), ("held", merged.held),
            ].map { ($0.0, Double($0.1)) })
        output.gauge("statements", "Statements that all articles show.", Double(summary.statements))
        output.gauge(
            "run_limit_used_ratio", "How much of a limit that stops a run the last one used: 1 is all.",
            label: "limit", summary.readings.map { ($0.name, Double($0.found) / max($0.limit, 1)) })
    }

    private static func seconds(_ time: String?) -> Double? {
        time.flatMap { try? Date($0, strategy: .iso8601) }?.timeIntervalSince1970
    }

    /// Lines of the format.
    private struct Output {
        var text = ""

        mutating func gauge(_ name: String, _ help: String, _ value: Double?) {
            guard let value, value.isFinite else { return }
            begin(name, help)
            text += "bioscribe_\(name) \(Self.number(value))\n"
        }

        /// A metric with a sample for each value of a label; nothing where there is none.
        mutating func gauge(_ name: String, _ help: String, label: String, _ samples: [(String, Double)]) {
            if samples.isEmpty { return }
            begin(name, help)
            for (value, sample) in samples {
                text += "bioscribe_\(name){\(label)=\"\(Self.escaped(value))\"} \(Self.number(sample))\n"
            }
        }

        private mutating func begin(_ name: String, _ help: String) {
            text += "# HELP bioscribe_\(name) \(help)\n# TYPE bioscribe_\(name) gauge\n"
        }

        private static func number(_ value: Double) -> String {
            value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
        }

        private static func escaped(_ text: String) -> String {
            text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        }
    }
}
