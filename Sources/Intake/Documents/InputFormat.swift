/// The formats that documents are read from, by the names of the command line.
public enum InputFormat: String, Hashable, Sendable, CaseIterable {
    /// PubMed's XML: a `PubmedArticleSet`.
    case pubmedXML = "pubmed-xml"
    /// PubTator's text: `PMID|t|title`, `PMID|a|abstract`, lines of annotations, a blank line.
    case pubtator
    /// BioC in XML (Comeau et al. 2013, doi:10.1093/database/bat064).
    case biocXML = "bioc-xml"
    /// BioC in JSON, as NCBI serves it: a collection, a list of them, or a document a line.
    case biocJSON = "bioc-json"
    /// JSON lines: `{"id","passage","text"}`, `{"id" or "pmid","title","abstract"}` or `{"id","text"}`.
    case jsonl
    /// Plain text: the whole input is one document.
    case text

    /// Guesses the format from the start of an input.
    ///
    /// - Returns: nil for XML that is neither PubMed's nor BioC's.
    public static func guess(from start: [UInt8]) -> InputFormat? {
        let bytes = start.span
        var first = bytes.has("\u{FEFF}", at: 0) ? 3 : 0
        while first < bytes.count, isXMLSpace(bytes[first]) { first += 1 }
        guard first < bytes.count else { return .text }
        switch bytes[first] {
        case UInt8(ascii: "<"):
            if bytes.firstIndex(of: "<PubmedArticle", from: first) != nil { return .pubmedXML }
            if bytes.firstIndex(of: "<!DOCTYPE PubmedArticleSet", from: first) != nil { return .pubmedXML }
            if bytes.firstIndex(of: "<collection", from: first) != nil { return .biocXML }
            return isMarkup(bytes, at: first) ? nil : .text
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if bytes.firstIndex(of: "\"passages\"", from: first) != nil { return .biocJSON }
            if bytes.firstIndex(of: "\"documents\"", from: first) != nil { return .biocJSON }
            return bytes.firstIndex(of: "\"", from: first) != nil && bytes[first] == UInt8(ascii: "{")
                ? .jsonl : .text
        default:
            guard let bar = bytes.firstIndex(of: UInt8(ascii: "|"), from: first) else { return .text }
            let isTitle = bytes.has("|t|", at: bar) || bytes.has("|a|", at: bar)
            let line = bytes.firstIndex(of: 0x0A, from: first) ?? bytes.count
            return isTitle && bar < line && !hasSpace(bytes, first..<bar) ? .pubtator : .text
        }
    }

    private static func isMarkup(_ bytes: Span<UInt8>, at first: Int) -> Bool {
        guard first + 1 < bytes.count else { return false }
        switch bytes[first + 1] {
        case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return true
        default: return false
        }
    }

    private static func hasSpace(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        range.contains { isXMLSpace(bytes[$0]) }
    }
}
