/// A record of a large XML file: the elements of it that were asked for, in the order of the file.
public struct XMLRecord: Sendable {
    /// An element by its place in the record; 0 is the record itself.
    public struct Element: Sendable {
        /// The index of its name in the reader's list.
        public let name: Int
        /// The place of the element that holds it; -1 for the record.
        public let parent: Int
        /// Its attributes in the order of the file.
        public internal(set) var attributes: [(name: String, value: String)]
        fileprivate(set) var text: [UInt8]
    }

    /// The elements, each after the one that holds it.
    public private(set) var elements: [Element] = []
    /// The line of the file on which the record starts, from 1.
    public internal(set) var line = 0
    private var size = 0

    /// The number of bytes of text and attributes, which the reader limits.
    var byteCount: Int { size }

    /// The text directly within an element, without white space at either end.
    public func text(of element: Int) -> String {
        let bytes = elements[element].text
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
            let last = bytes.lastIndex(where: { $0 > 0x20 })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }

    /// The text directly within an element, white space included; line ends are LF, as XML has them.
    public func exactText(of element: Int) -> String {
        String(decoding: elements[element].text, as: UTF8.self)
    }

    /// The value of an attribute of an element; nil where it has none.
    public func attribute(_ name: String, of element: Int) -> String? {
        elements[element].attributes.first { $0.name == name }?.value
    }

    mutating func open(_ name: Int, parent: Int, attributes: [(name: String, value: String)]) {
        size += attributes.reduce(64) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        elements.append(Element(name: name, parent: parent, attributes: attributes, text: []))
    }

    mutating func append(_ bytes: some Sequence<UInt8>, count: Int, to element: Int) {
        size += count
        elements[element].text.append(contentsOf: bytes)
    }
}
