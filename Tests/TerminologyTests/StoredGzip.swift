/// A gzip file of one stored block (RFC 1951, 3.2.4; RFC 1952), written without a compressor.
func storedGzip(_ content: [UInt8]) -> [UInt8] {
    let size = UInt16(content.count)
    var crc = UInt32.max
    for byte in content {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    func little(_ value: UInt32, _ count: UInt32) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + little(UInt32(size), 2) + little(UInt32(~size), 2)
        + content
        + little(~crc, 4) + little(UInt32(size), 4)
}
