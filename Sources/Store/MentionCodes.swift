import Corpus

/// How mentions were encoded, but for where they stand.
///
/// Nearly all mentions of a concept are alike in all else, a dozen strings: finding the numbers of these again for each
/// takes many times as long as finding the mention. Numbers of strings stay what they are within a transaction, and so
/// does what they are written as.
struct MentionCodes: Sendable {
    /// Beyond this they are forgotten, so that memory stays bounded however many concepts there are.
    private static let limit = 1 << 15

    private struct Entry {
        var mention: Mention
        var hash: UInt64
        /// Where its code stands among `codes`.
        var code: Range<Int>
    }

    private var entries: [Entry] = []
    private var codes: [UInt8] = []
    /// Places of entries; −1 is an empty one. The size is a power of two, and twice the entries at least.
    private var places = [Int32](repeating: -1, count: 1024)

    /// A number that is the same for mentions that are alike.
    static func hash(of mention: Mention) -> UInt64 {
        let shape = UInt64(mention.dictionaryName.utf8.count) << 16 | UInt64(mention.reasons.count)
        return (TextNumbers.hash(of: mention.entity.curie) ^ shape) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Appends the code of a mention to a record; false where it is not known.
    func append(_ mention: Mention, hash: UInt64, to record: inout ByteEncoder) -> Bool {
        var place = Int(truncatingIfNeeded: hash >> 32) & (places.count - 1)
        while places[place] >= 0 {
            let entry = Int(places[place])
            if entries[entry].hash == hash, Self.areAlike(entries[entry].mention, mention) {
                record.append(codes[entries[entry].code])
                return true
            }
            place = (place + 1) & (places.count - 1)
        }
        return false
    }

    /// Remembers the code of a mention that is not known.
    mutating func add(_ mention: Mention, hash: UInt64, code: ArraySlice<UInt8>) {
        if entries.count >= Self.limit { self = MentionCodes() }
        entries.append(
            Entry(mention: mention, hash: hash, code: codes.count..<codes.count + code.count))
        codes.append(contentsOf: code)
        if 2 * entries.count > places.count {
            places = [Int32](repeating: -1, count: 2 * places.count)
            for entry in entries.indices { link(entry) }
        } else {
            link(entries.count - 1)
        }
    }

    private mutating func link(_ entry: Int) {
        var place = Int(truncatingIfNeeded: entries[entry].hash >> 32) & (places.count - 1)
        while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
        places[place] = Int32(entry)
    }

    /// Whether two mentions are the same to the byte, but for where they stand.
    private static func areAlike(_ one: Mention, _ other: Mention) -> Bool {
        one.kind == other.kind && one.role == other.role && one.taxon == other.taxon
            && one.entity.curie.hasSameBytes(as: other.entity.curie)
            && one.dictionaryName.hasSameBytes(as: other.dictionaryName)
            && one.source.hasSameBytes(as: other.source) && areAlike(one.reasons, other.reasons)
            && areAlike(one.treeNumbers, other.treeNumbers)
    }

    private static func areAlike(_ some: [String], _ others: [String]) -> Bool {
        guard some.count == others.count else { return false }
        if some.span.isIdentical(to: others.span) { return true }
        for place in some.indices where !some[place].hasSameBytes(as: others[place]) { return false }
        return true
    }
}
