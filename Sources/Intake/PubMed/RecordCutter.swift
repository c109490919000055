/// Finds the records of a PubMed file in its inflated text by a scan of its tags, without parsing them.
///
/// It looks at every `<` and so is not fooled by comments, CDATA sections or processing instructions. It keeps no
/// bytes: its caller owns a window of the text that starts where the cutter said that it may, and grows it on
/// demand. What was scanned is not scanned again when the window grows.
struct RecordCutter {
    /// What a call came to. The caller drops the first `consumed` bytes of the window before the next call.
    enum Outcome {
        /// More text is needed.
        case needsMore(consumed: Int)
        /// The first `length` bytes of the window are a record. Consumed: all of them.
        case record(RecordKind, length: Int)
        /// Something was set aside that starts at the start of the window.
        case setAside(RecordProblem.Reason, isRecord: Bool, consumed: Int)
        /// The file as a whole is no PubMed file, from a byte of the window on.
        case failed(IntakeError.Kind, at: Int)
        /// The text is at its end, and the set of records is closed.
        case finished
    }

    private enum State {
        /// Between records, or before the first.
        case between
        /// In a record, whose start tag starts the window.
        case record(RecordKind)
        /// After something damaged: looking for the next record.
        case lost
    }

    /// What a `<` in a record opened that may hold a `<` of its own.
    private enum Enclosure {
        case none
        case comment
        case characterData
        case instruction
    }

    /// The longest comment, CDATA section or instruction within a record, in bytes; one that is longer counts as
    /// never closed, so that a file full of open comments is not read over and over.
    private static let enclosureLimit = 1 << 20

    /// The longest record that is cut, in bytes.
    let recordLimit: Int

    private var state = State.between
    private var enclosure = Enclosure.none
    /// Where what is enclosed starts, from the start of the window.
    private var enclosureStart = 0
    /// Where the scan of the record goes on, from the start of the window.
    private var scan = 0
    private var rootSeen = false
    private var rootClosed = false

    init(recordLimit: Int) {
        self.recordLimit = recordLimit
    }

    /// Looks at a window of the text; `atEnd` says that nothing follows it.
    mutating func advance(_ window: Span<UInt8>, atEnd: Bool) -> Outcome {
        switch state {
        case .between: between(window, atEnd: atEnd)
        case .record(let kind): inRecord(window, kind: kind, atEnd: atEnd)
        case .lost: findNext(window, atEnd: atEnd)
        }
    }

    // MARK: Between records

    private mutating func between(_ window: Span<UInt8>, atEnd: Bool) -> Outcome {
        var position = 0
        while true {
            if window.has("\u{FEFF}", at: position), !rootSeen { position += 3 }
            while position < window.count, isXMLSpace(window[position]) { position += 1 }
            guard position < window.count else { return end(at: position, atEnd: atEnd) }
            // Long enough for every name that is asked for below.
            if window.count - position < 40, !atEnd { return .needsMore(consumed: position) }
            guard window[position] == UInt8(ascii: "<") else { return stray(window, from: position) }
            let next: Int?
            if window.has("<!--", at: position) {
                next = window.firstIndex(of: "-->", from: position + 4).map { $0 + 3 }
            } else if window.has("<?", at: position) {
                next = window.firstIndex(of: "?>", from: position + 2).map { $0 + 2 }
                if let next, let encoding = foreignEncoding(window, position..<next) {
                    return .failed(.unsupportedEncoding(encoding), at: position)
                }
            } else if window.has("<!DOCTYPE", at: position), !rootSeen || rootClosed {
                let type = documentType(window, from: position)
                if let kind = type.fault { return .failed(kind, at: position) }
                next = type.end
            } else if starts(window, "<PubmedArticleSet", at: position) {
                next = window.firstIndex(of: UInt8(ascii: ">"), from: position).map { $0 + 1 }
                if let next {
                    rootSeen = true
                    rootClosed = window[next - 2] == UInt8(ascii: "/")
                }
            } else if !rootSeen {
                return .failed(.notPubMedXML(start(of: window, from: position)), at: position)
            } else if starts(window, "</PubmedArticleSet", at: position) {
                next = window.firstIndex(of: UInt8(ascii: ">"), from: position).map { $0 + 1 }
                if next != nil { rootClosed = true }
            } else if let kind = recordStart(window, at: position) {
                state = .record(kind)
                enclosure = .none
                scan = 1
                if position == 0 { return inRecord(window, kind: kind, atEnd: atEnd) }
                return .needsMore(consumed: position)
            } else {
                return stray(window, from: position)
            }
            guard let next else { return unfinishedMarkup(window, from: position, atEnd: atEnd) }
            position = next
        }
    }

    private func end(at position: Int, atEnd: Bool) -> Outcome {
        if !atEnd { return .needsMore(consumed: position) }
        if !rootSeen { return .failed(.notPubMedXML("it holds no PubmedArticleSet"), at: position) }
        return rootClosed ? .finished : .failed(.cutShort, at: position)
    }

