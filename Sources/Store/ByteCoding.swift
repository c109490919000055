import Foundation

/// Writes the compact records of the store: variable-length integers, strings, and numbers of interned strings.
///
/// An integer takes seven bits a byte, least significant first, the top bit set in all bytes but the last (LEB128);
/// a signed one is zigzag coded first. A string is its length in UTF-8 bytes, then the bytes.
struct ByteEncoder {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// Writes a number that is not negative.
    mutating func add(_ number: Int) {
        precondition(number >= 0, "a count or offset is negative")
        add(bits: UInt64(number))
    }

    /// Writes a number that may be negative.
    mutating func add(signed number: Int64) {
        add(bits: UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    /// Writes the bits of a number.
    mutating func add(bits number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Begins anew, in the memory of what was written before.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Writes a string in place.
    mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes a string that may be missing: 0, or 1 and the string.
    mutating func add(_ text: String?) {
        add(text == nil ? 0 : 1)
        if let text { add(text) }
    }

    /// Writes a floating-point number without loss: as thousandths when it is a whole number of them, which scores
    /// nearly always are, else as its 64 bits.
    mutating func add(_ value: Double) {
        let thousandths = (value * 1000).rounded()
        if thousandths.magnitude < 0x1p40, thousandths / 1000 == value, value.sign == .plus || value != 0 {
            add(0)
            add(signed: Int64(thousandths))
        } else {
            add(1)
            add(bits: value.bitPattern)
        }
    }
}

/// Reads what `ByteEncoder` wrote. Any bytes that it cannot have written are an error, never a trap.
struct ByteDecoder {
    /// The record is cut short or holds an impossible number.
    struct Malformed: Error {}

    private var bytes: [UInt8]
    private var position = 0

    /// Starts at the first byte.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes another record, into the memory of the one before: records come by the hundred thousand.
    mutating func load(_ record: Data) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: record)
        position = 0
    }

    /// Whether all was read.
    var isAtEnd: Bool { position == bytes.count }

    /// Reads the bits of a number.
    mutating func bits() throws(Malformed) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw Malformed()
    }

    /// Reads a number that is not negative.
    mutating func number() throws(Malformed) -> Int {
        guard let number = Int(exactly: try bits()) else { throw Malformed() }
        return number
    }

    /// Reads how many items follow; each takes a byte at least.
    mutating func count() throws(Malformed) -> Int {
        let count = try number()
        guard count <= bytes.count - position else { throw Malformed() }
        return count
    }

    /// Reads a number that may be negative.
    mutating func signed() throws(Malformed) -> Int64 {
        let coded = try bits()
        return Int64(bitPattern: coded >> 1) ^ -Int64(bitPattern: coded & 1)
    }

    /// Reads a string.
    mutating func string() throws(Malformed) -> String {
        let length = try count()
        defer { position += length }
        return String(decoding: bytes[position..<position + length], as: UTF8.self)
    }

    /// Passes over a string, and says where its bytes stand (`copy(_:to:)`).
    mutating func place() throws(Malformed) -> Range<Int> {
        let length = try count()
        defer { position += length }
        return position..<position + length
    }

    /// As `place()`, of a string that may be missing.
    mutating func optionalPlace() throws(Malformed) -> Range<Int>? {
        try flag() ? try place() : nil
    }

    /// The text that some of the record's bytes are; nil where they are none.
    func text(at place: Range<Int>) -> String? { String(validating: bytes[place], as: UTF8.self) }

    /// The text of a string that was passed over.
    func repairedText(at place: Range<Int>) -> String { String(decoding: bytes[place], as: UTF8.self) }

    /// Appends some of the record's bytes to others.
    func copy(_ place: Range<Int>, to others: inout [UInt8]) {
        others.append(contentsOf: bytes[place])
    }

    /// Passes over a number, signed or not.
    mutating func skipNumber() throws(Malformed) {
        while position < bytes.count {
            position += 1
            if bytes[position - 1] < 0x80 { return }
        }
        throw Malformed()
    }

    /// Passes over a string.
    mutating func skipString() throws(Malformed) {
        position += try count()
    }

    /// Passes over a string that may be missing.
    mutating func skipOptionalString() throws(Malformed) {
        if try flag() { try skipString() }
    }

    /// Reads a string that may be missing.
    mutating func optionalString() throws(Malformed) -> String? {
        try flag() ? try string() : nil
    }

    /// Reads 0 or 1.
    mutating func flag() throws(Malformed) -> Bool {
        switch try number() {
        case 0: false
        case 1: true
        default: throw Malformed()
        }
    }

    /// Reads a floating-point number.
    mutating func double() throws(Malformed) -> Double {
        try flag() ? Double(bitPattern: try bits()) : Double(try signed()) / 1000
    }
}
