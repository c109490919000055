import Corpus
import Foundation
import Intake
import Testing

/// Documents and their annotations from every input format.
@Suite struct DocumentReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What reading an input to its end gave.
    private struct Found {
        var format: InputFormat?
        var documents: [Document] = []
        var problems: [RecordProblem] = []
        var fault: IntakeError?
    }

    private func read(_ bytes: [UInt8], format: InputFormat? = nil, name: String = "input") throws -> Found {
        let path = try folder.file(name, bytes)
        var found = Found()
        do throws(IntakeError) {
            let reader = try DocumentReader(path: path, format: format)
            found.format = reader.format
            while let item = try reader.next() {
                switch item {
                case .document(let document): found.documents.append(document)
                case .setAside(let problem): found.problems.append(problem)
                }
            }
        } catch {
            found.fault = error
        }
        return found
    }

    private func read(_ text: String, format: InputFormat? = nil) throws -> Found {
        try read(Array(text.utf8), format: format)
    }

    // The same document in every format that has titles, with an offset behind characters of 2, 3 and 4 bytes.
    private static let title = "Zoë’s 🧬 test of IL-2."
    private static let abstract = "β-cells make IL-2."
    private static let expected: Document = {
        var document = Document(id: "7", title: title, abstract: abstract)
        document.annotations = [
            Annotation(passage: 0, range: TextRange(22, 26), text: "IL-2", type: "Gene", identifier: "16183"),
            Annotation(passage: 1, range: TextRange(14, 18), text: "IL-2", type: "Gene", identifier: "16183"),
        ]
        return document
    }()

    private static let inputs: [(InputFormat, String)] = [
        (
            .pubtator,
            "7|t|\(title)\n7|a|\(abstract)\n7\t16\t20\tIL-2\tGene\t16183\n7\t35\t39\tIL-2\tGene\t16183\n7\tCID\tA\tB\n\n"
        ),
        (
            .jsonl,
            #"{"pmid":7,"title":"\#(title)","abstract":"\#(abstract)","mentions":[{"start":16,"end":20,"text":"#
                + #""IL-2","type":"Gene","id":"16183"},{"start":35,"end":39,"type":"Gene","id":16183}]}"#
        ),
        (
            .biocXML,
            """
            <?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd">
            <collection><source>test</source><document><id>7</id>
            <passage><infon key="type">title</infon><offset>0</offset><text>\(title)</text>
            <annotation id="1"><infon key="type">Gene</infon><infon key="identifier">16183</infon>
            <location offset="16" length="4"/><text>IL-2</text></annotation></passage>
            <passage><infon key="type">abstract</infon><offset>22</offset><text>\(abstract)</text>
            <annotation id="2"><infon key="NCBI GENE">16183</infon><infon key="type">Gene</infon>
            <location offset="35" length="4"/><text>IL-2</text></annotation></passage></document></collection>
            """
        ),
        (
            .biocJSON,
            """
            {"source":"test","documents":[{"id":"7","passages":[
            {"infons":{"type":"title"},"offset":0,"text":"\(title)","annotations":[
            {"infons":{"type":"Gene","identifier":"16183"},"text":"IL-2","locations":[{"offset":16,"length":4}]}]},
            {"infons":{"type":"abstract"},"offset":22,"text":"\(abstract)","annotations":[
            {"infons":{"type":"Gene","identifier":16183},"text":"IL-2","locations":[{"offset":35,"length":4}]}]}]}]}
            """
        ),
    ]

    @Test(arguments: Self.inputs)
    func `the same document in every format`(format: InputFormat, text: String) throws {
        for bytes in [Array(text.utf8), storedGzip(Array(text.utf8))] {
            let found = try read(bytes)
            #expect(found.format == format)
            #expect(found.documents == [Self.expected])
            #expect(found.problems.isEmpty)
            #expect(found.fault == nil)
        }
    }

    @Test func `offsets of the expected document are right`() {
        for annotation in Self.expected.annotations {
            #expect(Self.expected.passages[annotation.passage].text.slice(annotation.range) == "IL-2")
        }
        #expect(Self.expected.offsets == [0, 22])
        #expect(Self.expected.passages.map(\.kind) == [.title, .abstract])
        #expect(Self.expected.passages.map(\.index) == [0, 1])
    }

    @Test func `PubMed's XML gives documents with their citations`() throws {
        let found = try read(fixtureBytes("awkward.xml"))
        #expect(found.format == .pubmedXML)
        #expect(found.documents.map(\.id) == ["91000001", "91000003", "91000004"])
        let document = try #require(found.documents.first)
        #expect(document.citation?.version == 2)
        #expect(document.passages.map(\.text) == document.citation?.passages.map(\.text))
        // 71 code points of title, 30 of the first section, one between each.
        let title = try #require(document.passages.first).text.unicodeScalars.count
        #expect(document.offsets == [0, title + 1, title + 31])
    }

    @Test func `PubTator's documents need no blank line between them, and bad lines are told`() throws {
        let found = try read(
            "1|t|One.\r\n1|a|First | text.\r\n2|t|Two.\nnonsense\n2\t0\tx\tTwo\tGene\n2\t0\t3\tTwo\tGene\t9\n"
                + "2\t1\t3\tTwo\tGene\t9\n2\t90\t95\tTwo\tGene\t9\n\n\n3|t|\n3|a|Three.")
        #expect(found.documents.map(\.id) == ["1", "2", "3"])
        #expect(
            found.documents.map { $0.passages.map(\.text) } == [
                ["One.", "First | text."], ["Two."], ["Three."],
            ])
        #expect(found.documents.map(\.offsets) == [[0, 5], [0], [1]])
        #expect(found.problems.map(\.line) == [4, 5, 7, 8])
        #expect(found.documents[safe: 1]?.annotations.map(\.range) == [TextRange(0, 3), TextRange(1, 3)])
        #expect("\(found.problems.first.map(String.init(describing:)) ?? "")".contains("line 4: "))
    }

    @Test func `passages of JSON lines keep line ends, and an abstract joins its title`() throws {
        let found = try read(
            """
            {"id":"a","passage":"title","text":"T.\\n\\nU."}
            {"id":"a","passage":"abstract","text":"A."}
            {"id":"b","passage":"abstract","text":"B."}

            {"id":"c","passage":"title","text":"C."}
            {"id":"d","text":"D."}
            {"id":"e"}
            {"id":"f","passage":"body","text":"F."}
            [1]
            {"id":"g","title":"G."
            {"id":"h","title":"H.","abstract":null}
            """)
        #expect(found.format == .jsonl)
        #expect(found.documents.map(\.id) == ["a", "b", "c", "d", "h"])
        #expect(
            found.documents.map { $0.passages.map(\.text) } == [
                ["T.\n\nU.", "A."], ["B."], ["C."], ["D."], ["H."],
            ])
        #expect(found.documents.map(\.offsets) == [[0, 7], [1], [0], [0], [0]])
        #expect(found.problems.map(\.line) == [7, 8, 9, 10])
    }

    @Test func `an annotation that contradicts the text is kept and told`() throws {
        let found = try read(
            #"{"id":"a","text":"abcdef","mentions":[{"start":1,"end":3,"text":"xx","type":"G"}]}"#)
        #expect(
            found.documents.first?.annotations
                == [Annotation(passage: 0, range: TextRange(1, 3), text: "xx", type: "G", identifier: "")])
        guard case .doubtful = found.problems.first?.reason else {
            Issue.record("\(found.problems)")
            return
        }
    }

    @Test func `BioC's sentences make a passage, several locations several annotations`() throws {
        let found = try read(
            """
            <collection><document><id>1</id><passage><offset>10</offset>
            <sentence><offset>10</offset><text>One two.</text></sentence>
            <sentence><offset>20</offset><text>Three.</text><annotation id="x"><infon key="type">T</infon>
            <location offset="10" length="3"/><location offset="20" length="5"/><text>One Three</text></annotation>
            </sentence></passage></document></collection>
            """)
        #expect(found.documents.first?.passages.map(\.text) == ["One two.  Three."])
        #expect(found.documents.first?.annotations.map(\.text) == ["One", "Three"])
        #expect(found.problems.isEmpty)
    }

    @Test func `BioC JSON with a document a line is read by lines`() throws {
        let line = #"{"id":1,"infons":{},"passages":[{"offset":0,"text":"One."}]}"#
        let found = try read("\(line)\n\n{\"passages\":3}\n\(line)\n")
        #expect(found.format == .biocJSON)
        #expect(found.documents.count == 2)
        #expect(found.problems.map(\.line) == [3])
    }

    @Test func `plain text is one document, named after the file`() throws {
        let text = "One.\r\n\r\nTwo β."
        let found = try read(Array(text.utf8), name: "notes.txt")
        #expect(found.format == .text)
        #expect(found.documents.map(\.id) == ["notes.txt"])
        #expect(found.documents.first?.passages.map { Array($0.text.utf8) } == [Array(text.utf8)])
        let damaged = try read([0x61, 0x62, 0xFF], name: "notes.txt")
        #expect(damaged.fault?.byte == 2)
    }

    @Test(
        arguments: [
            ("<html></html>", nil), ("<?xml version='1.0'?><other/>", nil), ("< 5 mice", .text), ("", .text),
            ("plain", .text), ("a|t|b", .pubtator), ("x y|t|b", .text), ("{\"id\":1}", .jsonl),
            ("[1] one", .text),
            ("<collection>", .biocXML), ("\u{FEFF}<?xml?>\n<PubmedArticleSet>", .pubmedXML),
        ] as [(String, InputFormat?)])
    func `the format is guessed from the content`(start: String, format: InputFormat?) {
        #expect(InputFormat.guess(from: Array(start.utf8)) == format)
    }

    @Test func `XML of another kind is refused`() throws {
        guard case .unknownFormat = try read("<svg/>").fault?.kind else {
            Issue.record("not refused")
            return
        }
        let bomb = "<!DOCTYPE collection [<!ENTITY a \"b\">]><collection><source>&a;</source></collection>"
        guard case .unknownFormat(let message) = try read(bomb).fault?.kind else {
            Issue.record("not refused")
            return
        }
        #expect(message.contains("entities"))
    }

    @Test(
        .enabled(
            if: SharedData.path("gold/tagging") != nil,
            "the shared data are absent: put them beside the checkout or set BIOSCRIBE_SHARED"),
        arguments: [
            ("bc5cdr", 979, 18_471, 0), ("ncbi_disease", 691, 5_920, 1), ("anatem", 808, 9_085, 0),
            ("s800_species", 639, 3_053, 0), ("nlmgene", 429, 13_196, 11),
        ])
    func `gold corpora are read with all their mentions`(
        name: String, documents: Int, mentions: Int, doubtful: Int
    ) throws {
        let path = try #require(SharedData.path("gold/tagging/\(name).dev.jsonl.gz"))
        let reader = try DocumentReader(path: path)
        var counts = (documents: 0, mentions: 0, doubtful: 0)
        while let item = try reader.next() {
            switch item {
            case .setAside: counts.doubtful += 1
            case .document(let document):
                counts.documents += 1
                counts.mentions += document.annotations.count
            }
        }
        #expect(counts == (documents, mentions, doubtful))
    }
}
