/// How much each token of two revisions says about who wrote the text around it: 1 for a word that stands once, less for
/// one that stands often, little for a common one (an inverse document frequency, Spärck Jones 1972, over tokens).
struct TokenWeights {
    /// By class: how often it stands in the revision where it stands more often.
    private(set) var frequencies: [Int32]
    private let areCommon: [Bool]
    private let commonWeight: Float
    /// By frequency.
    private let byFrequency: [Float]

    init(base: TokenSequence, new: TokenSequence, strings: TokenStrings, commonWeight: Float) {
        areCommon = strings.areCommon
        self.commonWeight = commonWeight
        frequencies = [Int32](repeating: 0, count: strings.count)
        for token in new.classes { frequencies[Int(token)] += 1 }
        var others = [Int32](repeating: 0, count: strings.count)
        for token in base.classes { others[Int(token)] += 1 }
        for token in base.classes where others[Int(token)] > frequencies[Int(token)] {
            frequencies[Int(token)] = others[Int(token)]
        }
        let length = Float(max(base.count, new.count, 64))
        let top = Self.log2(1 + length)
        byFrequency = (0..<256).map { Self.log2(1 + length / Float(max(1, $0))) / top }
    }

    /// How often the rarest of three tokens stands in a revision.
    func rarest(_ one: Int32, _ two: Int32, _ three: Int32) -> Int32 {
        min(frequencies[Int(one)], frequencies[Int(two)], frequencies[Int(three)])
    }

    subscript(token: Int32) -> Float {
        let frequency = byFrequency[min(255, Int(frequencies[Int(token)]))]
        return areCommon[Int(token)] ? frequency * commonWeight : frequency
    }

    /// The binary logarithm of a number of 1 or more, straight between powers of two: near enough for weights, and the
    /// same on every machine.
    private static func log2(_ value: Float) -> Float { Float(value.exponent) + value.significand - 1 }
}
