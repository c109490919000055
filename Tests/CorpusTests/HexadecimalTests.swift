import Corpus
import Testing

@Suite struct HexadecimalTests {
    @Test func `all bytes become digits and come back`() {
        let bytes = [UInt8](0...255)
        let digits = Hexadecimal.digits(bytes)
        #expect(digits.count == 512)
        #expect(digits.hasPrefix("000102030405060708090a0b0c0d0e0f10") && digits.hasSuffix("fdfeff"))
        #expect(Hexadecimal.bytes(digits) == bytes)
        #expect(Hexadecimal.digits([] as [UInt8]) == "" && Hexadecimal.bytes("") == [])
    }

    @Test(arguments: ["0", "0g", "AB", "0x", "é", "0/", "0:", "0`", "a "])
    func `what are no digits is not read`(text: String) {
        #expect(Hexadecimal.bytes(text) == nil)
        #expect(Hexadecimal.words(text + String(repeating: "0", count: 14), count: 1) == nil)
    }

    @Test func `words have their first byte highest`() throws {
        let digits = "0123456789abcdeffedcba9876543210"
        let words = try #require(Hexadecimal.words(digits, count: 2))
        #expect(words == [0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210])
        #expect(Hexadecimal.digits(words: words) == digits)
        #expect(Hexadecimal.words(digits, count: 1) == nil && Hexadecimal.words(digits, count: 3) == nil)
    }
}
