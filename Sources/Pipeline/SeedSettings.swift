import TextMining

/// How articles are composed and merged: what a pipeline file says of it.
struct SeedSettings: Sendable {
    /// The settings of the ranker.
    var ranking = RankingSettings()
    /// The most distinct sentences of one abstract in the whole wiki.
    var quotations = 3
    /// How many sentences of an article may give way to better ones in a night.
    var displacements = 1
    /// By how much a newcomer must score higher than what gives way.
    var margin = 1.0
    /// The share of what stands untouched that a run may take out; nil for any.
    var withdrawals: Double? = 0.1

    /// Fewer withdrawals than these never stop a run: a small wiki changes by large shares.
    static let leastWithdrawals = 20
}
