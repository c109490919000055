/// Signs that a source is not what it should be: a web page in its place, nothing but a header, ends of lines of two kinds.
enum SourceInspection {
    /// What a file begins with that is no data; nil where it may be data.
    static func strangeContent(in head: [UInt8]) -> String? {
        let start = String(
            decoding: head.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.prefix(200),
            as: UTF8.self
        ).lowercased()
        if start.isEmpty { return "there is nothing in it" }
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<head") {
            return "a web page stands in its place"
        }
        if start.hasPrefix("<") {
            if MeshXMLImporter.recordSet(in: head) == nil,
                start.contains("<error") || start.contains("<message")
            {
                return "an error message of a server stands in its place"
            }
        }
        return nil
    }

    /// The number of rows: lines that are neither empty nor comments, without the header.
    static func rows(of bytes: [UInt8], hasHeader: Bool) -> Int {
        var count = 0
        var headerIsComment = false
        for line in Lines(bytes) where !line.isEmpty {
            if line.first == UInt8(ascii: "#") {
                // NCBI marks the header of its tables as a comment.
                headerIsComment = headerIsComment || line.starts(with: "#tax_id")
            } else {
                count += 1
            }
        }
        return hasHeader && !headerIsComment ? max(count - 1, 0) : count
    }

    /// The first line whose end is of another kind than that of the first line; nil where all are alike.
    static func mixedLineEnds(in bytes: [UInt8]) -> Int? {
        var first: Bool?
        var line = 1
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            let isWindows = index > 0 && bytes[index - 1] == UInt8(ascii: "\r")
            if let first, first != isWindows { return line }
            first = isWindows
            line += 1
        }
        return nil
    }

    /// Whether the lines end in a carriage return alone, as no reader expects today.
    static func hasOldMacLineEnds(_ head: [UInt8]) -> Bool {
        !head.contains(UInt8(ascii: "\n")) && head.count { $0 == UInt8(ascii: "\r") } > 1
    }
}
