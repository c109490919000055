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
    mutating func add(_ number: some BinaryInteger) { add(String(number)) }

    /// Writes a text for the content of an element or for a quoted attribute.
    mutating func add(escaping text: String) {
        if HTMLText.isPlain(text.utf8) {
            bytes.append(contentsOf: text.utf8)
        } else {
            HTMLText.escape(text.utf8, into: &bytes)
        }
    }

    /// Writes a stretch of a text for the content of an element or for a quoted attribute.
    mutating func add(escaping text: ArraySlice<UInt8>) {
        if HTMLText.isPlain(text) {
            bytes.append(contentsOf: text)
        } else {
            HTMLText.escape(text, into: &bytes)
        }
    }
}
