import Corpus
import Terminology

/// Tells what a gene's name does in its sentence, from the words that touch it: whether the sentence speaks about the
/// gene, or only uses its name for a cell type, an antibody, a control, a driver or a strain.
///
/// The words are data: the dictionary's tables of roles.
struct Roles: Sendable {
    /// The cues that tell a role, in the order in which they are tried.
    private let cues: [Cue]
    /// The places of the cues that may stand where a byte touches the name: behind it, before it, as its first; by the byte
    /// as the text has it, in their order. Nearly all cues end here.
    private let after, before, name: [[Int]]
    /// The places of the other cues.
    private let anywhere: [Int]
    /// What must be near a name where each of those is.
    private let traces: [NameSurroundings.Trace]

    /// A cue that tells a role. A class, so that looking at one counts one reference.
    private final class Cue: Sendable {
        let cue: RoleCue
        let role: MentionRole

        init(_ cue: RoleCue, _ role: MentionRole) {
            self.cue = cue
            self.role = role
        }
    }

    /// How many bytes before and after a name are near it: six to eight words.
    private static let reach = 48

    init(dictionary: CompiledDictionary) {
        let cues = dictionary.roleCues.compactMap { cue -> Cue? in
            guard case .role(let role) = cue.meaning else { return nil }
            return Cue(cue, role)
        }
        self.cues = cues
        func table(_ place: RoleCue.Place, _ touching: (RoleCue) -> UInt8?) -> [[Int]] {
            (0...UInt8.max).map { byte in
                cues.indices.filter { index in
                    let cue = cues[index].cue
                    return cue.place == place && touching(cue) == (cue.isExact ? byte : LowerCase.of(byte))
                }
            }
        }
        after = table(.after) { $0.phrase.first }
        before = table(.before) { $0.phrase.last }
        name = table(.name) { $0.phrase.first }
        anywhere = cues.indices.filter { [.near, .doubled].contains(cues[$0].cue.place) }
        traces = anywhere.map { index in
            cues[index].cue.place == .near ? NameSurroundings.Trace(cues[index].cue.phrase) : .any
        }
    }

    /// What the first cue that fits tells.
    private func role(by surroundings: NameSurroundings) -> MentionRole {
        var best = cues.count
        var near: NameSurroundings.Near?
        func look(_ places: [Int]) {
            for index in places {
                if index >= best { return }
                if surroundings.has(cues[index].cue, &near, reach: Self.reach) {
                    best = index
                    return
                }
            }
        }
        if let byte = surroundings.after.first { look(after[Int(byte)]) }
        if let byte = surroundings.before.last { look(before[Int(byte)]) }
        if let byte = surroundings.name.first { look(name[Int(byte)]) }
        let around = surroundings.near(Self.reach)
        near = around
        for (place, index) in anywhere.enumerated()
        where index < best && around.mayHold(traces[place])
            && surroundings.has(cues[index].cue, &near, reach: Self.reach)
        {
            best = index
            break
        }
        return best < cues.count ? cues[best].role : .subject
    }

    /// Gives each gene of a document its role.
    func assign(in document: inout TaggedDocument) {
        for index in document.names.indices where document.names[index].kind == .gene {
            let name = document.names[index]
            document.names[index].role = role(
                by: NameSurroundings(of: name.range, in: document.passages[name.passage]))
        }
    }
}
