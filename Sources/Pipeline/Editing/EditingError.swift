import Articles
import Corpus

/// Why an article was not changed.
public enum EditingError: Error, Sendable, CustomStringConvertible {
    /// The article is not there.
    case noArticle(EntityID)
    /// It has no such revision.
    case noRevision(EntityID, Int)
    /// Somebody else has changed the same place since.
    case conflict(EntityID, base: Int, head: Int, EditConflict)
    /// Somebody saved the article again and again while this was tried.
    case overtaken(EntityID)
    /// The text holds a character that an article cannot.
    case controlCharacter(UInt32, byte: Int)
    /// No statement has this key or evidence, or several have.
    case noStatement(String, candidates: [String])
    /// There is no such run, or nothing of it is left.
    case noRun(Int)
    /// No editor is named, and there is no terminal for the usual one.
    case noEditor
    /// Nothing waits under this number.
    case noProposal(Int)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .noArticle(let entity):
            "there is no article on \(entity): bioscribe article list shows those that are"
        case .noRevision(let entity, let number):
            "the article on \(entity) has no revision \(number): bioscribe article history \(entity) shows them"
        case .conflict(let entity, let base, let head, let conflict):
            "the article on \(entity) was changed since revision \(base), at the same place: nothing was saved. Bring the "
                + "texts together and save with --base \(head).\n" + Self.places(conflict)
        case .overtaken(let entity):
            "the article on \(entity) was saved by others again and again meanwhile: nothing was saved; try again"
        case .controlCharacter(let value, let byte):
            "byte \(byte) of the text is the control character U+\(Self.hexadecimal(value)): take it out; nothing was saved"
        case .noStatement(let name, let candidates):
            candidates.isEmpty
                ? "no statement has the key or evidence \(name): bioscribe article blame ENTITY shows the keys"
                : "\(name) may be any of these; give more digits:\n"
                    + candidates.map { "  " + $0 }.joined(separator: "\n")
        case .noRun(let number):
            "nothing that run \(number) wrote still stands: bioscribe runs shows the runs"
        case .noEditor:
            "neither VISUAL nor EDITOR names an editor, and there is no terminal to open one in: give the text with --file"
        case .noProposal(let number):
            "nothing waits under number \(number): bioscribe queue list shows what does"
        }
    }

    private static func places(_ conflict: EditConflict) -> String {
        conflict.places.map { place in
            let heading = place.heading.map { "under “\($0)”\n" } ?? ""
            return heading + "<<<<<<< yours\n\(place.mine)\n||||||| before\n\(place.base)\n=======\n"
                + "\(place.theirs)\n>>>>>>> theirs"
        }.joined(separator: "\n")
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
