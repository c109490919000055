import Testing

struct `Imports` {
    @Test func `every import of the sources is allowed by the table`() throws {
        let files = try Checkout.sources(endingIn: [".swift"])
        try #require(files.count > 50)
        var found = 0
        for file in files {
            for (index, line) in file.lines.enumerated() {
                guard let name = ImportTable.importedModule(in: line) else { continue }
                found += 1
                let fault = ImportTable.design.fault(of: file.module, importing: name)
                #expect(fault == nil, "\(file.path):\(index + 1)")
            }
        }
        #expect(found > 50, "the checker sees hardly any import")
    }

    @Test func `every module of the sources is in the table`() throws {
        let known = Set(ImportTable.design.rows.map(\.module))
        let found = Set(try Checkout.sources(endingIn: [".swift", ".modulemap"]).map(\.module))
        #expect(found.subtracting(known).isEmpty)
    }

    @Test func `imports only point up the table, so that there is no circle`() {
        #expect(ImportTable.design.rowsOutOfOrder.isEmpty)
    }

    @Test func `a circle and a row out of order are seen`() {
        let circle = ImportTable(rows: [
            ImportTable.Row(module: "A", own: ["B"], libraries: []),
            ImportTable.Row(module: "B", own: ["A"], libraries: []),
        ])
        #expect(circle.rowsOutOfOrder == ["A names B"])
    }

    @Test(arguments: [
        ("import Corpus", "Corpus"), ("public import Corpus", "Corpus"), ("internal import CYaml", "CYaml"),
        ("private import Foundation", "Foundation"), ("    import Glibc", "Glibc"),
        ("@preconcurrency import GRDB", "GRDB"), ("@testable public import Store", "Store"),
        ("import struct Foundation.Data", "Foundation"), ("import Foundation.NSURL", "Foundation"),
        ("import\tYams // rules", "Yams"), ("import Crypto;", "Crypto"),
        ("\u{20}package import func Glibc.mmap", "Glibc"),
    ])
    func `an import is read from a line`(line: String, module: String) {
        #expect(ImportTable.importedModule(in: line[...]) == module)
    }

    @Test(arguments: [
        "// import Corpus", "/// import Corpus", "let import_ = 1", "important()", "import", "",
        "    // import Yams",
        "reader.import Corpus",
    ])
    func `other lines import nothing`(line: String) {
        #expect(ImportTable.importedModule(in: line[...]) == nil)
    }

    @Test(arguments: [
        ("Corpus", "Foundation"), ("Corpus", "Glibc"), ("Corpus", "AhoCorasick"), ("AhoCorasick", "Corpus"),
        ("AhoCorasick", "Synchronization"), ("Intake", "Terminology"), ("Intake", "GRDB"),
        ("Terminology", "TextMining"), ("Terminology", "CZlib"), ("Terminology", "Yams"),
        ("TextMining", "Crypto"), ("TextMining", "Intake"), ("TextMining", "Store"), ("Articles", "Store"),
        ("Store", "TextMining"), ("Store", "Mustache"), ("Interchange", "Store"), ("Interchange", "GRDB"),
        ("Pipeline", "ArgumentParser"), ("Pipeline", "GRDB"), ("Pipeline", "CLibXML2"),
        ("bioscribe", "Crypto"),
        ("bioscribe", "GRDB"), ("Evaluation", "Pipeline"), ("Intake", "Hummingbird"), ("Unknown", "Corpus"),
    ])
    func `an import against the table is refused`(module: String, name: String) {
        #expect(ImportTable.design.fault(of: module, importing: name) != nil)
    }

    @Test(arguments: [
        ("Intake", "CLibXML2"), ("Intake", "Crypto"), ("TextMining", "Yams"), ("Pipeline", "Yams"),
        ("Store", "GRDB"), ("Interchange", "Mustache"), ("bioscribe", "ArgumentParser"),
        ("Articles", "Foundation"),
        ("Terminology", "SystemPackage"), ("Store", "Synchronization"), ("Pipeline", "AhoCorasick"),
    ])
    func `an import that the table has is allowed`(module: String, name: String) {
        #expect(ImportTable.design.fault(of: module, importing: name) == nil)
    }
}
