import Corpus
import Terminology

/// The weights of the features that have few values, in tables by their values, and those of others, in hundredths.
///
/// Whole numbers add up to the same in any order, so that parts of a sum can be kept and put together. Files of weights
/// have two decimals; where one has more, there are no tables, and names are judged by the list of their features.
final class TabledWeights: Sendable {
    private let weights: FeatureWeights
    /// The kinds that are judged, in order.
    let kinds: [EntityKind]
    /// The place of each kind among those, by the kind's number; -1 where it is not judged.
    /// The numbers of the features that have weights.
    private let numbers: NumberFilter
    /// The features of words beside and near names, in the order of their weights.
    private let neighbours: [FeatureNumber.Series]
    /// The features of words that tell of a species, and of those in titles.
    private let topics: [FeatureNumber.Series]
    private let places: [Int]
    private let borders: [Int32]
    private let touches: [Int16]
    private let supports: [Int32]
    private let relations: [Int32]
    private let margins: [Int32]
    private let doubts: [Int32]
    private let elliptic: [Int32]
    private let speciesLetters: [Int32]
    private let titles: [Int32]
    private let occurrences: [Int32]
    private let touching: [Int16]
    private let choiceRelations: [Int32]
    private let choiceShares: [Int32]
    private let choiceSymbols: [Int32]
    private let choiceProfiles: [Int32]
    /// The weight of another name that means the gene.
    let choiceNamed: Int32

    /// Templates whose values are kinds of names that touch the name.
    private static let touchingTemplates: [FeatureTemplate] = [.also, .inside, .around, .before, .after]
    private static let grades = 6
    private static let doubtSets = 1 << NameDoubt.allCases.count
    private static let kindSets = 1 << EntityKind.allCases.count
    /// No weight is larger, in hundredths, so that a table of 16 bits holds sums of a few.
    private static let largest: Float = 3000

    /// A weight in hundredths; nil where it is no whole number of them, or too large.
    static func hundredths(of weight: Float) -> Int32? {
        guard weight.magnitude * 100 <= largest else { return nil }
        let whole = (weight * 100).rounded()
        return Float(Double(whole) / 100) == weight ? Int32(whole) : nil
    }

    /// Lays out the weights of some kinds; nil where they are not all hundredths.
    init?(_ weights: FeatureWeights, kinds: [EntityKind]) {
        guard !kinds.isEmpty, weights.allSatisfy({ Self.hundredths(of: $0) != nil }) else { return nil }
        self.weights = weights
        numbers = NumberFilter(of: weights)
        self.kinds = kinds
        neighbours = NeighbourTemplate.allCases.flatMap { neighbour in
            kinds.map { FeatureNumber.Series($0, neighbour.template) }
        }
        topics = [.topic, .topicTitle].map { FeatureNumber.Series(.gene, $0) }
        var places = [Int](repeating: -1, count: EntityKind.allCases.count)
        for (place, kind) in kinds.enumerated() { places[Int(kind.number)] = place }
        self.places = places
        var list = FeatureList(isNamed: false)
        func sum(_ kind: EntityKind, _ add: (inout FeatureList) -> Void) -> Int32 {
            list.begin(kind)
            add(&list)
            return list.numbers.reduce(0) { $0 + (Self.hundredths(of: weights[$1]) ?? 0) }
        }
        func table(_ count: Int, _ add: (Int, inout FeatureList) -> Void) -> [Int32] {
            kinds.flatMap { kind in (0..<count).map { value in sum(kind) { add(value, &$0) } } }
        }
        borders = table(NeighbourTemplate.allCases.count) { value, list in
            list.add(NeighbourTemplate.allCases[value].template, 0, "")
        }
        touches = table(1 << 14) { value, list in
            list.addTouches(UInt8(value >> 7), UInt8(value & 127))
        }.map { Int16($0) }
        supports = table(Self.grades * Self.grades) { value, list in
            guard let own = NameGrade(rawValue: UInt8(value % Self.grades)) else { return }
            list.addSupport(NameGrade(rawValue: UInt8(value / Self.grades)), own)
        }
        relations = table(SpeciesRelation.count) { value, list in list.add(.numbered(value)) }
        margins = table(10) { value, list in list.add(.margin, digit: value) }
        doubts = table(Self.doubtSets) { value, list in list.add(NameDoubt.Set(rawValue: UInt16(value))) }
        elliptic = table(1) { $1.addElliptic() }
        speciesLetters = table(1) { $1.addSpeciesLetter() }
        titles = table(1) { $1.addTitle() }
        occurrences = table(10) { value, list in list.add(.occurrences, digit: value) }
        touching = Self.touchingTemplates.flatMap { template in
            table(Self.kindSets) { value, list in list.add(template, kinds: UInt16(value)) }
        }.map { Int16(clamping: $0) }
        choiceRelations = (0..<SpeciesRelation.count).map { number in
            sum(.gene) { $0.add(.numbered(number)) }
        }
        choiceShares = (0..<5).map { share in sum(.gene) { $0.add(.share, digit: share) } }
        choiceSymbols = (0..<10).map { value in sum(.gene) { $0.addSymbols(value / 2, value % 2 == 1) } }
        choiceProfiles = (0..<5).map { count in sum(.gene) { $0.add(.profile, digit: count) } }
        choiceNamed = sum(.gene) { $0.add(.named, word: "yes") }
    }

