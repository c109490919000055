/// What stops a mirror before or while it works; what concerns one file only does not, and stands in the summary.
public enum MirrorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address cannot be mirrored.
    case unusableAddress(String, reason: String)
    /// The list of the server's files cannot be had.
    case noIndex(url: String, reason: String)
    /// Another program works on the folder.
    case locked(folder: String, owner: String)
    /// The disk is full, or too full for what is to come.
    case diskFull(path: String, needed: Int?, free: Int?)
    /// A file or folder cannot be written or read.
    case unwritable(path: String, reason: String)

    /// One sentence: what happened, and what to do.
    public var description: String {
        switch self {
        case .unusableAddress(let text, let reason): "\"\(text)\": \(reason)"
        case .noIndex(let url, let reason): "\(url): the list of files cannot be had: \(reason)"
        case .locked(let folder, let owner):
            "\(folder): another program works on this folder: \(owner); wait for it, or stop it"
        case .diskFull(let path, let needed?, let free?):
            "\(path): the disk is too full: \(needed) bytes are to come, \(free) are free; make room and start "
                + "again: what was brought is kept"
        case .diskFull(let path, _, _):
            "\(path): the disk is full; make room and start again: what was brought is kept"
        case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
        }
    }
}
