import Articles
import Audit
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// What must audit clean does, whoever worked on it.
struct AuditTests {
    @Test func `the quickstart audits clean, and everything in it is looked at`() async throws {
        let wiki = try await AuditedWiki()
        let (findings, summary) = try await wiki.audit()
        #expect(findings.map(\.line) == [])
        let status = try await Sample.run().store.status()
        #expect(summary.statements == status.evidence)
        #expect(summary.citations == status.citationsKept)
        #expect(summary.articles == status.articles)
        for line in summary.lines {
            // Where nobody has worked there are no decisions, and no copies.
            #expect(line.checked > 0 || ["decisions", "copies"].contains(line.check), "\(line.check)")
            #expect(line.unchecked.isEmpty, "\(line.check): \(line.unchecked)")
        }
    }

    @Test func `a wiki that people lived in audits clean, before and after a run is undone`() async throws {
        let wiki = try await AuditedWiki.livedIn()
        #expect(try await wiki.audit().findings.map(\.line) == [])
        let store = try Store(path: wiki.database, access: .existing)
        _ = try UndoRun(store, by: "Ada").undo(1)
        try store.close()
        #expect(try await wiki.audit().findings.map(\.line) == [])
        try await wiki.night()
        #expect(try await wiki.audit().findings.map(\.line) == [])
    }

    @Test func `who decided, who hid, what a run took out and what a file says of retractions is sealed`()
        async throws
    {
        let wiki = try await AuditedWiki.livedIn()
        let forgeries = [
            "UPDATE decision SET contributor = (SELECT min(id) FROM contributor WHERE kind = 'person' AND id <> contributor)",
            "UPDATE decision SET note = note || '!' WHERE id = (SELECT max(id) FROM decision)",
            "DELETE FROM decision WHERE id = (SELECT min(id) FROM decision WHERE article IN (SELECT article FROM decision GROUP BY 1 HAVING count(*) > 1))",
            "UPDATE redaction SET note = 'for another reason'",
            "UPDATE run SET summary = 'nothing happened' WHERE number = 1",
            "UPDATE withdrawnEvidence SET reason = 'gone'",
            "DELETE FROM withdrawnEvidence WHERE run = 2",
            "UPDATE retraction SET pmid = pmid + 1",
            "INSERT INTO problem (file, record, reason) VALUES (1, 1, 'made up')",
        ]
        for forgery in forgeries {
            let mutant = try Mutant(wiki)
            try mutant.execute(forgery)
            let findings = try await mutant.wiki.audit().findings
            #expect(findings.contains { $0.check == "seals" }, "\(forgery): \(findings.map(\.line))")
        }
    }

    @Test func `one article is audited with its evidence alone`() async throws {
        let wiki = try await AuditedWiki()
        let (findings, summary) = try await wiki.audit(of: "ncbigene:16001")
        #expect(findings.map(\.line) == [])
        let material = try #require(
            try await Sample.run().store.material(for: EntityID(prefix: "ncbigene", local: "16001")))
        #expect(summary.statements == material.evidence.count)
        #expect(summary.articles == 1)
    }

    @Test func `findings and counts do not depend on the number of threads`() async throws {
        let wiki = try await AuditedWiki.livedIn()
        let database = try Mutant(wiki)
        try database.execute(
            """
            UPDATE evidence SET qualities = CASE WHEN qualities & 8 THEN qualities - 8 ELSE qualities + 8 END
            WHERE pmid % 3 = 0
            """)
        let one = try await database.wiki.audit(jobs: 1)
        let four = try await database.wiki.audit(jobs: 4)
        #expect(!one.findings.isEmpty)
        #expect(one.findings == four.findings)
        #expect(one.summary.lines == four.summary.lines)
    }

    @Test func `what was read with another dictionary is counted, not accused`() async throws {
        let wiki = try await AuditedWiki()
        var other = wiki
        let rules = try String(contentsOfFile: wiki.file.sections[0], encoding: .utf8)
        let path = try wiki.folder.file("gene.yaml", rules + "\n# another digest\n")
        other.file.sections[0] = path
        // Classes that the other files take over are looked for beside them.
        let (findings, summary) = try await other.audit()
        #expect(findings.map(\.line) == [])
        let line = try #require(summary.lines.first { $0.check == "evidence" })
        #expect(line.checked == 0)
        #expect(line.unchecked["read with other section rules or journals"] ?? 0 > 100)
        #expect(summary.text.contains("not checked: "))
    }

    @Test func `the program says what differs, with exit code 4, and 0 where nothing does`() async throws {
        let wiki = try await AuditedWiki()
        let clean = try bioscribe(["audit", "--all", "--database", wiki.database])
        #expect(clean.code == 0, "\(clean.output)\(clean.error)")
        #expect(clean.output.hasSuffix("nothing differs\n"))
        let mutant = try Mutant(wiki)
        try mutant.execute(
            "UPDATE citation SET year = year + 1 WHERE pmid = (SELECT min(pmid) FROM citation)")
        let text = try bioscribe(["audit", "--all", "--database", mutant.wiki.database])
        #expect(text.code == 4)
        #expect(text.lines.first?.contains("the year is noted as") == true)
        let json = try bioscribe(["audit", "--all", "--database", mutant.wiki.database, "--json"])
        #expect(json.code == 4)
        let first = try #require(json.lines.first)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: any Sendable])
        #expect(object["difference"] as? String == "citation")
        #expect(object["byte"] is Int && object["record"] is Int && object["file"] is String)
        let wrong = try bioscribe(["audit", "Igf1r", "--all"])
        #expect(wrong.code == 64)
    }
}
