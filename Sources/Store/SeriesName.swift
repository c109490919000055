/// The name of a file of a numbered yearly series, as PubMed's: `pubmed26n0001.xml.gz` is number 1 of 2026.
///
/// The files of a year are a baseline, from number 1 up, and the daily updates that go on counting. The next year's baseline
/// takes the place of all of them.
public struct SeriesName: Hashable, Sendable {
    /// What stands before the year: `pubmed`.
    public var prefix: String
    /// The year's last two digits.
    public var year: Int
    /// The number, from 1.
    public var ordinal: Int
    /// How many digits the number is written with at least.
    private var width: Int
    /// What stands behind the number: `.xml.gz`.
    private var suffix: String

    /// Takes a name apart; nil where it is not of such a series. Folders do not matter.
    public init?(_ name: String) {
        let bytes = Array(SourceFile.baseName(of: name).utf8)
        func isDigit(_ place: Int) -> Bool {
            bytes.indices.contains(place) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
        }
        guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        var start = dot
        while isDigit(start - 1) { start -= 1 }
        guard start < dot, start >= 4, bytes[start - 1] == UInt8(ascii: "n"), isDigit(start - 2),
            isDigit(start - 3),
            !isDigit(start - 4),
            let year = Int(String(decoding: bytes[(start - 3)..<(start - 1)], as: UTF8.self)),
            let ordinal = Int(String(decoding: bytes[start..<dot], as: UTF8.self)), ordinal > 0
        else { return nil }
        prefix = String(decoding: bytes[..<(start - 3)], as: UTF8.self)
        self.year = year
        self.ordinal = ordinal
        width = dot - start
        suffix = String(decoding: bytes[dot...], as: UTF8.self)
    }

    /// The series: `pubmed26n`.
    public var series: String { prefix + Self.padded(year, 2) + "n" }

    /// The name of another file of the series.
    public func name(ofOrdinal ordinal: Int) -> String { series + Self.padded(ordinal, width) + suffix }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
