import Foundation
import Testing

/// The streams that programs rely on, through the real program: exact lines, offsets in Unicode code points.
struct StreamTests {
    private static let input = fixture("Streams/input")

    @Test(
        arguments: [
            ("segment", [], "pubtator"), ("segment", [], "jsonl"), ("segment", [], "xml"),
            ("abbreviations", [], "pubtator"), ("abbreviations", [], "jsonl"),
            ("tag", [], "pubtator"), ("tag", [], "xml"), ("tag", ["--format", "jsonl"], "pubtator"),
            ("tag", ["--species", "human"], "pubtator"), ("tag", ["--all-types"], "pubtator"),
        ] as [(String, [String], String)])
    func `the lines are just these`(command: String, options: [String], format: String) throws {
        let outcome = try bioscribe([command, "\(Self.input).\(format)"] + options)
        let name = ([command] + options.map { $0.replacing("--", with: "") } + [format]).joined(
            separator: "-")
        try expectGolden(outcome.output, "Streams/\(name).golden")
        // A bad line is set aside, with its number; the rest is done.
        switch format {
        case "xml":
            #expect(outcome.code == 0)
            #expect(outcome.error == "")
        case "jsonl":
            #expect(outcome.code == 3)
            #expect(
                outcome.error.hasPrefix(
                    "\(Self.input).jsonl: line 4: the line is no JSON object of a document"))
        default:
            #expect(outcome.code == 3)
            #expect(
                outcome.error == """
                    \(Self.input).pubtator: line 3: the annotation 0–5 says "Igf1x", but "Igf1r" stands there; kept as it came
                    \(Self.input).pubtator: line 8: this is no line of PubTator's format; set aside\n
                    """)
        }
    }

    /// The golden files say what the lines are; this says that they are right.
    @Test(arguments: ["pubtator", "jsonl", "xml"])
    func `offsets are code points of the title or the abstract`(format: String) throws {
        // By document and passage.
        var texts = [
            "a title": "Igf1r in mice", "a abstract": "One line\nof Igf1r.\n\nAnother 𝒳 paragraph about Tnf.",
            "b title": "No abstract", "7 abstract": "Acute lymphoblastic leukemia (ALL) is a disease.",
            "9900004 title": "Tnf in 𝒳 mice.",
            "9900004 abstract": "We measured Tnf in 𝒳 cells. Tnf rose. Insulin fell in mice.",
        ]
        for line in try String(contentsOfFile: Self.input + ".pubtator", encoding: .utf8).split(
            separator: "\n")
        {
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            texts["\(parts[0]) \(parts[1] == "t" ? "title" : "abstract")"] = String(parts[2])
        }
        let lines = try bioscribe(["segment", "\(Self.input).\(format)"]).lines
        #expect(lines.count >= 4)
        for line in lines {
            let sentence = try JSONDecoder().decode(SentenceLine.self, from: Data(line.utf8))
            let text = try #require(
                texts["\(sentence.id) \(sentence.passage)"].map { Array($0.unicodeScalars) })
            var cut = String.UnicodeScalarView()
            cut.append(contentsOf: text[sentence.start..<sentence.end])
            #expect(String(cut) == sentence.text)
        }
    }

    private struct SentenceLine: Decodable {
        var id: String
        var passage: String
        var start: Int
        var end: Int
        var text: String
    }

    @Test func `standard input and gzip are read like files`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.input + ".xml")))
        let direct = try bioscribe(["segment", Self.input + ".xml"])
        #expect(!direct.output.isEmpty)
        for input in [bytes, storedGzip(bytes)] {
            #expect(try bioscribe(["segment"], input: input).output == direct.output)
            #expect(
                try bioscribe(["segment", "-", "--input-format", "pubmed-xml"], input: input).output
                    == direct.output)
        }
        let folder = try TemporaryFolder()
        let file = try folder.file("a.gz", storedGzip(bytes))
        #expect(try bioscribe(["segment", file]).output == direct.output)
        let plain = try bioscribe(["segment", "--input-format", "text"], input: Array("One 𝒳. Two.\n".utf8))
        #expect(
            plain.output == """
                {"id":"stdin","passage":"abstract","index":0,"start":0,"end":6,"text":"One 𝒳."}
                {"id":"stdin","passage":"abstract","index":1,"start":7,"end":11,"text":"Two."}\n
                """)
    }

    @Test func `a damaged stream gives what is good and fails`() throws {
        let first = storedGzip(Array("1|t|One good title.\n1|a|One good abstract.\n\n".utf8))
        let second = storedGzip(Array("2|t|Lost.\n2|a|Lost.\n".utf8))
        let outcome = try bioscribe(["segment"], input: first + second.prefix(12))
        #expect(outcome.code == 1)
        #expect(outcome.lines.count == 2)
        #expect(
            outcome.error.contains(
                "-: the gzip data end too early, after byte \(first.count + 12) of the file"))
    }

    @Test func `sentences are classified line by line`() throws {
        let path = fixture("Streams/sentences.jsonl")
        let journals = Workshop.path("Pipelines/sample/journals.tsv")
        let outcome = try bioscribe(["classify", path, "--journals", journals])
        try expectGolden(outcome.output, "Streams/classify.golden")
        #expect(outcome.code == 3)
        #expect(
            outcome.error == """
                \(path): line 5: "Igf1r" is no CURIE, such as ncbigene:16001; set aside
                \(path): line 6: not an object with id, entity and text; set aside\n
                """)
        // Line ends of other systems, invalid UTF-8, no line end at the end.
        var bytes = Array(#"{"id":"1","entity":"ncbigene:16001","text":"Igf1r binds Irs1."}"#.utf8)
        bytes += [0x0D, 0x0A, 0xFF, 0x0D, 0x0A] + bytes
        let second = try bioscribe(["classify"], input: bytes)
        #expect(second.lines.count == 2)
        #expect(second.lines.first == second.lines.last)
        #expect(second.error == "-: line 2: the line is not UTF-8; set aside\n")
        #expect(second.code == 3)
    }

    @Test(arguments: [
        "The Igf1r antiserum abolished", "The Igf1r-Cre allele abolished", "In Igf1r+ cells it slowed",
    ])
    func `a line to classify is about its entity, whatever the name stands for`(opening: String) throws {
        let text = "\(opening) the proliferation of melanoma cells."
        let line = #"{"id":"1","entity":"ncbigene:16001","text":"\#(text)"}"#
        let outcome = try bioscribe(["classify"], input: Array(line.utf8))
        #expect(outcome.output.contains(#""section":"disease""#), "\(outcome.output)")
        #expect(!outcome.output.contains(#""rule":"not-subject""#))
    }

    @Test func `each word has the revision that brought it in`() throws {
        let path = fixture("Streams/history.jsonl")
        let outcome = try bioscribe(["attribute", path])
        try expectGolden(outcome.output, "Streams/attribute.golden")
        #expect(outcome.code == 3)
        let complaint = "not an object with id, contributor, kind (person or machine) and text; set aside"
        #expect(outcome.error == "\(path): line 4: \(complaint)\n\(path): line 6: \(complaint)\n")
        // Ids come as they were given, and the order of the lines alone counts.
        #expect(
            outcome.lines.contains(#"{"token":"receptor","origin":1,"contributor":"robot"}"#)
                && outcome.lines.contains(#"{"token":"rarely","origin":"two","contributor":"Ada"}"#)
                && outcome.lines.contains(#"{"token":"𝒳","origin":4,"contributor":"Ben"}"#))
        // Of every revision, and by standard input and gzip.
        let all = try bioscribe(["attribute", path, "--all"])
        try expectGolden(all.output, "Streams/attribute-all.golden")
        let last = all.lines.filter { $0.hasSuffix(#","revision":5}"#) }
        #expect(last.map { $0.replacing(#","revision":5}"#, with: "}") } == outcome.lines)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        #expect(try bioscribe(["attribute"], input: bytes).output == outcome.output)
        #expect(try bioscribe(["attribute", "-"], input: storedGzip(bytes)).output == outcome.output)
    }

    @Test func `the self-check counts what must be wrong`() throws {
        let outcome = try bioscribe(["attribute", fixture("Streams/history.jsonl"), "--self-check"])
        #expect(outcome.output == #"{"words":21,"contradicted":0.0,"soft_early":0.0}"# + "\n")
        #expect(outcome.code == 3)
        #expect(try bioscribe(["attribute", "-", "--all", "--self-check"]).code == 64)
    }

    @Test(arguments: ["segment", "abbreviations", "tag", "classify", "attribute"])
    func `an empty pipe gives no line, and is no error`(command: String) throws {
        let outcome = try bioscribe([command])
        #expect(outcome.output == "")
        #expect(outcome.error == "")
        #expect(outcome.code == 0)
    }

    @Test(arguments: ["segment", "abbreviations", "tag", "classify", "attribute"])
    func `a file that is not there fails with its name`(command: String) throws {
        let outcome = try bioscribe([command, "/nonexistent/x.jsonl"])
        #expect(outcome.code == 1)
        #expect(outcome.output == "")
        #expect(outcome.error.contains("/nonexistent/x.jsonl: cannot be read: No such file or directory"))
    }
}
