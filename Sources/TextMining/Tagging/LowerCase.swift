/// ASCII letters in lower case, everything else as it is.
enum LowerCase {
    /// A byte in lower case.
    static func of(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// Bytes in lower case.
    static func of(_ bytes: some Sequence<UInt8>) -> [UInt8] { bytes.map { of($0) } }
}
