import Interchange

/// What came of an audit: by check, how much was looked at, how much differs, and what could not be judged.
public struct AuditSummary: Sendable {
    /// What came of one check.
    public struct Line: Hashable, Sendable {
        /// The check.
        public var check: String
        /// What it counts.
        public var unit: String
        /// How many it looked at.
        public var checked = 0
        /// How many differences it found.
        public var differences = 0
        /// What it could not judge, by reason.
        public var unchecked: [String: Int] = [:]
    }

    /// A line a check, in the order in which they run.
    public private(set) var lines: [Line]
    /// Citations looked at.
    public var citations = 0
    /// Articles looked at.
    public var articles = 0
    /// How long it took.
    public var seconds = 0.0
    /// How long citations alone took.
    public var derivationSeconds = 0.0

    init(_ checks: [any AuditCheck]) {
        lines = checks.map { Line(check: $0.name, unit: $0.unit) }
    }

    /// Adds what checks found, and hands the findings on.
    mutating func add(_ outcomes: [CheckOutcome], _ onFinding: (AuditFinding) throws -> Void) rethrows {
        for outcome in outcomes {
            let index: Int
            if let known = lines.firstIndex(where: { $0.check == outcome.check }) {
                index = known
            } else {
                index = lines.count
                lines.append(Line(check: outcome.check, unit: outcome.unit))
            }
            lines[index].checked += outcome.checked
            lines[index].differences += outcome.findings.count
            lines[index].unchecked.merge(outcome.unchecked, uniquingKeysWith: +)
            for finding in outcome.findings { try onFinding(finding) }
        }
    }

    /// All differences.
    public var differences: Int { lines.reduce(0) { $0 + $1.differences } }

    /// Pieces of evidence that were derived anew.
    public var statements: Int { lines.first { $0.check == Rederivation().name }?.checked ?? 0 }

    /// Pieces of evidence derived anew in a minute of the whole audit.
    public var statementsPerMinute: Int { seconds > 0 ? Int(Double(statements) / seconds * 60) : 0 }

    /// The summary as a person reads it.
    public var text: String {
        var rows = lines.filter { $0.checked > 0 || $0.differences > 0 || !$0.unchecked.isEmpty }.map {
            line in
            (line.check, "\(line.checked)", "\(line.differences)", line)
        }
        rows.insert(("check", "looked at", "differences", Line(check: "", unit: "")), at: 0)
        let widths = (
            rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0, rows.map(\.2.count).max() ?? 0
        )
        func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
            let space = String(repeating: " ", count: max(0, width - text.count))
            return left ? text + space : space + text
        }
        var text: [String] = []
        for (check, checked, differences, line) in rows {
            text.append(
                "\(padded(check, widths.0, left: true))  \(padded(checked, widths.1))  "
                    + "\(padded(differences, widths.2))" + (line.unit.isEmpty ? "" : "  \(line.unit)"))
            for (reason, count) in line.unchecked.sorted(by: { $0.key < $1.key }) {
                text.append("\(padded("", widths.0))  not checked: \(count), \(reason)")
            }
        }
        text.append(
            "\(statements) pieces of evidence of \(citations) citations, \(articles) articles in "
                + "\(Self.decimal(seconds)) s: \(statementsPerMinute) pieces of evidence a minute")
        text.append(differences == 0 ? "nothing differs" : "\(differences) differences")
        return text.joined(separator: "\n")
    }

    /// The summary as an object of JSON.
    public var json: JSONValue {
        .object([
            .init("summary", .bool(true)), .init("differences", .integer(Int64(differences))),
            .init("citations", .integer(Int64(citations))), .init("articles", .integer(Int64(articles))),
            .init("statements", .integer(Int64(statements))),
            .init("seconds", .number((seconds * 10).rounded() / 10)),
            .init("statementsPerMinute", .integer(Int64(statementsPerMinute))),
            .init(
                "checks",
                .array(
                    lines.map { line in
                        .object([
                            .init("check", .string(line.check)), .init("unit", .string(line.unit)),
                            .init("checked", .integer(Int64(line.checked))),
                            .init("differences", .integer(Int64(line.differences))),
                            .init(
                                "notChecked",
                                .object(
                                    line.unchecked.sorted { $0.key < $1.key }.map {
                                        .init($0.key, .integer(Int64($0.value)))
                                    })),
                        ])
                    })),
        ])
    }

    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
