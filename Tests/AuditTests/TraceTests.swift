import Articles
import Audit
import Corpus
import Foundation
import Interchange
import Pipeline
import Store
import Testing

/// What a trace tells, and what it must not.
struct TraceTests {
    private func statement(in store: Store) throws -> StoredStatement {
        try #require(try store.statements(of: EntityID(prefix: "ncbigene", local: "16001")).first)
    }

    @Test func `a sentence is followed to the bytes of its file`() async throws {
        let sample = try await Sample.run()
        let shown = try statement(in: sample.store)
        let trace = try Trace(shown.evidence.hex, in: sample.store)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(trace.json.line.utf8)) as? [String: Any])
        let source = try #require(object["source"] as? [String: Any])
        let place = try #require(object["place"] as? [String: Any])
        let file = try #require(source["file"] as? String)
        let bytes = Array(try Data(contentsOf: URL(filePath: Workshop.path("Pipelines/sample/\(file)"))))
        let offset = try #require(source["byteOffset"] as? Int)
        // The record stands where the trace says.
        #expect(String(decoding: bytes[offset..<offset + 14], as: UTF8.self) == "<PubmedArticle")
        let kept = try #require(try sample.store.citation(shown.pmid))
        let passage = try #require(kept.citation.passages.first { $0.index == place["passage"] as? Int })
        let range = TextRange(
            try #require(place["startByte"] as? Int), try #require(place["endByte"] as? Int))
        #expect(passage.text.slice(range) == object["sentence"] as? String)
        let scalars = Array(passage.text.unicodeScalars)
        let start = try #require(place["startCodePoint"] as? Int)
        let end = try #require(place["endCodePoint"] as? Int)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<end])
        #expect(String(view) == object["sentence"] as? String)
        for mention in try #require(object["mentions"] as? [[String: Any]]) {
            let own = TextRange(
                try #require(mention["startByte"] as? Int), try #require(mention["endByte"] as? Int))
            #expect(passage.text.slice(own) == mention["text"] as? String)
            #expect((mention["transformations"] as? [String])?.isEmpty == false)
        }
        let standings = try #require(object["standings"] as? [[String: Any]])
        #expect(
            standings.contains {
                $0["statement"] as? String == shown.key && $0["state"] as? String == "intact"
            })
        for part in [
            "citation ", "SHA-256", "offsets     bytes", "code points", "by rule ", "whole in revisions",
        ] {
            #expect(trace.text.contains(part), "\(part)")
        }
    }

    @Test func `evidence and statements are found by their first digits`() async throws {
        let sample = try await Sample.run()
        let shown = try statement(in: sample.store)
        let whole = try Trace(shown.evidence.hex, in: sample.store).text
        #expect(try Trace(String(shown.evidence.hex.prefix(12)), in: sample.store).text == whole)
        #expect(try Trace(String(shown.key.prefix(12)), in: sample.store).text == whole)
        for name in [
            "", "zz", "ffff", "'", String(repeating: "0", count: 32), String(repeating: "a", count: 99),
        ] {
            #expect(throws: TraceError.self) { try Trace(name, in: sample.store) }
        }
    }

    @Test func `evidence that a run took out is told with the reason`() async throws {
        let wiki = try await AuditedWiki.livedIn()
        let store = try Store(path: wiki.database, access: .readOnly)
        let gone = try #require(try store.withdrawnEvidence().first)
        let trace = try Trace(gone.id.hex, in: store)
        #expect(
            trace.text.contains(
                "withdrawn   by run \(gone.run): deleted, on \(gone.entity), from \(gone.pmid.curie)"))
        #expect(trace.json.line.contains("\"reason\":\"deleted\""))
        #expect(!trace.text.contains(gone.text))
    }

    @Test func `a redacted sentence is told nowhere`() async throws {
        let wiki = try await AuditedWiki()
        let store = try Store(path: wiki.database, access: .existing)
        let shown = try statement(in: store)
        let evidence = try #require(try store.evidence(shown.evidence)).evidence.evidence
        let words = evidence.text.split(separator: " ").prefix(4).joined(separator: " ")
        _ = try wiki.desk(store, "Ada").redact(shown.key)
        let trace = try Trace(shown.evidence.hex, in: store)
        #expect(trace.text.contains("█"))
        for text in [trace.text, trace.json.line] {
            #expect(!text.contains(evidence.text))
            #expect(!text.contains(words), "\(words)")
        }
        var annotations = ""
        try WebAnnotations(about: nil, in: store).write { annotations += $0 }
        #expect(!annotations.contains(evidence.text) && !annotations.contains(shown.evidence.hex))
        var provenance = ""
        try ProvDocument(of: [shown.entity], in: store).write { provenance += $0 }
        #expect(provenance.contains(shown.key) && !provenance.contains(words))
    }
}
