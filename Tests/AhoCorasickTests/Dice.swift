/// A repeatable source of chance (SplitMix64, Steele et al. 2014, doi:10.1145/2660193.2660195). Tests print its seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number below a bound.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// An element of a list that is not empty.
    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// A text of up to so many pieces: what the tokenizer knows, mixed with any scalar of Unicode.
    mutating func text(pieces: Int) -> String {
        let known = [
            "IGF", "1", "R", "-", " ", "α", "Α", "beta", "TNFalpha", "é", "e\u{301}", "ö", "ß", "Œ", "ﬁ", "μ",
            "µ", "₂", "²",
            "'s", "’s", "tumours", "II", "\u{2011}", "\u{AD}", "\u{200B}", "+", "(", "/", "🧬",
            "e\u{301}\u{302}", "\u{301}",
            "中文", "Ж", "\r\n", "\u{A0}", "−", "\u{1D6FC}", "👩‍🔬", "\u{FEFF}", "_", "\0", "ſ", "ĳ",
        ]
        var text = ""
        for _ in 0..<below(pieces + 1) {
            if below(4) == 0, let scalar = Unicode.Scalar(UInt32(below(0x11_0000))) {
                text.unicodeScalars.append(scalar)
            } else {
                text += pick(known)
            }
        }
        return text
    }
}
