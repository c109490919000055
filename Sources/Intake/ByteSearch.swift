import Glibc

/// Finding bytes in bytes, at the speed of the C library's vector code.
extension Span where Element == UInt8 {
    /// The first place at or after `start` where a byte stands.
    ///
    /// - Complexity: O(length), about 10 GB/s.
    @inline(__always)
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        if start >= count { return nil }
        return unsafe withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    /// The first place at or after `start` where a string of bytes, which must not be empty, starts.
    ///
    /// - Complexity: O(length) where the first byte of the string is rare, as in markup. (Glibc's `memmem` is not
    ///   visible from Swift.)
    func firstIndex(of bytes: StaticString, from start: Int) -> Int? {
        let first = unsafe bytes.utf8Start.pointee
        var position = start
        while let found = firstIndex(of: first, from: position) {
            if has(bytes, at: found) { return found }
            position = found + 1
        }
        return nil
    }

    /// Whether a string of bytes stands at `start`.
    @inline(__always)
    func has(_ bytes: StaticString, at start: Int) -> Bool {
        let length = bytes.utf8CodeUnitCount
        if start + length > count { return false }
        return unsafe withUnsafeBytes { haystack in
            guard let base = haystack.baseAddress else { return length == 0 }
            return unsafe memcmp(base + start, bytes.utf8Start, length) == 0
        }
    }

    /// Whether a byte stands at `position`, which may be behind the end.
    @inline(__always)
    func has(_ byte: UInt8, at position: Int) -> Bool { position < count && self[position] == byte }

    /// Whether `length` bytes of another text, from `otherStart` on, stand at `start`.
    @inline(__always)
    func has(_ other: Span<UInt8>, _ otherStart: Int, at start: Int, count length: Int) -> Bool {
        if start + length > count || otherStart + length > other.count { return false }
        return unsafe withUnsafeBytes { haystack in
            unsafe other.withUnsafeBytes { needle in
                guard let one = haystack.baseAddress, let two = needle.baseAddress else { return length == 0 }
                return unsafe memcmp(one + start, two + otherStart, length) == 0
            }
        }
    }

    /// The eight bytes from a place on, which must be there, as a number, the first one lowest.
    @inline(__always)
    func word(at start: Int) -> UInt64 {
        assert(start >= 0 && start + 8 <= count, "no eight bytes there")
        return unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: start, as: UInt64.self) }
    }

    /// Whether all bytes are UTF-8. Only what is near bytes outside ASCII is looked at closely, since nearly all words of a
    /// text in English are ASCII.
    package func isValidUTF8() -> Bool {
        var position = 0
        while position + 8 <= count {
            let outside = word(at: position) & 0x8080_8080_8080_8080
            if outside == 0 {
                position += 8
                continue
            }
            // From the first byte outside ASCII to before the first word within: an end that cuts no character.
            let start = position + outside.trailingZeroBitCount / 8
            position += 8
            while position + 8 <= count, word(at: position) & 0x8080_8080_8080_8080 != 0 { position += 8 }
            if position + 8 > count { position = count }
            if (try? UTF8Span(validating: extracting(start..<position))) == nil { return false }
        }
        return (try? UTF8Span(validating: extracting(position..<count))) != nil
    }

    /// The first place at or after `start` where a `<` stands, which is expected to be near.
    @inline(__always)
    package func nextTag(from start: Int) -> Int? {
        var position = start
        while position + 8 <= count, position < start + 32 {
            let found = (word(at: position) ^ 0x3C3C_3C3C_3C3C_3C3C).zeroBytes
            if found != 0 { return position + found.trailingZeroBitCount / 8 }
            position += 8
        }
        return firstIndex(of: UInt8(ascii: "<"), from: position)
    }

    /// Whether the bytes of two ranges of one length, which end at different places, are equal. Fast for short ones.
    @inline(__always)
    package func areEqual(endingAt one: Int, _ other: Int, count length: Int) -> Bool {
        if one > count || other > count || Swift.min(one, other) < length { return false }
        if length > 16 { return has(self, one - length, at: other - length, count: length) }
        // Two words that overlap are all of nine to sixteen bytes.
        if length > 8, word(at: one - length) != word(at: other - length) { return false }
        return tail(endingAt: one, count: length) == tail(endingAt: other, count: length)
    }

    /// The last eight of so many bytes that end at a place, or all of them where they are fewer, as a number, the last one
    /// highest.
    @inline(__always)
    func tail(endingAt end: Int, count length: Int) -> UInt64 {
        if end >= 8 {
            let word = word(at: end - 8)
            return length >= 8 ? word : word >> UInt64(64 - 8 * length)
        }
        var tail: UInt64 = 0
        for index in (end - length)..<end {
            tail |= UInt64(self[index]) << UInt64(8 * (index - end + length))
        }
        return tail
    }

    /// The bytes of a range as text, with damaged UTF-8 replaced.
    func text(_ range: Range<Int>) -> String {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

extension UInt64 {
    /// The highest bit of each byte that is zero, and no other bit.
    @inline(__always)
    var zeroBytes: UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((self & low) &+ low) | self | low)
    }
}

/// Whether XML counts a byte as white space.
@inline(__always)
func isXMLSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
}
