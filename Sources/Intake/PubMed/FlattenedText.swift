/// Collects the text of one field of a record, its markup flattened.
///
/// - Inline elements (`i b u sub sup` and unknown ones) leave their text, neither more nor less: `CO<sub>2</sub>`
///   is `CO2`.
/// - White space at both ends is dropped. A run of white space with a line break or a tab in it is one space: that
///   is how files are pretty-printed. Other runs of spaces stay as they came, as does all Unicode.
/// - MathML leaves the text of its tokens. White space around tokens is dropped, and tokens are joined as they are
///   read, `Cu` and `2` to `Cu2`; the parts of fractions, roots, tables and fences are parted by a space. `mtext`
///   keeps one space at either end where it has white space there. `annotation`, a second form of the same formula,
///   is left out. A `DispFormula` stands apart by a space from what surrounds it.
struct FlattenedText {
    /// A byte that cannot occur in XML and asks for one space, unless white space or an end of the text is beside it.
    private static let separator: UInt8 = 1

    private enum Formula {
        /// An element whose children are joined.
        case joining
        /// An element whose children are parted; whether it had one.
        case parting(hasChild: Bool)
        /// An element that holds text, and where that starts.
        case token(start: Int, keepsSpace: Bool)
        /// An element that is left out.
        case omitted
    }

    private var bytes: [UInt8] = []
    /// The open elements of a formula, outermost first.
    private var formula: [Formula] = []

    /// The number of bytes collected so far.
    var count: Int { bytes.count }

    /// Makes ready for another field.
    mutating func reset() {
        // Most fields are read without this collector: there is nothing to be done then.
        if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
        if !formula.isEmpty { formula.removeAll(keepingCapacity: true) }
    }

    /// Adds text.
    @inline(__always)
    mutating func add(_ text: Span<UInt8>) {
        if formula.isEmpty {
            append(text)
        } else {
            addToFormula(text)
        }
    }

    @inline(__always)
    private mutating func append(_ text: Span<UInt8>) {
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// An element opens within the field.
    mutating func open(_ name: XMLName) {
        if formula.isEmpty {
            switch name {
            case .math: formula.append(.joining)
            case .displayFormula: bytes.append(Self.separator)
            default: break
            }
            return
        }
        switch formula[formula.count - 1] {
        case .parting(let hasChild):
            if hasChild { bytes.append(Self.separator) }
            formula[formula.count - 1] = .parting(hasChild: true)
        case .omitted:
            formula.append(.omitted)
            return
        case .joining, .token: break
        }
        switch name {
        case .annotation, .annotationXML: formula.append(.omitted)
        case .mi, .mn, .mo, .cn, .ci, .csymbol:
            formula.append(.token(start: bytes.count, keepsSpace: false))
        case .mtext, .ms: formula.append(.token(start: bytes.count, keepsSpace: true))
        case .sep:
            bytes.append(Self.separator)
            formula.append(.joining)
        case .math, .mrow, .msub, .msup, .msubsup, .mmultiscripts, .mprescripts, .none, .munder, .mover,
            .munderover, .mstyle, .mpadded, .mphantom, .msqrt, .menclose, .merror, .maction, .semantics:
            formula.append(.joining)
        default: formula.append(.parting(hasChild: false))
        }
    }

    /// The innermost element within the field closes.
    mutating func close(_ name: XMLName) {
        guard let last = formula.popLast() else {
            if name == .displayFormula { bytes.append(Self.separator) }
            return
        }
        if case .token(let start, let keepsSpace) = last { trimToken(from: start, keepsSpace: keepsSpace) }
    }

    /// The text, or an empty one.
    func text() -> String {
        // The least byte, since the compiler makes vector code of a minimum.
        var least: UInt8 = 0xFF
        for byte in bytes { least = min(least, byte) }
        if least < 0x20 { return String(decoding: Self.joiningLines(bytes.span), as: UTF8.self) }
        return String(decoding: bytes[Self.withoutSpaceAtEnds(bytes.span)], as: UTF8.self)
    }

    /// The range of a text that is left when the spaces at both ends are dropped.
    static func withoutSpaceAtEnds(_ bytes: Span<UInt8>) -> Range<Int> {
        var start = 0
        var end = bytes.count
        while start < end, bytes[start] == 0x20 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 { end -= 1 }
        return start..<end
    }

    /// A text without white space at the ends, runs with line breaks, tabs or separators made one space.
    static func joiningLines(_ bytes: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var spaces = 0
        var broken = false
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x20 {
                spaces += 1
            } else if byte < 0x20 {
                broken = true
            } else {
                if !result.isEmpty {
                    let count = broken ? 1 : spaces
                    for _ in 0..<count { result.append(0x20) }
                }
                spaces = 0
                broken = false
                result.append(byte)
            }
        }
        return result
    }

    private mutating func addToFormula(_ text: Span<UInt8>) {
        switch formula[formula.count - 1] {
        case .token: append(text)
        case .omitted: break
        case .joining, .parting:
            // White space between elements means nothing in MathML.
            for index in text.indices where !isXMLSpace(text[index]) {
                bytes.append(text[index])
            }
        }
    }

    private mutating func trimToken(from start: Int, keepsSpace: Bool) {
        var end = bytes.count
        while end > start, isXMLSpace(bytes[end - 1]) { end -= 1 }
        let hadSpaceAfter = end < bytes.count
        bytes.removeLast(bytes.count - end)
        var first = start
        while first < end, isXMLSpace(bytes[first]) { first += 1 }
        let hadSpaceBefore = first > start
        bytes.removeSubrange(start..<first)
        if keepsSpace {
            if hadSpaceBefore { bytes.insert(Self.separator, at: start) }
            if hadSpaceAfter { bytes.append(Self.separator) }
        }
    }
}
