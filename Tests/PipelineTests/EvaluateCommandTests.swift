import Foundation
import Testing

/// `evaluate`, through the real program. The documents were written for these tests.
struct EvaluateCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let gold = """
        1|t|Igf1r in mice
        1|a|The gene Igf1r and aspirin.
        1\t0\t5\tIgf1r\tGene\t16001
        1\t9\t13\tmice\tSpecies\t10090
        1\t23\t28\tIgf1r\tGene\t16001
        1\t33\t40\taspirin\tChemical\tMESH:D001241

        2|t|Quux1 is unknown
        2|a|It is.
        2\t0\t5\tQuux1\tGene\t99999999


        """

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    /// A member within members.
    private func value(_ object: [String: Any], _ path: String...) -> Any? {
        path.reduce(object as Any?) { ($0 as? [String: Any])?[$1] }
    }

    @Test func `the program's own mentions are scored by type`() throws {
        let path = try folder.file("gold.pubtator", Self.gold)
        let outcome = try bioscribe(["evaluate", "tagging", "--gold", path, "--json"])
        #expect(outcome.code == 0 && outcome.error == "")
        let report = try object(outcome.output)
        #expect(report["documents"] as? Int == 2)
        #expect(Set((report["types"] as? [String: Any] ?? [:]).keys) == ["Gene", "Species", "Chemical"])
        #expect(value(report, "types", "Chemical", "scores", "ids", "f1") as? Double == 100)
        #expect(value(report, "types", "Gene", "scores", "ids", "tp") as? Int == 1)
        #expect(value(report, "types", "Gene", "scores", "ids", "fn") as? Int == 1)
        let again = try bioscribe(["evaluate", "tagging", "--gold", path, "--json"])
        #expect(again.output == outcome.output)
    }

    @Test func `the table shows measures with intervals, and the causes of errors`() throws {
        let path = try folder.file("gold.pubtator", Self.gold)
        let outcome = try bioscribe([
            "evaluate", "tagging", "--gold", path, "--type", "Gene", "--species", "mouse", "--errors", "5",
        ])
        #expect(outcome.code == 0 && outcome.error == "")
        let lines = outcome.lines
        #expect(lines.first == "tagging, \(path): 2 documents")
        #expect(lines.contains { $0.hasPrefix("  identifiers of documents ") && $0.contains(" 50.00 [") })
        #expect(lines.contains("       1  the identifier is not in the dictionary"))
        #expect(lines.contains("           1  “Quux1”  99999999"))
        #expect(!lines.contains { $0.hasPrefix("Chemical") })
    }

    @Test func `predictions of a file are scored without a dictionary`() throws {
        let path = try folder.file("gold.pubtator", Self.gold)
        let found = try folder.file(
            "found.pubtator", "1\t0\t5\tIgf1r\tGene\t16001\n2\t0\t5\tQuux1\tGene\t7\n")
        let outcome = try bioscribe([
            "evaluate", "tagging", "--gold", path, "--predictions", found, "--type", "Gene", "--json",
            "--dictionaries", "no-such-folder",
        ])
        #expect(outcome.code == 0 && outcome.error == "")
        let report = try object(outcome.output)
        #expect(value(report, "types", "Gene", "scores", "ids", "precision") as? Double == 50)
        #expect(value(report, "types", "Gene", "scores", "strict", "recall") as? Double == 66.67)
    }

    @Test func `what cannot be read is set aside, with exit code 3`() throws {
        let line = #"{"id":"1","text":"IL-2 binds. It acts.","sentences":[[0,11],[12,20]]}"#
        let path = try folder.file("gold.jsonl", line + "\n{\"id\":\"2\"}\n")
        let outcome = try bioscribe(["evaluate", "sentences", "--gold", path, "--json"])
        #expect(outcome.code == 3)
        #expect(
            outcome.error
                == "\(path): line 2: this is not a document with pmid or id, abstract or text, and sentences; set aside\n"
        )
        let report = try object(outcome.output)
        #expect(report["set_aside"] as? Int == 1)
        #expect(value(report, "scores", "spans", "f1") as? Double == 100)
    }

    @Test(arguments: ["tagging", "sentences", "abbreviations", "sections"])
    func `no gold at all is an error that says so`(task: String) throws {
        let path = try folder.file("gold.jsonl", "\n")
        let outcome = try bioscribe(["evaluate", task, "--gold", path])
        #expect(outcome.code == 1 && outcome.output == "")
        #expect(outcome.error.contains("\(path): there is no gold document in it"))
    }

    @Test func `gold without a type that is known is an error that names what it has`() throws {
        let path = try folder.file("gold.pubtator", "1|t|Igf1r\n1|a|\n1\t0\t5\tIgf1r\tVariant\t1\n\n")
        let outcome = try bioscribe(["evaluate", "tagging", "--gold", path])
        #expect(outcome.code == 1 && outcome.output == "")
        #expect(outcome.error.contains("it has Variant"))
    }

    @Test(arguments: [
        ["tagging", "--type", "Planet"], ["attribution"], ["sentences", "--type", "Gene"],
        ["tagging", "--errors", "-1"],
    ])
    func `wrong usage exits 64`(arguments: [String]) throws {
        let path = try folder.file("gold.pubtator", Self.gold)
        let outcome = try bioscribe(["evaluate"] + arguments + ["--gold", path])
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test func `sections are classified as classify does`() throws {
        let sentence =
            #"{"id":"a","pmid":"1","entity":"ncbigene:16001","text":"Igf1r causes type 2 diabetes in mice.""#
        let labels =
            #","sections_agreed":["disease"],"sections_either":["disease"],"best":["disease"],"standalone":[true],"#
            + #""negated":[false],"speculative":[false],"kind":["finding"]}"#
        let gold = try folder.file("gold.jsonl", sentence + labels + "\n")
        let input = try folder.file("input.jsonl", sentence + "}\n")
        let found = try folder.file("found.jsonl", try bioscribe(["classify", input]).output)
        let own = try bioscribe(["evaluate", "sections", "--gold", gold, "--json"])
        let read = try bioscribe(["evaluate", "sections", "--gold", gold, "--predictions", found, "--json"])
        #expect(own.code == 0 && own.output == read.output)
        #expect(value(try object(own.output), "scores", "sections", "recall") as? Double == 100)
        #expect(value(try object(own.output), "scores", "kind", "of") as? Int == 1)
    }
}
