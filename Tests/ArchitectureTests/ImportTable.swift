import Foundation

/// Which module may import which: the table of the design, from the top of the way of the data to its end.
///
/// A module may import what its own row names, which always stands above it, and the libraries that are listed for it.
struct ImportTable {
    /// A row: a module, the modules of the project it may import, and libraries that only some modules may use.
    struct Row {
        let module: String
        let own: Set<String>
        let libraries: Set<String>
    }

    let rows: [Row]
    /// What may be imported anywhere but in the modules of `pure`.
    let common: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Musl", "SystemPackage", "Synchronization",
    ]
    /// The modules that import nothing at all.
    let pure: Set<String> = ["Corpus", "AhoCorasick"]

    /// The table of this project.
    static let design: ImportTable = {
        let mining: Set<String> = ["Corpus", "AhoCorasick", "Intake", "Terminology", "TextMining"]
        let all = mining.union(["Articles", "Store", "Interchange", "Evaluation", "Audit"])
        return ImportTable(rows: [
            Row(module: "Corpus", own: [], libraries: []),
            Row(module: "AhoCorasick", own: [], libraries: []),
            Row(module: "CLibXML2", own: [], libraries: []),
            Row(module: "CZlib", own: [], libraries: []),
            Row(module: "CISAL", own: [], libraries: []),
            Row(module: "Intake", own: ["Corpus", "CLibXML2", "CZlib", "CISAL"], libraries: ["Crypto"]),
            Row(
                module: "Terminology", own: ["Corpus", "AhoCorasick", "Intake"],
                libraries: ["Crypto", "Dispatch"]),
            Row(module: "TextMining", own: ["Corpus", "AhoCorasick", "Terminology"], libraries: ["Yams"]),
            Row(module: "Articles", own: ["Corpus"], libraries: ["Crypto"]),
            Row(module: "Store", own: ["Corpus", "Articles"], libraries: ["GRDB", "Crypto"]),
            Row(module: "Interchange", own: ["Corpus", "Intake", "Articles"], libraries: ["Mustache"]),
            Row(
                module: "Evaluation", own: ["Corpus", "Intake", "Terminology", "TextMining", "Articles"],
                libraries: []),
            Row(
                module: "Audit",
                own: [
                    "Corpus", "Intake", "Terminology", "TextMining", "Articles", "Store", "Interchange",
                ],
                libraries: ["Crypto"]),
            Row(module: "Pipeline", own: all, libraries: ["Yams", "Logging", "FoundationNetworking"]),
            Row(module: "bioscribe", own: all.union(["Pipeline"]), libraries: ["ArgumentParser", "Logging"]),
        ])
    }()

    /// What is wrong with an import of a module; nil where it may stand.
    func fault(of module: String, importing name: String) -> String? {
        guard let row = rows.first(where: { $0.module == module }) else {
            return "\(module) is not in the table of modules"
        }
        if row.own.contains(name) || row.libraries.contains(name) { return nil }
        if pure.contains(module) { return "\(module) imports nothing at all, but \(name)" }
        if common.contains(name) { return nil }
        return "\(module) may not import \(name)"
    }

    /// The rows that name a module which does not stand above them: with none, there can be no circle.
    var rowsOutOfOrder: [String] {
        var above: Set<String> = []
        var faults: [String] = []
        for row in rows {
            faults += row.own.subtracting(above).sorted().map { "\(row.module) names \($0)" }
            above.insert(row.module)
        }
        return faults
    }

    /// The module that a line of Swift imports; nil where it imports none.
    static func importedModule(in line: Substring) -> String? {
        var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        let modifiers: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
        while let first = words.first, first.hasPrefix("@") || modifiers.contains(first) {
            words.removeFirst()
        }
        guard words.first == "import", words.count > 1 else { return nil }
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
        let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
        let module = name.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return module.isEmpty ? nil : String(module)
    }
}

/// The files of this checkout.
enum Checkout {
    /// The package's folder.
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file of Swift under `Sources`.
    struct SourceFile {
        /// The folder under `Sources`.
        let module: String
        /// The path within the checkout.
        let path: String
        let lines: [Substring]
    }

    /// All files of `Sources` whose names end so.
    static func sources(endingIn suffixes: [String]) throws -> [SourceFile] {
        let sources = folder.appending(path: "Sources").path(percentEncoded: false)
        let names = try FileManager.default.subpathsOfDirectory(atPath: sources)
            .filter { name in suffixes.contains { name.hasSuffix($0) } }
        return try names.sorted().map { name in
            let text = try String(contentsOfFile: sources + "/" + name, encoding: .utf8)
            return SourceFile(
                module: name.split(separator: "/").first.map(String.init) ?? "", path: "Sources/" + name,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }
}
