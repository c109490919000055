import Corpus
import Terminology

/// Tells what a gene's name does in its sentence, from the words that touch it: whether the sentence speaks about the
/// gene, or only uses its name for a cell type, an antibody, a control, a driver or a strain.
///
/// The words are data: the dictionary's tables of roles.
struct Roles: Sendable {
    /// The cues that tell a role, in the order in which they are tried.
    private let cues: [Cue]
    /// The places of the cues that may stand behind a name, before it, or be it: by the hash of the two bytes that they would
    /// have there, in their order. Nearly all cues end here.
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
        func table(_ place: RoleCue.Place, _ touching: ([UInt8]) -> ArraySlice<UInt8>) -> [[Int]] {
            var table = [[Int]](repeating: [], count: NameSurroundings.Trace.count)
            for (index, one) in cues.enumerated() where one.cue.place == place {
                let bytes = touching(one.cue.phrase)
                if bytes.count == 2, let bit = Self.bit(bytes) {
                    table[bit].append(index)
                } else {
                    // One byte goes with any other.
                    for bit in table.indices { table[bit].append(index) }
                }
            }
            return table
        }
        after = table(.after) { $0.prefix(2) }
        before = table(.before) { $0.suffix(2) }
        name = table(.name) { $0.prefix(2) }
        anywhere = cues.indices.filter { [.near, .doubled].contains(cues[$0].cue.place) }
        traces = anywhere.map { index in
            cues[index].cue.place == .near ? NameSurroundings.Trace(cues[index].cue.phrase) : .any
        }
    }

    /// The hash of two bytes, whatever their capitals; nil where there are fewer.
    private static func bit(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count == 2 else { return nil }
        return NameSurroundings.Trace.bit(
            LowerCase.of(bytes[bytes.startIndex]), LowerCase.of(bytes[bytes.startIndex + 1]))
    }

    /// What the first cue that fits tells.
    private func role(by surroundings: NameSurroundings) -> MentionRole {
        var best = cues.count
        func look(_ places: [Int]) {
            for index in places {
                if index >= best { return }
                if surroundings.has(cues[index].cue, reach: Self.reach) {
                    best = index
                    return
                }
            }
        }
        // Where there is one byte only, cues of one byte are in any list.
        let touching = surroundings.touching
        look(after[touching.after])
        look(before[touching.before])
        look(name[touching.name])
        let pairs = surroundings.pairs(within: Self.reach)
        for place in anywhere.indices {
            let index = anywhere[place]
            if index >= best { break }
            if pairs.mayHold(traces[place]), surroundings.has(cues[index].cue, reach: Self.reach) {
                best = index
                break
            }
        }
        return best < cues.count ? cues[best].role : .subject
    }

    /// Gives each gene of a document its role.
    func assign(in document: inout TaggedDocument) {
        for index in document.names.indices where document.names[index].kind == .gene {
            let surroundings = NameSurroundings(
                of: document.names[index].range, in: document.passages[document.names[index].passage],
                sentence: document.names[index].sentence)
            document.names[index].role = role(by: surroundings)
        }
    }
}
