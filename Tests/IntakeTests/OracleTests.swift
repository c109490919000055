import Corpus
import Foundation
import Intake
import Testing

/// Every field of every record against `Oracle/records.py`, which reads the same file with another XML parser.
@Suite struct OracleTests {
    @Test(
        .enabled(if: SharedData.python != nil, "python3 is needed for the reference parser"),
        .enabled(
            if: SharedData.path("pubmed") != nil,
            "the shared data are absent: put them beside the checkout or set BIOSCRIBE_SHARED"),
        arguments: [
            ("real_pubmed.xml.gz", 2018), ("pubmed26n9002.xml.gz", 554), ("real_bookarticles.xml", 11),
            ("pubmed26n9001.xml.gz", 44_194),
        ])
    func `every field of every record equals the reference parser's`(name: String, count: Int) throws {
        let path = try #require(SharedData.path("pubmed/\(name)"))
        let python = try #require(SharedData.python)
        let script = SharedData.package.appending(path: "Tests/IntakeTests/Oracle/records.py")
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path(percentEncoded: false), path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let expected = try LineReader(path: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
        try pipe.fileHandleForWriting.close()

        let reader = try RawRecordReader(path: path)
        let parser = CitationParser()
        var differences: [String] = []
        while let item = try reader.next() {
            let line = try expected.next()
            switch item {
            case .setAside(let problem): differences.append("\(problem)")
            case .record(let raw):
                let found = CanonicalJSON.line(try parser.parse(raw))
                if found != line { differences += Self.differingFields(found, line, record: raw.ordinal) }
            }
            if differences.count > 20 { break }
        }
        #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
        #expect(reader.recordCount == count)
        #expect(try expected.next() == nil)
        process.terminate()
    }

    /// The fields that differ, with both values.
    private static func differingFields(_ found: [UInt8], _ expected: [UInt8]?, record: Int) -> [String] {
        guard let expected,
            let one = try? JSONSerialization.jsonObject(with: Data(found)) as? [String: Any],
            let other = try? JSONSerialization.jsonObject(with: Data(expected)) as? [String: Any]
        else {
            let line = expected.map { String(decoding: $0, as: UTF8.self) } ?? "nothing"
            return ["record \(record): \(String(decoding: found, as: UTF8.self)) / \(line)"]
        }
        return Set(one.keys).union(other.keys).sorted().compactMap { key in
            let (mine, theirs) = (sorted(one[key]), sorted(other[key]))
            return mine == theirs ? nil : "record \(record): \(key): \(mine) / \(theirs)"
        }
    }

    /// A value as text that does not depend on the order of keys.
    private static func sorted(_ value: Any?) -> String {
        let data = try? JSONSerialization.data(withJSONObject: [value ?? NSNull()], options: .sortedKeys)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }
}
