import Corpus
import Terminology
import TextMining

/// Tells whether a feature, written out, is read back as the same: a token that was cut from a longer word may be folded
/// otherwise when it stands alone.
struct FeatureChecker {
    private var folding = NameFolding()

    mutating func isReadable(_ feature: ModelFeature, _ kind: EntityKind) -> Bool {
        guard feature.name.utf8.allSatisfy({ $0 >= 0x20 }) else { return false }
        return folding.number(of: feature.name, kind) == feature.number
    }
}
