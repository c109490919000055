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

    /// Looks at a sentence for an entity.
    ///
    /// - Parameter focus: a mention of the entity, in the sentence or none of its mentions.
    init(_ reading: SentenceReading, passage: Span<UInt8>, focus: Mention, classes: CompiledClasses) {
        let words = reading.words
        let names = reading.names
        let mentions = reading.mentions
        /// A mention of the entity. The focus is the last one.
        var own: [(range: TextRange, role: MentionRole, words: Range<Int>)] = []
        for (index, name) in names.enumerated()
        where mentions[index].range != focus.range && mentions[index].entity == focus.entity {
            own.append((mentions[index].range, mentions[index].role, name.words))
        }
        own.append((focus.range, focus.role, words.indices(in: focus.range)))
        let role = own.contains { $0.role == .subject } ? MentionRole.subject : focus.role
        self.role = role
        entities = own.filter { $0.role == role }.map(\.words)
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }

        var partners: [Partner] = []
        // How the entity is called here and in the dictionary, once it is asked for.
        var ownNames: [[UInt8]]?
        for name in names where name.isGene && mentions[name.mention].role == .subject {
            let mention = mentions[name.mention]
            guard mention.entity != focus.entity,
                !mention.entity.hasPrefix(Fusions.prefix),
                !own.contains(where: { $0.range.overlaps(mention.range) })
            else { continue }
            let alike =
                ownNames
                ?? own.map { Self.folded(passage, $0.range) }
                + mentions.filter { $0.entity == focus.entity && $0.range != focus.range }
                .map { Self.folded($0.dictionaryName) } + [Self.folded(focus.dictionaryName)]
            ownNames = alike
            guard !alike.contains(Self.folded(passage, mention.range)),
                !alike.contains(Self.folded(mention.dictionaryName))
            else { continue }
            partners.append(
                Partner(
                    words: name.words, trigger: Trigger(range: mention.range, concept: mention.entity.curie),
                    isFamily: mention.kind == .geneFamily))
        }
        self.partners = partners

        entityRanges = own.filter { $0.role == role }.map(\.range)
        var geneWords = own.map(\.words)
        var geneRanges = own.map(\.range)
        var genes: [EntityID] = []
        for name in names where name.isGene {
            geneWords.append(name.words)
            geneRanges.append(mentions[name.mention].range)
            let entity = mentions[name.mention].entity
            if !genes.contains(entity) { genes.append(entity) }
        }
        self.geneRanges = geneRanges
        geneCount = genes.count
        geneGroups = Self.groups(geneWords, words: words)

        // A word inside the name of a gene says nothing about the sentence: "binding protein 2".
        let matches = reading.matches
        var hits: [ClassHit] = []
        for name in names where !name.classes.isEmpty {
            let mention = mentions[name.mention]
            guard mention.entity != focus.entity,
                !geneRanges.contains(where: { $0.overlaps(mention.range) })
            else { continue }
            for number in name.classes where !Self.isHidden(name.words, number: number, by: matches) {
                hits.append(
                    ClassHit(
                        number: number, words: name.words, range: mention.range, concept: mention.entity.curie
                    ))
            }
        }
        for match in matches where match.label.isMultiple(of: 2) {
            let range = TextRange(
                words.ranges[match.words.lowerBound].start, words.ranges[match.words.upperBound - 1].end)
            guard !geneRanges.contains(where: { $0.overlaps(range) }) else { continue }
            // A concept of the same class at the same place says it better.
            let number = match.label / 2
            let isNamed = hits.contains { $0.number == number && $0.range.overlaps(range) }
            guard !isNamed, !Self.isHidden(match.words, number: number, by: matches) else { continue }
            let kinds = classes.exceptInside[number]
            let isInside =
                !kinds.isEmpty
                && mentions.contains { kinds.contains($0.kind) && $0.range.overlaps(range) }
            guard !isInside else { continue }
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
