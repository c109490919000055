import Foundation
import Intake
import Testing

/// The `.md5` files beside PubMed's files.
@Suite struct ChecksumFileTests {
    /// The MD5 of `abc` (RFC 1321, A.5).
    private static let abc = "900150983cd24fb0d6963f7d28e17f72"

    @Test(arguments: [
        "MD5(a.xml.gz)= \(abc)\n", "MD5 (a.xml.gz) = \(abc)\n", "\(abc)  a.xml.gz\n", "\(abc) *a.xml.gz", abc,
        "  \n\(abc.uppercased())\t./a.xml.gz\r\n", "MD5(/data/baseline/a.xml.gz)=\(abc)",
        "00000000000000000000000000000000  b.xml.gz\n\(abc)  a.xml.gz\n",
    ])
    func `every usual format is understood`(text: String) throws {
        let file = try ChecksumFile(Array(text.utf8), path: "mirror/a.xml.gz.md5")
        #expect(file.md5 == Self.abc)
        #expect(file.path == "mirror/a.xml.gz.md5")
    }

    @Test(arguments: [
        "", "\n \n", "MD5(a.xml.gz)= \(abc.dropLast())\n", "MD5(a.xml.gz)= ", "MD5(a.xml.gz",
        "\(abc)0  a.xml.gz",
        "\(abc.dropLast())g", "\(abc)  b.xml.gz", "MD5(b.xml.gz)= \(abc)",
        "<html><body>Not here</body></html>",
        "=)(MD5", "MD5)(= \(abc)", "MD5(=)\(abc)", "SHA1(a.xml.gz)= \(abc)",
    ])
    func `what states no checksum of the file is refused`(text: String) throws {
        let error = #expect(throws: ChecksumError.self) {
            try ChecksumFile(Array(text.utf8), path: "mirror/a.xml.gz.md5")
        }
        guard case .malformed = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.path == "mirror/a.xml.gz.md5")
    }

    @Test func `a checksum file without end is not read to its end`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("a.md5", [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20))
        #expect(throws: ChecksumError.self) { try ChecksumFile(path: path) }
    }

    @Test func `a file is compared with the checksum beside it`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("a.xml.gz", "abc")
        #expect(try ChecksumFile.beside(file) == nil)
        let path = try folder.file("a.xml.gz.md5", ChecksumFile.text(md5: Self.abc, of: "a.xml.gz"))
        #expect(path == ChecksumFile.path(beside: file))
        let checksum = try #require(try ChecksumFile.beside(file))
        let sums = try checksum.verify()
        #expect(sums.md5 == Self.abc)
        // FIPS 180-4, example B.1.
        #expect(sums.digest.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(sums.digest.byteCount == 3)
        #expect(try sums.digest == FileDigest(ofFile: file))

        let other = try folder.file("b.xml.gz", "abd")
        let error = #expect(throws: ChecksumError.self) { try checksum.verify(other) }
        guard case .mismatch(stated: Self.abc, found: _, byteCount: 3) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.path == other)
    }

    @Test func `digests of a file that is longer than the buffer`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("a", [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        let sums = try FileChecksums(ofFile: file)
        // A million times "a": the well-known test values of both.
        #expect(sums.md5 == "7707d6ae4e027c70eea2a935c2296f21")
        #expect(
            sums.digest.sha256 == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        #expect(sums.digest.byteCount == 1_000_000)
    }

    @Test func `a file that is not there`() throws {
        #expect(throws: ChecksumError.self) { try ChecksumFile(path: "nowhere/a.md5") }
        let checksum = try ChecksumFile(Array(Self.abc.utf8), path: "nowhere/a.md5")
        #expect(throws: ChecksumError.self) { try checksum.verify() }
        #expect(throws: IntakeError.self) { try FileChecksums(ofFile: "nowhere/a") }
    }
}
