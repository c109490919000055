import Foundation
import Intake

/// What a mirror knows of the files it has verified, kept in its folder, so that a night on which nothing is new asks the
/// server for nothing but the list.
///
/// It saves work and is trusted for nothing else: without it, every file is compared with the server's checksum again.
struct MirrorState: Sendable {
    /// A file as it was when it was verified.
    struct Row: Hashable, Sendable {
        /// What the server's list said of it.
        var listing: String
        /// Its MD5.
        var md5: String
        /// Size and time of change of the file here.
        var status: FileStatus
    }

    /// The file's name in the folder.
    static let name = ".bioscribe-mirror"

    /// The files by their names.
    var rows: [String: Row] = [:]

    /// Reads what is known in a folder; nothing where nothing can be read.
    init(folder: String) {
        guard let bytes = FileManager.default.contents(atPath: folder + "/" + Self.name) else { return }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count == 5, let size = Int(cells[1]), let modified = Int(cells[2]) else { continue }
            rows[String(cells[0])] = Row(
                listing: String(cells[4]), md5: String(cells[3]),
                status: FileStatus(size: size, modified: modified))
        }
    }

    /// Writes what is known.
    func write(folder: String) throws(MirrorError) {
        let lines = rows.keys.sorted().compactMap { name in
            rows[name].map { "\(name)\t\($0.status.size)\t\($0.status.modified)\t\($0.md5)\t\($0.listing)\n" }
        }
        try PartialFile.write(Array(lines.joined().utf8), to: folder + "/" + Self.name)
    }

    /// Whether a file is as it was when it was verified, here and on the server, as far as the list tells.
    func holds(_ entry: MirrorIndex.Entry, at path: String) -> Bool {
        guard let row = rows[entry.name], !entry.listing.isEmpty, row.listing == entry.listing else {
            return false
        }
        return FileStatus(path) == row.status && FileStatus(ChecksumFile.path(beside: path)) != nil
    }
}
