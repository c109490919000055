/// Cuts a PubMed file, gzipped or plain, into raw records.
///
/// The memory in use is two buffers of 256 KiB and the longest record; it does not grow with the file. One thread
/// at a time may use it; the records may go to others.
///
///     let reader = try RawRecordReader(path: "pubmed26n0001.xml.gz")
///     while let item = try reader.next() {
///         switch item {
///         case .record(let record): …
///         case .setAside(let problem): …
///         }
///     }
public final class RawRecordReader {
    /// What the reader finds, one after the other.
    public enum Item: Hashable, Sendable {
        /// A record that is complete.
        case record(RawRecord)
        /// A record, or what stands between two, that is damaged; the reader goes on behind it.
        case setAside(RecordProblem)
    }

    /// The longest record that is cut, in bytes: 64 MiB. A longer one is set aside.
    public static let recordLimit = 64 << 20

    /// The file, as the caller named it.
    public var path: String { source.path }
    /// How many records, complete or set aside, were found so far.
    public private(set) var recordCount = 0
    /// How many bytes of the inflated text were read so far.
    public private(set) var inflatedByteCount = 0

    /// The byte of the file, compressed where it is compressed, up to which it was used: for progress.
    public var fileOffset: Int { source.fileOffset }

    private let source: InflatingReader
    private var cutter: RecordCutter
    private var buffer = [UInt8](repeating: 0, count: 2 * InflatingReader.pieceSize)
    /// The text that is not yet cut: `buffer[start..<end]`.
    private var start = 0
    private var end = 0
    private var atEnd = false
    /// What made the text end early.
    private var fault: IntakeError?
    private var finished = false

    /// Opens a file; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - recordLimit: the longest record that is cut, in bytes.
    /// - Throws: when it cannot be opened.
    public convenience init(
        path: String, recordLimit: Int = RawRecordReader.recordLimit
    ) throws(IntakeError) {
        self.init(source: try InflatingReader(path: path), recordLimit: recordLimit)
    }

    /// Cuts the text that a source gives.
    init(source: InflatingReader, recordLimit: Int = RawRecordReader.recordLimit) {
        self.source = source
        cutter = RecordCutter(recordLimit: recordLimit)
    }

    /// The next record, or the next thing that is set aside; nil at the end of the file.
    ///
    /// - Throws: what is wrong with the file as a whole, after all good records were given. Then the file is at its
    ///   end: the next call gives nil.
    public func next() throws(IntakeError) -> Item? {
        while !finished {
            switch cutter.advance(buffer.span.extracting(start..<end), atEnd: atEnd) {
            case .needsMore(let consumed):
                start += consumed
                // Without progress only more text helps; with progress the cutter has changed its state.
                if consumed == 0, !atEnd { readMore() }
            case .record(let kind, let length):
                recordCount += 1
                let record = RawRecord(
                    file: path, ordinal: recordCount, byteOffset: offset, kind: kind,
                    bytes: Array(buffer[start..<start + length]))
                start += length
                return .record(record)
            case .setAside(let reason, let isRecord, let consumed):
                if isRecord { recordCount += 1 }
                let problem = RecordProblem(
                    file: path, record: isRecord ? recordCount : nil, byte: offset, reason: reason)
                start += consumed
                return .setAside(problem)
            case .failed(let kind, let position):
                finished = true
                throw fault ?? IntakeError(path: path, kind: kind, byte: offset + position)
            case .finished:
                finished = true
                if let fault { throw fault }
            }
        }
        return nil
    }

    /// A stretch of a file, to be worked on at a time.
    public struct Batch: Sendable {
        /// The records, in order.
        public var records: [RawRecord] = []
        /// What was set aside among them.
        public var problems: [RecordProblem] = []
        /// Whether the file is at its end.
        public var isAtEnd = false
        /// What is wrong with the file as a whole, which then is at its end.
        public var fault: IntakeError?

        /// Whether there is nothing in it.
        public var isEmpty: Bool { records.isEmpty && problems.isEmpty }
    }

    /// The next records, so many at most, with what was set aside before the last of them. All that is good before a fault is
    /// given with the fault.
    public func next(upTo count: Int) -> Batch {
        var batch = Batch()
        do {
            while batch.records.count < count {
                guard let item = try next() else {
                    batch.isAtEnd = true
                    break
                }
                switch item {
                case .record(let record): batch.records.append(record)
                case .setAside(let problem): batch.problems.append(problem)
                }
            }
        } catch {
            batch.fault = error
            batch.isAtEnd = true
        }
        return batch
    }

    /// The size and the SHA-256 digest of the file's own bytes, compressed ones where it is compressed.
    ///
    /// To be asked for after the end; what was not read, as behind damage, is read for it. Reading it earlier ends
    /// the reading of records.
    public func digest() throws(IntakeError) -> FileDigest {
        finished = true
        return try source.finish()
    }

    /// The byte of the inflated text at which `buffer[start]` stands.
    private var offset: Int { inflatedByteCount - (end - start) }

    private func readMore() {
        if buffer.count - end < InflatingReader.pieceSize {
            makeRoom()
        }
        do {
            let count = try source.read(into: &buffer, at: end)
            end += count
            inflatedByteCount += count
            if count == 0 { atEnd = true }
        } catch {
            fault = error
            atEnd = true
        }
    }

    /// Moves the text to the front of the buffer, which grows when a record fills it.
    private func makeRoom() {
        let count = end - start
        if start > 0 {
            unsafe buffer.withUnsafeMutableBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                unsafe base.update(from: base + start, count: count)
            }
            start = 0
            end = count
        }
        if buffer.count - end < InflatingReader.pieceSize {
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
    }
}
