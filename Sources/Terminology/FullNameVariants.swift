import AhoCorasick

/// Other ways to say the full name of a gene: nomenclature puts what tells two genes apart last, texts put it first.
enum FullNameVariants {
    struct Variant {
        var identities: [UInt64]
        var kind: DictionaryCompiler.Variant
    }

    /// `acyl-CoA dehydrogenase medium chain` as `medium chain acyl-CoA dehydrogenase`, `actinin alpha 1` as
    /// `alpha actinin 1` and `alpha 1 actinin`; `cytochrome c, somatic` as `cytochrome c`.
    static func of(_ tokens: [Token], comma: UInt64) -> [Variant] {
        var variants: [Variant] = []
        let identities = tokens.map(\.identity)
        if let first = identities.firstIndex(of: comma), first >= 2, tokens[..<first].allSatisfy(isWord) {
            variants.append(Variant(identities: Array(identities[..<first]), kind: .qualifierDropped))
        }
        guard (3...6).contains(tokens.count), tokens.allSatisfy(isWord) else { return variants }
        for moved in [1, 2] where tokens.count - moved >= 1 {
            let at = tokens.count - moved
            // Only whole words change their places.
            guard tokens[at].traits.contains(.startsWord), tokens[at].traits.contains(.letters) else {
                continue
            }
            variants.append(
                Variant(identities: Array(identities[at...] + identities[..<at]), kind: .lastWordsFirst))
        }
        // A number at the end stays there: `actinin alpha 1` as `alpha actinin 1`.
        let last = tokens.count - 1
        if tokens.count >= 3, tokens[last].traits.contains(.digits),
            tokens[last - 1].traits.contains(.letters),
            tokens[last - 1].traits.contains(.startsWord)
        {
            variants.append(
                Variant(
                    identities: [identities[last - 1]] + identities[..<(last - 1)] + [identities[last]],
                    kind: .lastWordsFirst))
        }
        return variants
    }

    private static func isWord(_ token: Token) -> Bool { !token.traits.contains(.sign) }
}
