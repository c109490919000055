import Articles
import Corpus
import Foundation

/// Digests as the bytes that the database keeps.
enum Hex {
    /// The bytes of lower-case digits; nil unless there are exactly `count` bytes.
    static func bytes(_ digits: String, count: Int) -> Data? {
        guard digits.utf8.count == 2 * count else { return nil }
        return Hexadecimal.bytes(digits).map { Data($0) }
    }

    /// The bytes of a SHA-256 digest.
    ///
    /// - Throws: `StoreError.malformedDigest`.
    static func sha256(_ digits: String) throws -> Data {
        guard let bytes = bytes(digits, count: 32) else { throw StoreError.malformedDigest(digits) }
        return bytes
    }

    /// The bytes of numbers of eight bytes each, the first byte highest.
    fileprivate static func blob(_ words: some Sequence<UInt64>) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in words {
            for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64(place)))) }
        }
        return Data(bytes)
    }

    /// The numbers that some bytes stand for; nil unless there are eight for each.
    fileprivate static func words<Words: SIMD<UInt64>>(_ blob: Data?) -> Words? {
        guard let blob, blob.count == 8 * Words.scalarCount else { return nil }
        let bytes = blob.span
        var words = Words()
        for word in 0..<Words.scalarCount {
            var number: UInt64 = 0
            for place in 8 * word..<8 * word + 8 { number = number << 8 | UInt64(bytes[place]) }
            words[word] = number
        }
        return words
    }
}

extension EvidenceID {
    /// The bytes that the database keeps.
    var blob: Data { Hex.blob([words[0], words[1]]) }

    /// Takes the bytes that the database keeps; nil unless there are 16.
    init?(blob: Data?) {
        guard let words: SIMD2<UInt64> = Hex.words(blob) else { return nil }
        self.init(words: words)
    }
}

extension StatementKey {
    /// The bytes that the database keeps.
    var blob: Data { Hex.blob([words[0], words[1], words[2], words[3]]) }

    /// Takes the bytes that the database keeps; nil unless there are 32.
    init?(blob: Data?) {
        guard let words: SIMD4<UInt64> = Hex.words(blob) else { return nil }
        self.init(words: words)
    }
}