    /// A comment, an instruction or a tag whose end is not in the window.
    private mutating func unfinishedMarkup(_ window: Span<UInt8>, from position: Int, atEnd: Bool) -> Outcome
    {
        // Nothing legitimate between records is that long; a record may be.
        let limit = min(recordLimit, 1 << 20)
        if !atEnd, window.count - position <= limit { return .needsMore(consumed: position) }
        if !rootSeen { return .failed(.notPubMedXML(start(of: window, from: position)), at: position) }
        return stray(window, from: position)
    }

    /// Text or markup that does not belong here.
    private mutating func stray(_ window: Span<UInt8>, from position: Int) -> Outcome {
        if !rootSeen { return .failed(.notPubMedXML(start(of: window, from: position)), at: position) }
        if position > 0 { return .needsMore(consumed: position) }
        state = .lost
        return .setAside(.strayMarkup(start(of: window, from: 0)), isRecord: false, consumed: 1)
    }

    private func start(of window: Span<UInt8>, from position: Int) -> String {
        window.text(position..<min(window.count, position + 40))
    }

    /// The encoding that an XML declaration names, unless it is UTF-8 or a part of it.
    private func foreignEncoding(_ window: Span<UInt8>, _ range: Range<Int>) -> String? {
        guard window.has("<?xml ", at: range.lowerBound) else { return nil }
        let declaration = window.extracting(range)
        guard let label = declaration.firstIndex(of: "encoding", from: 0) else { return nil }
        var from = label + 8
        while from < declaration.count, declaration[from] != UInt8(ascii: "\""),
            declaration[from] != UInt8(ascii: "'")
        { from += 1 }
        guard from < declaration.count,
            let to = declaration.firstIndex(of: declaration[from], from: from + 1)
        else { return nil }
        let name = declaration.text(from + 1..<to)
        return ["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(name.uppercased()) ? nil : name
    }

    /// Where a document type declaration ends, or why it is refused.
    private func documentType(_ window: Span<UInt8>, from start: Int) -> (end: Int?, fault: IntakeError.Kind?)
    {
        var position = start + 9
        while position < window.count, isXMLSpace(window[position]) { position += 1 }
        if position + 17 > window.count { return (nil, nil) }
        guard window.has("PubmedArticleSet", at: position) else {
            return (nil, .notPubMedXML(self.start(of: window, from: start)))
        }
        var inSubset = false
        while position < window.count {
            let byte = window[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                guard let close = window.firstIndex(of: byte, from: position + 1) else { return (nil, nil) }
                position = close
            } else if window.has("<!--", at: position) {
                guard let close = window.firstIndex(of: "-->", from: position + 4) else { return (nil, nil) }
                position = close + 2
            } else if window.has("<!ENTITY", at: position) {
                return (nil, .entityDeclaration)
            } else if byte == UInt8(ascii: "[") {
                inSubset = true
            } else if byte == UInt8(ascii: "]") {
                inSubset = false
            } else if byte == UInt8(ascii: ">"), !inSubset {
                return (position + 1, nil)
            }
            position += 1
        }
        return (nil, nil)
    }

    // MARK: In a record

    private mutating func inRecord(_ window: Span<UInt8>, kind: RecordKind, atEnd: Bool) -> Outcome {
        while true {
            if enclosure != .none, !leaveEnclosure(window) {
                if scan - enclosureStart > Self.enclosureLimit { return giveUp(.notClosed) }
                break
            }
            scan = pastOrdinaryTags(window, from: scan)
            guard let position = window.nextTag(from: scan) else {
                scan = window.count
                break
            }
            // Long enough for every name that is asked for below.
            if window.count - position < 24, !atEnd {
                scan = position
                break
            }
            guard position + 1 < window.count else {
                scan = window.count
                break
            }
            scan = position + 1
            switch window[position + 1] {
            case UInt8(ascii: "/"):
                // A look at one byte spares most comparisons.
                let first = position + 2 < window.count ? window[position + 2] : 0
                guard first == UInt8(ascii: "P") || first == UInt8(ascii: "D") else { break }
                if starts(window, endTag(of: kind), at: position) {
                    guard let close = window.firstIndex(of: UInt8(ascii: ">"), from: position) else {
                        scan = position
                        return more(window, atEnd: atEnd)
                    }
                    return complete(kind, length: close + 1)
                }
                if starts(window, "</PubmedArticleSet", at: position) {
                    state = .between
                    return .setAside(.notClosed, isRecord: true, consumed: position)
                }
            case UInt8(ascii: "!"):
                if window.has("<!--", at: position) {
                    enter(.comment, at: position + 4)
                } else if window.has("<![CDATA[", at: position) {
                    enter(.characterData, at: position + 9)
                }
            case UInt8(ascii: "?"): enter(.instruction, at: position + 2)
            case UInt8(ascii: "P"), UInt8(ascii: "D"):
                if recordStart(window, at: position) != nil {
                    state = .between
                    return .setAside(.notClosed, isRecord: true, consumed: position)
                }
            default: break
            }
        }
        return more(window, atEnd: atEnd)
    }

    /// A place at or after `start` up to which no tag in a record matters here: where one stands that may matter, or close to
    /// the end of the window.
    @inline(__always)
    private func pastOrdinaryTags(_ window: Span<UInt8>, from start: Int) -> Int {
        var position = start
        var wordsWithout = 0
        // The eight bytes from any `<` that is found are in the window.
        while position + 16 <= window.count {
            var found = (window.word(at: position) ^ 0x3C3C_3C3C_3C3C_3C3C).zeroBytes
            if found == 0 {
                wordsWithout += 1
                position += 8
                if wordsWithout < 5 { continue }
                // In the text of a field.
                wordsWithout = 0
                guard let tag = window.firstIndex(of: UInt8(ascii: "<"), from: position) else {
                    return window.count
                }
                position = tag
                continue
            }
            wordsWithout = 0
            while found != 0 {
                let tag = position + found.trailingZeroBitCount / 8
                if mayMatter(window.word(at: tag)) { return tag }
                found &= found - 1
            }
            position += 8
        }
        return position
    }

    /// Whether a tag that begins with eight bytes, the first one lowest, may be another than an ordinary one in a record.
    @inline(__always)
    private func mayMatter(_ tag: UInt64) -> Bool {
        switch UInt8(truncatingIfNeeded: tag >> 8) {
        case UInt8(ascii: "!"), UInt8(ascii: "?"): true
        case UInt8(ascii: "/"):
            tag == 0x6465_6D62_7550_2F3C  // "</Pubmed"
                || tag == 0x6574_656C_6544_2F3C  // "</Delete"
        case UInt8(ascii: "P"), UInt8(ascii: "D"):
            tag == 0x4164_656D_6275_503C  // "<PubmedA"
                || tag == 0x4264_656D_6275_503C  // "<PubmedB"
                || tag == 0x4365_7465_6C65_443C  // "<DeleteC"
        default: false
        }
    }

    private mutating func enter(_ enclosure: Enclosure, at position: Int) {
        self.enclosure = enclosure
        enclosureStart = position
        scan = position
    }

    /// Moves the scan behind the end of a comment, a CDATA section or an instruction; false when it is not in the
    /// window.
    private mutating func leaveEnclosure(_ window: Span<UInt8>) -> Bool {
        let terminator: StaticString =
            switch enclosure {
            case .comment: "-->"
            case .characterData: "]]>"
            case .instruction, .none: "?>"
            }
        guard let found = window.firstIndex(of: terminator, from: scan) else {
            // The window may end in the middle of a terminator.
            scan = max(scan, window.count - 2)
            return false
        }
        scan = found + terminator.utf8CodeUnitCount
        enclosure = .none
        return true
    }

    private mutating func complete(_ kind: RecordKind, length: Int) -> Outcome {
        state = .between
        if length > recordLimit {
            return .setAside(.recordTooLong(limit: recordLimit), isRecord: true, consumed: length)
        }
        return .record(kind, length: length)
    }

    /// The record goes on behind the window.
    private mutating func more(_ window: Span<UInt8>, atEnd: Bool) -> Outcome {
        if !atEnd, window.count <= recordLimit { return .needsMore(consumed: 0) }
        return giveUp(atEnd ? .notClosed : .recordTooLong(limit: recordLimit))
    }

    /// Sets the record aside. What never closes in it may have swallowed good records: they are looked for from the
    /// record's start.
    private mutating func giveUp(_ reason: RecordProblem.Reason) -> Outcome {
        state = .lost
        return .setAside(reason, isRecord: true, consumed: 1)
    }

    // MARK: After damage

    private mutating func findNext(_ window: Span<UInt8>, atEnd: Bool) -> Outcome {
        var position = 0
        while let found = window.firstIndex(of: UInt8(ascii: "<"), from: position) {
            if window.count - found < 24, !atEnd { return .needsMore(consumed: found) }
            if recordStart(window, at: found) != nil || starts(window, "</PubmedArticleSet", at: found) {
                state = .between
                if found == 0 { return between(window, atEnd: atEnd) }
                return .needsMore(consumed: found)
            }
            position = found + 1
        }
        if atEnd { state = .between }
        return .needsMore(consumed: window.count)
    }

    // MARK: Tags

    /// The kind of the record whose start tag stands at a place.
    private func recordStart(_ window: Span<UInt8>, at position: Int) -> RecordKind? {
        if starts(window, "<PubmedArticle", at: position) { return .citation }
        if starts(window, "<PubmedBookArticle", at: position) { return .bookArticle }
        if starts(window, "<DeleteCitation", at: position) { return .deletions }
        return nil
    }

    private func endTag(of kind: RecordKind) -> StaticString {
        switch kind {
        case .citation: "</PubmedArticle"
        case .bookArticle: "</PubmedBookArticle"
        case .deletions: "</DeleteCitation"
        }
    }

    /// Whether a tag with exactly this name stands at a place.
    @inline(__always)
    private func starts(_ window: Span<UInt8>, _ tag: StaticString, at position: Int) -> Bool {
        guard window.has(tag, at: position) else { return false }
        let after = position + tag.utf8CodeUnitCount
        guard after < window.count else { return false }
        let byte = window[after]
        return byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || isXMLSpace(byte)
    }
}
