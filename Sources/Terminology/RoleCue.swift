import Corpus

/// Words beside a gene's name that tell what the name does in its sentence: one row of a table of roles.
public struct RoleCue: Hashable, Sendable {
    /// What a cue tells.
    public enum Meaning: Hashable, Sendable {
        /// What the mention does.
        case role(MentionRole)
        /// That two names which are joined are one fusion.
        case fusion
        /// That such words speak of another fusion, of cells or membranes.
        case otherFusion
        /// That the name is a tag of a construct, so that what it is fused to is no fusion of genes.
        case tag

        private static let words: [(String, Meaning)] =
            MentionRole.allCases.map { ($0.rawValue, .role($0)) }
            + [("fusion", .fusion), ("other-fusion", .otherFusion), ("tag", .tag)]

        /// The word that a table has for it.
        public var word: String { Self.words.first { $0.1 == self }?.0 ?? "" }

        init?(word: String) {
            guard let found = Self.words.first(where: { $0.0 == word }) else { return nil }
            self = found.1
        }
    }

    /// Where the phrase stands.
    public enum Place: String, Hashable, Sendable {
        /// It ends where the name begins.
        case before
        /// It begins where the name ends.
        case after
        /// It stands within some words of the name.
        case near
        /// It stands between the name and the same name again.
        case doubled
        /// It is the name.
        case name
    }

    /// What it tells.
    public var meaning: Meaning
    /// What the name must begin with, in lower case; empty where any name will do.
    public var beginning: [UInt8]
    /// Where the phrase stands.
    public var place: Place
    /// Whether the phrase is spelled with just these capitals; else it is kept in lower case.
    public var isExact: Bool
    /// The phrase.
    public var phrase: [UInt8]

    /// The fields of a row, as a table and the compiled dictionary have them.
    init?(fields: [String]) {
        guard fields.count == 5, let meaning = Meaning(word: fields[0]),
            let place = Place(rawValue: fields[2]),
            let isExact = ["exact": true, "any": false][fields[3]]
        else { return nil }
        let phrase = fields[4].replacing("_", with: " ")
        guard !phrase.isEmpty else { return nil }
        self.meaning = meaning
        beginning = fields[1] == "*" ? [] : Self.lowered(fields[1].utf8)
        self.place = place
        self.isExact = isExact
        self.phrase = isExact ? Array(phrase.utf8) : Self.lowered(phrase.utf8)
    }

    /// The row.
    var line: String {
        [
            meaning.word, beginning.isEmpty ? "*" : beginning[...].text, place.rawValue,
            isExact ? "exact" : "any",
            phrase[...].text.replacing(" ", with: "_"),
        ].joined(separator: "\t")
    }

    private static func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    }
}
