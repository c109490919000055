import Foundation
import Pipeline
import Store
import Testing

/// What a run tells programs and operators: the summary, the metrics, the log, the ledger.
struct RunReportTests {
    /// A record of a made-up paper; `isGood` is whether it can be read.
    private static func record(_ pmid: Int, isGood: Bool = true) -> String {
        """
        <PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">\(isGood ? "\(pmid)" : "x\(pmid)")</PMID>\
        <Article><Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal>\
        <ArticleTitle>Igf1r regulates the number \(pmid) of osteoblasts in mice.</ArticleTitle></Article>\
        </MedlineCitation></PubmedArticle>\n
        """
    }

    private static func articleSet(_ records: [String], deleted: [Int] = []) -> String {
        let list = deleted.map { "<PMID Version=\"1\">\($0)</PMID>" }.joined()
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PubmedArticleSet>\n\(records.joined())"
            + (list.isEmpty ? "" : "<DeleteCitation>\(list)</DeleteCitation>\n") + "</PubmedArticleSet>\n"
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func numbers(_ object: [String: Any], _ name: String) throws -> [String: Int] {
        try #require(object[name] as? [String: Any]).compactMapValues { $0 as? Int }
    }

    // MARK: - The summary

    @Test func `the summary counts what is new, revised, unchanged, deleted and set aside`() throws {
        let mirror = try SampleMirror([])
        let arguments = try mirror.night("a")
        let summary = mirror.folder("summary.json")
        try mirror.folder.file(
            "mirror/a26n0001.xml",
            Self.articleSet([Self.record(1), Self.record(2), Self.record(3), Self.record(4, isGood: false)]))
        let first = try bioscribe(arguments + ["--summary", summary])
        #expect(first.code == 3, "\(first.error)")
        var value = try object(String(contentsOfFile: summary, encoding: .utf8))
        #expect(
            value["format"] as? Int == 1 && value["status"] as? String == "done" && value["run"] as? Int == 1)
        #expect(
            try numbers(value, "files") == [
                "read": 1, "known": 0, "reread": 0, "failed": 0, "keptOut": 0, "outOfDate": 0,
                "waiting": 0, "superseded": 0, "retired": 0, "staying": 0,
            ])
        #expect(
            try numbers(value, "citations") == [
                "read": 3, "new": 3, "revised": 0, "unchanged": 0, "deleted": 0, "books": 0,
            ])
        let aside = try #require(value["setAside"] as? [String: Any])
        #expect(aside["records"] as? Int == 1)
        #expect(aside["byKind"] as? [String: Int] == ["invalidPMID": 1])
        let named = try #require((aside["named"] as? [[String: Any]])?.first)
        #expect(named["file"] as? String == "a26n0001.xml" && named["record"] as? Int == 4)
        #expect(named["byte"] is Int)
        #expect(try numbers(value, "articles")["created"] == 1)
        let inserted = try #require(try numbers(value, "statements")["inserted"])
        let shown = try numbers(value, "statements")["shown"]
        #expect(inserted > 0 && inserted == shown)
        #expect((value["newestFile"] as? [String: Any])?["name"] as? String == "a26n0001.xml")

        // The second citation says something else, the third is gone, the first comes again, a fifth is new.
        let revised = Self.record(2).replacing("osteoblasts", with: "adipocytes")
        try mirror.folder.file(
            "mirror/a26n0002.xml", Self.articleSet([Self.record(1), revised, Self.record(5)], deleted: [3]))
        let second = try bioscribe(arguments + ["--json"])
        #expect(second.code == 0, "\(second.error)")
        value = try object(second.output)
        #expect(
            try numbers(value, "citations") == [
                "read": 3, "new": 1, "revised": 1, "unchanged": 1, "deleted": 1, "books": 0,
            ])
        let reasons = (value["statements"] as? [String: Any])?["takenOutByReason"] as? [String: Int]
        #expect(reasons?["deleted"] == 1, "\(second.output)")
        let rate = try #require(
            (value["stages"] as? [[String: Any]])?.first { $0["name"] as? String == "reading and mining" })
        #expect(rate["count"] as? Int == 3 && rate["unit"] as? String == "citations")
        #expect(rate["perSecond"] is Double)

        // The ledger keeps them all.
        let runs = try bioscribe(["runs", "--json", "--database", mirror.database("a")])
        let last = try object(try #require(runs.lines.first))
        let counts = try #require(last["counts"] as? [String: Int])
        #expect(counts["citationsNew"] == 1 && counts["citationsDeleted"] == 1 && counts["filesKnown"] == 1)
        #expect(counts["statementsWithdrawn"] == 1 && counts["statementsInserted"] != nil)
        #expect(last["seconds"] is Int)
        let lines = try bioscribe(["runs", "--database", mirror.database("a")]).lines
        #expect(lines.count == 2 && lines[0].contains(" s\tdone\t1 files, 3 citations"), "\(lines)")
    }

    @Test func `a run that fails writes summary and metrics too`() throws {
        let mirror = try SampleMirror()
        let (summary, metrics) = (mirror.folder("summary.json"), mirror.folder("a.prom"))
        try mirror.folder.file("in-the-way", "")
        let arguments = try mirror.night("a", ["output": mirror.folder("in-the-way/wiki")])
        let outcome = try bioscribe(arguments + ["--summary", summary, "--metrics", metrics, "--json"])
        #expect(outcome.code == 1)
        for text in [outcome.output, try String(contentsOfFile: summary, encoding: .utf8)] {
            let value = try object(text)
            #expect(value["status"] as? String == "failed")
            #expect((value["error"] as? String)?.contains("in-the-way/wiki") == true)
            #expect(try numbers(value, "citations")["new"] == 142)
        }
        let samples = try Exposition.samples(String(contentsOfFile: metrics, encoding: .utf8))
        #expect(samples["bioscribe_run_success"] == 0 && samples["bioscribe_run_exit_code"] == 1)
        #expect(samples["bioscribe_run_last_success_timestamp_seconds"] == nil)
    }

    // MARK: - Metrics

    @Test func `metrics are strictly in Prometheus's format, and tell the run`() throws {
        let mirror = try SampleMirror()
        let metrics = mirror.folder("a.prom")
        let before = Date().timeIntervalSince1970.rounded(.down)
        let outcome = try bioscribe(try mirror.night("a") + ["--metrics", metrics])
        #expect(outcome.code == 0, "\(outcome.error)")
        let text = try String(contentsOfFile: metrics, encoding: .utf8)
        let samples = try Exposition.samples(text)
        #expect(samples["bioscribe_run_success"] == 1 && samples["bioscribe_run_number"] == 1)
        #expect(samples["bioscribe_run_files{state=\"read\"}"] == 2)
        #expect(samples["bioscribe_run_citations{change=\"new\"}"] == 142)
        #expect(try #require(samples["bioscribe_run_statements{change=\"inserted\"}"]) > 100)
        for name in ["run_started", "run_ended", "run_last_success", "newest_file_read"] {
            let time = try #require(samples["bioscribe_\(name)_timestamp_seconds"], "\(name)")
            #expect(time >= before && time <= Date().timeIntervalSince1970, "\(name)")
        }
        #expect(try #require(samples["bioscribe_run_peak_memory_bytes"]) > 1_048_576)
        #expect(samples["bioscribe_run_stage_duration_seconds{stage=\"reading and mining\"}"] != nil)
        #expect(!FileManager.default.fileExists(atPath: metrics + ".part"))
    }

    private static let hasClient: Bool = {
        (try? execute("/usr/bin/env", ["python3", "-c", "import prometheus_client"]))?.code == 0
    }()

    @Test(.enabled(if: RunReportTests.hasClient, "Python's prometheus_client is not installed"))
    func `Prometheus's own client reads the metrics`() throws {
        let mirror = try SampleMirror()
        let metrics = mirror.folder("a.prom")
        #expect(try bioscribe(try mirror.night("a") + ["--metrics", metrics]).code == 0)
        let script = """
            import sys
            from prometheus_client.parser import text_string_to_metric_families as parse
            for family in parse(open(sys.argv[1]).read()):
                assert family.type == 'gauge' and family.documentation, family
                for sample in family.samples: print(sample.name, len(sample.labels), sample.value)
            """
        let outcome = try execute("/usr/bin/env", ["python3", "-c", script, metrics])
        #expect(outcome.code == 0, "\(outcome.error)")
        let samples = try Exposition.samples(String(contentsOfFile: metrics, encoding: .utf8))
        #expect(outcome.lines.count == samples.count)
    }

    // MARK: - The log

    @Test func `the log tells what its level allows, as text or as JSON`() throws {
        let mirror = try SampleMirror([])
        try mirror.folder.file(
            "mirror/a26n0001.xml", Self.articleSet([Self.record(1), Self.record(2, isGood: false)]))
        func run(_ name: String, _ options: [String]) throws -> Execution {
            let outcome = try bioscribe(try mirror.night(name) + options)
            #expect(outcome.code == 3)
            return outcome
        }
        #expect(try run("a", ["--log-level", "error"]).error == "")
        let notice = try run("b", []).error
        #expect(notice.contains(" notice: run 1 over "))
        #expect(
            notice.contains(" notice: set aside: ") && notice.contains("file=a26n0001.xml record=2]"),
            "\(notice)")
        #expect(notice.contains(" notice: run 1 is done: 1 files, 1 citations"))
        #expect(!notice.contains(" info: ") && !notice.contains(" debug: "))
        let debug = try run("c", ["--log-level", "debug"]).error
        #expect(debug.contains(" info: a26n0001.xml: 1 citations, ") && debug.contains(" debug: stage "))

        let json = try run("d", ["--log-format", "json", "--log-level", "info"]).error
        let lines = try json.split(separator: "\n").map { try object(String($0)) }
        let aside = try #require(lines.first { ($0["message"] as? String)?.hasPrefix("set aside") == true })
        #expect(aside["level"] as? String == "notice" && aside["file"] as? String == "a26n0001.xml")
        #expect(aside["record"] as? String == "2" && aside["byte"] is String && aside["time"] is String)
        #expect(lines.contains { $0["level"] as? String == "info" })
    }

    @Test func `under systemd each line has its priority`() throws {
        let mirror = try SampleMirror([])
        try mirror.folder.file(
            "mirror/a26n0001.xml", Self.articleSet([Self.record(1), Self.record(2, isGood: false)]))
        let log = try mirror.folder.file("log", "")
        let script = """
            exec 2>"$1"; shift; export JOURNAL_STREAM=$(stat -c %d:%i "$LOG"); exec "$@"
            """
        func run(_ stream: String, _ name: String) throws -> [Substring] {
            let outcome = try execute(
                "/bin/bash",
                ["-c", "LOG='\(stream)'; " + script, "bash", log, Workshop.binary] + mirror.night(name)
                    + ["--log-level", "info"])
            #expect(outcome.code == 3)
            return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        }
        let lines = try run(log, "a")
        #expect(lines.allSatisfy { $0.hasPrefix("<5>") || $0.hasPrefix("<6>") }, "\(lines)")
        #expect(
            lines.contains { $0.hasPrefix("<5>set aside: ") }
                && lines.contains { $0.hasPrefix("<6>a26n0001") })
        // Another stream than the one that systemd means is no journal.
        #expect(try run(mirror.folder.path, "b").allSatisfy { !$0.hasPrefix("<") })
    }

    // MARK: - Status

    @Test func `the status tells the age of the newest file, what is out of date, and dictionaries`() throws {
        let mirror = try SampleMirror()
        let arguments = try mirror.night("a")
        #expect(try bioscribe(arguments).code == 0)
        let database = ["--database", mirror.database("a")]
        let started = try #require(try lastRun(mirror.database("a"))?.started)
        let read = try Date(started, strategy: .iso8601)
        func status(after seconds: Double, _ options: [String] = []) throws -> String {
            let now = read.addingTimeInterval(seconds).formatted(.iso8601)
            let outcome = try bioscribe(["status", "--now", now] + database + options)
            #expect(outcome.code == 0, "\(outcome.error)")
            return outcome.output
        }
        #expect(try status(after: 3 * 86400 + 5).contains("newest file sample26n0002.xml, read 3 days ago"))
        #expect(try status(after: 86400).contains("read 1 day ago"))
        #expect(try status(after: 7199).contains("read 1 hour ago"))
        #expect(try status(after: 30).contains("read just now"))
        let text = try status(after: 60)
        #expect(text.contains("now         no run is going on"))
        #expect(text.contains("species     mouse (") || text.contains("mouse ("))
        #expect(!text.contains("out of date"))
        #expect(try bioscribe(["status", "--now", "yesterday"] + database).code == 64)

        var value = try object(status(after: 100, ["--json"]))
        #expect((value["newestFile"] as? [String: Any])?["ageSeconds"] as? Int == 100)
        #expect((value["lock"] as? [String: Any])?["state"] as? String == "free")
        #expect(try numbers(value, "outOfDate") == ["dictionary": 0, "rules": 0, "program": 0, "species": 0])
        #expect((value["dictionaries"] as? [[String: Any]])?.first?["files"] as? Int == 2)
        #expect((value["dictionarySources"] as? [Any])?.isEmpty == true)

        // Against a pipeline with other species and rules.
        let other = try mirror.night(
            "other",
            ["species": "[mouse]", "sections": Workshop.path("Pipelines/sections/disease.yaml")])
        value = try object(status(after: 100, ["--json", "--pipeline", other[1]]))
        #expect(try numbers(value, "outOfDate") == ["dictionary": 0, "rules": 2, "program": 0, "species": 2])
        let source = try #require((value["dictionarySources"] as? [[String: Any]])?.first)
        #expect((source["sha256"] as? String)?.count == 64 && source["name"] is String)
        #expect(
            try status(after: 1, ["--pipeline", other[1]]).contains("2 files were read with other rules"))
    }
}

/// A strict reader of Prometheus's text format, version 0.0.4, as far as gauges go: each metric has HELP and TYPE, once
/// and in that order, its samples follow, none comes twice.
private enum Exposition {
    static func samples(_ text: String) throws -> [String: Double] {
        #expect(text.hasSuffix("\n") && !text.contains("\n\n"))
        var samples: [String: Double] = [:]
        var known: Set<Substring> = []
        var current: Substring = ""
        var hasType = false
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
                #expect(known.insert(match.1).inserted, "\(line)")
                (current, hasType) = (match.1, false)
            } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) gauge/) {
                #expect(match.1 == current && !hasType, "\(line)")
                hasType = true
            } else {
                let sample =
                    /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"\})? (-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)/
                let match = try #require(line.wholeMatch(of: sample), "\(line)")
                #expect(match.1 == current && hasType && match.1.hasPrefix("bioscribe_"), "\(line)")
                let key = String(match.1) + (match.2.map(String.init) ?? "")
                #expect(samples.updateValue(try #require(Double(match.3)), forKey: key) == nil, "\(line)")
            }
        }
        #expect(samples.count > 20)
        return samples
    }
}
