import Corpus
import FoundationEssentials

/// A document of BioC, XML or JSON, before it becomes a `Document`.
struct BioCDocument {
    /// A passage: its kind and label from its infons, its text and offset.
    struct Passage {
        var infons: [String: String]
        var offset: Int
        var text: String
        /// Where the text is given by sentences: each with its offset.
        var sentences: [(offset: Int, text: String)]
        var annotations: [Annotation]
    }

    /// An annotation, which may have several locations.
    struct Annotation {
        var infons: [String: String]
        var text: String?
        var locations: [(offset: Int, length: Int)]
    }

    var id: String
    var passages: [Passage]

    /// The document, and what is wrong with its annotations.
    ///
    /// The first passage is the title when its infons call it one; offsets are code points. An annotation of
    /// several locations becomes one for each.
    func document() -> (document: Document, problems: [RecordProblem.Reason]) {
        var document = Document(id: id)
        var problems: [RecordProblem.Reason] = []
        for passage in passages {
            let type = (passage.infons["type"] ?? passage.infons["section_type"] ?? "").lowercased()
            let isTitle = document.passages.isEmpty && (type == "title" || type == "front")
            document.append(
                kind: isTitle ? .title : .abstract, label: passage.infons["section_type"],
                text: passage.wholeText, offset: passage.offset)
        }
        for annotation in passages.flatMap(\.annotations) {
            let infons = annotation.infons
            let named = infons["identifier"] ?? infons["Identifier"]
            let other = infons.keys.filter { $0 != "type" }.sorted().first.flatMap { infons[$0] }
            for location in annotation.locations {
                let reason = document.annotate(
                    start: location.offset, end: location.offset + location.length,
                    text: annotation.locations.count == 1 ? annotation.text : nil,
                    type: infons["type"] ?? "", identifier: named ?? other ?? "")
                if let reason { problems.append(reason) }
            }
        }
        return (document, problems)
    }

    /// The document and then its problems, as the reader gives them.
    func items(record: Int, path: String) -> [DocumentReader.Item] {
        let (document, problems) = document()
        return [.document(document)]
            + problems.map {
                .setAside(
                    RecordProblem(file: path, record: record, reason: $0))
            }
    }
}

extension BioCDocument.Passage {
    /// The text, put together from the sentences where only they have it.
    fileprivate var wholeText: String {
        if !text.isEmpty || sentences.isEmpty { return text }
        var whole = ""
        var count = 0
        for sentence in sentences {
            let gap = max(0, sentence.offset - offset - count)
            whole += String(repeating: " ", count: gap) + sentence.text
            count += gap + sentence.text.unicodeScalars.count
        }
        return whole
    }
}

/// Documents of BioC's XML, which is read whole.
struct BioCXMLDocuments: DocumentSource {
    private let source: InflatingReader
    private var items: [DocumentReader.Item]?

    init(source: InflatingReader) {
        self.source = source
    }

    mutating func next() throws(IntakeError) -> DocumentReader.Item? {
        if items == nil { items = try read().reversed() }
        return items?.popLast()
    }

    private func read() throws(IntakeError) -> [DocumentReader.Item] {
        let bytes = try source.readAll()
        let root: XMLTree
        do {
            root = try XMLTree.parse(bytes)
        } catch {
            throw IntakeError(
                path: source.path, kind: .unknownFormat("line \(error.line): malformed XML: \(error.message)")
            )
        }
        guard root.name == "collection" else {
            throw IntakeError(
                path: source.path, kind: .unknownFormat("the root is <\(root.name)>, not BioC's <collection>")
            )
        }
        return root.all("document").enumerated().flatMap { place, tree in
            document(tree).items(record: place + 1, path: source.path)
        }
    }

    private func document(_ tree: XMLTree) -> BioCDocument {
        BioCDocument(id: tree.first("id")?.text ?? "", passages: tree.all("passage").map(passage))
    }

    private func passage(_ tree: XMLTree) -> BioCDocument.Passage {
        let sentences = tree.all("sentence")
        return BioCDocument.Passage(
            infons: infons(tree), offset: offset(tree), text: tree.first("text")?.text ?? "",
            sentences: sentences.map { (offset($0), $0.first("text")?.text ?? "") },
            annotations: (tree.all("annotation") + sentences.flatMap { $0.all("annotation") }).map(annotation)
        )
    }

    private func annotation(_ tree: XMLTree) -> BioCDocument.Annotation {
        BioCDocument.Annotation(
            infons: infons(tree), text: tree.first("text")?.text,
            locations: tree.all("location").compactMap { location in
                guard let offset = location.attributes["offset"].flatMap({ Int($0) }),
                    let length = location.attributes["length"].flatMap({ Int($0) })
                else { return nil }
                return (offset, length)
            })
    }

    private func offset(_ tree: XMLTree) -> Int { tree.first("offset").flatMap { Int($0.text) } ?? 0 }

