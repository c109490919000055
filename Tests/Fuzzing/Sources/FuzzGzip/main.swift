import FuzzSupport
import Glibc
import Intake

/// All that reading a file gives, with a buffer of so many bytes.
private func reading(
    _ path: String, bufferSize: Int, isFast: Bool = true
) -> (text: [UInt8], fault: IntakeError?) {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: bufferSize)
    do throws(IntakeError) {
        let reader = try InflatingReader(path: path, isFast: isFast)
        while true {
            let count = try reader.read(into: &buffer, at: 0)
            if count == 0 { return (text, nil) }
            text += buffer[..<count]
        }
    } catch {
        return (text, error)
    }
}

/// Cuts a file into records and compares them with the text that they were cut from.
private func cut(_ path: String, _ text: [UInt8]) {
    guard let reader = try? RawRecordReader(path: path, recordLimit: 1 << 14) else { return }
    var end = 0
    var ordinal = 0
    while let item = try? reader.next() {
        switch item {
        case .record(let record):
            let stretch = record.byteOffset..<record.byteOffset + record.bytes.count
            precondition(stretch.lowerBound >= end && stretch.upperBound <= text.count, "records overlap")
            precondition(
                text[stretch].elementsEqual(record.bytes), "a record is not what stands at its place")
            precondition(record.ordinal > ordinal, "records have no order")
            end = stretch.upperBound
            ordinal = record.ordinal
        case .setAside(let problem):
            precondition(
                problem.byte.map { (0...text.count).contains($0) } ?? true, "a problem outside of the text")
        }
    }
}

/// The file that holds the input: without a name, and gone with the program.
private let file = unsafe fileno(tmpfile())

/// What it gives by whatever inflates it must be what zlib makes of it; behind a fault ISA-L may have given more.
private func compare(
    _ found: (text: [UInt8], fault: IntakeError?), _ zlib: (text: [UInt8], fault: IntakeError?)
) {
    guard zlib.fault != nil else {
        precondition(found.text == zlib.text && found.fault == nil, "the text depends on the decompressor")
        return
    }
    precondition(found.text.starts(with: zlib.text), "text before the fault is lacking")
    precondition(
        found.fault == nil || found.fault?.kind == zlib.fault?.kind, "the fault depends on the decompressor")
}

// A file gives the same text and the same fault however much is read at a time and whatever inflates it (the trait ISAL),
// and records that stand in it.
unsafe fuzz { start, count in
    guard ftruncate(file, 0) == 0, unsafe pwrite(file, start, count, 0) == count else { return 0 }
    let path = "/proc/self/fd/\(file)"
    let whole = reading(path, bufferSize: InflatingReader.pieceSize, isFast: false)
    let pieces = reading(path, bufferSize: 7 + count % 61, isFast: false)
    precondition(whole.text == pieces.text, "the text depends on the size of the buffer")
    precondition(whole.fault?.kind == pieces.fault?.kind, "the fault depends on the size of the buffer")
    let fast = reading(path, bufferSize: InflatingReader.pieceSize)
    compare(fast, whole)
    compare(reading(path, bufferSize: 7 + count % 61), whole)
    cut(path, fast.text)
    return 0
}
