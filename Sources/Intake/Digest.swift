import Crypto
import SystemPackage

/// The size and the SHA-256 digest of a file's own bytes, compressed ones where it is compressed.
public struct FileDigest: Hashable, Sendable {
    /// The digest as 64 lower-case hexadecimal digits.
    public let sha256: String
    /// The number of bytes.
    public let byteCount: Int

    /// Reads a file to its end for its size and digest, without inflating it.
    public init(ofFile path: String) throws(IntakeError) {
        self = try InflatingReader(path: path).finish()
    }

    /// Takes a digest that was computed elsewhere.
    public init(sha256: String, byteCount: Int) {
        self.sha256 = sha256
        self.byteCount = byteCount
    }
}

/// Computes SHA-256 (FIPS 180-4) over bytes that come in pieces.
struct RunningDigest {
    private var hasher = SHA256()
    private var byteCount = 0

    /// Adds bytes at the end.
    mutating func add(_ bytes: borrowing Span<UInt8>) {
        byteCount += bytes.count
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }

    /// The digest of all bytes so far.
    var value: FileDigest {
        FileDigest(sha256: hexadecimal(hasher.finalize()), byteCount: byteCount)
    }
}

/// The size and both digests of a file's own bytes, from one reading: SHA-256, by which the ledger knows a file, and MD5,
/// which the `.md5` files of PubMed state.
public struct FileChecksums: Hashable, Sendable {
    /// The size and the SHA-256 digest.
    public let digest: FileDigest
    /// The MD5 (RFC 1321) as 32 lower-case hexadecimal digits: it tells damage, and protects against nobody.
    public let md5: String

    /// Reads a file to its end, without inflating it, in pieces of 256 KiB.
    public init(ofFile path: String) throws(IntakeError) {
        var sha256 = RunningDigest()
        var md5 = Insecure.MD5()
        var offset = 0
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            defer { try? file.close() }
            var buffer = [UInt8](repeating: 0, count: 256 << 10)
            while true {
                let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
                if count == 0 { break }
                sha256.add(buffer.span.extracting(0..<count))
                unsafe buffer.withUnsafeBytes {
                    unsafe md5.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
                }
                offset += count
            }
        } catch {
            throw IntakeError(path: path, kind: .unreadable("\(error)"), byte: offset)
        }
        digest = sha256.value
        self.md5 = hexadecimal(md5.finalize())
    }
}

/// The SHA-256 digest of bytes, as 64 lower-case hexadecimal digits.
package func sha256Hex(_ bytes: Span<UInt8>) -> String {
    var digest = RunningDigest()
    digest.add(bytes)
    return digest.value.sha256
}

/// The SHA-1 digest of bytes as MediaWiki writes it: a number in base 36, 31 digits. It tells texts apart that were
/// damaged on their way, and protects nothing.
package func sha1Base36(_ bytes: Span<UInt8>) -> String {
    var hasher = Insecure.SHA1()
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    var number = Array(hasher.finalize())
    var digits = [UInt8](repeating: UInt8(ascii: "0"), count: 31)
    for place in digits.indices.reversed() {
        // Long division: the remainder is the next digit from the right.
        var remainder = 0
        for index in number.indices {
            let value = remainder << 8 | Int(number[index])
            number[index] = UInt8(value / 36)
            remainder = value % 36
        }
        digits[place] = UInt8(remainder < 10 ? 0x30 + remainder : 0x61 + remainder - 10)
    }
    return String(decoding: digits, as: UTF8.self)
}

/// The SHA-256 digest of several texts, each hashed with its length, so that no two lists of texts are confused.
public func sha256Hex(of texts: [String]) -> String {
    var digest = RunningDigest()
    for text in texts {
        digest.add(Array("\(text.utf8.count)\n".utf8).span)
        digest.add(text.utf8Span.span)
    }
    return digest.value.sha256
}

private func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * digest.underestimatedCount)
    for byte in digest {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}
