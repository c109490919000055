import Corpus
import Foundation

extension Evidence {
    /// The content-addressed identifier: the first 16 bytes of SHA-256 over PMID, version, passage index, sentence
    /// text, entity and sentence start (a UTF-8 offset), each hashed with its length.
    ///
    /// The same sentence in the same citation has the same identifier on every machine and in every run.
    public func identifier() -> EvidenceID {
        var digest = FieldDigest(room: 80 + text.utf8.count + entity.curie.utf8.count)
        digest.add(pmid.number)
        digest.add(Int64(version))
        digest.add(Int64(passage))
        digest.add(text)
        digest.add(entity.curie)
        digest.add(Int64(range.start))
        let words = digest.words()
        return EvidenceID(words: SIMD2(words[0], words[1]))
    }

    /// The key of the statement that this evidence makes in the article on its entity.
    public func statementKey() -> StatementKey {
        StatementKey(article: entity, pmid: pmid, passageKind: passageKind, sentence: text)
    }
}

/// What the nightly merge knows a statement by: the same sentence of the same citation in the same article, whatever
/// run, dictionary, rank or version of the record brought it.
///
/// SHA-256 over article, PMID, passage kind and folded sentence, each hashed with its length: 32 bytes, written as 64
/// lower-case hexadecimal digits.
public struct StatementKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The bytes, the first one highest.
    public let words: SIMD4<UInt64>

    /// Computes the key of a sentence of a citation in an article.
    public init(article: EntityID, pmid: PMID, passageKind: PassageKind, sentence: String) {
        var digest = FieldDigest(room: 80 + article.curie.utf8.count + sentence.utf8.count)
        digest.add(article.curie)
        digest.add(pmid.number)
        digest.add(passageKind.rawValue)
        digest.add(Self.folded(sentence))
        words = digest.words()
    }

    /// Takes a key as it was stored; nil unless it is 64 hexadecimal digits in lower case.
    public init?(hex: String) {
        guard hex.utf8.count == 64, let words = Hexadecimal.words(hex, count: 4) else { return nil }
        self.words = SIMD4(words[0], words[1], words[2], words[3])
    }

    /// Takes 32 bytes, the first one highest.
    public init(words: SIMD4<UInt64>) {
        self.words = words
    }

    /// The hexadecimal digits.
    public var hex: String { Hexadecimal.digits(words: [words[0], words[1], words[2], words[3]]) }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// Whether one comes before the other.
    public static func < (one: StatementKey, other: StatementKey) -> Bool {
        (one.words[0], one.words[1], one.words[2], one.words[3])
            < (other.words[0], other.words[1], other.words[2], other.words[3])
    }

    /// A sentence as the key sees it: in Unicode's normalization form C, every run of white space one space, none
    /// at either end. Case is kept: BRCA1 and Brca1 differ.
    public static func folded(_ sentence: String) -> String {
        if isFolded(sentence.utf8Span.span) { return sentence }
        // No scalar below U+0300 is changed by NFC, nor changes its neighbour: nearly all sentences stop here. Their
        // first bytes in UTF-8 are below 0xCC.
        let isComposed = sentence.utf8.allSatisfy { $0 < 0xCC }
        let composed = isComposed ? sentence : sentence.precomposedStringWithCanonicalMapping
        var folded: [UInt8] = []
        folded.reserveCapacity(composed.utf8.count)
        var isSpacePending = false
        let bytes = composed.utf8Span.span
        var position = 0
        while position < bytes.count {
            let space = WhiteSpace.length(at: position, in: bytes)
            if space > 0 {
                isSpacePending = !folded.isEmpty
                position += space
                continue
            }
            if isSpacePending { folded.append(UInt8(ascii: " ")) }
            isSpacePending = false
            folded.append(bytes[position])
            position += 1
        }
        return String(decoding: folded, as: UTF8.self)
    }

    /// Whether a sentence is plain enough to be told at a glance to stay as it is: no scalar that is white space or could be
    /// not composed, but for single spaces between words. Nearly all are, Greek letters and signs of mathematics included.
    private static func isFolded(_ bytes: Span<UInt8>) -> Bool {
        var isAfterSpace = true
        for place in bytes.indices {
            let byte = bytes[place]
            if byte == UInt8(ascii: " ") {
                if isAfterSpace { return false }
                isAfterSpace = true
            } else {
                // Below it are the other signs of white space in ASCII.
                if byte < 0x20 { return false }
                if byte >= 0xC0,
                    !bytes.isComposed(at: place) || WhiteSpace.length(at: place, in: bytes) > 0
                {
                    return false
                }
                isAfterSpace = false
            }
        }
        return !isAfterSpace || bytes.isEmpty
    }
}
