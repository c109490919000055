import Corpus

/// Tells findings from aims, methods, background and titles.
enum SentenceKindModel {
    static func kind(
        of sentence: SentenceWords, from start: Int, passage: PassageKind?, section: AbstractSection?,
        position: SentenceJudge.Position?
    ) -> SentenceKind {
        if passage == .title { return .title }
        return .finding
    }
}
