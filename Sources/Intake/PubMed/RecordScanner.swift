/// Reads regular records straight from their bytes, several times as fast as libxml2, and refuses all others.
///
/// A record is regular when it is well-formed and uses of XML only what PubMed's files are made of: elements and attributes
/// with plain names in ASCII, quoted values, text, the five references that XML predefines, and numeric ones. A comment, a
/// CDATA section, an instruction, a prefix, a declared namespace, blanks where they are not usual, or anything that might
/// be an error makes it irregular: then libxml2 reads the record from its start, and says what is wrong with it if something
/// is. So this reader need not know what errors there are, only what is right; what it accepts libxml2 accepts too, with the
/// same fields. (XML makes a line feed of a carriage return; either is a line break to `FlattenedText`, so it may stay.)
///
/// Everything is checked in elements that are passed over as well, but nothing is made of it. One thread at a time may
/// use it.
struct RecordScanner {
    /// The longest record that is read here. libxml2 has limits of its own, none of which is below this one.
    private static let sizeLimit = 1 << 20

    /// What the last record said, when it was regular.
    var builder = RecordBuilder()

    private let names = XMLNameTable()
    private var strings = FieldStrings()
    /// Where the first reference of the record starts, and where the last one ends; 0 and 0 where there is none.
    private var references = 0..<0

    /// Reads a record into `builder`.
    ///
    /// - Returns: whether it is regular and can be kept; otherwise `builder` says nothing.
    mutating func read(_ bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count <= Self.sizeLimit, bytes[0] == UInt8(ascii: "<"),
            hasRegularCharacters(bytes)
        else { return false }
        builder.reset()
        var open = OpenElements()
        var attributes = Attributes()
        var position = 0
        while true {
            if bytes.has(UInt8(ascii: "/"), at: position + 1) {
                guard let end = open.close(bytes, at: position) else { return false }
                position = end
                builder.leave()
            } else {
                guard let tag = StartTag(bytes, at: position, &attributes) else { return false }
                position = tag.end
                let name = names.name(in: bytes, tag.name)
                let step = unsafe bytes.withUnsafeBufferPointer {
                    builder.enter(
                        name,
                        unsafe TagFacts(pointer: $0, name: tag.name, attributes: attributes, names: names))
                }
                switch step {
                case .descend:
                    if tag.isEmptyElement {
                        builder.leave()
                    } else if !open.push(tag) {
                        return false
                    }
                case .skip:
                    builder.leaveSkipped()
                    if !tag.isEmptyElement {
                        guard let end = pass(bytes, tag, &open, &attributes) else { return false }
                        position = end
                    }
                case .collect:
                    guard let end = collect(bytes, tag, &open, &attributes) else { return false }
                    position = end
                }
            }
            // What the builder refuses is told as libxml2's reader tells it.
            if open.isEmpty { return position == bytes.count && builder.problem == nil }
            guard let next = bytes.nextTag(from: position) else { return false }
            position = next
        }
    }

    // MARK: Characters

    /// Whether all characters are legal wherever they stand, `<` and `&` included as far as the latter starts a reference.
    private mutating func hasRegularCharacters(_ bytes: Span<UInt8>) -> Bool {
        let kinds = RecordBytes(bytes)
        if kinds.hasControl { return false }
        if kinds.hasBracket, bytes.firstIndex(of: "]]>", from: 0) != nil { return false }
        if kinds.hasNonASCII {
            guard bytes.isValidUTF8() else { return false }
            // U+FFFE and U+FFFF are no characters of XML.
            if bytes.firstIndex(of: "\u{FFFE}", from: 0) != nil
                || bytes.firstIndex(of: "\u{FFFF}", from: 0) != nil
            {
                return false
            }
        }
        references = 0..<0
        if kinds.hasReference {
            while let found = bytes.firstIndex(of: UInt8(ascii: "&"), from: references.upperBound) {
                guard let reference = Reference(bytes, at: found) else { return false }
                references = (references.isEmpty ? found : references.lowerBound)..<reference.end
            }
        }
        return true
    }

    // MARK: What an element holds

