import Articles
import Corpus
import Crypto
import Foundation

/// The chain of hashes that makes it evident when a stored revision was changed afterwards.
///
/// `hash = SHA-256(previous hash ‖ canonical JSON of the revision)`: the previous hash as its 32 bytes, nothing for
/// the first revision; the JSON with its keys in alphabetical order, without white space:
/// `{"article":"ncbigene:16001","comment":"","contributor":"machine","kind":"machine","number":1,"parent":null,`
/// `"run":"…","text":"…","time":null,"tokenizer":1,"tokens":"…"}`, where `run` is the digest of the run's origin and a
/// machine has no other name (its number would depend on how often the program ran), a person is `person:Ada`, `text`
/// is the SHA-256 of the text and `tokens` that of the identities as they are stored.
enum RevisionHash {
    /// What is hashed.
    private struct Row: Encodable {
        var article: String
        var comment: String
        var contributor: String
        var kind: String
        var number: Int
        var parent: Int?
        var run: String?
        var text: String
        var time: String?
        var tokenizer: Int
        var tokens: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(article, forKey: .article)
            try container.encode(comment, forKey: .comment)
            try container.encode(contributor, forKey: .contributor)
            try container.encode(kind, forKey: .kind)
            try container.encode(number, forKey: .number)
            try container.encode(parent, forKey: .parent)
            try container.encode(run, forKey: .run)
            try container.encode(text, forKey: .text)
            try container.encode(time, forKey: .time)
            try container.encode(tokenizer, forKey: .tokenizer)
            try container.encode(tokens, forKey: .tokens)
        }

        private enum CodingKeys: CodingKey {
            case article, comment, contributor, kind, number, parent, run, text, time, tokenizer, tokens
        }

        /// The canonical JSON where no text holds anything that is written otherwise there, which of machines' revisions none
        /// does; nil for others.
        var plainJSON: Data? {
            let texts = [article, comment, contributor, kind, run ?? "", text, time ?? "", tokens]
            let isPlain = texts.allSatisfy { text in
                text.utf8.allSatisfy {
                    (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                }
            }
            guard isPlain else { return nil }
            func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
            let parent = parent.map { "\($0)" } ?? "null"
            return Data(
                """
                {"article":"\(article)","comment":"\(comment)","contributor":"\(contributor)","kind":"\(kind)",\
                "number":\(number),"parent":\(parent),"run":\(quoted(run)),"text":"\(text)",\
                "time":\(quoted(time)),"tokenizer":\(tokenizer),"tokens":"\(tokens)"}
                """.utf8)
        }
    }

    static func hash(
        previous: Data?, article: EntityID, number: Int, revision: ArticleChange.NewRevision, run: String?,
        text: Data, tokens: Data, tokenizer: Int = ArticleTokenizer.version
    ) throws -> Data {
        let contributor = revision.contributor
        let row = Row(
            article: article.curie, comment: revision.comment,
            contributor: contributor.kind == .machine
                ? "machine" : "\(contributor.kind.rawValue):\(contributor.name)",
            kind: revision.kind.rawValue, number: number, parent: revision.parent, run: run,
            text: Hexadecimal.digits(text), time: revision.time, tokenizer: tokenizer,
            tokens: Hexadecimal.digits(SHA256.hash(data: tokens)))
        var hash = SHA256()
        if let previous { hash.update(data: previous) }
        hash.update(data: try row.plainJSON ?? json(of: row))
        return Data(hash.finalize())
    }

    private static func json(of row: Row) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return try encoder.encode(row)
    }
}