    /// The place of a kind among those that are judged; nil where it is not.
    func place(of kind: EntityKind) -> Int? {
        let place = places[Int(kind.number)]
        return place < 0 ? nil : place
    }

    /// The species whose papers are known by their words.
    static let topicTaxa: [TaxonID] = [9606, 10090, 10116, 7227, 7955, 6239, 4932].map { TaxonID($0) }

    /// How many weights a word has.
    var weightsOfWord: Int { NeighbourTemplate.allCases.count * kinds.count + 2 * Self.topicTaxa.count }

    /// The place of the weight of a word, among those that it has, beside or near a name of a kind.
    func column(_ template: NeighbourTemplate, _ kind: Int) -> Int { template.rawValue * kinds.count + kind }

    /// The place of the weight of a word for a species, by the species' place among `topicTaxa`.
    func column(topicOf taxon: Int, inTitle: Bool) -> Int {
        NeighbourTemplate.allCases.count * kinds.count + 2 * taxon + (inTitle ? 1 : 0)
    }

    /// Appends the weights of a word.
    func append(weightsOf identity: UInt64, to list: inout [Int16]) {
        // Most words have hardly any weight.
        let start = list.count
        list.append(contentsOf: repeatElement(0, count: weightsOfWord))
        for place in neighbours.indices {
            let number = neighbours[place].number(of: identity)
            if numbers.mayHold(number) { list[start + place] = Int16(weight(number)) }
        }
        var place = start + neighbours.count
        for taxon in Self.topicTaxa {
            let value = FeatureNumber.value(of: identity, taxon)
            for topic in topics {
                let number = topic.number(of: value)
                if numbers.mayHold(number) { list[place] = Int16(weight(number)) }
                place += 1
            }
        }
    }

    /// The weight of any feature.
    func weight(_ number: UInt64) -> Int32 {
        // Most features have none.
        guard numbers.mayHold(number) else { return 0 }
        let weight = weights[number]
        return weight == 0 ? 0 : Self.hundredths(of: weight) ?? 0
    }

    func border(_ kind: Int, _ template: NeighbourTemplate) -> Int32 {
        borders[kind * NeighbourTemplate.allCases.count + template.rawValue]
    }

    func touches(_ kind: Int, _ before: UInt8, _ after: UInt8) -> Int32 {
        Int32(touches[kind << 14 | Int(before) << 7 | Int(after)])
    }

    func support(_ kind: Int, _ other: NameGrade?, _ own: NameGrade) -> Int32 {
        let other = other.map { Int($0.rawValue) } ?? Self.grades - 1
        return supports[(kind * Self.grades + other) * Self.grades + Int(own.rawValue)]
    }

    func relation(_ kind: Int, _ relation: SpeciesRelation) -> Int32 {
        relations[kind * SpeciesRelation.count + Int(relation.number)]
    }

    func doubts(_ kind: Int, _ doubts: NameDoubt.Set) -> Int32 {
        self.doubts[kind * Self.doubtSets + Int(doubts.rawValue)]
    }

    func elliptic(_ kind: Int) -> Int32 { elliptic[kind] }

    func speciesLetter(_ kind: Int) -> Int32 { speciesLetters[kind] }

    func title(_ kind: Int) -> Int32 { titles[kind] }

    func digit(_ kind: Int, _ template: FeatureTemplate, _ digit: Int) -> Int32 {
        switch template {
        case .margin: margins[kind * 10 + digit]
        case .occurrences: occurrences[kind * 10 + digit]
        default: preconditionFailure("the weights of \(template) have no table")
        }
    }

    func touching(_ kind: Int, _ template: FeatureTemplate, _ set: UInt16) -> Int32 {
        guard let place = Self.touchingTemplates.firstIndex(of: template) else {
            preconditionFailure("the weights of \(template) have no table")
        }
        return Int32(touching[(place * kinds.count + kind) * Self.kindSets + Int(set)])
    }

    // MARK: - Genes that a name may mean

    func choiceRelation(_ relation: SpeciesRelation) -> Int32 { choiceRelations[Int(relation.number)] }

    func choiceShare(_ share: Int) -> Int32 { choiceShares[share] }

    func choiceSymbols(_ quarters: Int, _ areMany: Bool) -> Int32 {
        choiceSymbols[quarters * 2 + (areMany ? 1 : 0)]
    }

    func choiceProfile(_ count: Int) -> Int32 { choiceProfiles[count] }
}
