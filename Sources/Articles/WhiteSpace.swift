/// The characters with Unicode's property White_Space, in UTF-8: asked of bytes, since asking the standard library of every
/// character of every sentence took a third of a seeding.
enum WhiteSpace {
    /// The length in bytes of the white space that begins at a position of valid UTF-8; 0 where none does.
    ///
    /// U+0009 to U+000D, U+0020, U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000
    /// (PropList.txt).
    static func length(at position: Int, in text: Span<UInt8>) -> Int {
        let first = text[position]
        if first < 0x80 { return first == 0x20 || (0x09...0x0D).contains(first) ? 1 : 0 }
        switch first {
        case 0xC2:
            guard position + 1 < text.count else { return 0 }
            return text[position + 1] == 0x85 || text[position + 1] == 0xA0 ? 2 : 0
        case 0xE1, 0xE2, 0xE3:
            guard position + 2 < text.count else { return 0 }
            switch (first, text[position + 1], text[position + 2]) {
            case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
                (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
                return 3
            default: return 0
            }
        default: return 0
        }
    }
}
