import Corpus

/// Whether a sentence may be evidence on a gene of a species: a gene's page takes evidence of its own species only.
///
/// The tagger says which species' gene a name means best; where a paper or a sentence names other organisms only, that is
/// not enough for a page.
struct SpeciesPolicy {
    /// The species whose genes get articles and that the citation may speak of.
    let wanted: [TaxonID]
    /// The species that a sentence must name, since the title is about others.
    private let toBeNamed: [TaxonID]
    /// Whether mice or rats are named anywhere.
    private let hasRodents: Bool

    /// The organisms whose genes are studied: one that a title names is what the paper is about.
    private static let organisms = Set(SpeciesContext.headings.values).sorted()

    /// Looks at what a citation names.
    ///
    /// - Parameters:
    ///   - mentions: all that was found in its passages.
    ///   - species: the species whose genes get articles.
    init(_ citation: Citation, mentions: [Mention], species: Set<TaxonID>) {
        var named: [TaxonID] = []
        var title: [TaxonID] = []
        for index in mentions.indices where Self.namesSpecies(mentions[index]) {
            guard let taxon = mentions[index].taxon else { continue }
            if !named.contains(taxon) { named.append(taxon) }
            if mentions[index].passage == 0, Self.organisms.contains(taxon) { title.append(taxon) }
        }
        var ofPaper = title
        for heading in citation.meshHeadings {
            guard let taxon = SpeciesContext.species(ofHeading: heading.descriptor.name) else { continue }
            named.append(taxon)
            ofPaper.append(taxon)
        }
        let wanted: [TaxonID] = species.filter { ofPaper.isEmpty || named.contains($0) }
        self.wanted = wanted
        toBeNamed = title.isEmpty ? [] : wanted.filter { !ofPaper.contains($0) }
        hasRodents = named.contains(.mouse) || named.contains(.rat)
    }

    /// Whether a mention may make its sentence evidence; always so for what has no species.
    ///
    /// - Parameters:
    ///   - place: the mention's place in the document.
    ///   - text: the bytes of the passage.
    ///   - sentence: the places of all mentions of the sentence.
    func admits(_ place: Int, of mentions: [Mention], in text: Span<UInt8>, sentence: [Int]) -> Bool {
        guard case .gene = mentions[place].kind else { return true }
        guard let taxon = mentions[place].taxon, wanted.contains(taxon) else { return false }
        var namesOrganism = false
        for other in sentence where Self.namesSpecies(mentions[other]) {
            guard let named = mentions[other].taxon else { continue }
            if named == taxon { return true }
            namesOrganism = namesOrganism || Self.organisms.contains(named)
        }
        // What mice do is no evidence on humans, though the tagger took the name for the human gene's.
        if toBeNamed.contains(taxon) || namesOrganism { return false }
        return !(taxon == .human && hasRodents && Self.isSpelledAsInRodents(mentions[place], in: text))
    }

    private static func namesSpecies(_ mention: Mention) -> Bool {
        switch mention.kind {
        case .species, .cellLine: true
        default: false
        }
    }

    /// Whether a name that the dictionary has in capitals is written with one: Tsc1 for TSC1, as the nomenclature of mouse
    /// and rat has it.
    private static func isSpelledAsInRodents(_ mention: Mention, in text: Span<UInt8>) -> Bool {
        let name = mention.dictionaryName.utf8
        guard name.count == mention.range.count, name.count(where: { $0 >= 0x41 && $0 <= 0x5A }) >= 3 else {
            return false
        }
        var position = mention.range.start
        for byte in name {
            let written = text[position]
            let isFirst = position == mention.range.start
            let isCapital = byte >= 0x41 && byte <= 0x5A
            guard written == (isCapital && !isFirst ? byte | 0x20 : byte) else { return false }
            position += 1
        }
        return true
    }
}
