import Foundation

/// The MD5 of bytes (RFC 1321) as hexadecimal digits, written after the specification: what the program computes is
/// compared with it.
func md5(_ message: [UInt8]) -> String {
    let shifts: [[UInt32]] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
    let sines = (0..<64).map { UInt32(truncatingIfNeeded: UInt64(abs(sin(Double($0 + 1))) * 4_294_967_296)) }
    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: (UInt64(message.count) * 8) >> (8 * shift))) }
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
    for block in stride(from: 0, to: bytes.count, by: 64) {
        var words = [UInt32](repeating: 0, count: 16)
        for index in 0..<64 { words[index / 4] |= UInt32(bytes[block + index]) << (8 * UInt32(index % 4)) }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        for step in 0..<64 {
            let (mixed, word): (UInt32, Int) =
                switch step / 16 {
                case 0: ((b & c) | (~b & d), step)
                case 1: ((d & b) | (~d & c), (5 * step + 1) % 16)
                case 2: (b ^ c ^ d, (3 * step + 5) % 16)
                default: (c ^ (b | ~d), 7 * step % 16)
                }
            let sum = a &+ mixed &+ sines[step] &+ words[word]
            let shift = shifts[step / 16][step % 4]
            (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
        }
        state = zip(state, [a, b, c, d]).map { $0 &+ $1 }
    }
    return state.map { word in
        (0..<4).map { shift in
            let byte = UInt8(truncatingIfNeeded: word >> (8 * UInt32(shift)))
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }.joined()
}
