import Corpus
import Terminology

/// Which species a document, and a place in it, is about.
///
/// A gene's species is looked for, in this order: in a word that stands directly before the name (“human IGF1R”); in the
/// nearest species to the left in the sentence; to the right; in the focus of the document, where names of species count
/// once, in the title twice, and MeSH headings twice.
struct SpeciesContext {
    /// A species or a cue of one, at a place.
    private struct Cue {
        var passage: Int
        var range: TextRange
        var sentence: Int
        var taxon: TaxonID
    }

    private let cues: [Cue]
    /// The species of the document, the most named one first.
    let focus: [TaxonID]
    /// How often each species of `focus` counts.
    let counts: [TaxonID: Int]

    /// The headings of MeSH's check tags and commonest organisms.
    static let headings: [String: TaxonID] = [
        "Humans": .human, "Mice": .mouse, "Rats": .rat, "Drosophila melanogaster": TaxonID(7227),
        "Drosophila": TaxonID(7227), "Zebrafish": TaxonID(7955), "Caenorhabditis elegans": TaxonID(6239),
        "Saccharomyces cerevisiae": TaxonID(4932), "Mice, Knockout": .mouse, "Mice, Transgenic": .mouse,
        "Mice, Inbred C57BL": .mouse, "Mice, Inbred BALB C": .mouse, "Rats, Sprague-Dawley": .rat,
        "Rats, Wistar": .rat, "Cattle": TaxonID(9913), "Swine": TaxonID(9823), "Chickens": TaxonID(9031),
    ]

    init(document: TaggedDocument, dictionary: CompiledDictionary) {
        var cues: [Cue] = []
        var counts: [TaxonID: Int] = [:]
        var order: [TaxonID] = []
        func count(_ taxon: TaxonID, _ weight: Int) {
            if counts[taxon] == nil { order.append(taxon) }
            counts[taxon, default: 0] += weight
        }
        for name in document.names where name.kind == .species || name.kind == .cellLine {
            guard let reading = name.readings.first,
                let taxon = dictionary.taxon(ofConcept: reading.concept)
            else { continue }
            let passage = document.passages[name.passage]
            cues.append(
                Cue(
                    passage: name.passage, range: name.range, sentence: passage.sentence(at: name.range.start),
                    taxon: taxon))
            count(taxon, passage.passage.kind == .title ? 4 : 2)
        }
        for heading in document.context.meshHeadings {
            if let taxon = Self.headings[heading] { count(taxon, 4) }
        }
        self.cues = cues
        self.counts = counts
        focus = order.enumerated().sorted {
            (-(counts[$0.element] ?? 0), $0.offset) < (-(counts[$1.element] ?? 0), $1.offset)
        }.map(\.element)
    }

    /// The species that the words around a name point to, nearest first, with the reason.
    func near(_ name: NameReading, in document: TaggedDocument) -> (direct: TaxonID?, left: TaxonID?, right: TaxonID?) {
        let passage = document.passages[name.passage]
        let sentence = passage.sentence(at: name.range.start)
        var direct: TaxonID?
        var left: Cue?
        var right: Cue?
        for cue in cues where cue.passage == name.passage && cue.sentence == sentence {
            if cue.range.end <= name.range.start {
                if left == nil || cue.range.end > (left?.range.end ?? 0) { left = cue }
            } else if cue.range.start >= name.range.end {
                if right == nil || cue.range.start < (right?.range.start ?? 0) { right = cue }
            }
        }
        if let left, name.range.start - left.range.end <= 1 { direct = left.taxon }
        return (direct, left?.taxon, right?.taxon)
    }
}
