/// A template of a page, in the part of Mustache that pages need: variables, escaped `{{name}}` and as they are `{{{name}}}`,
/// and sections `{{#name}} … {{/name}}`, which are left out where there is nothing of that name and repeated for a list.
/// What is not found in an item of a list is looked for in what encloses it. A line that holds nothing but the tag of a
/// section is no line of the page.
///
/// The library that reads whole Mustache looks values up by reflection: with it, filling the frame of a page took a tenth of
/// a seeding's time.
struct PageTemplate: Sendable {
    /// What a name of the template stands for.
    enum Value: Sendable {
        /// Nothing: its section is left out.
        case absent
        /// No text of its own: its section is there.
        case present
        /// A text.
        case text(String)
        /// HTML.
        case html([UInt8])
        /// The items that its section is repeated for.
        case list([Values])

        /// How many bytes of HTML it has, escaping left out.
        var byteCount: Int {
            switch self {
            case .absent, .present: 0
            case .text(let text): text.utf8.count
            case .html(let bytes): bytes.count
            case .list(let items): items.reduce(0) { $0 + $1.byteCount }
            }
        }
    }

    /// What the names of a template stand for, or some of them: few enough to look through them.
    struct Values: Sendable, ExpressibleByDictionaryLiteral {
        private var list: [(name: Name, value: Value)]

        init(dictionaryLiteral values: (Name, Value)...) { list = values }

        /// What a name stands for; nil where it is not here.
        subscript(name: Name) -> Value? {
            for one in list where one.name == name { return one.value }
            return nil
        }

        /// How many bytes of HTML they have, escaping left out.
        var byteCount: Int { list.reduce(0) { $0 + $1.value.byteCount } }
    }

    /// The names that stand in templates.
    enum Name: String, Sendable {
        case documentTitle, description, stylesheet, style, indexLink
        case overline, symbol, fullName, hasSpecies, scientificName, commonName
        case hasSynonyms, synonyms, moreSynonyms, moreCount, hasAddresses, addresses, url, source, notice
        case hasContents, contents, anchor, label, count
        case sections, heading, body
        case hasKey, key
        case kind = "class"
        case words
        case hasReferences, references
        case hasWithdrawn, withdrawn, sentences, paperUrl, paper, why, notices, noticeUrl, noticePmid
        case sourceNotice
    }

    /// About how many bytes a page has beside its values.
    private static let frame = 8192

    private indirect enum Node: Sendable {
        case html([UInt8])
        case variable(Name)
        case raw(Name)
        case section(Name, [Node])
    }

    private let nodes: [Node]

    /// A template that is not well formed.
    struct Malformed: Error {
        /// The tag at fault.
        var tag: String
    }

    /// Reads a template.
    init(_ text: [UInt8]) throws(Malformed) {
        var reader = Reader(text: text)
        nodes = try reader.read(to: nil)
    }

    /// The template with values for its names.
    func render(_ values: Values) -> [UInt8] {
        var html = HTMLWriter(room: Self.frame + values.byteCount)
        var scopes = [values]
        Self.render(nodes, &scopes, into: &html)
        return html.bytes
    }

    private static func render(_ nodes: [Node], _ scopes: inout [Values], into html: inout HTMLWriter) {
        for node in nodes {
            switch node {
            case .html(let bytes): html.add(bytes)
            case .variable(let name):
                if case .text(let text) = value(of: name, scopes) { html.add(escaping: text) }
            case .raw(let name):
                switch value(of: name, scopes) {
                case .text(let text): html.add(text)
                case .html(let bytes): html.add(bytes)
                case .absent, .present, .list: break
                }
            case .section(let name, let nodes):
                switch value(of: name, scopes) {
                case .absent: break
                case .present, .text, .html: render(nodes, &scopes, into: &html)
                case .list(let items):
                    for item in items {
                        scopes.append(item)
                        render(nodes, &scopes, into: &html)
                        scopes.removeLast()
                    }
                }
            }
        }
    }

    private static func value(of name: Name, _ scopes: [Values]) -> Value {
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        return .absent
    }

    /// Takes a template apart.
    private struct Reader {
        let text: [UInt8]
        private var position = 0

        init(text: [UInt8]) { self.text = text }

        /// Reads to the end of a section, or of the template.
        mutating func read(to end: Name?) throws(Malformed) -> [Node] {
            var nodes: [Node] = []
            while true {
                let start = position
                guard let open = next("{{") else {
                    if let end { throw Malformed(tag: end.rawValue) }
                    nodes.append(.html(Array(text[start...])))
                    position = text.count
                    return nodes
                }
                if text[(open + 2)...].first == UInt8(ascii: "{") {
                    nodes.append(.html(Array(text[start..<open])))
                    nodes.append(.raw(try name(from: open + 3, to: "}}}")))
                    continue
                }
                switch text[(open + 2)...].first {
                case UInt8(ascii: "#"):
                    let name = try name(from: open + 3, to: "}}")
                    nodes.append(.html(Array(text[start..<aloneOnLine(open)])))
                    nodes.append(.section(name, try read(to: name)))
                case UInt8(ascii: "/"):
                    let name = try name(from: open + 3, to: "}}")
                    guard name == end else { throw Malformed(tag: name.rawValue) }
                    nodes.append(.html(Array(text[start..<aloneOnLine(open)])))
                    return nodes
                default:
                    nodes.append(.html(Array(text[start..<open])))
                    nodes.append(.variable(try name(from: open + 2, to: "}}")))
                }
            }
        }

        /// The name in a tag; goes behind the tag.
        private mutating func name(from start: Int, to end: String) throws(Malformed) -> Name {
            position = start
            guard let close = next(end) else {
                throw Malformed(tag: String(decoding: text[start...].prefix(20), as: UTF8.self))
            }
            position = close + end.utf8.count
            let tag = String(decoding: text[start..<close], as: UTF8.self)
            guard let name = Name(rawValue: tag) else { throw Malformed(tag: tag) }
            return name
        }

        /// Where some bytes come next.
        private func next(_ mark: String) -> Int? {
            var place = position
            while place + mark.utf8.count <= text.count {
                if text[place...].starts(with: mark.utf8) { return place }
                place += 1
            }
            return nil
        }

        /// Passes over the rest of the line where a tag of a section, which ends here, is alone on it.
        ///
        /// - Returns: where the text before the tag ends.
        private mutating func aloneOnLine(_ open: Int) -> Int {
            var start = open
            while start > 0, Self.isBlank(text[start - 1]) { start -= 1 }
            var end = position
            while end < text.count, Self.isBlank(text[end]) { end += 1 }
            let isFirst = start == 0 || text[start - 1] == UInt8(ascii: "\n")
            guard isFirst, end == text.count || text[end] == UInt8(ascii: "\n") else { return open }
            position = min(text.count, end + 1)
            return start
        }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    }
}
