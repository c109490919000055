/// The strings of an article's tokens, each kept once and known by a number.
///
/// Two numbers belong to each string: its own, and that of its class, which all canonically equivalent strings share
/// (Unicode Standard Annex #15): whether é was typed as one scalar or as two is no authorship.
struct TokenStrings: Sendable {
    /// The bytes of all strings, one after the other.
    private var bytes: [UInt8] = []
    /// Where each string ends in `bytes`.
    private var ends: [Int32] = []
    /// The hash of each string.
    private var hashes: [UInt64] = []
    /// An open-addressing table of string numbers; −1 is an empty place. Its size is a power of two, once there is a string.
    private var table: [Int32] = []
    /// The class of each string.
    private(set) var classes: [Int32] = []
    /// The classes of strings beyond ASCII, by canonical equivalence, which is what `String` compares by.
    private var equivalents: [String: Int32] = [:]
    /// For each string that is the first of its class, whether it says little: see ``CommonWords``.
    private(set) var areCommon: [Bool] = []
    /// For each string, whether it is a word.
    private(set) var areWords: [Bool] = []

    /// How many strings there are.
    var count: Int { ends.count }

    /// The bytes of a string.
    func bytes(of string: Int32) -> ArraySlice<UInt8> {
        bytes[(string == 0 ? 0 : Int(ends[Int(string) - 1]))..<Int(ends[Int(string)])]
    }

    /// The number of a string, which is added when it is new.
    ///
    /// - Complexity: O(length of the string) expected.
    mutating func intern(_ source: [UInt8], from start: Int, to end: Int) -> Int32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in start..<end { hash = (hash ^ UInt64(source[index])) &* 0x100_0000_01B3 }
        hash = TokenHash.mixed(hash)
        if table.isEmpty { table = [Int32](repeating: -1, count: 1024) }
        var place = Int(truncatingIfNeeded: hash) & (table.count - 1)
        while table[place] >= 0 {
            let found = table[place]
            if hashes[Int(found)] == hash, equals(found, source, start, end) { return found }
            place = (place + 1) & (table.count - 1)
        }
        let string = Int32(ends.count)
        table[place] = string
        bytes.append(contentsOf: source[start..<end])
        ends.append(Int32(bytes.count))
        hashes.append(hash)
        let added = bytes(of: string)
        classes.append(Self.isASCII(added) ? string : equivalent(added, string))
        areCommon.append(CommonWords.contain(added))
        areWords.append(added.contains { $0 >= 0x80 || Self.isWordByte($0) })
        if 2 * ends.count > table.count { grow() }
        return string
    }

    private func equals(_ string: Int32, _ source: [UInt8], _ start: Int, _ end: Int) -> Bool {
        let from = string == 0 ? 0 : Int(ends[Int(string) - 1])
        guard Int(ends[Int(string)]) - from == end - start else { return false }
        for offset in 0..<(end - start) where bytes[from + offset] != source[start + offset] { return false }
        return true
    }

    private mutating func equivalent(_ added: ArraySlice<UInt8>, _ string: Int32) -> Int32 {
        let text = String(decoding: added, as: UTF8.self)
        if let known = equivalents[text] { return known }
        equivalents[text] = string
        return string
    }

    private mutating func grow() {
        table = [Int32](repeating: -1, count: 2 * table.count)
        for string in ends.indices {
            var place = Int(truncatingIfNeeded: hashes[string]) & (table.count - 1)
            while table[place] >= 0 { place = (place + 1) & (table.count - 1) }
            table[place] = Int32(string)
        }
    }

    private static func isASCII(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// Hashes of token sequences, the same in every process.
enum TokenHash {
    /// Spreads a value over all bits (the finaliser of SplitMix64, Steele et al. 2014).
    static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// The hash of a stretch of a sequence.
    static func sequence(_ numbers: [Int32], _ range: Range<Int>) -> UInt64 {
        var hash = UInt64(range.count)
        for index in range { hash = mixed(hash &+ UInt64(UInt32(bitPattern: numbers[index])) &+ 0x9E37_79B9) }
        return hash
    }

    /// The hash of three numbers in a row.
    static func triple(_ one: Int32, _ two: Int32, _ three: Int32) -> UInt64 {
        let pair = UInt64(UInt32(bitPattern: one)) << 32 | UInt64(UInt32(bitPattern: two))
        return mixed(mixed(pair) &+ UInt64(UInt32(bitPattern: three)))
    }
}
