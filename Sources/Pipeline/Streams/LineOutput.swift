import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes lines to standard output, many at a time.
public final class LineOutput {
    private var buffer: [UInt8] = []

    /// Makes an output.
    public init() {
        buffer.reserveCapacity(1 << 17)
    }

    /// Adds a text, which brings its own line ends.
    public func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count > 1 << 16 { flush() }
    }

    /// Writes out what is held back.
    public func flush() {
        guard !buffer.isEmpty else { return }
        FileHandle.standardOutput.write(Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }
}
