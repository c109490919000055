/// A gzip member (RFC 1952) whose data are stored, not compressed (RFC 1951, 3.2.4): written without zlib, and with
/// every byte at a known place.
func storedGzip(_ bytes: [UInt8]) -> [UInt8] {
    var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var position = 0
    repeat {
        let count = min(0xFFFF, bytes.count - position)
        let isLast = position + count == bytes.count
        member.append(isLast ? 1 : 0)
        member += littleEndian(UInt32(count), 2) + littleEndian(UInt32(0xFFFF ^ count), 2)
        member += bytes[position..<position + count]
        position += count
    } while position < bytes.count
    return member + littleEndian(crc32(bytes), 4) + littleEndian(UInt32(truncatingIfNeeded: bytes.count), 4)
}

private func littleEndian(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
}
