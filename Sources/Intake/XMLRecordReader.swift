import CLibXML2

/// Reads a large XML file record by record through libxml2's push parser, gzipped or plain, whatever its size.
///
/// Only elements whose names were asked for are kept; any other is passed over with all that it holds, except around
/// the records. No document type is loaded, no entity that the file declares is expanded, and the network is never
/// used. Memory: two buffers of 256 KiB and the records of 64 KiB of text. One thread at a time may use it.
@safe public final class XMLRecordReader {
    /// Why a file cannot be read on.
    public enum Fault: Error, Sendable {
        /// The file cannot be read, or its compression is damaged.
        case source(IntakeError)
        /// The XML is not well-formed, or a record is too long; the line of the file, from 1.
        case malformed(line: Int, message: String)
    }

    /// The most bytes of text and attributes in one record: 16 MiB.
    public static let recordLimit = 16 << 20

    /// What the callbacks write to; its address is what libxml2 hands them.
    @safe fileprivate struct State {
        let names: [String: Int]
        /// The indexes of the names of records.
        let records: Set<Int>
        var record: XMLRecord?
        /// The elements that are open in the record, as places in it.
        var open: [Int] = []
        /// How many elements are open below one that is passed over.
        var skipped = 0
        var finished: [XMLRecord] = []
        var fault: (line: Int, message: String)?
        /// The name of the outermost element.
        var root: String?
        var context: xmlParserCtxtPtr?
        /// The names seen so far by their address, since libxml2 interns them; -1 for those that were not asked for.
        private var addresses: [UInt: Int] = [:]

        init(names: [String: Int], records: Set<Int>) {
            self.names = names
            self.records = records
        }

        /// The index of a name that was asked for.
        mutating func known(_ name: UnsafePointer<xmlChar>) -> Int? {
            if let index = addresses[UInt(bitPattern: name)] { return index < 0 ? nil : index }
            let spelling = unsafe String(cString: name)
            if root == nil { root = spelling }
            let index = names[spelling]
            // A damaged file may invent names without end.
            if addresses.count < 1024 { addresses[UInt(bitPattern: name)] = index ?? -1 }
            return index
        }
    }

    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    private let source: InflatingReader
    private let state: UnsafeMutablePointer<State>
    private var handler = unsafe xmlSAXHandler()
    private var context: xmlParserCtxtPtr?
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var atEnd = false

    /// Starts to read a file.
    ///
    /// - Parameters:
    ///   - source: the file.
    ///   - records: the names of the elements that are records; they do not hold one another.
    ///   - names: the names of the elements that are kept, those of the records included; `XMLRecord.Element.name` is an
    ///     index of this list.
    public init(source: InflatingReader, records: Set<String>, names: [String]) {
        _ = Self.isReady
        self.source = source
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(
            to: State(
                names: Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first },
                records: Set(names.indices.filter { records.contains(names[$0]) })))
        unsafe handler.initialized = XML_SAX2_MAGIC
        unsafe handler.startElementNs = startElement
        unsafe handler.endElementNs = endElement
        unsafe handler.characters = characters
        unsafe handler.cdataBlock = characters
        unsafe handler.serror = structuredError
    }

    deinit {
        unsafe xmlFreeParserCtxt(context)
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// The name of the outermost element, once a record was read.
    public var root: String? { unsafe state.pointee.root }

    /// Calls a function with each record; a fault that it throws ends the reading.
    ///
    /// - Throws: the first fault, after all records before it were given.
    public func readRecords(_ body: (XMLRecord) throws(Fault) -> Void) throws(Fault) {
        guard prepare(), let context = unsafe context else {
            throw .malformed(line: 0, message: "libxml2 cannot start: not enough memory")
        }
        while !atEnd {
            let count: Int
            do throws(IntakeError) {
                count = try source.read(into: &buffer, at: 0)
            } catch {
                throw .source(error)
            }
            atEnd = count == 0
            unsafe buffer.withUnsafeBytes { bytes in
                let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                _ = unsafe xmlParseChunk(context, start, Int32(count), atEnd ? 1 : 0)
            }
            let records = unsafe state.pointee.finished
            unsafe state.pointee.finished.removeAll(keepingCapacity: true)
            for record in records { try body(record) }
            if let fault = unsafe state.pointee.fault {
                throw .malformed(line: fault.line, message: fault.message)
            }
            if unsafe context.pointee.wellFormed == 0 {
                throw .malformed(line: 0, message: "the XML is not well-formed")
            }
        }
    }

    private func prepare() -> Bool {
        if unsafe context == nil {
            unsafe context = xmlCreatePushParserCtxt(&handler, state, nil, 0, nil)
            if let context = unsafe context {
                // "Replace entities" is what makes `&amp;` in an attribute a plain `&`; there are no others, since
                // the handler takes no declarations.
                unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
            }
            unsafe state.pointee.context = unsafe context
        }
        return unsafe context != nil
    }
}

