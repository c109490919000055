import Evaluation

/// When a request that failed is made again.
public struct RetryPolicy: Hashable, Sendable {
    /// How many attempts in a row may fail without bringing a file further than before.
    public var attempts = 7
    /// How many bytes further an attempt must bring a file to count as one that went well on the way.
    public var progress = 1 << 16
    /// The pause after the first failure; it doubles with each that follows.
    public var base: Duration = .seconds(1)
    /// The longest pause.
    public var longest: Duration = .seconds(60)
    /// The longest pause that a server may ask for (`Retry-After`); one that wants more is left for the next run.
    public var longestAsked: Duration = .seconds(600)

    /// Makes the usual policy.
    public init() {}

    /// The pause after a number of failures, from 1: half of it is certain, half is chance, so that many clients whom a
    /// server threw out together do not come back together.
    func pause(afterFailure number: Int, _ chance: inout RetryChance) -> Duration {
        var pause = base
        for _ in 1..<max(number, 1) where pause < longest { pause *= 2 }
        pause = min(pause, longest)
        return pause / 2 + pause / 2 * Double.random(in: 0...1, using: &chance)
    }
}

/// Chance that is the same for the same seed.
struct RetryChance: RandomNumberGenerator, Sendable {
    private var chance: SeededChance

    /// Begins with a seed and what the numbers are for, so that they do not depend on who asks first.
    init(seed: UInt64, for name: String) {
        // FNV-1a, 64 bits.
        chance = SeededChance(
            seed: name.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    mutating func next() -> UInt64 { chance.next() }
}

/// Keeps the requests of all connections apart by a pause, and back for as long as a server asks.
actor RequestPace {
    private let pause: Duration
    private let sleep: @Sendable (Duration) async throws -> Void
    private var next = ContinuousClock.now

    init(pause: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.pause = pause
        self.sleep = sleep
    }

    /// Waits for one's turn.
    func turn() async throws {
        let now = ContinuousClock.now
        let turn = max(next, now)
        next = turn + pause
        if turn > now { try await sleep(turn - now) }
    }

    /// Lets nobody ask for some time.
    func hold(for time: Duration) {
        next = max(next, ContinuousClock.now + time)
    }
}
