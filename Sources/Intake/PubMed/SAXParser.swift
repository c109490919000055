import CLibXML2

/// libxml2's SAX2 push parser over whole records, behind a safe interface: the only place that knows libxml2.
///
/// It is given records without a document type, so that there is nothing to fetch and no entity to expand; network
/// access is switched off, and declarations are not listened to. libxml2's own limits stay on (no
/// `XML_PARSE_HUGE`): names and attributes of at most 10 MB. Text of any length comes in pieces, and the builder of
/// the record sets the limits. Depth costs memory, not stack.
///
/// One context serves many records; after a damaged one it is made anew. One thread at a time may use it.
@safe final class SAXParser {
    /// What is wrong with a record, and the byte of it where the parser stood.
    struct Fault: Error {
        let message: String
        let byte: Int
    }

    /// What the callbacks write to; its address is what libxml2 hands them.
    struct State {
        var builder = RecordBuilder()
        var names = NameCache()
        var fault: Fault?
    }

    /// The bytes that libxml2 is given at a time.
    private static let pieceSize = 64 << 10
    /// libxml2 must be set up once, before threads use it.
    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    private let state: UnsafeMutablePointer<State>
    private var handler: xmlSAXHandler
    private var context: xmlParserCtxtPtr?

    init() {
        _ = Self.isReady
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State())
        unsafe handler = xmlSAXHandler()
        unsafe handler.initialized = XML_SAX2_MAGIC
        unsafe handler.startElementNs = startElement
        unsafe handler.endElementNs = endElement
        unsafe handler.characters = characters
        unsafe handler.cdataBlock = characters
        unsafe handler.ignorableWhitespace = characters
        unsafe handler.serror = structuredError
    }

    deinit {
        unsafe xmlFreeParserCtxt(context)
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// What the last record said: all of it, or what came before a fault.
    var builder: RecordBuilder { unsafe state.pointee.builder }

    /// Parses a record into `builder`, to its end or until the builder asks to stop.
    ///
    /// - Throws: what makes the record malformed.
    func parse(_ bytes: [UInt8]) throws(Fault) {
        unsafe state.pointee.builder.reset()
        unsafe state.pointee.fault = nil
        guard prepare(), let context = unsafe context else {
            throw Fault(message: "libxml2 cannot start: not enough memory", byte: 0)
        }
        unsafe bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            var position = 0
            repeat {
                let count = min(Self.pieceSize, source.count - position)
                let isLast = position + count == source.count
                let piece = unsafe (base + position).assumingMemoryBound(to: CChar.self)
                unsafe xmlParseChunk(context, piece, Int32(count), isLast ? 1 : 0)
                position += count
            } while unsafe position < source.count && state.pointee.fault == nil
                && !state.pointee.builder.wantsStop
        }
        let stopped = unsafe state.pointee.builder.wantsStop
        let malformed = unsafe context.pointee.wellFormed == 0
        if stopped || malformed { discardContext() }
        if !stopped, malformed {
            throw unsafe state.pointee.fault ?? Fault(message: "not well-formed", byte: 0)
        }
    }

    /// Makes the context ready for a new record.
    private func prepare() -> Bool {
        if let context = unsafe context {
            guard unsafe xmlCtxtResetPush(context, nil, 0, nil, nil) == 0 else { return false }
            // As in a new context; otherwise a byte order mark and the shortest records would be read in another way.
            unsafe context.pointee.charset = XML_CHAR_ENCODING_NONE.rawValue
            return true
        }
        unsafe context = xmlCreatePushParserCtxt(&handler, state, nil, 0, nil)
        guard let context = unsafe context else { return false }
        // "Replace entities" is what makes `&amp;` in an attribute a plain `&`. There are no others: the handler
        // neither takes declarations nor looks entities up.
        unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
        return true
    }

    /// The names that a context has interned go with it.
    private func discardContext() {
        unsafe xmlFreeParserCtxt(context)
        unsafe context = nil
        unsafe state.pointee.names = NameCache()
    }
}

