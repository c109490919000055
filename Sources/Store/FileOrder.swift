/// Where a source file stands among all: a later file's citations replace an earlier one's.
///
/// PubMed numbers its files through baseline and updates (`pubmed26n0001.xml.gz` …), and starts a new series every
/// year. So names are compared as text in which every run of digits counts as one number, and in which a full stop
/// comes before everything else (`sample.xml` before `sample-2.xml`); folders do not matter.
/// The order is total: two names that differ are never equal.
public struct FileOrder: Hashable, Comparable, Sendable {
    /// The name, with every run of digits filled up to 12 with zeros and every full stop as U+0001, then the name
    /// itself: compares bytewise.
    let place: String

    /// Computes the place of a file from its name; what stands before the last slash is left out.
    public init(name: String) {
        let name = SourceFile.baseName(of: name)
        var place: [UInt8] = []
        var digits: [UInt8] = []
        for byte in name.utf8 + [0] {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                digits.append(byte)
                continue
            }
            if !digits.isEmpty {
                place += [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 12 - digits.count)) + digits
                digits.removeAll(keepingCapacity: true)
            }
            if byte != 0 { place.append(byte == UInt8(ascii: ".") ? 1 : byte) }
        }
        self.place = String(decoding: place + [0x01], as: UTF8.self) + name
    }

    init(place: String) {
        self.place = place
    }

    /// Whether one file comes before the other.
    public static func < (one: FileOrder, other: FileOrder) -> Bool {
        one.place.utf8.lexicographicallyPrecedes(other.place.utf8)
    }
}
