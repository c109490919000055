import Articles
import Corpus

/// A page, or a part of one, under way: bytes that are appended to. Strings that are joined piece by piece are copied with
/// every joint, and pages are made of thousands of pieces.
struct HTMLWriter {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// Begins with room for so many bytes: making it longer copies it.
    init(room: Int = 0) { bytes.reserveCapacity(room) }

    /// What was written so far, as a text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes HTML as it is.
    mutating func add(_ html: String) { bytes.append(contentsOf: html.utf8) }

    /// Writes HTML as it is.
    mutating func add(_ html: [UInt8]) { bytes.append(contentsOf: html) }

    /// Writes a number.
    mutating func add(_ number: some BinaryInteger) {
        let isSmall = number >= 0 && number < 10
        if isSmall { bytes.append(UInt8(ascii: "0") + UInt8(number)) } else { add(String(number)) }
    }

    /// Writes an identifier in hexadecimal digits, 16 of each number.
    mutating func add(digitsOf words: SIMD2<UInt64>) {
        Hexadecimal.append(words[0], to: &bytes)
        Hexadecimal.append(words[1], to: &bytes)
    }

    /// Writes a number with two decimals, the same in every locale: `-0.5` is `-0.50`; rounded half away from zero.
    mutating func add(twoDecimalsOf number: Double) {
        guard number.isFinite, abs(number) < 1e15 else {
            add("\(number)")
            return
        }
        let hundredths = Int64((abs(number) * 100).rounded())
        if number < 0, hundredths > 0 { bytes.append(UInt8(ascii: "-")) }
        add(hundredths / 100)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0") + UInt8(hundredths % 100 / 10))
        bytes.append(UInt8(ascii: "0") + UInt8(hundredths % 10))
    }

    /// Writes a text for the content of an element or for a quoted attribute.
    mutating func add(escaping text: String) {
        if HTMLText.isPlain(text.utf8Span.span) {
            bytes.append(contentsOf: text.utf8)
        } else {
            HTMLText.escape(text.utf8Span.span, into: &bytes)
        }
    }

    /// Writes a stretch of a text for the content of an element or for a quoted attribute.
    mutating func add(escaping text: Span<UInt8>) {
        if HTMLText.isPlain(text) {
            bytes.append(copying: text)
        } else {
            HTMLText.escape(text, into: &bytes)
        }
    }
}