/// The name and the attributes of an element, as libxml2 hands them.
@safe private struct SAXElement: ElementFacts {
    fileprivate let name: UnsafePointer<xmlChar>
    /// libxml2's five pointers an attribute: name, prefix, namespace, value, end of value.
    fileprivate let pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    fileprivate let count: Int
    fileprivate let state: UnsafeMutablePointer<SAXParser.State>

    var spelling: String { unsafe String(cString: name) }

    func callAsFunction(_ name: XMLName) -> String? {
        guard let pointers = unsafe pointers else { return nil }
        for index in 0..<count {
            let at = 5 * index
            guard let key = unsafe pointers[at], unsafe state.pointee.names.name(key) == name,
                let start = unsafe pointers[at + 3], let end = unsafe pointers[at + 4]
            else { continue }
            return unsafe String(
                decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }
}

/// Tells names apart by their address: libxml2 interns them, so that each is compared by its bytes only once.
@safe struct NameCache {
    private static let size = 512
    private static let known: [String: XMLName] = Dictionary(
        uniqueKeysWithValues: XMLName.allCases.map { ($0.rawValue, $0) })

    /// An open hash table with linear probing: addresses, 0 where free, and their names.
    private var addresses = [UInt](repeating: 0, count: NameCache.size)
    private var names = [XMLName](repeating: .unknown, count: NameCache.size)
    private var used = 0

    /// The name at an address.
    @inline(__always)
    mutating func name(_ pointer: UnsafePointer<xmlChar>) -> XMLName {
        let address = UInt(bitPattern: pointer)
        var slot = Int(truncatingIfNeeded: (address ^ (address >> 9)) & UInt(Self.size - 1))
        while addresses[slot] != 0 {
            if addresses[slot] == address { return names[slot] }
            slot = (slot + 1) & (Self.size - 1)
        }
        return unsafe add(pointer, address: address, slot: slot)
    }

    private mutating func add(_ pointer: UnsafePointer<xmlChar>, address: UInt, slot: Int) -> XMLName {
        let name = unsafe Self.known[String(cString: pointer)] ?? .unknown
        // Half full at most, whatever names a damaged record invents.
        if used < Self.size / 2 {
            addresses[slot] = address
            names[slot] = name
            used += 1
        }
        return name
    }
}

private func startElement(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?, _ namespaceCount: Int32,
    _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ attributeCount: Int32,
    _ defaultedCount: Int32, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) {
    guard let state = unsafe data?.assumingMemoryBound(to: SAXParser.State.self), let name = unsafe name
    else { return }
    let known = unsafe state.pointee.names.name(name)
    unsafe state.pointee.builder.start(
        known, SAXElement(name: name, pointers: attributes, count: Int(attributeCount), state: state))
}

private func endElement(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?
) {
    guard let state = unsafe data?.assumingMemoryBound(to: SAXParser.State.self), let name = unsafe name
    else { return }
    let known = unsafe state.pointee.names.name(name)
    unsafe state.pointee.builder.end(known)
}

private func characters(
    _ data: UnsafeMutableRawPointer?, _ text: UnsafePointer<xmlChar>?, _ count: Int32
) {
    guard let state = unsafe data?.assumingMemoryBound(to: SAXParser.State.self), let text = unsafe text
    else { return }
    unsafe state.pointee.builder.characters(
        Span(_unsafeStart: text, count: Int(count)))
}

/// Keeps the first error that makes a record malformed, with the place where the parser stood.
private func structuredError(_ data: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?) {
    guard let state = unsafe data?.assumingMemoryBound(to: SAXParser.State.self), let error = unsafe error,
        unsafe state.pointee.fault == nil, unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue,
        unsafe error.pointee.domain != Int32(XML_FROM_NAMESPACE.rawValue)
    else { return }
    var message = "error \(unsafe error.pointee.code)"
    if let text = unsafe error.pointee.message { message = unsafe String(cString: text) }
    while message.utf8.last == 0x0A { message.removeLast() }
    var byte = 0
    if let context = unsafe error.pointee.ctxt?.assumingMemoryBound(to: xmlParserCtxt.self) {
        byte = unsafe max(0, xmlByteConsumed(context))
    }
    unsafe state.pointee.fault = SAXParser.Fault(message: message, byte: byte)
}
