import Corpus
import Foundation

extension Evidence {
    /// The content-addressed identifier: the first 16 bytes of SHA-256 over PMID, version, passage index, sentence
    /// text, entity and sentence start (a UTF-8 offset), each hashed with its length.
    ///
    /// The same sentence in the same citation has the same identifier on every machine and in every run.
    public func identifier() -> EvidenceID {
        var digest = FieldDigest()
        digest.add(pmid.number)
        digest.add(Int64(version))
        digest.add(Int64(passage))
        digest.add(text)
        digest.add(entity.curie)
        digest.add(Int64(range.start))
        guard let identifier = EvidenceID(hex: digest.hex(bytes: 16)) else {
            preconditionFailure("16 bytes are 32 hexadecimal digits")
        }
        return identifier
    }

    /// The key of the statement that this evidence makes in the article on its entity.
    public func statementKey() -> StatementKey {
        StatementKey(article: entity, pmid: pmid, passageKind: passageKind, sentence: text)
    }
}

/// What the nightly merge knows a statement by: the same sentence of the same citation in the same article, whatever
/// run, dictionary, rank or version of the record brought it.
///
/// SHA-256 over article, PMID, passage kind and folded sentence, each hashed with its length: 64 lower-case
/// hexadecimal digits.
public struct StatementKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The hexadecimal digits.
    public let hex: String

    /// Computes the key of a sentence of a citation in an article.
    public init(article: EntityID, pmid: PMID, passageKind: PassageKind, sentence: String) {
        var digest = FieldDigest()
        digest.add(article.curie)
        digest.add(pmid.number)
        digest.add(passageKind.rawValue)
        digest.add(Self.folded(sentence))
        hex = digest.hex()
    }

    /// Takes a key as it was stored; nil unless it is 64 hexadecimal digits in lower case.
    public init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.hex = hex
    }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// Whether one comes before the other.
    public static func < (one: StatementKey, other: StatementKey) -> Bool {
        one.hex.utf8.lexicographicallyPrecedes(other.hex.utf8)
    }

    /// A sentence as the key sees it: in Unicode's normalization form C, every run of white space one space, none
    /// at either end. Case is kept: BRCA1 and Brca1 differ.
    public static func folded(_ sentence: String) -> String {
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

    private static func isDigit(_ byte: UInt8) -> Bool {
        (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"))
    }
}
