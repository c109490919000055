import Corpus
import Terminology

/// Tells what a gene's name does in its sentence, from the words that touch it: whether the sentence speaks about the
/// gene, or only uses its name for a cell type, an antibody, a control, a driver or a strain.
///
/// The words are data: the dictionary's tables of roles.
struct Roles: Sendable {
    /// The cues that tell a role, in the order in which they are tried.
    private let cues: [(cue: RoleCue, role: MentionRole)]

    /// How many bytes before and after a name are near it: six to eight words.
    private static let reach = 48

    init(dictionary: CompiledDictionary) {
        cues = dictionary.roleCues.compactMap { cue in
            guard case .role(let role) = cue.meaning else { return nil }
            return (cue, role)
        }
    }

    /// Gives each gene of a document its role.
    func assign(in document: inout TaggedDocument) {
        for index in document.names.indices where document.names[index].kind == .gene {
            let name = document.names[index]
            let surroundings = NameSurroundings(
                of: name.range, in: document.passages[name.passage], reach: Self.reach)
            document.names[index].role = cues.first { surroundings.has($0.cue) }?.role ?? .subject
        }
    }
}
