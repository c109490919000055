/// What the rules hold against a name without ruling it out: the model weighs it, and where there is no model it
/// decides.
enum NameDoubt: String, CaseIterable {
    /// An English word, however it is written.
    case englishWord = "english-word"
    /// A short name, or one in other letters than the dictionary has.
    case shortName = "short-name"
    /// A plural of a symbol, which names a family as a rule.
    case plural
    /// Parted by blanks where the dictionary has none.
    case blanks
    /// The head or the end of a longer name that the dictionary does not know.
    case cutOut = "cut-out"
    /// A residue of a protein, or a metal that only names what binds it.
    case partOfProtein = "part-of-protein"
    /// An acronym that is not written as one, or is too short to be trusted.
    case acronym
    /// A class of chemicals by what they do: inhibitors, antidepressants.
    case role

    /// The text defines it as short for something that no name of the entity resembles.
    case otherwiseDefined = "otherwise-defined"

    /// Several doubts.
    struct Set: OptionSet, Hashable {
        let rawValue: UInt16
    }

    /// The doubt alone.
    var mark: Set {
        switch self {
        case .englishWord: Set(rawValue: 1)
        case .shortName: Set(rawValue: 1 << 1)
        case .plural: Set(rawValue: 1 << 2)
        case .blanks: Set(rawValue: 1 << 3)
        case .cutOut: Set(rawValue: 1 << 4)
        case .partOfProtein: Set(rawValue: 1 << 5)
        case .acronym: Set(rawValue: 1 << 6)
        case .role: Set(rawValue: 1 << 7)
        case .otherwiseDefined: Set(rawValue: 1 << 8)
        }
    }
}
