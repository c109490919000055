import CLibXML2

/// An element of a small XML document that is read whole.
struct XMLTree {
    /// The name, without prefix.
    var name: String
    /// The attributes.
    var attributes: [String: String] = [:]
    /// The elements within it.
    var children: [XMLTree] = []
    /// The text directly within it, white space included.
    var text = ""

    /// Why a document cannot be read.
    struct Fault: Error {
        let message: String
        let line: Int
    }

    /// Parses a document with libxml2: no network, no external entities or document types, no declared entities,
    /// elements at most 256 deep.
    static func parse(_ bytes: [UInt8]) throws(Fault) -> XMLTree {
        guard let context = unsafe xmlNewParserCtxt() else {
            throw Fault(message: "libxml2 cannot start: not enough memory", line: 0)
        }
        defer { unsafe xmlFreeParserCtxt(context) }
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let document = unsafe bytes.withUnsafeBytes { source in
            let start = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe xmlCtxtReadMemory(
                context, start, Int32(clamping: source.count), nil, nil, Int32(options))
        }
        guard let document = unsafe document else { throw unsafe fault(of: context) }
        defer { unsafe xmlFreeDoc(document) }
        if let subset = unsafe xmlGetIntSubset(document), unsafe subset.pointee.entities != nil {
            throw Fault(message: "the document type declares entities; refused", line: 1)
        }
        guard let root = unsafe xmlDocGetRootElement(document) else {
            throw Fault(message: "the document has no element", line: 1)
        }
        return unsafe tree(of: root)
    }

    /// The first child of a name.
    func first(_ name: String) -> XMLTree? { children.first { $0.name == name } }

    /// The children of a name.
    func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

    private static func fault(of context: xmlParserCtxtPtr) -> Fault {
        guard let error = unsafe xmlCtxtGetLastError(UnsafeMutableRawPointer(context)),
            let text = unsafe error.pointee.message
        else { return Fault(message: "not well-formed", line: 0) }
        var message = unsafe String(cString: text)
        while message.utf8.last == 0x0A { message.removeLast() }
        return unsafe Fault(message: message, line: Int(error.pointee.line))
    }

    private static func tree(of node: UnsafeMutablePointer<xmlNode>) -> XMLTree {
        var tree = unsafe XMLTree(name: String(cString: node.pointee.name))
        var attribute = unsafe node.pointee.properties
        while let current = unsafe attribute {
            if let value = unsafe xmlNodeListGetString(current.pointee.doc, current.pointee.children, 1) {
                unsafe tree.attributes[String(cString: current.pointee.name)] = unsafe String(cString: value)
                unsafe bioscribeFreeXMLString(value)
            }
            unsafe attribute = current.pointee.next
        }
        var child = unsafe node.pointee.children
        while let current = unsafe child {
            switch unsafe current.pointee.type {
            case XML_ELEMENT_NODE: tree.children.append(unsafe self.tree(of: current))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = unsafe current.pointee.content {
                    tree.text += unsafe String(cString: content)
                }
            default: break
            }
            unsafe child = current.pointee.next
        }
        return tree
    }
}
