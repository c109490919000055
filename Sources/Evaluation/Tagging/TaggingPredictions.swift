import Corpus
import Intake
public import TextMining

/// What a program has marked, by document.
public struct TaggingPredictions: Hashable, Sendable {
    /// The mentions of each document, in order.
    public var mentions: [String: [MarkedMention]] = [:]
    /// How many lines could not be read.
    public var setAside = 0

    /// Makes predictions.
    public init(mentions: [String: [MarkedMention]] = [:]) {
        self.mentions = mentions
    }

    /// Reads PubTator's lines of annotations, with or without the lines of the texts; relations are passed over.
    ///
    /// - Parameter onProblem: called with a sentence on each line that is set aside.
    /// - Throws: `IntakeError` where the file as a whole is bad.
    public init(pubTator path: String, onProblem: (String) -> Void) throws {
        try GoldReader.eachLine(of: path) { bytes, number in
            let line = String(decoding: bytes, as: UTF8.self)
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, parts[1] == "t" || parts[1] == "a", !parts[0].contains("\t") { return }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            if fields.count == 4, Int(fields[1]) == nil { return }
            guard fields.count >= 5, let start = Int(fields[1]), let end = Int(fields[2]), start >= 0 else {
                setAside += 1
                onProblem("\(path): line \(number): this is no annotation of PubTator's format; set aside")
                return
            }
            mentions[String(fields[0]), default: []].append(
                MarkedMention(
                    start: start, end: end, type: String(fields[4]),
                    identifiers: GoldIdentifiers.parts(of: fields.count > 5 ? String(fields[5]) : ""),
                    text: String(fields[3])))
        }
    }

    /// Tags documents; those of one identifier are taken together.
    public init(of documents: [GoldDocument], by tagger: Tagger) {
        for gold in documents {
            let document = gold.document
            let context = document.citation.map { DocumentContext(of: $0) } ?? DocumentContext()
            let found = tagger.mentions(in: document.passages, context: context)
            mentions[document.id, default: []] += found.compactMap { Self.marked($0, in: document) }
        }
    }

    private static func marked(_ mention: Mention, in document: Document) -> MarkedMention? {
        guard let place = document.passages.firstIndex(where: { $0.index == mention.passage }) else {
            return nil
        }
        let text = document.passages[place].text
        let start = document.offsets[place]
        return MarkedMention(
            start: start + text.codePointOffset(ofByte: mention.range.start),
            end: start + text.codePointOffset(ofByte: mention.range.end), type: mention.kind.rawValue,
            identifiers: GoldIdentifiers.parts(of: mention.entity.local),
            text: text.slice(mention.range) ?? "")
    }
}
