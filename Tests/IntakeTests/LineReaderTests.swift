import Intake
import Testing

/// Lines of files, whatever the pieces they come in.
@Suite struct LineReaderTests {
    private func lines(_ bytes: [UInt8]) throws -> [String] {
        let folder = try TemporaryFolder()
        let reader = try LineReader(path: try folder.file("lines", bytes))
        var lines: [String] = []
        while let line = try reader.next() {
            lines.append(String(decoding: line, as: UTF8.self))
            #expect(reader.lineNumber == lines.count)
        }
        return lines
    }

    @Test(arguments: [
        ("a\nb\n", ["a", "b"]), ("a\nb", ["a", "b"]), ("a\r\n\r\nb\r", ["a", "", "b"]), ("\n", [""]),
    ])
    func `line ends`(text: String, expected: [String]) throws {
        #expect(try lines(Array(text.utf8)) == expected)
    }

    @Test func `lines longer than the buffers`() throws {
        let long = (1...5).map { String(repeating: "\($0)", count: 200_000 * $0) }
        #expect(try lines(Array(long.joined(separator: "\n").utf8)) == long)
    }

    @Test func `a whole file at once`() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
        #expect(try InflatingReader.readAll(path: folder.file("plain", bytes)) == bytes)
        #expect(try InflatingReader.readAll(path: folder.file("gz", storedGzip(bytes))) == bytes)
        #expect(try InflatingReader.readAll(path: fixture("awkward.xml.gz")) == fixtureBytes("awkward.xml"))
    }

    @Test func `what was looked at is read again, and a fault behind it is still thrown`() throws {
        let folder = try TemporaryFolder()
        let bytes = [UInt8](repeating: 7, count: 100_000)
        let path = try folder.file("cut.gz", Array(storedGzip(bytes).prefix(90_000)))
        let reader = try InflatingReader(path: path)
        #expect(try reader.peek() == Array(bytes[..<65_536]))
        #expect(try reader.peek() == Array(bytes[..<65_536]))
        var found: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 10_000)
        let fault = #expect(throws: IntakeError.self) {
            while true { found += piece[..<(try reader.read(into: &piece, at: 0))] }
        }
        #expect(fault?.kind == .truncatedGzip)
        #expect(reader.fileOffset == 90_000)
        #expect(found.count > 89_000 && found.allSatisfy { $0 == 7 })
    }
}
