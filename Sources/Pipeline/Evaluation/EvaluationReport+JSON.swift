import Evaluation
import Foundation
import Interchange

extension EvaluationReport {
    /// One JSON object with everything, its members in a fixed order. Numbers are percentages, rounded to two places.
    public var json: String {
        var members: [JSONValue.Member] = [
            .init("task", .string(task.rawValue)), .init("gold", .string(gold)),
            .init("documents", .integer(Int64(documents))),
        ]
        if let sentences { members.append(.init("sentences", .integer(Int64(sentences)))) }
        members += [
            .init("set_aside", .integer(Int64(setAside))),
            .init(
                "bootstrap",
                .object([
                    .init("resamples", .integer(Int64(bootstrap.resamples))),
                    .init("seed", .integer(Int64(clamping: bootstrap.seed))),
                    .init("level", .number(Bootstrap.level)),
                ])),
        ]
        if groups.contains(where: { $0.type != nil }) {
            members.append(
                .init(
                    "types",
                    .object(groups.map { .init($0.type?.rawValue ?? "", .object(Self.members(of: $0))) })))
        } else {
            members += groups.flatMap { Self.members(of: $0) }
        }
        return JSONValue.object(members).pretty
    }

    private static func members(of group: Group) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        for score in group.scores {
            let member = JSONValue.Member(score.measure.name, value(of: score))
            guard let name = score.measure.group else {
                members.append(member)
                continue
            }
            if let place = members.firstIndex(where: { $0.name == name }),
                case .object(let others) = members[place].value
            {
                members[place].value = .object(others + [member])
            } else {
                members.append(.init(name, .object([member])))
            }
        }
        var all: [JSONValue.Member] = [.init("scores", .object(members))]
        if let errors = group.errors {
            all.append(
                .init(
                    "errors",
                    .object([
                        .init("missed", list(errors.result.misses, errors) { ($0.rawValue, $0.title) }),
                        .init(
                            "found_in_error",
                            list(errors.result.falseAlarms, errors) { ($0.rawValue, $0.title) }),
                    ])))
        }
        return all
    }

    private static func value(of score: Score) -> JSONValue {
        switch score.measure.shape {
        case .rates:
            .object([
                .init("precision", number(score.precision.value)),
                .init("recall", number(score.recall.value)),
                .init("f1", number(score.f1.value)),
                .init("tp", .integer(Int64(score.counts.hits))),
                .init("fp", .integer(Int64(score.counts.falseAlarms))),
                .init("fn", .integer(Int64(score.counts.misses))),
                .init("precision_interval", interval(score.precision)),
                .init("recall_interval", interval(score.recall)),
                .init("f1_interval", interval(score.f1)),
            ])
        case .share:
            .object([
                .init("share", number(score.recall.value)),
                .init("of", .integer(Int64((score.counts.hits + score.counts.misses).rounded()))),
                .init("share_interval", interval(score.recall)),
            ])
        }
    }

    private static func interval(_ estimate: Estimate) -> JSONValue {
        .array([number(estimate.interval.low), number(estimate.interval.high)])
    }

    /// Rounded as the table is: through the decimal digits, not by multiplying.
    private static func number(_ value: Double) -> JSONValue {
        .number(Double(String(format: "%.2f", value)) ?? value)
    }

    private static func list<Cause>(
        _ groups: [ErrorGroup<Cause>], _ errors: Errors, named: (Cause) -> (String, String)
    ) -> JSONValue {
        .array(
            groups.map { group in
                let (name, title) = named(group.cause)
                let examples = group.examples.map { example in
                    JSONValue.object([
                        .init("text", .string(example.text)), .init("id", .string(example.identifier)),
                        .init("name", errors.name(of: example.identifier).map { .string($0) } ?? .null),
                        .init("instead", .array(example.instead.map { .string($0) })),
                        .init("count", .integer(Int64(example.count))),
                    ])
                }
                return .object([
                    .init("cause", .string(name)), .init("title", .string(title)),
                    .init("count", .integer(Int64(group.count))), .init("examples", .array(examples)),
                ])
            })
    }
}
