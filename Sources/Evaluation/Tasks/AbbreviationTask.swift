import Corpus
import TextMining

/// A short form and its long form, white space folded to one space.
public struct AbbreviationPair: Hashable, Sendable, Decodable {
    /// The short form.
    public let short: String
    /// The long form.
    public let long: String

    /// Makes a pair.
    public init(short: String, long: String) {
        self.short = Self.folded(short)
        self.long = Self.folded(long)
    }

    private enum Key: String, CodingKey {
        case short, long, sf, lf
    }

    /// Reads `{"short","long"}`, `{"sf","lf"}` or a list of the two.
    public init(from decoder: any Decoder) throws {
        if let row = try? decoder.container(keyedBy: Key.self) {
            self.init(
                short: try row.decode(String.self, forKey: row.contains(.short) ? .short : .sf),
                long: try row.decode(String.self, forKey: row.contains(.long) ? .long : .lf))
        } else {
            var list = try decoder.unkeyedContainer()
            let short = try list.decode(String.self)
            self.init(short: short, long: try list.decode(String.self))
        }
    }

    private static func folded(_ text: String) -> String {
        text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
            .joined(separator: " ")
    }
}

/// A text with the abbreviations that it defines. A line is
/// `{"pmid" or "id","title","abstract","abbrevs":[…]}`, or has `text` in place of title and abstract.
public struct GoldAbbreviations: Decodable, Hashable, Sendable {
    /// The identifier of the document.
    public let id: String
    /// The title and the abstract, or the one text.
    public let texts: [String]
    /// The definitions.
    public let pairs: Set<AbbreviationPair>

    private enum Key: String, CodingKey {
        case id, pmid, title, abstract, text, abbrevs
    }

    /// Reads a line.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        id = try row.decode(
            DocumentIdentifier.self, forKey: row.contains(.pmid) ? .pmid : .id
        ).text
        if row.contains(.abstract) {
            let title = try row.decodeIfPresent(String.self, forKey: .title)
            texts = [title ?? "", try row.decode(String.self, forKey: .abstract)]
        } else {
            texts = [try row.decode(String.self, forKey: .text)]
        }
        pairs = Set(try row.decode([AbbreviationPair].self, forKey: .abbrevs))
    }
}

/// Scores definitions of abbreviations.
public enum AbbreviationTask {
    /// What is measured.
    public static let measures = [Measure("pairs", title: "short and long form")]

    private struct Prediction: Decodable, Sendable {
        let id: DocumentIdentifier
        let pair: AbbreviationPair

        private enum Key: String, CodingKey {
            case id
        }

        init(from decoder: any Decoder) throws {
            id = try decoder.container(keyedBy: Key.self).decode(DocumentIdentifier.self, forKey: .id)
            pair = try AbbreviationPair(from: decoder)
        }
    }

    /// Reads the lines that `abbreviations` writes, by document.
    public static func predictions(
        path: String, onProblem: (String) -> Void
    ) throws -> (pairs: [String: Set<AbbreviationPair>], setAside: Int) {
        let reading = try GoldReader.predictions(
            of: Prediction.self, path: path, what: "a definition with id, short and long",
            onProblem: onProblem)
        var pairs: [String: Set<AbbreviationPair>] = [:]
        for row in reading.rows { pairs[row.id.text, default: []].insert(row.pair) }
        return (pairs, reading.setAside)
    }

    /// Finds the definitions in texts.
    public static func pairs(in texts: [String]) -> Set<AbbreviationPair> {
        var pairs: Set<AbbreviationPair> = []
        for text in texts {
            for definition in AbbreviationFinder.definitions(in: text) {
                guard let short = text.slice(definition.short), let long = text.slice(definition.long) else {
                    continue
                }
                pairs.insert(AbbreviationPair(short: short, long: long))
            }
        }
        return pairs
    }

    /// The counts of all documents.
    public static func sheet(
        gold: [GoldAbbreviations], found: (GoldAbbreviations) -> Set<AbbreviationPair>
    ) -> ScoreSheet {
        var sheet = ScoreSheet(measures)
        for document in gold { sheet.add([Counts(gold: document.pairs, found: found(document))]) }
        return sheet
    }
}
