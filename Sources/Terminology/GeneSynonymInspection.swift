/// Tells damaged snapshots of gene_info, in which synonyms were cut short: beside `clock` stand `Cloc` and `clo`.
///
/// Three signs are counted, as shares of all synonyms. Over good files of six species (human, mouse, rat, fly, worm and yeast;
/// 2014 to 2026) and two damaged ones (mouse, zebrafish; 2021) they are:
///
/// | a synonym | good, at most | damaged, at least | limit |
/// |---|---|---|---|
/// | is another one of the same gene, cut within a word or number | 2.2 % | 13.4 % | 6 % |
/// | ends in a hyphen, bracket or other sign that joins | 0.02 % | 1.3 % | 0.4 % |
/// | is a single character | 0.3 % | 1.4 % | 0.8 % |
///
/// Two of the three condemn a file, so that a species that likes one-letter names is not refused for these alone.
struct GeneSynonymInspection {
    /// Fewer synonyms say nothing: in small files chance is large.
    static let minimum = 500

    private(set) var synonyms = 0
    private(set) var cut = 0
    private(set) var joined = 0
    private(set) var single = 0
    private var example: (line: Int, short: String, long: String)?

    /// Counts the signs in a file.
    ///
    /// - Complexity: O(number of bytes), but for the square of the number of synonyms of one gene.
    init(_ bytes: [UInt8]) {
        var lines = Lines(bytes)
        var column: Int?
        while let line = lines.next() {
            guard let column else {
                if GeneInfoImporter.recognizes(line) {
                    column = TableReader.names(in: line).firstIndex(of: "synonyms")
                    if column == nil { return }
                }
                continue
            }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t"))
            if line.first == UInt8(ascii: "#") || fields.count <= column { continue }
            let names = fields[column].split(separator: UInt8(ascii: "|")).filter {
                $0 != [UInt8(ascii: "-")]
            }
            synonyms += names.count
            for name in names {
                if name.count == 1 { single += 1 }
                if let last = name.last, "-(,:/. ".utf8.contains(last) { joined += 1 }
                if let long = names.first(where: { Self.isCutShort(name, from: $0) }) {
                    cut += 1
                    if example == nil { example = (lines.number, name.text, long.text) }
                }
            }
        }
    }

    /// Why the file is not to be trusted, with the line of an example; nil for a file that looks good.
    var finding: (line: Int?, reason: String)? {
        guard synonyms >= Self.minimum else { return nil }
        let signs = [
            (cut, 60, "are another synonym of the same gene cut short"),
            (joined, 4, "end in a hyphen or another sign that joins"),
            (single, 8, "are a single character"),
        ]
        let found = signs.filter { $0.0 * 1000 >= synonyms * $0.1 }
        guard found.count >= 2 else { return nil }
        let shares = found.map { count, _, what in
            let tenths = count * 1000 / synonyms
            return "\(tenths / 10).\(tenths % 10) % \(what)"
        }
        let pair = example.map { ", as “\($0.short)” beside “\($0.long)”" } ?? ""
        return (
            example?.line,
            "synonyms were cut short in this snapshot: of \(synonyms), " + shares.joined(separator: ", ")
                + pair
        )
    }

    /// Whether a name is the beginning of a longer one, with the cut between two letters or two digits.
    private static func isCutShort(_ short: ArraySlice<UInt8>, from long: ArraySlice<UInt8>) -> Bool {
        guard let last = short.last, short.count < long.count, long.starts(with: short) else { return false }
        let next = long[long.startIndex + short.count]
        return isLetter(last) && isLetter(next) || isDigit(last) && isDigit(next)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
