extension Span<UInt8> {
    /// Whether the scalar beyond ASCII that begins at a position, of valid UTF-8, is one that Unicode's normalization form C
    /// neither changes nor joins with what comes before it, as far as its block tells (DerivedNormalizationProps.txt, NFC_QC).
    ///
    /// Latin with its precomposed letters, Greek, punctuation, arrows and signs of mathematics, which are nearly all that
    /// abstracts have, are; of what it says no to, much is all the same.
    @inlinable
    public func isComposed(at position: Int) -> Bool {
        switch self[position] {
        // U+0080 to U+02FF; U+03C0 to U+03FF.
        case 0xC2..<0xCC, 0xCF: true
        // U+0380 to U+03BF, but for the Greek ano teleia.
        case 0xCE: self[position + 1] != 0x87
        case 0xE2:
            switch self[position + 1] {
            // General punctuation, but for two spaces.
            case 0x80: self[position + 2] > 0x81
            // Arrows; mathematical operators.
            case 0x86, 0x88, 0x89: true
            default: false
            }
        default: false
        }
    }
}
