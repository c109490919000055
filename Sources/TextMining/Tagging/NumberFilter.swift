import Terminology

/// Tells of most features that they have no weight, without a look at the table of weights, which fits no fast cache
/// (Bloom, Communications of the ACM 13, 1970, with one hash).
struct NumberFilter: Sendable {
    /// Eight bits a weight or more.
    private let bits: [UInt64]
    /// By how many bits a number, which is a hash already, is shifted to be the place of its bit.
    private let shift: UInt64

    /// The filter of all weights of a model.
    init(of weights: FeatureWeights) {
        var count = 0
        weights.forEachNumber { _ in count += 1 }
        var logarithm: UInt64 = 6
        while 1 << logarithm < count * 8 { logarithm += 1 }
        let shift = 64 - logarithm
        var bits = [UInt64](repeating: 0, count: 1 << (Int(logarithm) - 6))
        weights.forEachNumber { number in
            let bit = number >> shift
            bits[Int(bit >> 6)] |= 1 << (bit & 63)
        }
        self.bits = bits
        self.shift = shift
    }

    /// Whether a feature may have a weight.
    @inline(__always)
    func mayHold(_ number: UInt64) -> Bool {
        let bit = number &>> shift
        return bits[Int(truncatingIfNeeded: bit >> 6)] &>> (bit & 63) & 1 != 0
    }
}
