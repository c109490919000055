/// The scalars of a text in UTF-8.
enum Scalars {
    /// The scalar at a position of well-formed UTF-8; U+FFFD and one byte where it is not well formed.
    static func decode(_ text: Span<UInt8>, at position: Int) -> (UInt32, Int) {
        let first = UInt32(text[position])
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard length > 1, position + length <= text.count else { return (0xFFFD, 1) }
        var scalar = first & (0xFF >> UInt32(length + 1))
        for offset in 1..<length {
            scalar = scalar << 6 | UInt32(text[position + offset]) & 0x3F
        }
        return (scalar, length)
    }

    /// The end of the run of letters that starts here: ASCII letters and folded Latin or other letters, with
    /// combining marks, but no Greek ones.
    static func letterRun(in text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < text.count {
            let byte = text[position]
            switch CharacterClass.of(byte) {
            case .letter:
                position += 1
            case .multibyte:
                let (scalar, length) = decode(text, at: position)
                switch ScalarFolding.fold(scalar) {
                case .letter, .mark: position += length
                default: return position
                }
            default:
                return position
            }
        }
        return position
    }
}
