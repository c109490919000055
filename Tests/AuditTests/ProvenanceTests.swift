import Articles
import Audit
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// Exports of provenance, read by the standards' own libraries where they are installed.
struct ProvenanceTests {
    /// Python with the libraries: that of the environment variable `AUDIT_PYTHON`, or `python3`.
    private static let python = ProcessInfo.processInfo.environment["AUDIT_PYTHON"] ?? "python3"

    private static func has(_ module: String) -> Bool {
        let found = try? execute("/usr/bin/env", [python, "-c", "import \(module)"]).code
        return found == 0
    }

    private static let hasProv = has("prov")
    private static let hasCrate = has("rocrate")

    private func run(_ script: String, _ arguments: [String]) throws -> Execution {
        try execute("/usr/bin/env", [Self.python, "-c", script] + arguments)
    }

    @Test func `exports are the same to the byte each time, and say the same on the command line`()
        async throws
    {
        let wiki = try await AuditedWiki.livedIn()
        let store = try Store(path: wiki.database, access: .readOnly)
        func document() throws -> String {
            var text = ""
            try ProvDocument(of: store.articles().map(\.entity), in: store).write { text += $0 }
            return text
        }
        let text = try document()
        #expect(try document() == text)
        #expect(try bioscribe(["export", "prov", "--database", wiki.database]).output == text)
        let one = try bioscribe(["export", "annotations", "--database", wiki.database]).output
        #expect(try bioscribe(["export", "annotations", "--database", wiki.database]).output == one)
    }

    @Test func `annotations quote and place each sentence in its passage`() async throws {
        let store = try await Sample.run().store
        var text = ""
        try WebAnnotations(about: nil, in: store).write { text += $0 }
        let page = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(page["@context"] as? String == "http://www.w3.org/ns/anno.jsonld")
        let items = try #require(page["items"] as? [[String: Any]])
        #expect(items.count == (try store.status().evidence))
        for item in items.prefix(200) {
            let target = try #require(item["target"] as? [String: Any])
            let source = try #require((target["source"] as? [String: Any])?["id"] as? String)
            let parts = source.split(separator: ":")
            let pmid = PMID(try #require(Int64(parts[4])))
            let passage = try #require(try store.citation(pmid)).citation.passages.first {
                "\($0.index)" == parts[6]
            }
            let scalars = Array(try #require(passage).text.unicodeScalars)
            let selectors = try #require(target["selector"] as? [[String: Any]])
            let start = try #require(selectors[1]["start"] as? Int)
            let end = try #require(selectors[1]["end"] as? Int)
            func words(_ from: Int, _ to: Int) -> String {
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars[max(0, from)..<min(to, scalars.count)])
                return String(view)
            }
            #expect(selectors[0]["exact"] as? String == words(start, end))
            #expect(selectors[0]["prefix"] as? String == words(start - 32, start))
            #expect(selectors[0]["suffix"] as? String == words(end, end + 32))
        }
    }

    @Test(.enabled(if: hasProv, "Python's prov is not installed: pip install prov"))
    func `PROV is read by Python's prov, with every revision and its agent`() async throws {
        let wiki = try await AuditedWiki.livedIn()
        let store = try Store(path: wiki.database, access: .readOnly)
        let path = wiki.folder("prov.json")
        var text = ""
        try ProvDocument(of: store.articles().map(\.entity), in: store).write { text += $0 }
        try Data(text.utf8).write(to: URL(filePath: path))
        let script = """
            import sys
            from prov.model import ProvDocument, ProvEntity, ProvActivity, ProvAgent, ProvGeneration, ProvDerivation
            d = ProvDocument.deserialize(sys.argv[1])
            print(len([r for r in d.get_records(ProvEntity) if ":revision/" in r.identifier.uri]))
            named = {r.identifier for r in d.get_records() if r.identifier}
            missing = set()
            for r in d.get_records():
                for name, value in r.formal_attributes:
                    if hasattr(value, "uri") and name.localpart in ("entity", "activity", "agent", "plan", "collection",
                        "generatedEntity", "usedEntity") and value not in named:
                        missing.add(str(value))
            print(len(missing), sorted(missing)[:5])
            print(sorted({str(r.identifier) for r in d.get_records(ProvAgent)}))
            """
        let outcome = try run(script, [path])
        #expect(outcome.code == 0, "\(outcome.error)")
        let status = try store.status()
        #expect(outcome.lines.first == "\(status.revisions)")
        #expect(outcome.lines.dropFirst().first == "0 []", "\(outcome.output)")
        #expect(
            outcome.output.contains("bioscribe:person/Ada") && outcome.output.contains("bioscribe:program/"))
    }

    @Test(.enabled(if: hasCrate, "Python's rocrate is not installed: pip install rocrate"))
    func `a run's crate is read by Python's rocrate`() async throws {
        let wiki = try await AuditedWiki()
        let folder = wiki.folder("crate")
        let outcome = try bioscribe(["export", "ro-crate", "--run", "1", folder, "--database", wiki.database])
        #expect(outcome.code == 0, "\(outcome.error)")
        let script = """
            import sys, hashlib, os
            from rocrate.rocrate import ROCrate
            c = ROCrate(sys.argv[1])
            action = c.dereference("#run")
            print(action.type, action["instrument"].id, len(action["object"]))
            f = c.dereference("revisions.jsonl")
            data = open(os.path.join(sys.argv[1], "revisions.jsonl"), "rb").read()
            print(f.type, f["sha256"] == hashlib.sha256(data).hexdigest(), int(f["contentSize"]) == len(data), len(data.splitlines()))
            print(c.root_dataset["conformsTo"].id)
            """
        let read = try run(script, [folder])
        #expect(read.code == 0, "\(read.error)")
        let articles = try await Sample.run().store.status().articles
        #expect(
            read.lines == [
                "CreateAction #program 5", "File True True \(articles)",
                "https://w3id.org/ro/wfrun/process/0.5",
            ])
    }

    @Test func `a crate of a run that there is not fails`() async throws {
        let store = try await Sample.run().store
        #expect(throws: RunCrateError.unknownRun(99)) { try RunCrate(ofRun: 99, in: store) }
    }
}
