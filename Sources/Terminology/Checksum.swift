import AhoCorasick

/// The last eight bytes of a compiled dictionary: the hash of the hashes of the blocks of all bytes before them.
///
/// It tells damage, not malice, and is read at the speed of memory: SHA-256 over the default dictionary would take
/// each command a seventh of a second. Blocks are small enough to be looked at while they are still in a core's cache,
/// where whoever read them left them.
///
/// A hash goes through its words in eight lanes, which the processor works on at a time: word `i` is taken into lane
/// `i % 8`, which then is turned by 29 bits and multiplied by an odd number. Each of these steps can be undone, as can
/// those that fold the lanes into one, so that a single wrong word in a block never leaves its hash as it was; of other
/// damage one in 2^64 does. (XXH64, which is made likewise, multiplies twice a word and is half as fast.)
enum Checksum {
    /// The number of its bytes.
    static let count = 8
    /// The bytes of a block; the last one may be shorter.
    static let blockSize = 256 << 10
    private static let blockWords = blockSize / 8

    /// Appends the checksum of the bytes, whose number is a multiple of eight, to them.
    static func append(to bytes: inout [UInt8]) {
        bytes += [UInt8](repeating: 0, count: count)
        let region = MemoryRegion(bytes)
        guard let words = words(of: region) else {
            preconditionFailure("the tables of a dictionary are padded to eight bytes")
        }
        bytes.removeLast(count)
        LittleEndian.append([hash(of: hashesOfBlocks(in: words).span)], to: &bytes)
    }

    /// Whether the last bytes of a region are the checksum of those before.
    ///
    /// - Complexity: O(number of bytes).
    static func isRight(in region: MemoryRegion) -> Bool {
        guard let words = words(of: region) else { return false }
        return isRight(in: words, hashesOfBlocks: hashesOfBlocks(in: words))
    }

    /// Whether the last word is the checksum of those before, whose blocks have these hashes.
    static func isRight(in words: MemoryTable<UInt64>, hashesOfBlocks hashes: [UInt64]) -> Bool {
        hash(of: hashes.span) == words[words.count - 1]
    }

    /// The words of a region, the checksum included; nil where it cannot end with one.
    static func words(of region: MemoryRegion) -> MemoryTable<UInt64>? {
        guard region.count % 8 == 0, region.count >= count else { return nil }
        return region.table(of: UInt64.self, at: 0, count: region.count / 8)
    }

    /// The number of blocks before the checksum, which is the last of the words.
    static func blockCount(of words: MemoryTable<UInt64>) -> Int {
        (words.count - 1 + blockWords - 1) / blockWords
    }

    /// The hash of a block of words, of which the last is the checksum and in no block.
    static func hash(ofBlock number: Int, of words: MemoryTable<UInt64>) -> UInt64 {
        let start = number * blockWords
        return words.withSpan(from: start, count: min(blockWords, words.count - 1 - start)) { hash(of: $0) }
    }

    private static func hashesOfBlocks(in words: MemoryTable<UInt64>) -> [UInt64] {
        (0..<blockCount(of: words)).map { hash(ofBlock: $0, of: words) }
    }

    /// The hash of words.
    private static func hash(of words: Span<UInt64>) -> UInt64 {
        let prime: UInt64 = 0x9E37_79B1_85EB_CA87
        func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
            let sum = lane ^ word
            return (sum << 29 | sum >> 35) &* prime
        }
        // The digits of pi.
        var (a, b, c, d) = (
            0x243F_6A88_85A3_08D3 as UInt64, 0x1319_8A2E_0370_7344 as UInt64,
            0xA409_3822_299F_31D0 as UInt64, 0x082E_FA98_EC4E_6C89 as UInt64
        )
        var (e, f, g, h) = (
            0x4528_21E6_38D0_1377 as UInt64, 0xBE54_66CF_34E9_0C6C as UInt64,
            0xC0AC_29B7_C97C_50DD as UInt64, 0x3F84_D5B5_B547_0917 as UInt64
        )
        var index = 0
        while index + 8 <= words.count {
            // One look at the bounds for eight words.
            let stretch = words.extracting(index..<index + 8)
            a = mixed(a, stretch[0])
            b = mixed(b, stretch[1])
            c = mixed(c, stretch[2])
            d = mixed(d, stretch[3])
            e = mixed(e, stretch[4])
            f = mixed(f, stretch[5])
            g = mixed(g, stretch[6])
            h = mixed(h, stretch[7])
            index += 8
        }
        var hash = UInt64(words.count)
        while index < words.count {
            hash = mixed(hash, words[index])
            index += 1
        }
        for lane in [a, b, c, d, e, f, g, h] { hash = mixed(hash, lane) }
        return hash ^ hash >> 32
    }
}
