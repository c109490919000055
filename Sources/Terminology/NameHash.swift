/// The hash under which lists of words and names, and the values of features, are kept: FNV-1a over the bytes, salted.
public enum NameHash {
    /// The hash of bytes.
    @inlinable
    public static func of(_ bytes: some Sequence<UInt8>, salt: UInt64 = 0) -> UInt64 {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (salt &* 0x9E37_79B9_7F4A_7C15)
        for byte in bytes {
            state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return state
    }
}