    /// Passes over what an element holds.
    ///
    /// - Returns: the place behind its end tag; nil when something in it is irregular.
    private func pass(
        _ bytes: Span<UInt8>, _ tag: StartTag, _ open: inout OpenElements, _ attributes: inout Attributes
    ) -> Int? {
        let depth = open.count
        guard open.push(tag) else { return nil }
        var position = tag.end
        while open.count > depth {
            guard let found = bytes.nextTag(from: position) else { return nil }
            if bytes.has(UInt8(ascii: "/"), at: found + 1) {
                guard let end = open.close(bytes, at: found) else { return nil }
                position = end
            } else {
                guard let inner = StartTag(bytes, at: found, &attributes) else { return nil }
                position = inner.end
                if !inner.isEmptyElement, !open.push(inner) { return nil }
            }
        }
        return position
    }

    /// Reads a field.
    ///
    /// - Returns: the place behind its end tag; nil when something in it is irregular.
    private mutating func collect(
        _ bytes: Span<UInt8>, _ tag: StartTag, _ open: inout OpenElements, _ attributes: inout Attributes
    ) -> Int? {
        if tag.isEmptyElement {
            builder.finishField(bytes.extracting(tag.end..<tag.end), &strings)
            return tag.end
        }
        let depth = open.count
        guard open.push(tag), var found = bytes.nextTag(from: tag.end)
        else { return nil }
        var position = tag.end
        // Asked here, since a method of its own would be given a copy of the whole scanner.
        let hasReference =
            references.overlaps(position..<found)
            && bytes.extracting(position..<found).firstIndex(of: UInt8(ascii: "&"), from: 0) != nil
        if bytes.has(UInt8(ascii: "/"), at: found + 1), !hasReference {
            guard let end = open.close(bytes, at: found) else { return nil }
            builder.finishField(bytes.extracting(position..<found), &strings)
            return end
        }
        while true {
            addText(bytes, position..<found)
            if bytes.has(UInt8(ascii: "/"), at: found + 1) {
                guard let end = open.close(bytes, at: found) else { return nil }
                position = end
                builder.end(names.name(in: bytes, found + 2..<end - 1))
            } else {
                guard let inner = StartTag(bytes, at: found, &attributes) else { return nil }
                position = inner.end
                let name = names.name(in: bytes, inner.name)
                unsafe bytes.withUnsafeBufferPointer {
                    builder.start(
                        name,
                        unsafe TagFacts(pointer: $0, name: inner.name, attributes: attributes, names: names))
                }
                if inner.isEmptyElement {
                    builder.end(name)
                } else if !open.push(inner) {
                    return nil
                }
            }
            if open.count == depth { return position }
            guard let next = bytes.nextTag(from: position) else { return nil }
            found = next
        }
    }

    /// Gives the builder text whose references it has checked before.
    private mutating func addText(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var position = range.lowerBound
        if references.overlaps(range) {
            let text = bytes.extracting(0..<range.upperBound)
            while let found = text.firstIndex(of: UInt8(ascii: "&"), from: position),
                let reference = Reference(text, at: found)
            {
                if found > position { builder.characters(bytes.extracting(position..<found)) }
                let character = Array(String(reference.character).utf8)
                builder.characters(character.span)
                position = reference.end
            }
        }
        if position < range.upperBound { builder.characters(bytes.extracting(position..<range.upperBound)) }
    }
}

/// The elements that are open in a record, outermost first, by the names that their end tags must have.
private struct OpenElements {
    /// PubMed's records are about ten elements deep, formulas included.
    private static let limit = 64

    private var names = InlineArray<64, UInt64>(repeating: 0)
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Opens an element; false when there are too many.
    @inline(__always)
    mutating func push(_ tag: StartTag) -> Bool {
        if count == Self.limit { return false }
        names[count] = UInt64(tag.name.upperBound) << 32 | UInt64(tag.name.count)
        count += 1
        return true
    }

    /// Closes the innermost element by the end tag at a place.
    ///
    /// - Returns: the place behind the tag; nil when it is another element's, or has blanks in it.
    @inline(__always)
    mutating func close(_ bytes: Span<UInt8>, at position: Int) -> Int? {
        guard count > 0 else { return nil }
        let nameEnd = Int(names[count - 1] >> 32)
        let length = Int(names[count - 1] & 0xFFFF_FFFF)
        let end = position + 2 + length
        guard bytes.has(UInt8(ascii: ">"), at: end), bytes.areEqual(endingAt: nameEnd, end, count: length)
        else { return nil }
        count -= 1
        return end + 1
    }
}

