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
    /// How often each species of `focus` counts, in its order.
    private let counts: [Count]
    /// The places of species in `focus`: few documents name more than a handful, but one may name thousands.
    private let places: KeyNumbers
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

    /// The first letters of those headings, a bit each, by their lengths: few others have one.
    private static let headingLetters: [UInt64] = {
        var letters = [UInt64](repeating: 0, count: 64)
        for heading in headings.keys {
            if let first = heading.utf8.first { letters[heading.utf8.count] |= 1 << UInt64(first & 63) }
        }
        return letters
    }()

    /// The species of a heading; nil where it is none's.
    static func species(ofHeading heading: String) -> TaxonID? {
        let bytes = heading.utf8
        guard bytes.count < headingLetters.count, let first = bytes.first,
            headingLetters[bytes.count] >> UInt64(first & 63) & 1 != 0
        else { return nil }
        return headings[heading]
    }

    /// Taxa too wide to say whose gene it is: animals, mammals, rodents, vertebrates, primates, plants, fungi, eukaryotes.
    private static let generic: Set<Int32> = [
        33208, 40674, 9989, 7742, 9443, 33090, 4751, 2759, 9347, 314146, 32523, 10066,
    ]

    private static let eukaryota = NameHash.of("Eukaryota".utf8)

    /// A species with how often it counts.
    private struct Count {
        let taxon: TaxonID
        /// How many came before.
        let order: Int
        var count: Int
        /// Whether it is an organism whose genes the dictionary does not have.
        var isForeign = false
    }

    /// Finds the species of a document: names of species inside other names do not count.
    ///
    /// - Parameter geneTaxa: the species whose genes the dictionary has.
    init(of document: TaggedDocument, dictionary: CompiledDictionary, geneTaxa: Set<TaxonID>) {
        var cues: [Cue] = []
        // In the order in which they first come.
        var counts: [Count] = []
        var numbers = KeyNumbers(expected: 8)
        func count(_ taxon: TaxonID, _ weight: Int) -> Int {
            let place = numbers.number(of: Self.key(taxon))
            if place == counts.count { counts.append(Count(taxon: taxon, order: place, count: 0)) }
            counts[place].count += weight
            return place
        }
        // Where it names none, its other names do not matter.
        let names =
            document.names.contains(where: { Self.isCue($0.kind) })
            ? document.names.indices : 0..<0
        var reach = Overlaps.Reach()
        for index in names {
            let kind = document.names[index].kind
            guard Self.isCue(kind) || document.names[index].doubts.isEmpty else { continue }
            let (range, passage) = (document.names[index].range, document.names[index].passage)
            guard !reach.takesInside(kind, range, passage: passage), Self.isCue(kind),
                let reading = document.names[index].readings.first,
                let taxon = dictionary.taxon(ofConcept: reading.concept)
            else { continue }
            cues.append(
                Cue(passage: passage, range: range, sentence: document.names[index].sentence, taxon: taxon))
            let place = count(taxon, document.passages[passage].passage.kind == .title ? 4 : 2)
            if kind == .species, !counts[place].isForeign, !geneTaxa.contains(taxon),
                dictionary.hasTreeNumber(ofConcept: reading.concept, where: { $0 == Self.eukaryota }),
                !Self.generic.contains(taxon.number)
            {
                counts[place].isForeign = true
            }
        }
        for heading in document.context.meshHeadings {
            if let taxon = Self.species(ofHeading: heading) { _ = count(taxon, 4) }
        }
        // The most named one first, of several that which came first.
        if counts.count > 1 {
            counts.sort { ($1.count, $0.order) < ($0.count, $1.order) }
            numbers.removeAll(expected: counts.count)
            for one in counts { _ = numbers.number(of: Self.key(one.taxon)) }
        }
        places = numbers
        self.cues = cues
        self.counts = counts
        focus = counts.map(\.taxon)
        let all = counts.reduce(0) { $0 + $1.count }
        total = all
        let hosts = counts.reduce(0) { $0 + ($1.isForeign ? $1.count : 0) }
        isForeign = hosts > all - hosts
    }

    private static func key(_ taxon: TaxonID) -> UInt64 { UInt64(bitPattern: Int64(taxon.number)) }

    /// The place of a species in `focus`; nil where the document does not name it.
    private func focusPlace(of taxon: TaxonID) -> Int? { places.known(Self.key(taxon)) }

    /// Whether names of a kind tell of species.
    private static func isCue(_ kind: EntityKind) -> Bool { kind == .species || kind == .cellLine }

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

        /// A hash of what they say.
        var hash: UInt64 {
            var hash: UInt64 = 0
            func combine(_ number: Int) {
                hash = (hash ^ UInt64(bitPattern: Int64(number))) &* 0xD6E8_FEB8_6659_FD93
                hash ^= hash >> 32
            }
            combine(Int(direct?.number ?? -1))
            combine(Int(left?.number ?? -1))
            combine(Int(right?.number ?? -1))
            combine(Int(earlier?.number ?? -1))
            if !sentence.isEmpty {
                combine(sentence.lowerBound)
                combine(sentence.upperBound)
            }
            return hash
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
        if near.direct != nil { return focusPlace(of: taxon) != nil ? .elsewhere : .absent }
        if near.left == taxon { return .left }
        if near.right == taxon { return near.left == nil ? .right : .rightAfterLeft }
        for place in near.sentence where cues[place].taxon == taxon { return .sentence }
        if let place = focusPlace(of: taxon) {
            return .focus(
                place, isLast: near.earlier == taxon, isSentenceTaken: !near.sentence.isEmpty)
        }
        if isForeign { return .foreign }
        return focus.isEmpty ? .noneNamed : .absent
    }

    /// The share of the document's cues that are of a species, in tenths.
    func tenths(of taxon: TaxonID) -> Int {
        guard total > 0, let place = focusPlace(of: taxon) else { return 0 }
        return counts[place].count * 10 / total
    }
}
