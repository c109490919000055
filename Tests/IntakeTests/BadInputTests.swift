import Corpus
import Foundation
import Intake
import Testing

/// Damaged, absurd and hostile files: what is good is kept, and the rest is told with its place.
@Suite struct BadInputTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func many(_ count: Int) -> [UInt8] {
        Array("<PubmedArticleSet>\n\((1...count).map { article($0) }.joined())</PubmedArticleSet>\n".utf8)
    }

    @Test func `a file that is not there is told with its path`() {
        let reading = Reading(path: "/nonexistent/file.xml.gz")
        guard case .unreadable(let message) = reading.fault?.kind else {
            Issue.record("\(String(describing: reading.fault))")
            return
        }
        #expect(message.contains("No such file"))
        #expect(
            "\(reading.fault.map(String.init(describing:)) ?? "")".hasPrefix("/nonexistent/file.xml.gz: "))
    }

    @Test func `an empty file`() throws {
        #expect(Reading(path: try folder.file("empty.xml.gz", [])).fault?.kind == .empty)
    }

    @Test func `an empty gzip member holds no PubMed XML`() throws {
        let reading = Reading(path: try folder.file("empty.xml.gz", storedGzip([])))
        #expect(reading.fault?.kind == .notPubMedXML("it holds no PubmedArticleSet"))
    }

    @Test func `what is neither gzip nor XML is shown by its start`() throws {
        let reading = Reading(path: try folder.file("x.xml.gz", "404 Not Found"))
        #expect(reading.fault?.kind == .notPubMedXML("404 Not Found"))
    }

    @Test func `plain XML in a file called gz is read, by its content`() throws {
        #expect(Reading(path: try folder.file("x.xml.gz", many(3))).pmids == [1, 2, 3])
    }

    @Test(arguments: [9, 30, 2_000, 5_000])
    func `a truncated gzip gives its good records first, then says where it ends`(length: Int) throws {
        let whole = storedGzip(many(50))
        #expect(whole.count > 7_000)
        let reading = Reading(path: try folder.file("cut.xml.gz", Array(whole.prefix(length))))
        #expect(reading.fault?.kind == .truncatedGzip)
        #expect(reading.fault?.byte == length)
        #expect(reading.pmids == (0..<reading.pmids.count).map { Int64($0 + 1) })
        #expect(reading.pmids.count >= (length - 200) / article(10).utf8.count)
        #expect(
            "\(reading.fault.map(String.init(describing:)) ?? "")".contains(
                "after byte \(length) of the file"))
    }

    @Test func `every truncation of deflated data is told`() throws {
        let whole = try fixtureBytes("awkward.xml.gz")
        for length in stride(from: 1, to: whole.count, by: 37) {
            let reading = Reading(path: try folder.file("cut.xml.gz", Array(whole.prefix(length))))
            #expect(reading.fault?.kind == .truncatedGzip, "\(length) bytes")
            #expect(reading.fault?.byte == length)
        }
    }

    @Test func `a corrupt byte in the middle gives what stands before it, then its place`() throws {
        var bytes: [UInt8] = storedGzip(many(50))
        bytes += storedGzip(Array(" ".utf8))
        // The length of the stored block, just behind the member's header.
        bytes[11] ^= 0x40
        let atStart = Reading(path: try folder.file("header.xml.gz", bytes))
        #expect(atStart.fault?.kind == .corruptGzip("invalid stored block lengths"))
        #expect(atStart.records.isEmpty)

        let first = storedGzip(Array("<PubmedArticleSet>\(article(1))".utf8))
        var second = storedGzip(Array("\(article(2))</PubmedArticleSet>".utf8))
        second[second.count - 6] ^= 1
        let checksum = Reading(path: try folder.file("checksum.xml.gz", first + second))
        #expect(checksum.pmids == [1, 2])
        #expect(checksum.fault?.kind == .corruptGzip("incorrect data check"))
        let place = try #require(checksum.fault?.byte)
        #expect(abs(place - (first.count + second.count)) <= 8)

        second = storedGzip(Array("\(article(2))</PubmedArticleSet>".utf8))
        second[second.count - 1] ^= 1
        let length = Reading(path: try folder.file("length.xml.gz", first + second))
        #expect(length.fault?.kind == .corruptGzip("incorrect length check"))
    }

    /// Where a file is cut off within a long match, zlib has used all input up before it has written all that it makes.
    @Test func `a truncated gzip gives the same text however much is read at a time`() throws {
        let whole = try fixtureBytes("awkward.xml.gz")
        func text(_ path: String, bufferSize: Int) throws -> [UInt8] {
            let reader = try InflatingReader(path: path)
            var (text, buffer) = ([UInt8](), [UInt8](repeating: 0, count: bufferSize))
            while let count = try? reader.read(into: &buffer, at: 0), count > 0 { text += buffer[..<count] }
            return text
        }
        for length in stride(from: 40, to: whole.count, by: 7) {
            let path = try folder.file("cut.xml.gz", Array(whole.prefix(length)))
            let expected = try text(path, bufferSize: 1 << 18)
            for bufferSize in [1, 7, 61] {
                #expect(try text(path, bufferSize: bufferSize) == expected, "\(length) bytes, \(bufferSize)")
            }
        }
    }

    @Test func `every corrupt byte of deflated data is noticed`() throws {
        let whole = try fixtureBytes("awkward.xml.gz")
        for place in stride(from: 10, to: whole.count, by: 23) {
            var bytes = whole
            bytes[place] ^= 0x55
            let reading = Reading(path: try folder.file("bad.xml.gz", bytes))
            #expect(reading.fault != nil, "byte \(place)")
        }
    }

    @Test func `members and padding make one text, garbage behind them is told`() throws {
        let text = many(5)
        let one = storedGzip(Array(text.prefix(200)))
        let two = storedGzip(Array(text.dropFirst(200)))
        let padded = one + storedGzip([]) + two + [UInt8](repeating: 0, count: 600)
        let reading = Reading(path: try folder.file("members.xml.gz", padded))
        #expect(reading.fault == nil)
        #expect(reading.pmids == [1, 2, 3, 4, 5])

        let garbage = Reading(path: try folder.file("garbage.xml.gz", one + two + Array("garbage".utf8)))
        #expect(garbage.pmids == [1, 2, 3, 4, 5])
        guard case .corruptGzip = garbage.fault?.kind else {
            Issue.record("\(String(describing: garbage.fault))")
            return
        }
        #expect(garbage.fault?.byte == one.count + two.count)
    }

    @Test func `size and digest are of the file's own bytes, damaged or not`() throws {
        let reader = try RawRecordReader(path: try folder.file("abc", "abc"))
        #expect(throws: IntakeError.self) { try reader.next() }
        #expect(try reader.next() == nil)
        let digest = FileDigest(
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", byteCount: 3)
        #expect(try reader.digest() == digest)
    }

    @Test func `invalid UTF-8 sets one record aside, with its byte`() throws {
        var bytes = many(3)
        let second = try #require(bytes.firstRange(of: Array(article(2).utf8))).lowerBound
        let title = try #require(bytes[second...].firstRange(of: Array("T.<".utf8))).lowerBound
        bytes[title] = 0xC3
        let reading = Reading(path: try folder.file("utf8.xml", bytes))
        #expect(reading.pmids == [1, 3])
        #expect(reading.problems.map(\.reason) == [.invalidUTF8])
        #expect(reading.problems.first?.byte == title)
        #expect(reading.problems.first?.record == 2)
        #expect(reading.fault == nil)
    }

    @Test func `a title of 50 MB sets its record aside`() throws {
        let title = String(repeating: "Fifty megabytes. ", count: 3_090_000)
        #expect(title.utf8.count > 50 << 20)
        let text = articleSet(article(1), article(2, "<ArticleTitle>\(title)</ArticleTitle>"), article(3))
        let reading = Reading(path: try folder.file("long.xml", text))
        #expect(reading.pmids == [1, 3])
        #expect(reading.problems.map(\.reason) == [.fieldTooLong(field: "the title", limit: 1 << 20)])
        #expect(reading.problems.first?.pmid == PMID(2))
        #expect(reading.fault == nil)
    }

    @Test func `a title just below the limit is kept`() throws {
        let title = String(repeating: "x", count: CitationParser.fieldLimit)
        #expect(try citation("<ArticleTitle>\(title)</ArticleTitle>")?.title == title)
    }

    @Test func `10,000 authors are read`() throws {
        let authors = (1...10_000).map {
            "<Author><LastName>Name\($0)</LastName><ForeName>\(String(repeating: "F", count: 200))</ForeName></Author>"
        }
        let found = try citation("<AuthorList>\(authors.joined())</AuthorList>")
        #expect(found?.authors.count == 10_000)
        #expect(found?.authors.last?.lastName == "Name10000")
    }

    @Test func `a record of 30 MB in small fields is read`() throws {
        let section = "<AbstractText>\(String(repeating: "x", count: 1_000_000))</AbstractText>"
        let found = try citation("<Abstract>\(String(repeating: section, count: 30))</Abstract>")
        #expect(found?.abstract.count == 30)
    }

    @Test(arguments: ["", "0", "-5", "12a", "99999999999999999999"])
    func `a record without a good PMID is set aside`(pmid: String) throws {
        let bad = article(1).replacing(">1</PMID>", with: ">\(pmid)</PMID>")
        let reading = Reading(path: try folder.file("pmid.xml", articleSet(bad, article(2))))
        #expect(reading.pmids == [2])
        #expect(reading.problems.map(\.reason) == [.invalidPMID(pmid)])
    }

    @Test func `elements 100,000 deep do no harm`() throws {
        let deep = String(repeating: "<x>", count: 100_000) + String(repeating: "</x>", count: 100_000)
        let title = "<ArticleTitle>T\(deep)</ArticleTitle>\(deep)"
        #expect(try citation(title)?.title == "T")
    }

    @Test func `a parser goes on after damaged records`() throws {
        let parser = CitationParser()
        let good = RawRecord(
            file: "f", ordinal: 1, byteOffset: 0, kind: .citation, bytes: Array(article(1).utf8))
        var bad = good
        bad.bytes.removeLast(20)
        for _ in 0..<50 {
            #expect(throws: RecordProblem.self) { try parser.parse(bad) }
            #expect(
                try parser.parse(good) == .citation(Citation(pmid: PMID(1), status: "MEDLINE", title: "T.")))
        }
    }

    @Test func `parsers of several threads do not disturb each other`() async throws {
        let raw = Reading(path: fixture("awkward.xml")).raw
        let expected = Reading(path: fixture("awkward.xml")).records
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let parser = CitationParser()
                    return (0..<200).allSatisfy { _ in (try? raw.map { try parser.parse($0) }) == expected }
                }
            }
            for await isEqual in group { #expect(isEqual) }
        }
    }

    @Test func `a file full of open comments keeps its good records`() throws {
        let open = article(1, "<ArticleTitle><!-- \(String(repeating: "x", count: 900))</ArticleTitle>")
        let text = articleSet(article(1), String(repeating: open, count: 1_500), article(2))
        let reading = Reading(path: try folder.file("comments.xml", text))
        #expect(reading.pmids == [1, 2])
        #expect(reading.problems.map(\.record) == (2...1_501).map { $0 })
        #expect(reading.problems.allSatisfy { $0.reason == .notClosed })
    }

    @Test func `messages name file, record, PMID and byte`() {
        let problem = RecordProblem(
            file: "a.xml.gz", record: 17, pmid: PMID(5), byte: 300, reason: .malformed("no end"))
        #expect("\(problem)" == "a.xml.gz: record 17 (PMID 5), byte 300: malformed XML: no end; set aside")
        let fault = IntakeError(path: "a.xml.gz", kind: .corruptGzip("incorrect data check"), byte: 9)
        #expect(
            "\(fault)"
                == "a.xml.gz: the gzip data are damaged near byte 9 of the file (incorrect data check); fetch it again"
        )
    }
}
