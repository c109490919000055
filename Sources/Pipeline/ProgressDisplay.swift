import Foundation
import Synchronization

/// Shows how far long work has come: a line that is rewritten on a terminal, plain or JSON lines elsewhere, on standard
/// error.
public final class ProgressDisplay: Sendable {
    /// How progress is shown.
    public enum Style: String, Sendable, CaseIterable {
        /// A rewritten line on a terminal, plain lines elsewhere.
        case auto
        /// A line every few seconds.
        case plain
        /// A JSON object a line, every few seconds.
        case json
        /// Nothing.
        case none
    }

    private enum Form { case terminal, plain, json, none }

    private struct State {
        var started = ContinuousClock.now
        var lastShown: ContinuousClock.Instant?
        var lineIsOpen = false
    }

    private let form: Form
    private let state = Mutex(State())

    /// Makes a display.
    public init(style: Style) {
        switch style {
        case .none: form = .none
        case .json: form = .json
        case .plain: form = .plain
        case .auto: form = isatty(STDERR_FILENO) == 1 ? .terminal : .plain
        }
    }

    /// Begins a stage: rates and the time left count from here.
    public func begin() {
        state.withLock {
            $0.started = .now
            $0.lastShown = nil
        }
    }

    /// Tells how far a stage has come; shown a few times a second on a terminal, every few seconds elsewhere.
    ///
    /// - Parameters:
    ///   - stage: what is being done.
    ///   - done: how many units are done, as the rate counts them.
    ///   - unit: what is counted: `citations`.
    ///   - fraction: how much of the stage is done, from 0 to 1.
    public func show(_ stage: String, done: Int, unit: String, fraction: Double) {
        guard form != .none else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            let pause: Duration = form == .terminal ? .milliseconds(200) : .seconds(5)
            if let last = state.lastShown, now - last < pause { return }
            if state.lastShown == nil, now - state.started < .milliseconds(500) { return }
            state.lastShown = now
            let seconds = max((now - state.started).seconds, 0.001)
            let rate = Double(done) / seconds
            let left = fraction > 0.001 ? seconds / fraction * (1 - fraction) : nil
            let line: String
            switch form {
            case .json:
                line =
                    "{\"stage\":\(Self.quoted(stage)),\"done\":\(done),\"unit\":\"\(unit)\",\"fraction\":"
                    + "\(Self.decimal(fraction, 3)),\"perSecond\":\(Int(rate))"
                    + (left.map { ",\"secondsLeft\":\(Int($0))" } ?? "") + "}"
            default:
                line =
                    "\(stage): \(done) \(unit), \(Int(fraction * 100)) %, \(Int(rate))/s"
                    + (left.map { ", \(Self.time($0)) left" } ?? "")
            }
            if form == .terminal {
                state.lineIsOpen = true
                Self.write("\r\u{1B}[K" + line)
            } else {
                Self.write(line + "\n")
            }
        }
    }

    /// Writes whole lines of something else, a log, in between.
    func interpose(_ lines: String) {
        state.withLock { state in
            if state.lineIsOpen {
                Self.write("\r\u{1B}[K")
                state.lineIsOpen = false
            }
            Self.write(lines)
        }
    }

    /// Ends the line of a stage.
    public func end() {
        state.withLock { state in
            if state.lineIsOpen {
                Self.write("\r\u{1B}[K")
                state.lineIsOpen = false
            }
        }
    }

    /// What standard error does not take is lost: nothing else is to suffer for it.
    private static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    private static func quoted(_ text: String) -> String {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }

    /// A duration as an operator reads it: `1 h 04 min`, `3 min 20 s`, `12 s`.
    static func time(_ seconds: Double) -> String {
        let total = Int(seconds.rounded())
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
        if hours > 0 { return "\(hours) h \(minutes) min" }
        return minutes > 0 ? "\(minutes) min \(rest) s" : "\(rest) s"
    }

    /// A number with a fixed number of decimals, whatever the locale.
    static func decimal(_ value: Double, _ places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(abs(scaled % scale))
        return "\(scaled < 0 ? "-" : "")\(abs(scaled) / scale)."
            + String(repeating: "0", count: max(0, places - fraction.utf8.count)) + fraction
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
