/// Gives a file, gzipped or plain, line by line.
///
/// Memory: two buffers of 256 KiB and the longest line. One thread at a time may use it.
public final class LineReader {
    /// The longest line, in bytes: 64 MiB.
    public static let lineLimit = 64 << 20

    /// The number of the line that was given last, from 1; 0 before the first.
    public private(set) var lineNumber = 0

    private let source: InflatingReader
    private var buffer = [UInt8](repeating: 0, count: InflatingReader.pieceSize)
    /// What was read and not yet given: `buffer[start..<end]`.
    private var start = 0
    private var end = 0
    private var atEnd = false

    /// Opens a file; `-` is standard input.
    ///
    /// - Throws: when it cannot be opened.
    public convenience init(path: String) throws(IntakeError) {
        self.init(source: try InflatingReader(path: path))
    }

    /// Takes over a source, which nobody else reads from any more.
    public init(source: InflatingReader) {
        self.source = source
    }

    /// The next line without its end, which is LF or CR LF; nil at the end. The last line need not have an end.
    ///
    /// - Throws: when the file is truncated or damaged, after all complete lines were given; when a line is longer
    ///   than the limit.
    public func next() throws(IntakeError) -> [UInt8]? {
        var scanned = start
        while true {
            if let found = buffer.span.extracting(0..<end).firstIndex(of: 0x0A, from: scanned) {
                defer { start = found + 1 }
                return line(start..<found)
            }
            scanned = end
            if atEnd {
                if start == end { return nil }
                defer { start = end }
                return line(start..<end)
            }
            if start > 0 {
                buffer.removeSubrange(0..<start)
                buffer.append(contentsOf: repeatElement(0, count: start))
                scanned -= start
                end -= start
                start = 0
            }
            if end > Self.lineLimit {
                throw IntakeError(
                    path: source.path,
                    kind: .malformed("line \(lineNumber + 1) is longer than \(Self.lineLimit) bytes"))
            }
            if end == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
            let count = try source.read(into: &buffer, at: end)
            if count == 0 { atEnd = true }
            end += count
        }
    }

    private func line(_ range: Range<Int>) -> [UInt8] {
        lineNumber += 1
        var line = Array(buffer[range])
        if line.last == 0x0D { line.removeLast() }
        return line
    }
}
