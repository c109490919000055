import Foundation
import Synchronization

/// The function of C; within the class the name alone would mean the method.
private let systemWrite = unsafe write(_:_:_:)

/// A file on its way: `NAME.part`, beside which `NAME.part.source` says which version of which file it is a part of.
///
/// Nothing stands under the final name before `place()`.
final class PartialFile: Sendable {
    /// By what a server tells versions of a file apart.
    struct Version: Hashable, Sendable {
        /// Where the file comes from.
        var source: String
        /// The strong `ETag`, else `Last-Modified`: what `If-Range` (RFC 9110, 13.1.5) takes.
        var validator: String
    }

    /// The suffix of files on their way.
    static let suffix = ".part"

    /// The final path.
    let target: String
    /// Where the bytes are meanwhile.
    let path: String
    private let notePath: String
    /// The file open for writing, -1 when it is not.
    private let descriptor = Mutex<Int32>(-1)

    init(for target: String) {
        self.target = target
        path = target + Self.suffix
        notePath = path + ".source"
    }

    deinit { closeFile() }

    /// The number of bytes that are there.
    var size: Int { FileStatus(path)?.size ?? 0 }

    /// The version that the bytes are of; nil where there are none or it is not known, so that one must begin anew.
    var version: Version? {
        guard size > 0, let bytes = FileManager.default.contents(atPath: notePath) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, !lines[0].isEmpty, !lines[1].isEmpty, lines[2].isEmpty else { return nil }
        return Version(source: String(lines[0]), validator: String(lines[1]))
    }

    /// Begins anew with a version, which is nil where the server does not tell.
    func begin(_ version: Version?) throws(MirrorError) {
        try openFile(O_WRONLY | O_CREAT | O_TRUNC)
        if let version {
            try Self.write(Array("\(version.source)\n\(version.validator)\n".utf8), to: notePath)
        } else {
            unsafe unlink(notePath)
        }
    }

    /// Goes on behind the bytes that are there.
    func resume() throws(MirrorError) {
        try openFile(O_WRONLY | O_APPEND)
    }

    /// Adds bytes at the end. What was written before a fault stays.
    func append(_ bytes: Data) throws(MirrorError) {
        let outcome: Int32 = descriptor.withLock { descriptor in
            unsafe bytes.withUnsafeBytes { unsafe Self.writeAll($0, to: descriptor) }
        }
        if outcome != 0 { throw Self.fault(outcome, path) }
    }

    /// Sees to it that the disk has room for so many bytes more.
    func reserve(_ count: Int) throws(MirrorError) {
        let folder = (path as NSString).deletingLastPathComponent
        guard let free = FileStatus.freeBytes(of: folder.isEmpty ? "." : folder), free < count else { return }
        throw .diskFull(path: path, needed: count, free: free)
    }

    /// Ends the writing, the bytes being on the disk.
    func finish() throws(MirrorError) {
        let outcome: Int32 = descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return 0 }
            return fsync(descriptor) == 0 ? 0 : errno
        }
        closeFile()
        if outcome != 0 { throw Self.fault(outcome, path) }
    }

    /// Gives the file its final name, in place of an older one.
    func place() throws(MirrorError) {
        try Self.move(path, to: target)
        unsafe unlink(notePath)
    }

    /// Takes away what is there.
    func discard() {
        closeFile()
        unsafe unlink(path)
        unsafe unlink(notePath)
    }

    /// Closes the file, which may be gone on with.
    func closeFile() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// Writes a small file in one: its bytes are on the disk before it has its name.
    static func write(_ bytes: [UInt8], to target: String) throws(MirrorError) {
        let new = target + ".new"
        let descriptor = unsafe open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw fault(errno, new) }
        var outcome = unsafe bytes.withUnsafeBytes { unsafe writeAll($0, to: descriptor) }
        if outcome == 0, fsync(descriptor) != 0 { outcome = errno }
        close(descriptor)
        guard outcome == 0 else {
            unsafe unlink(new)
            throw fault(outcome, new)
        }
        try move(new, to: target)
    }

    private func openFile(_ flags: Int32) throws(MirrorError) {
        closeFile()
        let opened = unsafe open(path, flags | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw Self.fault(errno, path) }
        descriptor.withLock { $0 = opened }
    }

    /// Renames a file, and waits until the folder's entry is on the disk.
    private static func move(_ path: String, to target: String) throws(MirrorError) {
        guard unsafe rename(path, target) == 0 else { throw fault(errno, target) }
        let name = (target as NSString).deletingLastPathComponent
        let folder = unsafe open(name.isEmpty ? "." : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Writes all bytes; the system's error number, 0 when all went well.
    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var rest = unsafe bytes
        while let base = rest.baseAddress, unsafe !rest.isEmpty {
            let count = unsafe systemWrite(descriptor, base, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return 0
    }

    private static func fault(_ number: Int32, _ path: String) -> MirrorError {
        number == ENOSPC || number == EDQUOT
            ? .diskFull(path: path, needed: nil, free: nil)
            : .unwritable(path: path, reason: unsafe String(cString: strerror(number)))
    }
}

/// What the system says of a file.
struct FileStatus: Hashable, Sendable {
    /// The number of bytes.
    var size: Int
    /// When it was last changed, in nanoseconds since 1970.
    var modified: Int
}

extension FileStatus {
    /// Looks at a file; nil where there is none.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
    }

    /// The bytes that may still be written to the disk of a folder; nil where the system does not tell.
    static func freeBytes(of folder: String) -> Int? {
        var status = statvfs()
        guard unsafe statvfs(folder, &status) == 0 else { return nil }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
                .partialValue)
    }
}
