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

    /// By place.
    private let cues: [Cue]
    /// The species of the document, the most named one first.
    let focus: [TaxonID]
    /// How often each species of `focus` counts.
    let counts: [TaxonID: Int]
    /// The sum of the counts.
    private let total: Int
    /// Whether the document is about an organism whose genes the dictionary does not have, such as wheat: then a name
    /// that is also a human one does not mean the human gene.
    let isForeign: Bool

    /// The headings of MeSH's check tags and commonest organisms.
    static let headings: [String: TaxonID] = [
        "Humans": .human, "Mice": .mouse, "Rats": .rat, "Drosophila melanogaster": TaxonID(7227),
        "Drosophila": TaxonID(7227), "Zebrafish": TaxonID(7955), "Caenorhabditis elegans": TaxonID(6239),
        "Saccharomyces cerevisiae": TaxonID(4932), "Mice, Knockout": .mouse, "Mice, Transgenic": .mouse,
        "Mice, Inbred C57BL": .mouse, "Mice, Inbred BALB C": .mouse, "Rats, Sprague-Dawley": .rat,
        "Rats, Wistar": .rat, "Cattle": TaxonID(9913), "Swine": TaxonID(9823), "Chickens": TaxonID(9031),
    ]

    /// Taxa too wide to say whose gene it is: animals, mammals, rodents, vertebrates, primates, plants, fungi, eukaryotes.
    private static let generic: Set<Int32> = [
        33208, 40674, 9989, 7742, 9443, 33090, 4751, 2759, 9347, 314146, 32523, 10066,
    ]

    private static let eukaryota = NameHash.of("Eukaryota".utf8)

    /// Finds the species of a document.
    ///
    /// - Parameters:
    ///   - names: its names, in order, those inside others left out.
    ///   - geneTaxa: the species whose genes the dictionary has.
    init(
        names: [NameReading], of document: TaggedDocument, dictionary: CompiledDictionary,
        geneTaxa: Set<TaxonID>
    ) {
        var foreign: Set<TaxonID> = []
        var cues: [Cue] = []
        var counts: [TaxonID: Int] = [:]
        var order: [TaxonID] = []
        func count(_ taxon: TaxonID, _ weight: Int) {
            if counts[taxon] == nil { order.append(taxon) }
            counts[taxon, default: 0] += weight
        }
        for name in names where name.kind == .species || name.kind == .cellLine {
            guard let reading = name.readings.first,
                let taxon = dictionary.taxon(ofConcept: reading.concept)
            else { continue }
            let passage = document.passages[name.passage]
            cues.append(
                Cue(
                    passage: name.passage, range: name.range,
                    sentence: name.sentence,
                    taxon: taxon))
            count(taxon, passage.passage.kind == .title ? 4 : 2)
            if name.kind == .species, !geneTaxa.contains(taxon),
                dictionary.hasTreeNumber(ofConcept: reading.concept, where: { $0 == Self.eukaryota }),
                !Self.generic.contains(taxon.number)
            {
                foreign.insert(taxon)
            }
        }
        for heading in document.context.meshHeadings {
            if let taxon = Self.headings[heading] { count(taxon, 4) }
        }
        self.cues = cues
        self.counts = counts
        total = counts.values.reduce(0, +)
        let hosts = foreign
        let own = counts.filter { !hosts.contains($0.key) }.values.reduce(0, +)
        isForeign = counts.filter { hosts.contains($0.key) }.values.reduce(0, +) > own
        focus = order.enumerated().sorted {
            (-(counts[$0.element] ?? 0), $0.offset) < (-(counts[$1.element] ?? 0), $1.offset)
        }.map(\.element)
    }

    /// The cues of species around a name.
    struct Surroundings: Equatable {
        /// The species of the cue that stands directly before the name.
        var direct: TaxonID?
        /// The species of the nearest cue to the left in the sentence.
        var left: TaxonID?
        /// The species of the nearest cue to the right in the sentence.
        var right: TaxonID?
        /// The places of all cues in the sentence.
        fileprivate var sentence: Range<Int> = 0..<0
        /// The species of the last cue in the text before the sentence.
        var earlier: TaxonID?

        /// Whether they say the same.
        static func == (one: Surroundings, other: Surroundings) -> Bool {
            one.direct == other.direct && one.left == other.left && one.right == other.right
                && one.earlier == other.earlier
                && (one.sentence == other.sentence || one.sentence.isEmpty && other.sentence.isEmpty)
        }
    }

    /// The index of the first cue from a sentence on.
    private func firstCue(from sentence: Int, of passage: Int) -> Int {
        var low = 0
        var high = cues.count
        while low < high {
            let middle = (low + high) / 2
            if (cues[middle].passage, cues[middle].sentence) < (passage, sentence) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The cues of species around a name.
    func surroundings(of name: NameReading) -> Surroundings {
        var found = Surroundings()
        let start = firstCue(from: name.sentence, of: name.passage)
        if start > 0 { found.earlier = cues[start - 1].taxon }
        var left: Cue?
        var right: Cue?
        var end = start
        while end < cues.count, cues[end].passage == name.passage, cues[end].sentence == name.sentence {
            let cue = cues[end]
            if cue.range.end <= name.range.start {
                if left == nil || cue.range.end > (left?.range.end ?? 0) { left = cue }
            } else if cue.range.start >= name.range.end {
                if right == nil || cue.range.start < (right?.range.start ?? 0) { right = cue }
            }
            end += 1
        }
        found.sentence = start..<end
        if let left, name.range.start - left.range.end <= 1 { found.direct = left.taxon }
        if let prefixed = name.prefixed { found.direct = prefixed }
        found.left = left?.taxon
        found.right = right?.taxon
        return found
    }

    /// How a species stands to a name, the strongest relation first.
    func relation(of taxon: TaxonID, to near: Surroundings) -> SpeciesRelation {
        if near.direct == taxon { return .direct }
        if near.direct != nil { return counts[taxon] == nil ? .absent : .elsewhere }
        if near.left == taxon { return .left }
        if near.right == taxon { return near.left == nil ? .right : .rightAfterLeft }
        if cues[near.sentence].contains(where: { $0.taxon == taxon }) { return .sentence }
        if let place = focus.firstIndex(of: taxon) {
            return .focus(
                place, isLast: near.earlier == taxon, isSentenceTaken: !near.sentence.isEmpty)
        }
        if isForeign { return .foreign }
        return focus.isEmpty ? .noneNamed : .absent
    }

    /// The share of the document's cues that are of a species, in tenths.
    func tenths(of taxon: TaxonID) -> Int { total == 0 ? 0 : (counts[taxon] ?? 0) * 10 / total }
}