/// A start tag, or the tag of an empty element, that is regular.
private struct StartTag {
    let name: Range<Int>
    /// The place behind the tag.
    let end: Int
    let isEmptyElement: Bool

    /// Reads the tag whose `<` stands at a place, and its attributes; nil when it is not regular.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, at start: Int, _ attributes: inout Attributes) {
        guard let nameEnd = Self.nameEnd(bytes, from: start + 1), nameEnd < bytes.count else { return nil }
        name = start + 1..<nameEnd
        attributes.removeAll()
        if bytes[nameEnd] == UInt8(ascii: ">") {
            end = nameEnd + 1
            isEmptyElement = false
            return
        }
        guard let close = Self.attributesEnd(bytes, from: nameEnd, &attributes) else { return nil }
        isEmptyElement = bytes[close] == UInt8(ascii: "/")
        end = isEmptyElement ? close + 2 : close + 1
    }

    /// Where a name that starts at a place ends; nil when none starts there.
    @inline(__always)
    static func nameEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        // Nearly all names are of letters only, for which one comparison a byte is enough.
        var end = start
        while end < bytes.count, isLetter(bytes[end]) { end += 1 }
        if end == start, !bytes.has(UInt8(ascii: "_"), at: start) { return nil }
        while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
        return end
    }

    /// Where the `>` or `/>` stands that ends a tag; nil when what comes before it is irregular.
    private static func attributesEnd(
        _ bytes: Span<UInt8>, from start: Int, _ attributes: inout Attributes
    ) -> Int? {
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ">") { return position }
            if byte == UInt8(ascii: "/") {
                return bytes.has(UInt8(ascii: ">"), at: position + 1) ? position : nil
            }
            guard byte == 0x20, let attribute = Attribute(bytes, at: position + 1),
                attributes.append(attribute, bytes)
            else { return nil }
            position = attribute.value.upperBound + 1
        }
        return nil
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    @inline(__always)
    private static func isNameByte(_ byte: UInt8) -> Bool {
        // What mostly ends a name is below all of its bytes but two, or is `>`.
        if byte < UInt8(ascii: "-") || byte == UInt8(ascii: ">") { return false }
        return isLetter(byte) || byte &- UInt8(ascii: "-") < 2 || byte &- UInt8(ascii: "0") < 10
            || byte == UInt8(ascii: "_")
    }
}

/// The attributes of a regular start tag, in their order.
private struct Attributes {
    /// The most attributes of an element; those of PubMed have four.
    private static let limit = 8

    private var all = InlineArray<8, Attribute>(repeating: Attribute())
    private(set) var count = 0

    subscript(index: Int) -> Attribute { all[index] }

    mutating func removeAll() { count = 0 }

    /// Adds an attribute; false when there are too many, or one of its name.
    @inline(__always)
    mutating func append(_ attribute: Attribute, _ bytes: Span<UInt8>) -> Bool {
        if count == Self.limit { return false }
        let name = attribute.name
        for index in 0..<count
        where all[index].name.count == name.count
            && bytes.has(bytes, all[index].name.lowerBound, at: name.lowerBound, count: name.count)
        {
            return false
        }
        all[count] = attribute
        count += 1
        return true
    }
}

/// An attribute of a regular start tag. Its places are kept in 32 bits, since records are short.
private struct Attribute {
    private let start: UInt32
    private let nameEnd: UInt32
    private let end: UInt32

    var name: Range<Int> { Int(start)..<Int(nameEnd) }
    /// The value between its quotation marks.
    var value: Range<Int> { Int(nameEnd) + 2..<Int(end) }

    /// None.
    init() { (start, nameEnd, end) = (0, 0, 2) }

