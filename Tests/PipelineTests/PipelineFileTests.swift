import Foundation
import Pipeline
import Testing

struct PipelineFileTests {
    static let least = """
        files: sample/*.xml
        species: mouse
        dictionaries: ../Dictionaries
        sections: sections/gene.yaml

        """

    @Test func `a file that says little has the program's own settings`() throws {
        let pipeline = try PipelineFile(text: Self.least, path: "work/Pipelines/a.yaml")
        #expect(pipeline.files == ["work/Pipelines/sample/*.xml"])
        #expect(pipeline.species == ["mouse"])
        #expect(pipeline.dictionaries == "work/Dictionaries")
        #expect(pipeline.sections == ["work/Pipelines/sections/gene.yaml"])
        #expect(pipeline.database == nil)
        #expect(pipeline.output == nil)
        #expect(pipeline.journals == [])
        #expect(pipeline.seed == PipelineFile.Seed())
        #expect(pipeline.thresholds == PipelineFile.Thresholds())
        #expect(pipeline.text == Self.least)
    }

    @Test func `a file may say everything`() throws {
        let text = """
            # Paths that start at the root stay.
            database: /srv/a.sqlite
            files: [/srv/baseline/*.xml.gz, ../b.xml]
            species: [mouse, "Homo sapiens", 10116]
            dictionaries: ./d
            sections: g.yaml
            journals: [j1.tsv, j2.tsv]
            seed: {cap: 7, per-paper: 2, quotations: 4, orthologs: 2}
            thresholds:
              minimum-score: -0.5
              fallback-margin: 2
              first-rank-journals: 50
            output: ../../wiki/
            notice: "Not for the public."
            """
        let pipeline = try PipelineFile(text: text, path: "a.yaml")
        #expect(pipeline.database == "/srv/a.sqlite")
        #expect(pipeline.files == ["/srv/baseline/*.xml.gz", "../b.xml"])
        #expect(pipeline.species == ["mouse", "Homo sapiens", "10116"])
        #expect(pipeline.dictionaries == "d")
        #expect(pipeline.journals == ["j1.tsv", "j2.tsv"])
        #expect(pipeline.seed.cap == 7)
        #expect(pipeline.seed.perPaper == 2)
        #expect(pipeline.seed.quotations == 4)
        #expect(pipeline.seed.orthologs == 2)
        #expect(pipeline.thresholds.minimumScore == -0.5)
        #expect(pipeline.thresholds.fallbackMargin == 2)
        #expect(pipeline.thresholds.firstRankJournals == 50)
        #expect(pipeline.output == "../../wiki")
        #expect(pipeline.notice == "Not for the public.")
    }

    static let keys =
        "database, files, species, dictionaries, sections, journals, output, notice, missing-files, seed, thresholds"

    /// Files that are wrong, with what is said of them.
    static let faults: [(text: String, message: String)] = [
        (
            least + "databse: a.sqlite\n",
            "p.yaml:5: databse is no key of a pipeline file; did you mean database? The keys here are: \(keys)"
        ),
        (
            least + "\n\nfile: a\n",
            "p.yaml:7: file is no key of a pipeline file; did you mean files? "
                + "The keys here are: \(keys)"
        ),
        (
            least + "colour: red\n",
            "p.yaml:5: colour is no key of a pipeline file. The keys here are: \(keys)"
        ),
        (
            least + "seed:\n  cap: 5\n  perpaper: 1\n",
            "p.yaml:7: seed:perpaper is no key of a pipeline file; did you mean per-paper? "
                + "The keys here are: cap, per-paper, quotations, orthologs, displace, displace-margin"
        ),
        (least + "seed: 5\n", "p.yaml:5: seed: needs keys and values of its own"),
        (least + "seed: {cap: five}\n", "p.yaml:5: seed:cap needs a whole number from 1 up, not \"five\""),
        (least + "seed: {cap: 0}\n", "p.yaml:5: seed:cap needs a whole number from 1 up, not \"0\""),
        (
            least + "thresholds:\n  recount: -0.1\n",
            "p.yaml:6: thresholds:recount needs a number from 0 up, not \"-0.1\""
        ),
        (
            least + "seed:\n  orthologs: -1\n",
            "p.yaml:6: seed:orthologs needs a whole number from 0 up, not \"-1\""
        ),
        (
            least + "thresholds:\n  minimum-score: .nan\n",
            "p.yaml:6: thresholds:minimum-score needs a number, not \".nan\""
        ),
        (least + "database: [a, b]\n", "p.yaml:5: database needs one text, not a list"),
        (least + "database:\n", "p.yaml:5: database needs one text, not nothing"),
        (least + "database: ~\n", "p.yaml:5: database needs one text, not nothing"),
        (least + "output: {a: b}\n", "p.yaml:5: output needs one text, not keys and values"),
        (
            least + "journals: []\n",
            "p.yaml:5: journals needs one text, or a list of at least one, not a list"
        ),
        (least + "journals: [a, [b]]\n", "p.yaml:5: journals needs a list of texts, not a list"),
        (least + "species: rat\n", "p.yaml:2: given more than once: species"),
        (least + "  output: x\n", "p.yaml:5: malformed YAML: mapping values are not allowed in this context"),
        (
            "species: mouse\ndictionaries: d\nsections: s\n",
            "p.yaml: files is missing: say which files to read, as files: /srv/pubmed/*.xml.gz or as a list"
        ),
        (
            "files: a\ndictionaries: d\nsections: s\n",
            "p.yaml: species is missing: say whose genes to write about, as species: [mouse, human]"
        ),
        ("", "p.yaml: the pipeline file is empty"),
        ("# nothing\n", "p.yaml: the pipeline file is empty"),
        ("mouse\n", "p.yaml:1: a pipeline file is a list of keys and values: database: FILE …"),
        ("- files: a\n", "p.yaml:1: a pipeline file is a list of keys and values: database: FILE …"),
    ]

