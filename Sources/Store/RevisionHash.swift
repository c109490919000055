import Corpus
import Crypto
import Foundation

/// The chain of hashes that makes it evident when a stored revision was changed afterwards.
///
/// `hash = SHA-256(previous hash ‖ canonical JSON of the revision)`: the previous hash as its 32 bytes, nothing for
/// the first revision; the JSON with these keys in this order, without white space:
/// `{"article":"ncbigene:16001","kind":"machine","number":1,"parent":null,"run":"…","text":"…"}`, where `run` is the
/// digest of the run's origin (its number would depend on how often the program ran) and `text` the SHA-256 of the
/// text. No value can hold a character that JSON must escape, but for the article's CURIE, which is escaped.
enum RevisionHash {
    static func hash(
        previous: Data?, article: EntityID, kind: Revision.Kind, number: Int, parent: Int?, run: String?,
        text: Data
    ) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let name = String(decoding: try encoder.encode(article.curie), as: UTF8.self)
        let parent = parent.map { String($0) } ?? "null"
        let run = run.map { "\"\($0)\"" } ?? "null"
        let json =
            "{\"article\":\(name),\"kind\":\"\(kind.rawValue)\",\"number\":\(number),\"parent\":\(parent),"
            + "\"run\":\(run),\"text\":\"\(Hex.digits(text))\"}"
        var hash = SHA256()
        if let previous { hash.update(data: previous) }
        hash.update(data: Data(json.utf8))
        return Data(hash.finalize())
    }
}
