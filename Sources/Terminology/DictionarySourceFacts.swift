/// What a dictionary remembers of a file it was built from.
public struct DictionarySourceFacts: Hashable, Sendable {
    /// The path within the folder of dictionaries.
    public let name: String
    /// The layout it was read in.
    public let layout: String
    /// The SHA-256 of its bytes, in hexadecimal.
    public let sha256: String
    /// Its size in bytes.
    public let bytes: Int
    /// How many entities it brought.
    public let concepts: Int
    /// How many names it brought.
    public let names: Int
    /// How many alternative identifiers it brought.
    public let alternatives: Int
    /// The newest date in its content as `YYYY-MM-DD`, or the version that it gives itself; empty where it tells neither.
    public let release: String

    init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count == 8, let bytes = Int(fields[3]), let concepts = Int(fields[4]),
            let names = Int(fields[5]), let alternatives = Int(fields[6])
        else { return nil }
        name = String(fields[0])
        layout = String(fields[1])
        sha256 = String(fields[2])
        self.bytes = bytes
        self.concepts = concepts
        self.names = names
        self.alternatives = alternatives
        release = String(fields[7])
    }
}
