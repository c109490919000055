import Corpus
import Evaluation
import Foundation

/// The scores of a task, for people and for programs.
public struct EvaluationReport {
    /// The scores of one type of mention, or of a task without types.
    struct Group {
        let type: GoldType?
        let scores: [Score]
        let errors: Errors?
    }

    /// What went wrong, with the names that the dictionary has for the identifiers.
    struct Errors {
        let result: TaggingErrors.Result
        private let analysis: TaggingErrors

        init(
            _ analysis: TaggingErrors, gold: [GoldDocument], found: TaggingPredictions, examples: Int
        ) {
            self.analysis = analysis
            result = analysis.result(gold: gold, found: found, examples: examples)
        }

        /// What the dictionary calls an identifier.
        func name(of identifier: String) -> String? { analysis.name(of: identifier) }
    }

    let task: EvaluationTask
    let gold: String
    let documents: Int
    let sentences: Int?
    /// How many documents, annotations or lines were set aside.
    public let setAside: Int
    let bootstrap: Bootstrap
    let groups: [Group]

    // MARK: - For people

    /// Tables: a line a measure.
    public var text: String {
        let of = sentences.map { "\($0) sentences of \(documents) documents" } ?? "\(documents) documents"
        var text = """
            \(task.rawValue), \(gold): \(of)\(setAside > 0 ? ", \(setAside) set aside" : "")
            In percent; in brackets the 95 % confidence interval: bootstrap over documents, \(bootstrap.resamples) \
            resamples, seed \(bootstrap.seed).\n
            """
        for group in groups {
            text += "\n"
            let rates = group.scores.filter { $0.measure.shape == .rates }
            if !rates.isEmpty {
                text += Self.row(group.type?.rawValue ?? "", ["precision", "recall", "F1"])
                for score in rates {
                    let cells = [score.precision, score.recall, score.f1].map(Self.cell)
                    text += Self.row("  " + score.measure.title, cells)
                }
            }
            let shares = group.scores.filter { $0.measure.shape == .share }
            for score in shares {
                text += Self.row("  " + score.measure.title, ["", "", Self.cell(score.recall)])
            }
            text += group.errors.map(Self.text) ?? ""
        }
        return text
    }

    private static func row(_ title: String, _ cells: [String]) -> String {
        let line =
            title.padding(toLength: 28, withPad: " ", startingAt: 0)
            + cells.map { cell in
                String(repeating: " ", count: max(1, 22 - cell.unicodeScalars.count)) + cell
            }.joined()
        return line + "\n"
    }

    private static func cell(_ estimate: Estimate) -> String {
        let ends = [estimate.interval.low, estimate.interval.high].map { percent($0) }
        return "\(percent(estimate.value)) [\(ends.joined(separator: "–"))]"
    }

    private static func percent(_ value: Double) -> String { String(format: "%.2f", value) }

    private static func text(_ errors: Errors) -> String {
        func lines<Cause>(
            _ title: String, _ groups: [ErrorGroup<Cause>], instead: String, titleOf: (Cause) -> String
        ) -> String {
            var text = "\n  \(title): \(groups.reduce(0) { $0 + $1.count })\n"
            for group in groups {
                text += "  \(right(group.count, 6))  \(titleOf(group.cause))\n"
                for example in group.examples {
                    let named = described(example.identifier, errors)
                    let other = example.instead.map { described($0, errors) }.joined(separator: ", ")
                    text +=
                        "      \(right(example.count, 6))  “\(example.text)”  \(named)"
                        + (other.isEmpty ? "" : "; \(instead) \(other)") + "\n"
                }
            }
            return text
        }
        return lines("Missed", errors.result.misses, instead: "found:", titleOf: \.title)
            + lines("Found in error", errors.result.falseAlarms, instead: "gold:", titleOf: \.title)
    }

    private static func right(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }

    private static func described(_ identifier: String, _ errors: Errors) -> String {
        errors.name(of: identifier).map { "\(identifier) \($0)" } ?? identifier
    }
}
