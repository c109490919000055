/// What a linear model is asked about two genes of a sentence.
public enum InteractionQuestion: String, CaseIterable, Sendable {
    /// Whether the sentence says that they interact, in whatever way.
    case any = "interaction"
    /// Whether it says that they bind each other.
    case physical
    /// Whether it says that one changes the other by an enzymatic act.
    case enzymatic
    /// Whether it says that one regulates the other.
    case regulatory

    /// The number under which the weight of a feature is kept for this question.
    ///
    /// - Parameter feature: the hash of the feature as the file of weights writes it.
    public func number(of feature: UInt64) -> UInt64 {
        let salt: UInt64 =
            switch self {
            case .any: 1
            case .physical: 2
            case .enzymatic: 3
            case .regulatory: 4
            }
        var number = feature &+ salt &* 0xD6E8_FEB8_6659_FD93
        number ^= number >> 31
        number = number &* 0x94D0_49BB_1331_11EB
        number ^= number >> 29
        return number == 0 ? 1 : number
    }
}
