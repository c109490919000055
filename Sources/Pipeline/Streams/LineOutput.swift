#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The corresponding C function is `write`; the name alone would mean the method.
private let systemWrite = unsafe write(_:_:_:)

/// Writes results to standard output, many lines at a time.
///
/// What cannot be written is an error: a list that was cut short by a full disk must not look like a whole one.
public final class LineOutput {
    private var buffer: [UInt8] = []

    private init() {
        buffer.reserveCapacity(1 << 17)
    }

    /// Gives a body an output, and writes out what is held back when the body has ended, well or not.
    ///
    /// - Throws: what the body throws, or `OutputError`.
    public static func open<Result>(_ body: (LineOutput) throws -> Result) throws -> Result {
        let output = LineOutput()
        let result: Result
        do {
            result = try body(output)
        } catch {
            try output.flush()
            throw error
        }
        try output.flush()
        return result
    }

    /// Adds a text, which brings its own line ends.
    ///
    /// - Throws: `OutputError`.
    public func write(_ text: String) throws(OutputError) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count > 1 << 16 { try flush() }
    }

    private func flush() throws(OutputError) {
        var written = 0
        while written < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { bytes in
                unsafe Self.writeOnce(UnsafeRawBufferPointer(rebasing: bytes[written...]))
            }
            if count < 0 {
                if errno == EINTR { continue }
                buffer.removeAll()
                throw OutputError(reason: unsafe String(cString: strerror(errno)))
            }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func writeOnce(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        return unsafe systemWrite(STDOUT_FILENO, base, bytes.count)
    }
}

/// Standard output cannot be written.
public struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why, as the system says it.
    public var reason: String

    /// What happened, and what to do.
    public var description: String {
        "standard output cannot be written: \(reason); what was written so far is not all"
    }
}

/// What happens when whoever reads the output closes it, as `head` does.
public enum ClosedPipe {
    /// Makes the program end quietly, as the tools of Unix do, even where a parent has told it to ignore the signal.
    public static func endsTheProgram() {
        signal(SIGPIPE, SIG_DFL)
    }
}
