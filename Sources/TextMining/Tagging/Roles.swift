import Corpus
import Terminology

/// Tells what a gene's name does in its sentence, from the words that touch it: whether the sentence speaks about the
/// gene, or only uses its name for a cell type, an antibody, a control, a driver or a strain.
///
/// The words are data: the dictionary's tables of roles.
struct Roles: Sendable {
    /// The cues that tell a role, in the order in which they are tried.
    private let cues: [(cue: RoleCue, role: MentionRole)]
    /// What must be so for each of the cues: nearly all end here.
    private let gates: [Gate]

    /// The byte that must touch the name where a cue is to stand.
    private struct Gate {
        let place: RoleCue.Place
        let isExact: Bool
        let byte: UInt8
        /// The first byte of the name, in lower case; 0 where any will do.
        let beginning: UInt8

        init(_ cue: RoleCue) {
            place = cue.place
            isExact = cue.isExact
            byte = (cue.place == .before ? cue.phrase.last : cue.phrase.first) ?? 0
            beginning = cue.beginning.first ?? 0
        }

        /// Whether the cue may stand at a name.
        func isOpen(to name: NameSurroundings) -> Bool {
            if beginning != 0, name.name.first.map({ LowerCase.of($0) }) != beginning { return false }
            let touching: UInt8?
            switch place {
            case .after: touching = name.after.first
            case .before: touching = name.before.last
            case .name: touching = name.name.first
            case .near, .doubled: return true
            }
            guard let touching else { return false }
            return byte == (isExact ? touching : LowerCase.of(touching))
        }
    }

    /// How many bytes before and after a name are near it: six to eight words.
    private static let reach = 48

    init(dictionary: CompiledDictionary) {
        cues = dictionary.roleCues.compactMap { cue in
            guard case .role(let role) = cue.meaning else { return nil }
            return (cue, role)
        }
        gates = cues.map { Gate($0.cue) }
    }

    /// What the first cue that fits tells.
    private func role(by surroundings: NameSurroundings) -> MentionRole {
        for index in cues.indices
        where gates[index].isOpen(to: surroundings) && surroundings.has(cues[index].cue) {
            return cues[index].role
        }
        return .subject
    }

    /// Gives each gene of a document its role.
    func assign(in document: inout TaggedDocument) {
        for index in document.names.indices where document.names[index].kind == .gene {
            let name = document.names[index]
            let surroundings = NameSurroundings(
                of: name.range, in: document.passages[name.passage], reach: Self.reach)
            document.names[index].role = role(by: surroundings)
        }
    }
}
