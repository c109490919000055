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
            guard let weight = Float(fields[2]), weight.isFinite,
                enter(weight, of: fields[1], for: fields[0], into: &draft, &tokenizer)
            else {
                throw table.fault("a kind, feature or weight that is none")
            }
        }
    }

    /// Enters the weight of a feature for a kind of entity, or for a question about two genes; false where the subject is
    /// neither, or the feature none.
    private static func enter(
        _ weight: Float, of feature: String, for subject: String, into draft: inout DictionaryDraft,
        _ tokenizer: inout Tokenizer
    ) -> Bool {
        if let question = InteractionQuestion(rawValue: subject) {
            draft.interactionWeights[question.number(of: NameHash.of(feature.utf8))] = weight
            return true
        }
        guard let kind = EntityKind(rawValue: subject),
            let number = FeatureNumber.of(kind, written: feature, tokenizer: &tokenizer)
        else { return false }
        draft.weights[number] = weight
        return true
    }
}
