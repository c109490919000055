import Corpus
import Terminology

/// A sentence as rules see it: where the entity stands, where its possible partners, and where the words and concepts
/// of each class.
struct PlacementScene {
    /// What the entity does in the sentence: subject, when one of its mentions is.
    let role: MentionRole
    /// The words of each mention of the entity in that role.
    let entities: [Range<Int>]
    /// Other genes, and families of genes, that may be partners, ordered by place.
    private let partners: [Partner]
    /// The words of all genes and families, those listed together in one group, ordered by place.
    let geneGroups: [[Range<Int>]]
    /// All hits, ordered by place.
    let hits: [ClassHit]
    /// The bytes of each mention of the entity in that role.
    let entityRanges: [TextRange]
    /// The bytes of all genes and families.
    let geneRanges: [TextRange]
    /// How many genes and families the sentence names.
    let geneCount: Int
    /// Whether a class has a hit, by its number.
    private let isPresent: [Bool]

    /// A name that may be the entity's partner.
    struct Partner {
        var words: Range<Int>
        var trigger: Trigger
        var isFamily: Bool
    }

    /// The partners that a rule asks for.
    func partners(_ demand: PartnerDemand) -> [Partner] {
        demand == .product ? partners : partners.filter { !$0.isFamily }
    }

    init(
        _ reading: SentenceReading, passage: Span<UInt8>, range: TextRange, focus: Mention,
        mentions: [Mention], classes: CompiledClasses
    ) {
        let words = reading.words
        let mentions = mentions.filter { range.contains($0.range) }.sorted(by: Self.precedes)
        let own = mentions.filter { $0.entity == focus.entity && $0.range != focus.range } + [focus]
        let role = own.contains { $0.role == .subject } ? MentionRole.subject : focus.role
        self.role = role
        entities = own.filter { $0.role == role }.map { words.indices(in: $0.range) }
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }

        let ownNames = own.map { Self.folded(passage, $0.range) } + own.map { Self.folded($0.dictionaryName) }
        partners = mentions.filter { mention in
            Self.isGene(mention) && mention.role == .subject && mention.entity != focus.entity
                && mention.entity.prefix != Fusions.prefix
                && !own.contains { $0.range.overlaps(mention.range) }
                && !ownNames.contains(Self.folded(passage, mention.range))
                && !ownNames.contains(Self.folded(mention.dictionaryName))
        }.map {
            Partner(
                words: words.indices(in: $0.range),
                trigger: Trigger(range: $0.range, concept: $0.entity.curie),
                isFamily: $0.kind == .geneFamily)
        }

        entityRanges = own.filter { $0.role == role }.map(\.range)
        geneRanges = (own + mentions.filter(Self.isGene)).map(\.range)
        geneCount = Set(mentions.lazy.filter(Self.isGene).map(\.entity)).count
        geneGroups = Self.groups(geneRanges.map { words.indices(in: $0) }, words: words)

        // A word inside the name of a gene says nothing about the sentence: "binding protein 2".
        let names = geneRanges
        let matches = reading.matches
        var hits: [ClassHit] = []
        for mention in mentions where mention.entity != focus.entity && !Self.isGene(mention) {
            guard !names.contains(where: { $0.overlaps(mention.range) }) else { continue }
            let covered = words.indices(in: mention.range)
            for number in classes.names.indices where classes.holds(mention, number: number) {
                guard !Self.isHidden(covered, number: number, by: matches) else { continue }
                hits.append(
                    ClassHit(
                        number: number, words: covered, range: mention.range, concept: mention.entity.curie))
            }
        }
        for match in matches where match.label.isMultiple(of: 2) {
            let range = TextRange(
                words.ranges[match.words.lowerBound].start, words.ranges[match.words.upperBound - 1].end)
            // A concept of the same class at the same place says it better.
            let number = match.label / 2
            let isHidden = Self.isHidden(match.words, number: number, by: matches)
            let isNamed = hits.contains { $0.number == number && $0.range.overlaps(range) }
            let kinds = classes.exceptInside[number]
            let isInside =
                !kinds.isEmpty && mentions.contains { kinds.contains($0.kind) && $0.range.overlaps(range) }
            guard !isHidden, !isNamed, !isInside, !names.contains(where: { $0.overlaps(range) }) else {
                continue
            }
            hits.append(
                ClassHit(number: number, words: match.words, range: range, concept: classes.names[number]))
        }
        self.hits = hits.sorted(by: ClassHit.precedes)
        var isPresent = Array(repeating: false, count: classes.names.count)
        for hit in hits { isPresent[hit.number] = true }
        self.isPresent = isPresent
    }

    /// Whether one of some classes has a hit.
    func holdsAny(of numbers: [Int]) -> Bool {
        for number in numbers where isPresent[number] { return true }
        return false
    }

    /// Whether a word pattern that is excepted from a class covers the words.
    private static func isHidden(_ words: Range<Int>, number: Int, by matches: [WordTable.Match]) -> Bool {
        matches.contains {
            $0.label == 2 * number + 1 && $0.words.lowerBound <= words.lowerBound
                && $0.words.upperBound >= words.upperBound
        }
    }

    /// Puts genes together between which there is nothing but `and`, `or`, `as well as` and punctuation.
    private static func groups(_ genes: [Range<Int>], words: FoldedWords) -> [[Range<Int>]] {
        var groups: [[Range<Int>]] = []
        for gene in genes.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = groups.last?.last,
                words.areOnlyListing(last.upperBound..<max(last.upperBound, gene.lowerBound))
            {
                groups[groups.count - 1].append(gene)
            } else {
                groups.append([gene])
            }
        }
        return groups
    }

    private static func isGene(_ mention: Mention) -> Bool {
        mention.kind == .gene || mention.kind == .geneFamily
    }

    /// By place, then by entity: total for mentions of one passage.
    private static func precedes(_ one: Mention, _ other: Mention) -> Bool {
        if one.range != other.range { return one.range < other.range }
        return one.entity < other.entity
    }

    /// A name without case and punctuation, as bytes: IL-2 and Il2 are one.
    private static func folded(_ passage: Span<UInt8>, _ range: TextRange) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in range.start..<range.end { append(passage[index], to: &bytes) }
        return bytes
    }

    private static func folded(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in name.utf8 { append(byte, to: &bytes) }
        return bytes
    }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
            bytes.append(byte | 0x20)
        } else if byte.isLowerCaseLetter || byte.isDigit || byte >= 0x80 {
            bytes.append(byte)
        }
    }
}
