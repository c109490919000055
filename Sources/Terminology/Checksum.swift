import AhoCorasick
import Crypto

/// The last bytes of a compiled dictionary: the SHA-256 of all bytes before them.
enum Checksum {
    /// The number of its bytes.
    static let count = SHA256.byteCount

    /// Appends the checksum of the bytes to them.
    static func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: SHA256.hash(data: bytes))
    }

    /// Whether the last bytes of a region are the checksum of those before.
    ///
    /// - Complexity: O(number of bytes).
    static func isRight(in region: MemoryRegion) -> Bool {
        let size = region.count - count
        guard size >= 0, let bytes = region.table(of: UInt8.self, at: 0, count: region.count) else {
            return false
        }
        let digest = bytes.withSpan(from: 0, count: size) { content in
            var hasher = SHA256()
            unsafe content.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
            return hasher.finalize()
        }
        return bytes.withSpan(from: size, count: count) { stored in
            zip(digest, 0..<count).allSatisfy { $0 == stored[$1] }
        }
    }
}
