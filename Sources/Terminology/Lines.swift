/// The lines of a text in memory, without their ends, as ranges of bytes.
struct Lines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0
    /// The number of the line that was given last, from 1.
    private(set) var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.count else { return nil }
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        var end = position
        position += 1
        number += 1
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return bytes[start..<end]
    }
}

extension ArraySlice<UInt8> {
    /// The text; ill-formed UTF-8 becomes U+FFFD.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// Whether it begins with an ASCII text.
    func starts(with prefix: StaticString) -> Bool {
        guard count >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { buffer in
            var index = startIndex
            for offset in buffer.indices {
                if unsafe self[index] != buffer[offset] { return false }
                index += 1
            }
            return true
        }
    }

    /// The fields between separators, empty ones included.
    func fields(separatedBy separator: UInt8) -> [ArraySlice<UInt8>] {
        split(separator: separator, omittingEmptySubsequences: false)
    }

    /// Without blanks at either end.
    var trimmed: ArraySlice<UInt8> {
        var from = startIndex
        var to = endIndex
        while from < to, self[from] <= 0x20 { from += 1 }
        while to > from, self[to - 1] <= 0x20 { to -= 1 }
        return self[from..<to]
    }

    /// The decimal number that it is, or nil.
    var number: Int? {
        guard !isEmpty, count <= 18 else { return nil }
        var value = 0
        for byte in self {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
