import Corpus

/// The rankings of one entity's evidence in a seeding: one for each set of sentences that it had to do without.
public struct KeptRanking: Hashable, Sendable {
    /// A ranking.
    public struct Round: Hashable, Sendable {
        /// The sentences among the entity's evidence that no article was to show, in order.
        public var excluded: [SentenceKey]
        /// What came of it.
        public var outline: RankingOutline

        /// Makes a round.
        public init(excluded: [SentenceKey], outline: RankingOutline) {
            self.excluded = excluded
            self.outline = outline
        }
    }

    /// Digest of all that the rankings went by beside the evidence: 64 hexadecimal digits.
    public var circumstances: String
    /// The rankings, in the order in which they were made.
    public var rounds: [Round]

    /// Makes a record.
    public init(circumstances: String, rounds: [Round] = []) {
        self.circumstances = circumstances
        self.rounds = rounds
    }

    /// What came of the ranking without some sentences, which come in order; nil where there was none.
    public func outline(excluding excluded: [SentenceKey]) -> RankingOutline? {
        rounds.first { $0.excluded == excluded }?.outline
    }
}

extension KeptRanking {
    /// The layout that this program writes; another one is not read.
    private static let layout = 1

    /// The rounds as bytes.
    var record: [UInt8] {
        var out = ByteEncoder()
        out.add(Self.layout)
        out.add(rounds.count)
        for round in rounds {
            out.add(round.excluded.count)
            for key in round.excluded { out.add(key) }
            let outline = round.outline
            out.add(outline.sentences.count)
            for sentence in outline.sentences {
                out.add(sentence.evidence)
                out.add(sentence.key)
                out.add(sentence.section)
                out.add(sentence.placement)
                out.add(sentence.score)
                out.add(sentence.association)
                out.add(sentence.diversity)
                out.add(sentence.papers)
                out.add(sentence.supportingPapers)
                out.add(
                    (sentence.isNegated ? 1 : 0) + (sentence.isSpeculative ? 2 : 0)
                        + (sentence.stands ? 4 : 0))
            }
            for list in [outline.displaced, outline.overQuoted] {
                out.add(list.count)
                for id in list { out.add(id) }
            }
            out.add(outline.partners.count)
            for partner in outline.partners { out.add(signed: partner) }
            out.add(outline.standingCount)
            out.add(outline.leavingCount)
            out.add((outline.hasPeople ? 1 : 0) + (outline.isNew ? 2 : 0))
        }
        return out.bytes
    }

    /// Reads rounds; nil where the bytes are not what `record` writes.
    init?(circumstances: String, record: [UInt8]) {
        self.init(circumstances: circumstances)
        var input = ByteDecoder(record)
        do {
            guard try input.number() == Self.layout else { return nil }
            for _ in 0..<(try input.count()) {
                let excluded = try input.list { try $0.sentenceKey() }
                let sentences = try input.list { input in
                    var sentence = RankingOutline.Sentence(
                        evidence: try input.identifier(), key: try input.sentenceKey(),
                        section: try input.number(), placement: try input.number(), score: try input.double(),
                        association: try input.double(), diversity: try input.double(),
                        papers: try input.double(), supportingPapers: try input.number(), isNegated: false,
                        isSpeculative: false, stands: false)
                    let flags = try input.number()
                    guard flags < 8 else { throw ByteDecoder.Malformed() }
                    sentence.isNegated = flags & 1 != 0
                    sentence.isSpeculative = flags & 2 != 0
                    sentence.stands = flags & 4 != 0
                    return sentence
                }
                var outline = RankingOutline(
                    sentences: sentences, displaced: try input.list { try $0.identifier() },
                    overQuoted: try input.list { try $0.identifier() },
                    partners: try input.list { try $0.signed() }, standingCount: try input.number(),
                    leavingCount: try input.number(), hasPeople: false, isNew: false)
                let flags = try input.number()
                guard flags < 4 else { return nil }
                outline.hasPeople = flags & 1 != 0
                outline.isNew = flags & 2 != 0
                rounds.append(Round(excluded: excluded, outline: outline))
            }
            guard input.isAtEnd else { return nil }
        } catch {
            return nil
        }
    }
}

extension ByteEncoder {
    fileprivate mutating func add(_ key: SentenceKey) {
        add(signed: key.pmid.number)
        add(key.passage)
        add(key.range.start)
        add(key.range.count)
    }

    fileprivate mutating func add(_ identifier: EvidenceID) {
        add(bits: identifier.words[0])
        add(bits: identifier.words[1])
    }
}

extension ByteDecoder {
    fileprivate mutating func list<Item>(_ item: (inout ByteDecoder) throws -> Item) throws -> [Item] {
        var items: [Item] = []
        for _ in 0..<(try count()) { items.append(try item(&self)) }
        return items
    }

    fileprivate mutating func sentenceKey() throws(Malformed) -> SentenceKey {
        let pmid = PMID(try signed())
        let passage = try number()
        let start = try number()
        let (end, overflow) = start.addingReportingOverflow(try number())
        guard !overflow else { throw Malformed() }
        return SentenceKey(pmid: pmid, passage: passage, range: TextRange(start, end))
    }

    fileprivate mutating func identifier() throws(Malformed) -> EvidenceID {
        EvidenceID(words: SIMD2(try bits(), try bits()))
    }
}
