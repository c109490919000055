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
                mentions.append(self.mention(of: fusions[Int(fusion)], as: names[index]))
                continue
            }
            var isAssumed = false
            if kind == .gene, let assumed = settings.assumed, names[index].choice?.relation != .direct,
                dictionary.taxon(ofConcept: reading.concept) != assumed,
                let own = dictionary.ortholog(ofConcept: reading.concept, in: assumed)
            {
                (reading.concept, isAssumed) = (own, true)
            }
            // What tells of this text alone is added below.
            let marks: UInt64 = (names[index].isSought ? 1 : 0) | (isAssumed ? 2 : 0)
            let reason = (names[index].choice?.number ?? 0) << 6 | kind.number << 2 | marks
            let place = facts.place(of: reading, reason, dictionary) {
                self.mention(of: names[index], read: reading, isAssumed: isAssumed, dictionary)
            }
            if kind == .gene, let wanted = settings.species, let taxon = facts.taxon(at: place),
                !wanted.contains(taxon)
            {
                continue
            }
            // A name of a taxon may only hint at a species, or name a class of them.
            if kind == .species, reading.grade == .weak || facts.isWide(at: place) { continue }
            let last = mentions.count
            mentions.append(facts.mention(at: place))
            mentions[last].passage = passages[names[index].passage].passage.index
            mentions[last].range = names[index].range
            mentions[last].role = names[index].role
            if reading.definedAs != nil || names[index].fusion != nil {
                mentions[last].reasons = reasons(
                    for: names[index], read: reading, isAssumed: isAssumed, dictionary)
            }
        }
        return mentions
    }

    /// A mention without its place and role, and without what only this text tells of it.
    private func mention(
        of name: NameReading, read reading: Reading, isAssumed: Bool, _ dictionary: CompiledDictionary
    ) -> Mention {
        var (name, reading) = (name, reading)
        name.fusion = nil
        reading.definedAs = nil
        return Mention(
            passage: 0, range: TextRange(0, 0), kind: name.kind,
            entity: dictionary.identifier(ofConcept: reading.concept),
            taxon: dictionary.taxon(ofConcept: reading.concept),
            dictionaryName: dictionary.name(ofEntry: reading.entry),
            source: dictionary.source(ofEntry: reading.entry),
            reasons: reasons(for: name, read: reading, isAssumed: isAssumed, dictionary),
            treeNumbers: dictionary.treeNumbers(ofConcept: reading.concept))
    }

    /// How the spelling was led to the dictionary's, and why the reading that is left was chosen.
    private func reasons(
        for name: NameReading, read reading: Reading, isAssumed: Bool, _ dictionary: CompiledDictionary
    ) -> [String] {
        var reasons: [String] = []
        if let long = reading.definedAs { reasons.append("short for “\(text(of: long))” in this text") }
        let variation = dictionary.entry(reading.entry).variation
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