private func startElement(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?, _ namespaceCount: Int32,
    _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ attributeCount: Int32,
    _ defaultedCount: Int32, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) {
    guard let state = unsafe data?.assumingMemoryBound(to: XMLRecordReader.State.self),
        let name = unsafe name
    else { return }
    if unsafe state.pointee.skipped > 0 {
        unsafe state.pointee.skipped += 1
        return
    }
    let known = unsafe state.pointee.known(name)
    if unsafe state.pointee.record == nil {
        // Around the records, all is entered; within one, only what is known.
        guard let known, unsafe state.pointee.records.contains(known) else { return }
        var record = XMLRecord()
        if let context = unsafe state.pointee.context {
            record.line = unsafe Int(xmlSAX2GetLineNumber(context))
        }
        unsafe state.pointee.record = record
    }
    guard let known else {
        unsafe state.pointee.skipped = 1
        return
    }
    var values: [(name: String, value: String)] = []
    if let attributes = unsafe attributes {
        for index in 0..<Int(attributeCount) {
            // libxml2's five pointers an attribute: name, prefix, namespace, value, end of value.
            guard let key = unsafe attributes[5 * index], let start = unsafe attributes[5 * index + 3],
                let end = unsafe attributes[5 * index + 4]
            else { continue }
            let value = unsafe String(
                decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
            values.append((unsafe String(cString: key), value))
        }
    }
    let parent = unsafe state.pointee.open.last ?? -1
    let place = unsafe state.pointee.record?.elements.count ?? 0
    unsafe state.pointee.record?.open(known, parent: parent, attributes: values)
    unsafe state.pointee.open.append(place)
    unsafe checkSize(state)
}

private func endElement(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?
) {
    guard let state = unsafe data?.assumingMemoryBound(to: XMLRecordReader.State.self) else { return }
    if unsafe state.pointee.skipped > 0 {
        unsafe state.pointee.skipped -= 1
        return
    }
    if unsafe state.pointee.open.isEmpty { return }
    unsafe state.pointee.open.removeLast()
    if unsafe state.pointee.open.isEmpty, let record = unsafe state.pointee.record {
        unsafe state.pointee.finished.append(record)
        unsafe state.pointee.record = nil
    }
}

private func characters(
    _ data: UnsafeMutableRawPointer?, _ text: UnsafePointer<xmlChar>?, _ count: Int32
) {
    guard let state = unsafe data?.assumingMemoryBound(to: XMLRecordReader.State.self),
        let text = unsafe text, unsafe state.pointee.skipped == 0,
        let element = unsafe state.pointee.open.last
    else { return }
    let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(count))
    unsafe state.pointee.record?.append(bytes, count: bytes.count, to: element)
    unsafe checkSize(state)
}

private func checkSize(_ state: UnsafeMutablePointer<XMLRecordReader.State>) {
    guard unsafe state.pointee.record?.byteCount ?? 0 > XMLRecordReader.recordLimit else { return }
    if unsafe state.pointee.fault == nil {
        let line = unsafe state.pointee.record?.line ?? 0
        unsafe state.pointee.fault = (
            line, "the record that starts here is longer than \(XMLRecordReader.recordLimit) bytes"
        )
    }
    // What follows of it takes no memory any more; the reader stops after this piece.
    unsafe state.pointee.record = nil
    unsafe state.pointee.open.removeAll()
}

/// Keeps the first error that makes the file malformed.
private func structuredError(_ data: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?) {
    guard let state = unsafe data?.assumingMemoryBound(to: XMLRecordReader.State.self),
        let error = unsafe error, unsafe state.pointee.fault == nil,
        unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue,
        unsafe error.pointee.domain != Int32(XML_FROM_NAMESPACE.rawValue)
    else { return }
    var message = "error \(unsafe error.pointee.code)"
    if let text = unsafe error.pointee.message { message = unsafe String(cString: text) }
    while message.utf8.last == 0x0A { message.removeLast() }
    unsafe state.pointee.fault = (Int(error.pointee.line), message)
}
