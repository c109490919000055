/// Finds the known name that a record spells, by its bytes.
///
/// A hash of a name's length and last eight bytes tells nearly all of them apart; what it finds is compared with all bytes.
struct XMLNameTable {
    private static let size = 512

    private struct Entry {
        var name: XMLName
        /// Where the spelling stands in `spellings`.
        var start: Int
        /// 0 where the slot is free.
        var count: Int
        /// The last eight bytes of the spelling, or all of them, the last one highest.
        var tail: UInt64
        /// The first eight bytes of a longer spelling.
        var head: UInt64
    }

    private var entries = [Entry](
        repeating: Entry(name: .unknown, start: 0, count: 0, tail: 0, head: 0), count: XMLNameTable.size)
    private var spellings: [UInt8] = []

    init() {
        for name in XMLName.allCases where name != .unknown {
            let spelling = Array(name.rawValue.utf8)
            let tail = spelling.span.tail(endingAt: spelling.count, count: spelling.count)
            var slot = Self.slot(tail, spelling.count)
            while entries[slot].count > 0 { slot = (slot + 1) & (Self.size - 1) }
            entries[slot] = Entry(
                name: name, start: spellings.count, count: spelling.count, tail: tail,
                head: spelling.count > 8 ? spelling.span.word(at: 0) : 0)
            spellings += spelling
        }
    }

    /// The name whose spelling, which is not empty, stands in a range of bytes.
    @inline(__always)
    func name(in bytes: Span<UInt8>, _ range: Range<Int>) -> XMLName {
        let tail = bytes.tail(endingAt: range.upperBound, count: range.count)
        var slot = Self.slot(tail, range.count)
        while true {
            let entry = entries[slot]
            if entry.count == 0 { return .unknown }
            if entry.count == range.count, entry.tail == tail,
                entry.count <= 8 || bytes.word(at: range.lowerBound) == entry.head,
                entry.count <= 16
                    || bytes.has(spellings.span, entry.start, at: range.lowerBound, count: entry.count)
            {
                return entry.name
            }
            slot = (slot + 1) & (Self.size - 1)
        }
    }

    @inline(__always)
    private static func slot(_ tail: UInt64, _ count: Int) -> Int {
        Int(truncatingIfNeeded: ((tail &+ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15) >> 55)
    }
}
