import AhoCorasick
import Dispatch
import Synchronization

/// The last eight bytes of a compiled dictionary: the XXH64 of the XXH64s of the blocks of all bytes before them.
///
/// It tells damage, not malice, and is read at the speed of memory: SHA-256 over the default dictionary would take
/// each command a seventh of a second. Blocks are looked at by several threads. The algorithm is XXH64 of the xxHash
/// specification, seed 0, for lengths that are a multiple of eight, as those of the tables are.
enum Checksum {
    /// The number of its bytes.
    static let count = 8
    /// The words of a block; the last one may be shorter.
    private static let block = 1 << 20

    private static let primes: [UInt64] = [
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5,
    ]

    /// Appends the checksum of the bytes, whose number is a multiple of eight, to them.
    static func append(to bytes: inout [UInt8]) {
        let region = MemoryRegion(bytes)
        guard bytes.count % 8 == 0, let words = region.table(of: UInt64.self, at: 0, count: bytes.count / 8)
        else {
            preconditionFailure("the tables of a dictionary are padded to eight bytes")
        }
        LittleEndian.append([of(words, count: words.count)], to: &bytes)
    }

    /// Whether the last bytes of a region are the checksum of those before.
    ///
    /// - Complexity: O(number of bytes).
    static func isRight(in region: MemoryRegion) -> Bool {
        let count = region.count / 8 - 1
        guard region.count % 8 == 0, count >= 0,
            let words = region.table(of: UInt64.self, at: 0, count: count + 1)
        else { return false }
        return of(words, count: count) == words[count]
    }

    /// The checksum of the first words of a table.
    private static func of(_ words: MemoryTable<UInt64>, count: Int) -> UInt64 {
        let blocks = (count + block - 1) / block
        let hashes = Mutex([UInt64](repeating: 0, count: blocks))
        DispatchQueue.concurrentPerform(iterations: blocks) { number in
            let start = number * block
            let hash = words.withSpan(from: start, count: min(block, count - start)) { of($0) }
            hashes.withLock { $0[number] = hash }
        }
        return hashes.withLock { of($0.span) }
    }

    /// The XXH64 of the bytes of little-endian words.
    static func of(_ words: Span<UInt64>) -> UInt64 {
        let (first, second, third, fourth, fifth) = (primes[0], primes[1], primes[2], primes[3], primes[4])
        func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }
        func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
            rotated(lane &+ word &* second, 31) &* first
        }
        var hash = fifth
        var index = 0
        if words.count >= 4 {
            var (a, b, c, d) = (first &+ second, second, 0 as UInt64, 0 &- first)
            while index + 4 <= words.count {
                a = mixed(a, words[index])
                b = mixed(b, words[index + 1])
                c = mixed(c, words[index + 2])
                d = mixed(d, words[index + 3])
                index += 4
            }
            hash = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
            for lane in [a, b, c, d] { hash = (hash ^ mixed(0, lane)) &* first &+ fourth }
        }
        hash &+= UInt64(words.count) &* 8
        while index < words.count {
            hash = rotated(hash ^ mixed(0, words[index]), 27) &* first &+ fourth
            index += 1
        }
        hash = (hash ^ (hash >> 33)) &* second
        hash = (hash ^ (hash >> 29)) &* third
        return hash ^ (hash >> 32)
    }
}
