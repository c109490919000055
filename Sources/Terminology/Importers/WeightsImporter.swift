import AhoCorasick
import Corpus

/// Reads the weights of linear models, of the tagger's and of those on interactions: the columns `kind`, `feature`,
/// `weight`, parted by tabs, under a header; lines that begin with `#` are comments and say where the weights come from.
struct WeightsImporter {
    static let columns = ["kind", "feature", "weight"]

    static func recognizes(fileName: String) -> Bool { fileName.hasSuffix(".weights.tsv") }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var table = ProjectTable(bytes, path: path, columns: columns)
        var tokenizer = Tokenizer()
        while let fields = try table.next() {
            guard let number = number(of: fields[0], fields[1], &tokenizer), let weight = Float(fields[2]),
                weight.isFinite
            else {
                throw table.fault("a kind, feature or weight that is none")
            }
            draft.weights[number] = weight
        }
    }

    /// The number of a feature of a kind of entity, or of a question about two genes.
    private static func number(
        of subject: String, _ feature: String, _ tokenizer: inout Tokenizer
    ) -> UInt64? {
        if let question = InteractionQuestion(rawValue: subject) {
            return question.number(of: NameHash.of(feature.utf8))
        }
        return EntityKind(rawValue: subject).flatMap {
            FeatureNumber.of($0, written: feature, tokenizer: &tokenizer)
        }
    }
}