    /// Reads the attribute that starts at a place; nil when it is not regular.
    init?(_ bytes: Span<UInt8>, at start: Int) {
        guard let nameEnd = StartTag.nameEnd(bytes, from: start), bytes.has(UInt8(ascii: "="), at: nameEnd),
            nameEnd + 1 < bytes.count
        else { return nil }
        // A namespace changes what names mean.
        if bytes[start] == UInt8(ascii: "x"), bytes.has("xmlns", at: start) { return nil }
        let quotationMark = bytes[nameEnd + 1]
        guard quotationMark == UInt8(ascii: "\"") || quotationMark == UInt8(ascii: "'") else { return nil }
        var end = nameEnd + 2
        while end < bytes.count, bytes[end] != quotationMark {
            // Line ends and tabs would become spaces.
            if bytes[end] == UInt8(ascii: "<") || bytes[end] < 0x20 { return nil }
            end += 1
        }
        guard end < bytes.count else { return nil }
        self.start = UInt32(truncatingIfNeeded: start)
        self.nameEnd = UInt32(truncatingIfNeeded: nameEnd)
        self.end = UInt32(truncatingIfNeeded: end)
    }
}

/// What a regular start tag says. It keeps the address of the record's bytes, since a span cannot be kept, and is let go
/// before the record is.
@safe private struct TagFacts: ElementFacts {
    let pointer: UnsafeBufferPointer<UInt8>
    let name: Range<Int>
    let attributes: Attributes
    let names: XMLNameTable

    var spelling: String {
        let bytes = unsafe pointer.span
        return bytes.text(name)
    }

    func callAsFunction(_ name: XMLName) -> String? {
        let bytes = unsafe pointer.span
        for index in 0..<attributes.count where names.name(in: bytes, attributes[index].name) == name {
            return value(attributes[index].value)
        }
        return nil
    }

    private func value(_ range: Range<Int>) -> String {
        let bytes = unsafe pointer.span
        let spelled = bytes.extracting(range)
        guard spelled.firstIndex(of: UInt8(ascii: "&"), from: 0) != nil else {
            let text = unsafe UTF8Span(unchecked: spelled, isKnownASCII: !FieldBytes(spelled).hasNonASCII)
            return String(copying: text)
        }
        var value = String.UnicodeScalarView()
        var position = range.lowerBound
        let text = bytes.extracting(0..<range.upperBound)
        while let found = text.firstIndex(of: UInt8(ascii: "&"), from: position),
            let reference = Reference(text, at: found)
        {
            value.append(contentsOf: bytes.text(position..<found).unicodeScalars)
            value.append(reference.character)
            position = reference.end
        }
        value.append(contentsOf: bytes.text(position..<range.upperBound).unicodeScalars)
        return String(value)
    }
}

/// A reference to a character that XML predefines, or by its number.
private struct Reference {
    let character: Unicode.Scalar
    /// The place behind its semicolon.
    let end: Int

    /// Reads the reference whose `&` stands at a place; nil when it is another one, or an error.
    init?(_ bytes: Span<UInt8>, at start: Int) {
        if bytes.has("&lt;", at: start) {
            (character, end) = ("<", start + 4)
        } else if bytes.has("&gt;", at: start) {
            (character, end) = (">", start + 4)
        } else if bytes.has("&amp;", at: start) {
            (character, end) = ("&", start + 5)
        } else if bytes.has("&quot;", at: start) {
            (character, end) = ("\"", start + 6)
        } else if bytes.has("&apos;", at: start) {
            (character, end) = ("'", start + 6)
        } else {
            let isHexadecimal = bytes.has("&#x", at: start)
            guard isHexadecimal || bytes.has("&#", at: start) else { return nil }
            let radix: UInt32 = isHexadecimal ? 16 : 10
            var position = start + (isHexadecimal ? 3 : 2)
            let first = position
            var value: UInt32 = 0
            // Seven digits can name every character.
            while position < bytes.count, position < first + 7, let digit = Self.digit(bytes[position], radix)
            {
                value = value * radix + digit
                position += 1
            }
            guard position > first, bytes.has(UInt8(ascii: ";"), at: position), Self.isCharacter(value),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            (character, end) = (scalar, position + 1)
        }
    }

    private static func digit(_ byte: UInt8, _ radix: UInt32) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f") where radix == 16: UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F") where radix == 16: UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Whether XML has a character of this number.
    private static func isCharacter(_ value: UInt32) -> Bool {
        value >= 0x20 && value != 0xFFFE && value != 0xFFFF || value == 0x09 || value == 0x0A || value == 0x0D
    }
}
