import Corpus
import Terminology

extension TaggedDocument {
    /// The mentions that are left, of the wanted species, in order.
    func mentions(
        _ dictionary: CompiledDictionary, _ settings: TaggerSettings, _ facts: inout MentionFacts
    ) -> [Mention] {
        var mentions: [Mention] = []
        mentions.reserveCapacity(names.count)
        for name in names {
            guard var reading = name.readings.first else { continue }
            if let fusion = name.fusion, !fusions[Int(fusion)].isListed {
                mentions.append(mention(of: fusions[Int(fusion)], as: name))
                continue
            }
            var taxon = dictionary.taxon(ofConcept: reading.concept)
            var isAssumed = false
            if name.kind == .gene, let assumed = settings.assumed, taxon != assumed,
                name.choice?.relation != .direct,
                let own = dictionary.ortholog(ofConcept: reading.concept, in: assumed)
            {
                (reading.concept, taxon, isAssumed) = (own, assumed, true)
            }
            if name.kind == .gene, let wanted = settings.species, let taxon, !wanted.contains(taxon) {
                continue
            }
            if name.kind == .species, !isSpecies(reading, dictionary) { continue }
            let concept = facts.concept(reading.concept, dictionary)
            let entry = facts.entry(reading.entry, dictionary)
            mentions.append(
                Mention(
                    passage: passages[name.passage].passage.index, range: name.range, kind: name.kind,
                    entity: concept.entity, taxon: taxon, dictionaryName: entry.name, source: entry.source,
                    reasons: reasons(for: name, read: reading, entry, isAssumed: isAssumed, dictionary),
                    role: name.role, treeNumbers: concept.treeNumbers))
        }
        return mentions
    }

    /// How the spelling was led to the dictionary's, and why the reading that is left was chosen.
    private func reasons(
        for name: NameReading, read reading: Reading, _ entry: MentionFacts.Entry, isAssumed: Bool,
        _ dictionary: CompiledDictionary
    ) -> [String] {
        var reasons: [String] = []
        if let long = reading.definedAs { reasons.append("short for “\(text(of: long))” in this text") }
        if !entry.variation.isEmpty { reasons.append(entry.variation) }
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

    // MARK: - Species

    /// Whether a name of a taxon names a species, and does not only hint at one or name a class of them.
    private func isSpecies(_ reading: Reading, _ dictionary: CompiledDictionary) -> Bool {
        if reading.grade == .weak { return false }
        return !dictionary.hasTreeNumber(ofConcept: reading.concept) { Self.wideRanks.contains($0) }
    }

    /// Ranks of taxa that are classes of species: animals, insects, viruses … are no species of a paper. By their hashes.
    private static let wideRanks = Set(
        [
            "superkingdom", "kingdom", "subkingdom", "superphylum", "phylum", "subphylum", "superclass",
            "class", "subclass", "infraclass", "superorder", "order", "suborder", "infraorder", "parvorder",
            "superfamily", "family", "subfamily", "clade", "tribe", "cohort", "subtribe", "genus", "subgenus",
            "section", "series", "species group", "species subgroup",
        ].map { NameHash.of($0.utf8) })
}
