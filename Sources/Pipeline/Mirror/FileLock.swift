import Foundation

/// A lock on a file that one process has at a time, with its owner named in the file.
///
/// The system's lock counts, not the file: it goes with its owner, however that ends, so that a file that was left behind
/// locks nothing.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// What came of trying.
    enum Outcome {
        /// It is ours until it is let go.
        case taken(FileLock)
        /// Somebody else has it, who says of itself what the file says.
        case held(owner: String)
    }

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone would leave the lock with a program that was being started at this moment.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Takes the lock unless somebody has it.
    ///
    /// - Parameters:
    ///   - path: the file, which is made where it is not there, and is left there.
    ///   - purpose: what for, as the one who finds it taken reads it.
    /// - Throws: when the file cannot be made.
    static func take(_ path: String, purpose: String) throws(MirrorError) -> Outcome {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .unwritable(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            let reason = errno
            defer { close(descriptor) }
            guard reason == EWOULDBLOCK else {
                throw .unwritable(path: path, reason: unsafe String(cString: strerror(reason)))
            }
            var bytes = [UInt8](repeating: 0, count: 512)
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress, $0.count, 0)
            }
            let owner = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: "\n")
                .first
            return .held(owner: owner.map(String.init) ?? "one that does not say who it is")
        }
        let owner = Array("process \(getpid()) on \(ProcessInfo.processInfo.hostName): \(purpose)\n".utf8)
        // Who it is, is a courtesy: the lock holds without it, as on a full disk.
        _ = ftruncate(descriptor, 0)
        _ = unsafe owner.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        return .taken(FileLock(descriptor))
    }
}
