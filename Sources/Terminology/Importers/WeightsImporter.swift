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
        var table = ProjectTable(bytes, path: path, columns: columns)
        var tokenizer = Tokenizer()
        while let fields = try table.next() {
            guard let kind = EntityKind(rawValue: fields[0]),
                let number = FeatureNumber.of(kind, written: fields[1], tokenizer: &tokenizer),
                let weight = Float(fields[2]), weight.isFinite
            else {
                throw table.fault("a kind, feature or weight that is none")
            }
            draft.weights[number] = weight
        }
    }
}
