import Corpus
import Foundation

/// A repeatable source of chance (SplitMix64, Steele et al. 2014, doi:10.1145/2660193.2660195). Tests print its seed.
struct TaggingDice: RandomNumberGenerator {
    var state: UInt64

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

    /// A name of up to five pieces that names are made of.
    mutating func name() -> String {
        let pieces = [
            "IGF", "TNF", "ab", "Cd", "1", "2", "12", "α", "beta", "κ", "é", "o\u{308}", "ß", "₂", "²", "II",
            "-", " ",
            "/", "+", "中文", "Ж", "kinase", "receptor", "ﬁ", "(A)",
        ]
        return (0...below(5)).map { _ in pick(pieces) }.joined()
    }

    /// A text in which some names stand among signs and letters of all of Unicode.
    mutating func text(naming names: [String]) -> String {
        let joints = [
            " ", " ", " ", ", ", ". ", "; ", " (", ") ", "/", "-", "::", "\u{2011}", "–", "’s ", "\u{A0}",
            "\u{2009}",
            "\u{AD}", "\u{200B}", "\u{FEFF}", "\r\n", "🧬", "👩‍🔬 ", "\u{301}", " e\u{301}\u{302} ", " 中 ", "α",
            "²⁺ ",
            " ≥ ", "\0", " fusion ", " and ", " mice ", " anti-", "+ T cells ", "\u{1D6FC} ",
        ]
        var text = ""
        for _ in 0..<below(25) {
            text += pick(joints)
            if below(8) == 0, let scalar = Unicode.Scalar(UInt32(below(0x11_0000))) {
                text.unicodeScalars.append(scalar)
            } else if !names.isEmpty {
                text += pick(names)
            }
        }
        return text + pick(joints)
    }
}