    private func infons(_ tree: XMLTree) -> [String: String] {
        Dictionary(
            tree.all("infon").map { ($0.attributes["key"] ?? "", $0.text) },
            uniquingKeysWith: { one, _ in one })
    }
}

/// Documents of BioC's JSON: a collection, a list of them, PubTator's `{"PubTator3":[…]}`, one document, or a
/// document a line.
struct BioCJSONDocuments: DocumentSource {
    private struct Collection: Decodable {
        var documents: [JSONDocument]
    }

    private struct PubTatorAnswer: Decodable {
        var documents: [JSONDocument]

        enum CodingKeys: String, CodingKey {
            case documents = "PubTator3"
        }
    }

    private struct JSONDocument: Decodable {
        var id: TextOrNumber
        var passages: [JSONPassage]
    }

    private struct JSONPassage: Decodable {
        var infons: Infons?
        var offset: Int?
        var text: String?
        var sentences: [JSONSentence]?
        var annotations: [JSONAnnotation]?
    }

    private struct JSONSentence: Decodable {
        var offset: Int?
        var text: String?
        var annotations: [JSONAnnotation]?
    }

    private struct JSONAnnotation: Decodable {
        var infons: Infons?
        var text: String?
        var locations: [JSONLocation]?
    }

    private struct JSONLocation: Decodable {
        var offset: Int
        var length: Int
    }

    /// Infons whose values are strings or numbers; others, which PubTator has, are left out.
    private struct Infons: Decodable {
        var values: [String: String] = [:]

        private struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            for key in container.allKeys {
                if let value = try? container.decode(TextOrNumber.self, forKey: key) {
                    values[key.stringValue] = value.text
                }
            }
        }
    }

    private let source: InflatingReader
    private let decoder = JSONDecoder()
    private var lines: LineReader?
    private var isStarted = false
    private var items: [DocumentReader.Item] = []

    init(source: InflatingReader) {
        self.source = source
    }

    mutating func next() throws(IntakeError) -> DocumentReader.Item? {
        if !isStarted {
            isStarted = true
            if isDocumentPerLine(try source.peek()) {
                lines = LineReader(source: source)
            } else {
                items = try readWhole()
            }
        }
        while items.isEmpty, let lines, let line = try lines.next() {
            if line.allSatisfy({ isXMLSpace($0) }) { continue }
            do {
                let document = try decoder.decode(JSONDocument.self, from: Data(line))
                items = bioc(document).items(record: lines.lineNumber, path: source.path)
                    .reversed()
            } catch {
                let reason = "the line is no BioC document: \(explanation(of: error))"
                return .setAside(
                    RecordProblem(file: source.path, line: lines.lineNumber, reason: .unreadable(reason)))
            }
        }
        return items.popLast()
    }

    /// Whether the first line opens an object that is a document and that the same line closes, or that runs
    /// further than was looked at.
    private func isDocumentPerLine(_ start: [UInt8]) -> Bool {
        let bytes = start.span
        let end = bytes.firstIndex(of: 0x0A, from: 0) ?? bytes.count
        let line = bytes.extracting(0..<end)
        guard line.firstIndex(of: "\"passages\"", from: 0) != nil else { return false }
        return line.firstIndex(of: "\"documents\"", from: 0) == nil
            && line.firstIndex(of: "\"PubTator3\"", from: 0) == nil && line[0] == UInt8(ascii: "{")
    }

    private func readWhole() throws(IntakeError) -> [DocumentReader.Item] {
        let data = Data(try source.readAll())
        let documents: [JSONDocument]
        if let collection = try? decoder.decode(Collection.self, from: data) {
            documents = collection.documents
        } else if let collections = try? decoder.decode([Collection].self, from: data) {
            documents = collections.flatMap(\.documents)
        } else if let answer = try? decoder.decode(PubTatorAnswer.self, from: data) {
            documents = answer.documents
        } else {
            do {
                documents = [try decoder.decode(JSONDocument.self, from: data)]
            } catch {
                throw IntakeError(
                    path: source.path, kind: .unknownFormat("this is no BioC JSON: \(explanation(of: error))")
                )
            }
        }
        return documents.enumerated().flatMap { place, document in
            bioc(document).items(record: place + 1, path: source.path)
        }.reversed()
    }

    private func bioc(_ document: JSONDocument) -> BioCDocument {
        BioCDocument(
            id: document.id.text,
            passages: document.passages.map { passage in
                let inSentences = (passage.sentences ?? []).flatMap { $0.annotations ?? [] }
                return BioCDocument.Passage(
                    infons: passage.infons?.values ?? [:], offset: passage.offset ?? 0,
                    text: passage.text ?? "",
                    sentences: (passage.sentences ?? []).map { ($0.offset ?? 0, $0.text ?? "") },
                    annotations: ((passage.annotations ?? []) + inSentences).map { annotation in
                        BioCDocument.Annotation(
                            infons: annotation.infons?.values ?? [:], text: annotation.text,
                            locations: (annotation.locations ?? []).map { ($0.offset, $0.length) })
                    })
            })
    }
}
