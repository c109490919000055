import Corpus

/// What placing sentences by the rules of one file writes to, one sentence after the other.
struct PlacementMemory: Sendable {
    var reading = SentenceReading()
    var scene = PlacementScene()
    /// The places of the rules that may apply.
    var candidates: [Int] = []
    var drafts: [PlacementDraft] = []
    var parts: [ScorePart] = []
    var reached: [UInt64] = []
}

/// A placement before it is written out.
struct PlacementDraft: Sendable {
    /// The rule's place among the compiled ones.
    let rule: Int
    /// Its section's number in the order of the article.
    let section: Int
    let score: Double
    /// What it went by, and the parts of its score, in the lists of the memory.
    let causes: Range<Int>
    let parts: Range<Int>

    /// Best first: by score, then by the order of the sections.
    func precedes(_ other: PlacementDraft) -> Bool {
        score != other.score ? score > other.score : section < other.section
    }
}
