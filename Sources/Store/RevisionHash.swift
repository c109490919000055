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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        var hash = SHA256()
        if let previous { hash.update(data: previous) }
        hash.update(data: try encoder.encode(row))
        return Data(hash.finalize())
    }
}
