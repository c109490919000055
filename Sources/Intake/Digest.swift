import Crypto

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

private func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * SHA256.byteCount)
    for byte in digest {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}
