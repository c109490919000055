/// The folds of a cross-validation.
///
/// A document belongs to a fold by its identifier and the seed alone: neither the order of the documents nor what
/// other documents there are matters, so that a document is in the same fold in every corpus that has it.
public struct Folds: Hashable, Sendable {
    /// How many folds there are, from 1 up.
    public let count: Int
    /// What the assignment depends on besides the identifier.
    public let seed: UInt64

    /// Makes folds; `count` must be at least 1.
    public init(count: Int, seed: UInt64) {
        precondition(count >= 1, "a cross-validation has at least one fold")
        self.count = count
        self.seed = seed
    }

    /// The fold of a document, from 0 up to the number of folds.
    ///
    /// - Complexity: O(length of the identifier).
    public func fold(of identifier: String) -> Int {
        // FNV-1a (Fowler, Noll and Vo) from the seed on, then mixed: its upper bits alone are poor.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ SeededChance.mixed(seed)
        for byte in identifier.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return Int(SeededChance.mixed(hash).multipliedFullWidth(by: UInt64(count)).high)
    }
}
