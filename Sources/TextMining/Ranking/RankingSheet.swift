public import Corpus

/// What a ranking goes by of the evidence on one entity, and nothing else: numbers in a few lists, so that it is quickly
/// made and small enough to be kept for another round.
public struct RankingSheet: Sendable {
    /// A section that a sentence qualifies for.
    struct Placement {
        /// The section's place among those of the article; nil where the article has none such.
        var section: Int?
        /// What its rule gave, all parts added up in their order.
        var score: Double
        /// What the association with its concept is worth.
        var association: Double
        /// A number of the concept that it goes by first; nil when it goes by words.
        var concept: Int64?
    }

    /// A sentence.
    struct Sentence {
        var key: SentenceKey
        /// The work that its citation is a version of.
        var work: PMID
        var year: Int?
        var isTitle: Bool
        /// Whether it says what was done or was to be done.
        var isDoing: Bool
        /// Whether it can be understood without its neighbours, and opens on nothing that it does not name.
        var standsAlone: Bool
        /// Whether its characters are all of those that are composed in one way only.
        var isComposed: Bool
        var placements: Range<Int>
    }

    private(set) var sentences: [Sentence] = []
    private(set) var placements: [Placement] = []
    private(set) var shingles = SentenceShingles()
    /// The indices of the sentences by citation, passage and place.
    private(set) var order: [Int] = []

    /// A sheet without sentences.
    public init() {}

    /// How many sentences it has.
    public var count: Int { sentences.count }

    /// About how much memory it takes, in bytes.
    public var byteCount: Int {
        shingles.byteCount + MemoryLayout<Sentence>.stride * sentences.count
            + MemoryLayout<Placement>.stride * placements.count + MemoryLayout<Int>.stride * order.count
    }

    /// Where a sentence stands.
    public func key(of sentence: Int) -> SentenceKey { sentences[sentence].key }

    /// Whether a sentence is a title.
    public func isTitle(_ sentence: Int) -> Bool { sentences[sentence].isTitle }

    /// Appends a sentence; its placements follow.
    ///
    /// - Parameters:
    ///   - key: Where it stands. Sentences come in this order, or else the sheet is put in order (`putInOrder(by:)`).
    ///   - text: Its bytes.
    public mutating func append(
        _ key: SentenceKey, _ text: Span<UInt8>, passage: PassageKind, qualities: SentenceQualities,
        year: Int?,
        work: PMID
    ) {
        let opensOnUnnamed =
            qualities.standsAlone && passage == .abstract && SentenceStyle.opening(of: text) == .unnamed
        order.append(sentences.count)
        sentences.append(
            Sentence(
                key: key, work: work, year: year, isTitle: passage == .title,
                isDoing: qualities.kind == .aim || qualities.kind == .method,
                standsAlone: qualities.standsAlone && !opensOnUnnamed, isComposed: Self.isComposed(text),
                placements: placements.count..<placements.count))
        shingles.append(text)
    }

    /// Whether all characters stay what they are in Unicode's normalization form C, whatever stands beside them.
    private static func isComposed(_ text: Span<UInt8>) -> Bool {
        for place in text.indices where text[place] >= 0xC0 && !text.isComposed(at: place) { return false }
        return true
    }

    /// Whether another sentence of the same citation, and of the same kind of passage, may be the same but for white space
    /// and the way in which its characters are composed.
    public func isRepeated(_ sentence: Int) -> Bool {
        let isInOrder = order[sentence] == sentence
        guard let place = isInOrder ? sentence : order.firstIndex(of: sentence) else { return true }
        let pmid = sentences[sentence].key.pmid
        var first = place
        while first > 0, sentences[order[first - 1]].key.pmid == pmid { first -= 1 }
        for other in order[first...] {
            guard sentences[other].key.pmid == pmid else { break }
            if other != sentence, mayBeEqual(sentence, other) { return true }
        }
        return false
    }

    private func mayBeEqual(_ one: Int, _ other: Int) -> Bool {
        let count = shingles.count(of: one)
        guard sentences[one].isTitle == sentences[other].isTitle, shingles.count(of: other) == count else {
            return false
        }
        let areComposed = sentences[one].isComposed && sentences[other].isComposed
        return !areComposed || shingles.sharedCount(one, other, atLeast: count) == count
    }

    /// Appends a section that the last sentence qualifies for.
    ///
    /// - Parameters:
    ///   - section: The section's place among those of the article; nil where the article has none such.
    ///   - score: What its rule gave, all parts added up in their order.
    ///   - association: What the association with its concept is worth.
    ///   - concept: A number of the concept that it goes by first; nil when it goes by words.
    public mutating func append(section: Int?, score: Double, association: Double, concept: Int64?) {
        guard let last = sentences.indices.last else { return }
        placements.append(
            Placement(section: section, score: score, association: association, concept: concept))
        sentences[last].placements = sentences[last].placements.lowerBound..<placements.count
    }

    /// Says in which order the sentences stand, where they do not stand in it already.
    mutating func putInOrder(_ order: [Int]) { self.order = order }
}
