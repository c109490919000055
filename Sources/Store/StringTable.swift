import Foundation
import GRDB
import Synchronization

/// Strings that recur in records (names of the dictionary, sources, MeSH terms, journals, rules …) are stored once,
/// in the table `string`, and records hold their numbers. Numbers are handed out in order of arrival: they never
/// leave the database, and nothing is ever ordered by them.
struct StringTable {
    /// Beyond this the numbers known are forgotten, so that memory stays bounded however many names there are.
    private static let limit = 200_000

    private let db: Database
    private let find: Statement
    private let insert: Statement
    private var known: TextNumbers
    /// Whether the last string that was not known was new: then so will the next one be, most likely.
    private var expectsNew = false

    /// Works on the connection that writes; `known` are numbers handed out in the same transaction.
    init(_ db: Database, known: TextNumbers = TextNumbers()) throws {
        self.db = db
        find = try db.cachedStatement(sql: "SELECT id FROM string WHERE text = ?")
        insert = try db.cachedStatement(sql: "INSERT INTO string (text) VALUES (?) ON CONFLICT DO NOTHING")
        self.known = known
    }

    /// What it knows, to hand to the next table of the same transaction.
    var numbers: TextNumbers { known }

    /// The number of a string, which is added when it is new.
    mutating func number(of text: String) throws -> Int64 {
        let hash = TextNumbers.hash(of: text)
        if let number = known.number(of: text, hash: hash) { return number }
        let bytes = Data(text.utf8)
        var number: Int64?
        if !expectsNew { number = try Int64.fetchOne(find, arguments: [bytes]) }
        if number == nil {
            try insert.execute(arguments: [bytes])
            expectsNew = db.changesCount == 1
            number = expectsNew ? db.lastInsertedRowID : try Int64.fetchOne(find, arguments: [bytes])
        }
        guard let number else { throw StoreError.undecodable(what: "the table of strings") }
        if known.count >= Self.limit { known = TextNumbers() }
        known.add(text, hash: hash, number: number)
        return number
    }
}

/// Numbers by text, byte for byte: a table with open addressing. Every name in every mention is looked up here, and the
/// library's dictionary spends most of that on a hash that withstands attacks.
struct TextNumbers: Sendable {
    private var entries: [(text: String, hash: UInt64, number: Int64)] = []
    /// Places of entries; −1 is an empty one. The size is a power of two, and twice the entries at least.
    private var places = [Int32](repeating: -1, count: 1024)

    /// How many texts there are.
    var count: Int { entries.count }