    @Test(arguments: faults.indices)
    func `what is wrong is said with its line`(fault: Int) {
        let (text, message) = Self.faults[fault]
        let error = #expect(throws: PipelineFileError.self) { try PipelineFile(text: text, path: "p.yaml") }
        #expect(error?.description == message)
    }

    @Test func `the files that come with the program can be read`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        for name in ["quickstart", "nightly"] {
            let path = "\(root)/Pipelines/\(name).yaml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let pipeline = try PipelineFile(text: text, path: path)
            #expect(
                pipeline.sections
                    == ["gene", "chemical", "disease"].map { "\(root)/Pipelines/sections/\($0).yaml" })
            #expect(pipeline.dictionaries == "\(root)/Dictionaries")
        }
        let quickstart = try PipelineFile(
            text: try String(contentsOfFile: "\(root)/Pipelines/quickstart.yaml", encoding: .utf8),
            path: "\(root)/Pipelines/quickstart.yaml")
        #expect(quickstart.database == "\(root)/quickstart/bioscribe.sqlite")
        #expect(quickstart.output == "\(root)/quickstart/wiki")
    }

    @Test func `a pipeline file is read from disk, and what it names must be there`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "pipeline-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/sample", withIntermediateDirectories: true)
        let path = folder + "/a.yaml"
        #expect(throws: PipelineFileError.self) { try PipelineFile.read(path) }
        try Data("files: sample/*.xml\nspecies: mouse\ndictionaries: d\nsections: s.yaml\n".utf8).write(
            to: URL(fileURLWithPath: path))
        var error = #expect(throws: PipelineFileError.self) { try PipelineFile.read(path) }
        #expect(error?.description == "\(path):3: dictionaries: there is no folder \(folder)/d")
        try FileManager.default.createDirectory(atPath: folder + "/d", withIntermediateDirectories: true)
        error = #expect(throws: PipelineFileError.self) { try PipelineFile.read(path) }
        #expect(error?.description == "\(path):4: sections: there is no file \(folder)/s.yaml")
        try Data().write(to: URL(fileURLWithPath: folder + "/s.yaml"))
        let pipeline = try PipelineFile.read(path)
        error = #expect(throws: PipelineFileError.self) { try pipeline.sourceFiles() }
        #expect(error?.description == "\(path):1: files: no file matches \(folder)/sample/*.xml")
        for name in ["s10.xml", "s9.xml", ".s1.xml", "s1.xml.gz"] {
            try Data().write(to: URL(fileURLWithPath: folder + "/sample/" + name))
        }
        #expect(try pipeline.sourceFiles() == ["\(folder)/sample/s9.xml", "\(folder)/sample/s10.xml"])
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: path))
        error = #expect(throws: PipelineFileError.self) { try PipelineFile.read(path) }
        #expect(error?.description == "\(path): the pipeline file is not UTF-8")
    }

    @Test func `files are listed once, in the order of their numbers, whatever their folders`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "sources-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in [
            "update/n12.xml", "update/n3.xml", "base/n1.xml", "base/n2.xml", "base/deep/n0.xml", "n5.xml",
        ] {
            let path = "\(folder)/\(name)"
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: path))
        }
        func names(_ patterns: String...) throws -> [String] {
            try SourcePaths.expanded(patterns.map { "\(folder)/\($0)" }).map {
                String($0.dropFirst(folder.count + 1))
            }
        }
        #expect(
            try names("update/*.xml", "base/*.xml", "./base/n1.xml") == [
                "base/n1.xml", "base/n2.xml", "update/n3.xml", "update/n12.xml",
            ])
        #expect(try names("*/n[1-2].xml") == ["base/n1.xml", "base/n2.xml"])
        #expect(try names("*/n[!1-2]*.xml") == ["update/n3.xml"])
        #expect(try names("*/n??.xml", "nothing/*.xml") == ["update/n12.xml"])
        #expect(try names("b*e/d*p/*") == ["base/deep/n0.xml"])
        #expect(throws: SourcePaths.ListError(message: "there is no file \(folder)/n6.xml")) {
            try names("n6.xml")
        }
        #expect(throws: SourcePaths.ListError.self) { try names("base") }
        #expect(throws: SourcePaths.ListError.self) { try names("*.txt") }
        try Data().write(to: URL(fileURLWithPath: "\(folder)/update/n1.xml"))
        let error = #expect(throws: SourcePaths.ListError.self) { try names("*/*.xml") }
        #expect(error?.message.contains("base/n1.xml and \(folder)/update/n1.xml have the same name") == true)
    }
}
