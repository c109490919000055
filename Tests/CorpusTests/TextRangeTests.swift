import Corpus
import Testing

struct `Text ranges` {
    @Test(arguments: [
        (0, 3, 3, 5, false), (0, 3, 2, 5, true), (2, 5, 0, 3, true), (0, 9, 3, 5, true), (3, 3, 0, 9, true),
        (0, 3, 3, 3, false), (4, 6, 0, 4, false),
    ])
    func `ranges overlap where they share a byte`(start: Int, end: Int, from: Int, to: Int, shares: Bool) {
        #expect(TextRange(start, end).overlaps(TextRange(from, to)) == shares)
        #expect(TextRange(from, to).overlaps(TextRange(start, end)) == shares)
    }

    @Test func `a range contains itself and what lies in it`() {
        let range = TextRange(2, 6)
        #expect(range.contains(range))
        #expect(range.contains(TextRange(3, 4)) && range.contains(TextRange(6, 6)))
        #expect(!range.contains(TextRange(1, 4)) && !range.contains(TextRange(3, 7)))
        #expect(range.count == 4 && !range.isEmpty && TextRange(5, 5).isEmpty)
        #expect(range.description == "2..<6")
        #expect(range.shifted(by: -2) == TextRange(0, 4))
    }

    @Test func `ranges are ordered by start, then by end`() {
        let sorted = [TextRange(3, 4), TextRange(0, 9), TextRange(0, 2)].sorted()
        #expect(sorted == [TextRange(0, 2), TextRange(0, 9), TextRange(3, 4)])
    }

    @Test func `a range that ends before it starts stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = TextRange(3, 2) }
    }

    @Test(arguments: [
        ("IGF1R", 0, 5, "IGF1R"), ("TNF-α binds", 4, 6, "α"), ("e\u{301}t", 0, 1, "e"),
        ("e\u{301}t", 1, 3, "\u{301}"),
        ("a\r\nb", 1, 2, "\r"), ("a\r\nb", 2, 3, "\n"), ("👩‍🔬", 0, 4, "👩"), ("🇩🇪", 4, 8, "🇪"), ("abc", 3, 3, ""),
        ("", 0, 0, ""), ("中文", 3, 6, "文"),
    ])
    func `a slice is the bytes of its range, characters of several scalars cut or not`(
        text: String, start: Int, end: Int, expected: String
    ) throws {
        let slice = try #require(text.slice(TextRange(start, end)))
        #expect(Array(slice.utf8) == Array(expected.utf8))
    }

    @Test(arguments: [
        ("TNF-α", 0, 5), ("TNF-α", 5, 6), ("abc", 0, 4), ("abc", 4, 4), ("abc", -1, 2), ("🧬", 0, 1),
        ("🧬", 2, 4), ("", 0, 1),
    ])
    func `a range that leaves the text or cuts a scalar has no slice`(text: String, start: Int, end: Int) {
        #expect(text.slice(TextRange(start, end)) == nil)
    }

    @Test(arguments: 0..<200)
    func `slices and code points are exact on any Unicode`(number: Int) throws {
        let seed = UInt64(number) &+ 31_337
        var generator = SplitMix(state: seed)
        var scalars: [Unicode.Scalar] = []
        for _ in 0..<Int.random(in: 0...30, using: &generator) {
            let limit: UInt32 = [0x7F, 0x3FF, 0xFFFF, 0x10_FFFF].randomElement(using: &generator) ?? 0x7F
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) {
                scalars.append(scalar)
            }
        }
        var text = ""
        var offsets = [0]
        for scalar in scalars {
            text.unicodeScalars.append(scalar)
            offsets.append(text.utf8.count)
        }
        for (index, offset) in offsets.enumerated() {
            #expect(text.codePointOffset(ofByte: offset) == index, "seed \(seed)")
        }
        #expect(text.codePointOffset(ofByte: text.utf8.count + 9) == scalars.count, "seed \(seed)")
        for start in 0...text.utf8.count {
            for end in start...text.utf8.count {
                let slice = text.slice(TextRange(start, end))
                if offsets.contains(start), offsets.contains(end) {
                    let bytes = Array(text.utf8)[start..<end]
                    #expect(slice.map { Array($0.utf8) } == Array(bytes), "seed \(seed): \(start)..<\(end)")
                } else if start < end {
                    #expect(slice == nil, "seed \(seed): \(start)..<\(end) cuts a scalar")
                }
            }
        }
    }
}

/// A repeatable source of chance (SplitMix64, Steele et al. 2014, doi:10.1145/2660193.2660195). Tests print its seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