    /// FNV-1a, with the bits spread at the end.
    static func hash(of text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let bytes = text.utf8Span.span
        for place in bytes.indices { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
        return hash ^ (hash >> 32)
    }

    /// The number of a text, where it is known.
    func number(of text: String, hash: UInt64) -> Int64? {
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while places[place] >= 0 {
            let entry = Int(places[place])
            if entries[entry].hash == hash, entries[entry].text.hasSameBytes(as: text) {
                return entries[entry].number
            }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// Adds a text that is not known.
    mutating func add(_ text: String, hash: UInt64, number: Int64) {
        entries.append((text, hash, number))
        if 2 * entries.count > places.count {
            places = [Int32](repeating: -1, count: 2 * places.count)
            for entry in entries.indices { link(entry) }
        } else {
            link(entries.count - 1)
        }
    }

    private mutating func link(_ entry: Int) {
        var place = Int(truncatingIfNeeded: entries[entry].hash) & (places.count - 1)
        while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
        places[place] = Int32(entry)
    }
}

/// Texts by their numbers. Numbers are handed out from 1 without gaps, those of the most frequent texts first: the first
/// ones are the places of an array, which is read several times as fast as a dictionary.
struct NumberedTexts: Sendable {
    /// The numbers below this are places of the array.
    static let listed = 200_000

    private var list: [String?] = []
    private var others: [Int64: String] = [:]
    /// How many texts there are.
    private(set) var count = 0

    /// The text of a number, where it is known.
    func text(of number: Int64) -> String? {
        if number >= 0, number < list.count { return list[Int(number)] }
        return others.isEmpty ? nil : others[number]
    }

    /// Adds a text.
    mutating func insert(_ text: String, as number: Int64) {
        guard self.text(of: number) == nil else { return }
        count += 1
        guard number >= 0, number < Self.listed else {
            others[number] = text
            return
        }
        while list.count <= number { list.append(nil) }
        list[Int(number)] = text
    }

    /// How many texts are beyond the array.
    var countOfOthers: Int { others.count }

    /// Forgets the texts beyond the array.
    mutating func forgetOthers() {
        count -= others.count
        others.removeAll()
    }
}

/// Strings by their numbers, for the readers: a snapshot that each takes without waiting for another, and what has come
/// since, which is published when it has become a good share of the whole, so that copying the storage does not count.
final class StringCache: Sendable {
    /// Beyond this the texts with higher numbers than the array holds are forgotten and read again when they are asked for.
    static let limit = 200_000

    private struct State {
        var published = NumberedTexts()
        var recent: [Int64: String] = [:]
    }

    private let state = Mutex(State())

    /// All texts that were published; the storage is shared until it changes.
    var snapshot: NumberedTexts { state.withLock { $0.published } }

    /// A text that may have come since the last snapshot was published.
    func recent(_ number: Int64) -> String? {
        state.withLock { $0.recent[number] ?? $0.published.text(of: number) }
    }

    /// Remembers a text that is committed.
    func remember(_ text: String, as number: Int64) {
        state.withLock { state in
            state.recent[number] = text
            guard state.recent.count > 64 + state.published.count / 8 else { return }
            if state.published.countOfOthers + state.recent.count >= Self.limit {
                state.published.forgetOthers()
            }
            for (number, text) in state.recent { state.published.insert(text, as: number) }
            state.recent.removeAll(keepingCapacity: true)
        }
    }

    /// Remembers many committed texts, and publishes them at once.
    func remember(all texts: NumberedTexts) {
        state.withLock { state in
            state.published = texts
            state.recent.removeAll()
        }
    }

    /// Forgets everything, after a transaction that may have handed out numbers was rolled back.
    func forget() { state.withLock { $0 = State() } }
}

extension Store {
    /// Reads the texts that records name by number in one go, where nearly all of them will be asked for: one by one they
    /// take many times as long.
    ///
    /// - Throws: `StoreError`.
    public func rememberStrings() throws {
        try read { db in
            var texts = NumberedTexts()
            let rows = try Row.fetchCursor(
                db, sql: "SELECT id, text FROM string WHERE id < ? ORDER BY id",
                arguments: [NumberedTexts.listed])
            while let row = try rows.next() {
                let number: Int64 = row[0]
                try row.withUnsafeData(atIndex: 1) { bytes in
                    texts.insert(String(decoding: bytes ?? Data(), as: UTF8.self), as: number)
                }
            }
            strings.remember(all: texts)
        }
    }
}

/// Looks up strings by number in one read.
struct StringReader {
    private let cache: StringCache
    private let find: Statement
    private let known: NumberedTexts
    /// What `known` lacked. Not shared between threads, hence without a lock.
    private var near: [Int64: String] = [:]

    init(_ db: Database, cache: StringCache) throws {
        self.cache = cache
        known = cache.snapshot
        find = try db.cachedStatement(sql: "SELECT text FROM string WHERE id = ?")
    }

    /// The text of a number.
    mutating func text(of number: Int64) throws -> String {
        if let text = known.text(of: number) ?? near[number] { return text }
        let text: String
        if let recent = cache.recent(number) {
            text = recent
        } else if let bytes = try Data.fetchOne(find, arguments: [number]) {
            text = String(decoding: bytes, as: UTF8.self)
            cache.remember(text, as: number)
        } else {
            throw ByteDecoder.Malformed()
        }
        if near.count >= StringCache.limit { near.removeAll(keepingCapacity: true) }
        near[number] = text
        return text
    }
}

extension String {
    /// Whether two strings are the same to the byte, and not only to the eye.
    func hasSameBytes(as other: String) -> Bool {
        let one = utf8Span.span
        let two = other.utf8Span.span
        guard one.count == two.count else { return false }
        if one.isIdentical(to: two) { return true }
        for place in one.indices where one[place] != two[place] { return false }
        return true
    }
}
