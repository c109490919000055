import AhoCorasick
import Corpus

/// Reads the weights of the tagger's linear model: the columns `kind`, `feature`, `weight`, parted by tabs, under a
/// header; lines that begin with `#` are comments and say where the weights come from.
struct WeightsImporter {
    static let columns = ["kind", "feature", "weight"]

    static func recognizes(fileName: String) -> Bool { fileName.hasSuffix(".weights.tsv") }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var lines = Lines(bytes)
        var tokenizer = Tokenizer()
        var hasHeader = false
        while let line = lines.next() {
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t")).map(\.text)
            guard fields.count == columns.count else {
                throw .malformed(
                    path: path, line: lines.number, reason: "\(fields.count) fields, not \(columns.count)")
            }
            if !hasHeader {
                guard fields == columns else {
                    throw .malformed(
                        path: path, line: lines.number,
                        reason: "the header must be " + columns.joined(separator: ", "))
                }
                hasHeader = true
                continue
            }
            guard let kind = EntityKind(rawValue: fields[0]),
                let number = FeatureNumber.of(kind, written: fields[1], tokenizer: &tokenizer),
                let weight = Float(fields[2]), weight.isFinite
            else {
                throw .malformed(
                    path: path, line: lines.number, reason: "a kind, feature or weight that is none")
            }
            draft.weights[number] = weight
        }
    }
}
