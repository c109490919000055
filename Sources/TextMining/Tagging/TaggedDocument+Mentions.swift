import Corpus
import Terminology

extension TaggedDocument {
    /// The mentions that are left, of the wanted species, in order.
    func mentions(
        _ dictionary: CompiledDictionary, _ settings: TaggerSettings, _ facts: inout MentionFacts
    ) -> [Mention] {
        var mentions: [Mention] = []
        mentions.reserveCapacity(names.count)
        for index in names.indices {
            guard var reading = names[index].readings.first else { continue }
            let kind = names[index].kind
            if let fusion = names[index].fusion, !fusions[Int(fusion)].isListed {
                mentions.append(mention(of: fusions[Int(fusion)], as: names[index]))
                continue
            }
            var concept = facts.concept(reading.concept, dictionary)
            var isAssumed = false
            if kind == .gene, let assumed = settings.assumed, concept.taxon != assumed,
                names[index].choice?.relation != .direct,
                let own = dictionary.ortholog(ofConcept: reading.concept, in: assumed)
            {
                (reading.concept, isAssumed) = (own, true)
                concept = facts.concept(own, dictionary)
            }
            let taxon = isAssumed ? settings.assumed : concept.taxon
            if kind == .gene, let wanted = settings.species, let taxon, !wanted.contains(taxon) {
                continue
            }
            // A name of a taxon may only hint at a species, or name a class of them.
            if kind == .species, reading.grade == .weak || concept.isWide { continue }
            let entry = facts.entry(reading.entry, dictionary)
            mentions.append(
                Mention(
                    passage: passages[names[index].passage].passage.index, range: names[index].range,
                    kind: kind, entity: concept.entity, taxon: taxon, dictionaryName: entry.name,
                    source: entry.source,
                    reasons: reasons(
                        for: names[index], read: reading, entry.variation, isAssumed: isAssumed, dictionary,
                        &facts),
                    role: names[index].role, treeNumbers: concept.treeNumbers))
        }
        return mentions
    }

    /// How the spelling was led to the dictionary's, and why the reading that is left was chosen.
    private func reasons(
        for name: NameReading, read reading: Reading, _ variation: String, isAssumed: Bool,
        _ dictionary: CompiledDictionary, _ facts: inout MentionFacts
    ) -> [String] {
        // Where nothing of this text is told, others have been told the same.
        guard reading.definedAs == nil, name.fusion == nil else {
            return reasons(for: name, read: reading, variation, isAssumed: isAssumed, dictionary)
        }
        if name.choice == nil, variation.isEmpty, !name.isSought, !isAssumed { return [] }
        let marks: UInt64 = (name.isSought ? 1 : 0) | (isAssumed ? 2 : 0)
        let key = UInt64(reading.entry) << 32 ^ (name.choice?.number ?? 0) << 2 ^ marks
        return facts.reasons(key) {
            reasons(for: name, read: reading, variation, isAssumed: isAssumed, dictionary)
        }
    }

    private func reasons(
        for name: NameReading, read reading: Reading, _ variation: String, isAssumed: Bool,
        _ dictionary: CompiledDictionary
    ) -> [String] {
        var reasons: [String] = []
        if let long = reading.definedAs { reasons.append("short for “\(text(of: long))” in this text") }
        if !variation.isEmpty { reasons.append(variation) }
        if name.isSought { reasons.append("the gene that was asked for") }
        name.choice?.add(to: &reasons, for: reading, in: dictionary)
        if let fusion = name.fusion { reasons.append(fusions[Int(fusion)].reason) }
        if isAssumed { reasons.append("read as the ortholog in the species that was asked for") }
        return reasons
    }

    /// The mention of a fusion that the dictionary does not list.
    private func mention(of fusion: Fusion, as name: NameReading) -> Mention {
        Mention(
            passage: passages[name.passage].passage.index, range: name.range, kind: name.kind,
            entity: fusion.id, dictionaryName: fusion.name, reasons: [fusion.reason], role: name.role)
    }
}
