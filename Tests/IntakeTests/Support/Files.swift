import Corpus
import Foundation
import Intake

/// A folder that lives as long as a test.
final class TemporaryFolder {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "intake-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes a file and tells its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        return file.path(percentEncoded: false)
    }

    /// Writes a file and tells its path.
    func file(_ name: String, _ text: String) throws -> String {
        try file(name, Array(text.utf8))
    }
}

/// The path of a fixture.
func fixture(_ name: String) -> String {
    SharedData.package.appending(path: "Tests/IntakeTests/Fixtures/\(name)").path(percentEncoded: false)
}

/// The bytes of a fixture.
func fixtureBytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: fixture(name))))
}

/// What reading a file to its end gave.
struct Reading {
    var records: [PubMedRecord] = []
    var raw: [RawRecord] = []
    var problems: [RecordProblem] = []
    var fault: IntakeError?

    /// The PMIDs of the citations.
    var pmids: [Int64] {
        records.compactMap { if case .citation(let citation) = $0 { citation.pmid.number } else { nil } }
    }

    init(path: String, recordLimit: Int = RawRecordReader.recordLimit) {
        do throws(IntakeError) {
            let reader = try RawRecordReader(path: path, recordLimit: recordLimit)
            let parser = CitationParser()
            while let item = try reader.next() {
                switch item {
                case .setAside(let problem): problems.append(problem)
                case .record(let record):
                    raw.append(record)
                    do throws(RecordProblem) {
                        records.append(try parser.parse(record))
                    } catch {
                        problems.append(error)
                    }
                }
            }
        } catch {
            fault = error
        }
    }
}

/// A record with the least that a citation needs, and XML of one's own in its `Article`.
func article(_ pmid: Int, _ inner: String = "<ArticleTitle>T.</ArticleTitle>") -> String {
    "<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">\(pmid)</PMID>"
        + "<Article>\(inner)</Article></MedlineCitation></PubmedArticle>\n"
}

/// A file of records.
func articleSet(_ records: String...) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PubmedArticleSet>\n\(records.joined())</PubmedArticleSet>\n"
}

/// The citation of a record with XML of one's own in its `Article`.
func citation(_ inner: String) throws -> Citation? {
    let record = RawRecord(
        file: "test", ordinal: 1, byteOffset: 0, kind: .citation, bytes: Array(article(1, inner).utf8))
    guard case .citation(let citation) = try CitationParser().parse(record) else { return nil }
    return citation
}

/// Where a text starts in another, in UTF-8 bytes.
func byteOffset(of part: String, in text: String) -> Int? {
    Array(text.utf8).firstRange(of: Array(part.utf8))?.lowerBound
}
