import Foundation
import Pipeline
import Store
import Testing

/// The commands that read and write a database, through the real program: results on standard output, all else on
/// standard error.
struct CommandTests {
    /// Runs a command over the quickstart's database.
    private func ask(_ arguments: [String]) async throws -> Execution {
        try await bioscribe(arguments + ["--database", Sample.run().database])
    }

    /// The object in a line of JSON.
    private func object(_ line: some StringProtocol) throws -> [String: any Sendable] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: any Sendable], "\(line)")
    }

    /// A database of one's own, with the quickstart's content.
    private func copy(in folder: TemporaryFolder) async throws -> String {
        // Closed and reopened by the run, the log is empty: the file is the database.
        _ = try await PipelineRun(Sample.pipeline(in: folder), options: Sample.options()).run()
        return folder("store.sqlite")
    }

    // MARK: - Articles

    @Test func `articles are listed, and as JSON`() async throws {
        let articles = try await Sample.run().store.articles()
        let text = try await ask(["article", "list"])
        #expect(text.code == 0 && text.error == "")
        #expect(text.lines.count == articles.count)
        let mouse = try await ask(["article", "list", "--species", "Mus musculus", "--json"])
        let names = try mouse.lines.map { try object($0)["species"] as? String }
        #expect(!names.isEmpty)
        #expect(Set(names) == ["mouse"])
        #expect(try await ask(["article", "list", "--species", "10116"]).output == "")
    }

    @Test(arguments: ["text", "markdown", "html", "json"])
    func `an article is shown in four forms`(format: String) async throws {
        let outcome = try await ask(["article", "show", "Igf1r", "--species", "mouse", "--format", format])
        #expect(outcome.code == 0 && outcome.error == "")
        let byCURIE = try await ask(["article", "show", "ncbigene:16001", "--format", format])
        #expect(byCURIE.output == outcome.output)
        #expect(outcome.output.hasSuffix("\n") && !outcome.output.hasSuffix("\n\n"))
        // Names are links in HTML, so that only what stands between them is the same everywhere.
        #expect(outcome.output.contains(" twice as fast as control "))
        switch format {
        case "text": #expect(outcome.output.contains("\nIgf1r - insulin-like growth factor I receptor\n"))
        case "markdown": #expect(outcome.output.contains("[@pubmed:990001"))
        case "html":
            #expect(
                outcome.output.hasPrefix("<!DOCTYPE html>") || outcome.output.hasPrefix("<!doctype html>"))
        default:
            #expect(
                try object(outcome.output)["title"] as? String
                    == "Igf1r - insulin-like growth factor I receptor")
        }
    }

    @Test func `an ambiguous or unknown name fails, with what to do`() async throws {
        let unknown = try await ask(["article", "show", "Nosuchgene"])
        #expect(unknown.code == 1 && unknown.output == "")
        #expect(unknown.error.contains("nothing in the database is called \"Nosuchgene\""))
        let both = try await ask(["article", "show", "igf1r"])
        #expect(both.code == 1 && both.output == "")
        #expect(both.error.contains("ncbigene:16001") && both.error.contains("ncbigene:3480"))
        let revision = try await ask(["article", "show", "ncbigene:16001", "--revision", "99"])
        #expect(revision.code == 1 && revision.output == "")
        let species = try await ask(["article", "list", "--species", "unicorn"])
        #expect(species.code == 1)
        #expect(species.error.contains("the species \"unicorn\" is unknown"))
    }

    // MARK: - Search

    @Test func `articles are found by symbol, by synonym and by words of their sentences`() async throws {
        for query in [["Igf1r"], ["CD221"], ["schwann", "myelin"], ["Schw"]] {
            let outcome = try await ask(["search"] + query)
            #expect(outcome.output.contains("ncbigene:16001"), "\(query)")
        }
        let json = try await ask(["search", "igf1r", "--json", "--limit", "1"])
        #expect(json.lines.count == 1)
        #expect(try object(json.output)["exact"] as? Bool == true)
        let none = try await ask(["search", "xyzzyplugh"])
        #expect(none.code == 0 && none.output == "" && none.error == "")
    }

    @Test(arguments: [
        "\"", "'", "''; DROP TABLE article; --", "(", ")", "*", "Igf1r*", "NEAR(", "a AND", "OR", "NOT", "^",
        "-", "--x",
        "{}", ":", "title:x", "%", "_", "\\", "𝒳", "é", "\u{202E}", "   ", "", "\t\n", "a\"b\"c", "+",
    ])
    func `a hostile query is a query`(query: String) async throws {
        let outcome = try await bioscribe(["search", "--database", Sample.run().database, "--", query])
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(outcome.error == "")
    }

    // MARK: - Status, dictionary, export

    @Test func `the status is told to people and to programs`() async throws {
        let text = try await ask(["status"])
        #expect(text.code == 0 && text.error == "")
        for part in ["files       2", "citations   146 read", "set aside   0 records", "last run    1, done"]
        {
            #expect(text.output.contains(part), "\(part) is missing in \(text.output)")
        }
        let status = try object(await ask(["status", "--json"]).output)
        #expect(status["citationsRead"] as? Int == 146)
        #expect(status["setAside"] as? Int == 0)
        let problems = try await ask(["status", "--problems"])
        #expect(problems.code == 0 && problems.output == "")
    }

    @Test func `the dictionary says what a name means and what it was made of`() throws {
        let text = try bioscribe(["dictionary", "lookup", "Igf1r"])
        #expect(text.code == 0 && text.error == "")
        #expect(
            text.output.contains(
                "ncbigene:16001  Gene  Igf1r - insulin-like growth factor I receptor (mouse)"))
        let lines = try bioscribe(["dictionary", "lookup", "IGF 1R", "--json"]).lines.map { try object($0) }
        #expect(lines.contains { $0["entity"] as? String == "ncbigene:16001" })
        #expect(lines.contains { $0["entity"] as? String == "ncbigene:3480" })
        #expect(try bioscribe(["dictionary", "lookup", "ncbigene:16001"]).output.contains("“IGF-1R”"))
        let none = try bioscribe(["dictionary", "lookup", "xyzzyplugh"])
        #expect(none.code == 0 && none.output == "")
        let info = try object(bioscribe(["dictionary", "info", "--json"]).output)
        #expect((info["sources"] as? [Any])?.isEmpty == false)
        #expect(
            try bioscribe(["dictionary", "info"]).output.contains(try #require(info["digest"] as? String)))
        let missing = try bioscribe(["dictionary", "info", "--dictionaries", "/nonexistent"])
        #expect(missing.code == 1 && missing.output == "")
        #expect(missing.error.contains("/nonexistent"))
    }

    @Test func `every line of the export is JSON, in order, and no time of day`() async throws {
        let outcome = try await ask(["export", "jsonl"])
        #expect(outcome.code == 0 && outcome.error == "")
        let sample = try await Sample.run()
        #expect(try outcome.output == export(sample.database))
        var ranks: [Int] = []
        for line in outcome.lines {
            let type = try #require(object(line)["type"] as? String)
            ranks.append(try #require(["header", "evidence", "article", "revision"].firstIndex(of: type)))
            #expect(!line.contains("2026-1"), "\(line)")
        }
        #expect(ranks == ranks.sorted())
        #expect(ranks.first == 0 && ranks.filter { $0 == 0 }.count == 1)
        #expect(Set(outcome.lines).count == outcome.lines.count)
    }

    // MARK: - Seeding

    @Test func `a species is seeded again, and a dry run writes nothing`() async throws {
        let folder = try TemporaryFolder()
        let database = try await copy(in: folder)
        let before = try export(database)
        let again = try bioscribe(["seed", "--species", "mouse", "--database", database])
        #expect(again.code == 0, "\(again.error)")
        #expect(again.output.contains("Run 2: 0 articles new, 0 revised, "))

        let wide = try folder.file(
            "wide.yaml",
            String(contentsOfFile: Workshop.path("Pipelines/quickstart.yaml"), encoding: .utf8)
                .replacing("cap: 5", with: "cap: 9").replacing(
                    "../Dictionaries", with: Workshop.path("Dictionaries")
                )
                .replacing("sections/", with: Workshop.path("Pipelines/sections/"))
                .replacing("sample/", with: Workshop.path("Pipelines/sample/")))
        let arguments = ["seed", "--species", "mouse", "--pipeline", wide, "--database", database]
        let dry = try bioscribe(arguments + ["--dry-run"])
        #expect(dry.code == 0, "\(dry.error)")
        #expect(dry.output.hasPrefix("Dry run: "))
        #expect(dry.output.contains("\nrevised  ncbigene:16001  Igf1r: +"))
        #expect(!dry.output.contains("ncbigene:3480"), "human articles are not concerned")
        #expect(try export(database) == before)

        let one = try bioscribe(arguments + ["--entity", "Igf1r"])
        #expect(one.output.contains(": 0 articles new, 1 revised, "), "\(one.output)")
        let old = ["article", "show", "ncbigene:16001", "--database", database, "--format", "markdown"]
        #expect(try bioscribe(old).output != bioscribe(old + ["--revision", "1"]).output)
    }

    @Test func `a species that was not extracted is refused, with the command to run`() async throws {
        let outcome = try await ask(["seed", "--species", "rat"])
        #expect(outcome.code == 1 && outcome.output == "")
        #expect(outcome.error.contains("no evidence on genes of rat was extracted"))
        #expect(outcome.error.contains("bioscribe run Pipelines/quickstart.yaml --reprocess"))
    }

    @Test func `a dry run of a pipeline tells the files and makes nothing`() throws {
        let folder = try TemporaryFolder()
        let pipeline = try folder.pipeline(Workshop.path("Pipelines/sample/*.xml"))
        let outcome = try bioscribe(["run", pipeline, "--dry-run"])
        #expect(outcome.code == 0 && outcome.error == "")
        #expect(outcome.output.contains("2 files would be read, 0 are known"))
        #expect(outcome.output.contains("Pipelines/sample/sample26n0001.xml"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pipeline.yaml"])
    }

    // MARK: - Help

    @Test func `every command has its help, and every argument a text`() throws {
        let dump = try bioscribe(["--experimental-dump-help"])
        let tree = try #require(object(dump.output)["command"] as? [String: Any])
        var commands = 0
        func visit(_ command: [String: Any], _ path: [String]) throws {
            // What the library brings along is its own business.
            if path == ["help"] { return }
            commands += 1
            let name = path.joined(separator: " ")
            #expect((command["abstract"] as? String)?.isEmpty == false, "\(name) says nothing of itself")
            for argument in command["arguments"] as? [[String: Any]] ?? [] {
                #expect(
                    (argument["abstract"] as? String)?.isEmpty == false,
                    "\(name): \(argument["valueName"] ?? "?") has no help")
            }
            let help = try bioscribe(path + ["--help"])
            #expect(help.code == 0 && help.error == "", "\(name)")
            #expect(
                help.output.contains("USAGE: bioscribe \(name)".trimmingCharacters(in: .whitespaces)),
                "\(name)")
            for sub in command["subcommands"] as? [[String: Any]] ?? [] {
                try visit(sub, path + [try #require(sub["commandName"] as? String)])
            }
        }
        try visit(tree, [])
        #expect(commands > 15)
        let version = try bioscribe(["--version"])
        #expect(version.output == PreparedPipeline.programVersion + "\n")
    }

    // MARK: - Where results go

    @Test(arguments: [false, true])
    func `a reader that goes away ends the program quietly`(ignoresSignal: Bool) async throws {
        let database = try await Sample.run().database
        // The shell tells how the program ended; a parent may have told it to ignore the signal of a closed pipe.
        let script = """
            \(ignoresSignal ? "trap '' PIPE;" : "") { '\(Workshop.binary)' export jsonl --database '\(database)'; \
            echo "ended with $?" >&2; } | head -1
            """
        let outcome = try execute("/bin/sh", ["-c", script])
        #expect(outcome.lines.count == 1)
        #expect(outcome.output.hasPrefix("{\"type\":\"header\""))
        // 128 and SIGPIPE; nothing else is said.
        #expect(outcome.error == "ended with 141\n")
    }

    @Test func `results that cannot be written are an error`() async throws {
        let database = try await Sample.run().database
        for command in ["export jsonl", "article list", "status"] {
            let outcome = try execute(
                "/bin/sh", ["-c", "'\(Workshop.binary)' \(command) --database '\(database)' > /dev/full"])
            #expect(outcome.code == 1, "\(command)")
            #expect(
                outcome.error.contains("standard output cannot be written: No space left on device"),
                "\(command)")
        }
    }

    @Test func `progress goes to standard error, the summary to standard output`() throws {
        let folder = try TemporaryFolder()
        let pipeline = try folder.pipeline(Workshop.path("Pipelines/sample/sample26n0002.xml"))
        let cache = folder("cache")
        try FileManager.default.createSymbolicLink(atPath: cache, withDestinationPath: Workshop.cache)
        let outcome = try bioscribe(["run", pipeline, "--progress", "json"], cache: cache)
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("Run 1 over \(pipeline)\n"))
        #expect(outcome.output.hasSuffix("Open \(folder("wiki"))/index.html in a browser.\n"))
        for line in outcome.error.split(separator: "\n") { _ = try object(line) }
    }
}
