import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The lock that lets one program at a time work on a whole database, `DATABASE.lock` beside it, or on a folder. It is held
/// by `flock(2)`, so that the kernel lets go of it when its owner dies. The file says who the owner is, and how far it has
/// come.
///
/// An owner that ends well removes the file. People's saves take no lock: SQLite lets them in between the transactions.
public final class RunLock: Sendable {
    /// Who holds a lock.
    public struct Owner: Codable, Hashable, Sendable, CustomStringConvertible {
        /// The number of the process.
        public var process: Int
        /// The machine.
        public var host: String
        /// The user.
        public var user: String
        /// The command.
        public var command: String
        /// Since when, in UTC: `2026-11-23T05:27:51Z`.
        public var since: String
        /// What it is doing, in words; empty where it has not said yet.
        public var place = ""

        /// The process that asks.
        static func current(command: String) -> Owner {
            Owner(
                process: Int(ProcessInfo.processInfo.processIdentifier),
                host: ProcessInfo.processInfo.hostName, user: NSUserName(), command: command,
                since: Date().formatted(.iso8601))
        }

        /// `bioscribe run a.yaml, process 4711 of ada on host, since 2026-11-23T05:27:51Z`.
        public var description: String {
            "\(command), process \(process) of \(user) on \(host), since \(since)"
        }
    }

    /// How the lock of a database stands.
    public enum Standing: Hashable, Sendable {
        /// Nobody holds it.
        case free
        /// Somebody holds it; nil where the file does not say who.
        case held(Owner?)
        /// Its owner died without letting go.
        case leftBehind(Owner)
    }

    /// The lock file.
    public let path: String
    /// The owner that died holding the lock; nil where there was none.
    public let leftBehind: Owner?
    private let state: Mutex<State>

    private struct State {
        /// −1 once the lock is released.
        var descriptor: Int32
        var owner: Owner
    }

    /// How long a lock that somebody only looks at may be held: `status` holds it for an instant.
    private static let glance = Duration.milliseconds(300)

    private init(path: String, descriptor: Int32, owner: Owner, leftBehind: Owner?) {
        self.path = path
        self.leftBehind = leftBehind
        state = Mutex(State(descriptor: descriptor, owner: owner))
    }

    deinit { release() }

    /// Takes the lock of a database.
    ///
    /// - Parameters:
    ///   - database: the database; its folder must be there.
    ///   - command: what the owner does, for those who find the lock held.
    ///   - wait: how long to wait for another owner.
    ///   - onWait: called once before waiting.
    /// - Throws: `PipelineError.locked` where another program holds it, `.cannotLock` where the file system knows no
    ///   locks, `.unwritable`; `CancellationError`.
    public static func acquire(
        database: String, command: String, wait: Duration = .zero, onWait: (Owner?) -> Void = { _ in }
    ) async throws -> RunLock {
        let path = path(ofDatabase: database)
        let deadline = ContinuousClock.now + max(wait, glance)
        var hasTold = false
        while true {
            let holder: Owner?
            switch try take(path, command: command) {
            case .taken(let lock): return lock
            case .held(let owner): holder = owner
            }
            if ContinuousClock.now >= deadline {
                throw PipelineError.locked(database: database, owner: holder)
            }
            if !hasTold, wait > .zero {
                hasTold = true
                onWait(holder)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// How the lock of a database stands now.
    public static func standing(ofDatabase database: String) -> Standing {
        let descriptor = unsafe open(path(ofDatabase: database), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .free }
        defer { close(descriptor) }
        let owner = owner(in: descriptor)
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return owner.map { .leftBehind($0) } ?? .free }
        return errno == EWOULDBLOCK ? .held(owner) : .free
    }

    /// The lock file of a database, beside the file that a symbolic link leads to: two names, one lock.
    public static func path(ofDatabase database: String) -> String {
        if let resolved = resolved(database) { return resolved + ".lock" }
        let folder = SourcePaths.folder(of: database)
        let name = database.split(separator: "/").last.map(String.init) ?? database
        return (resolved(folder.isEmpty ? "." : folder) ?? folder) + "/" + name + ".lock"
    }

    /// Says how far the owner has come; what cannot be written is not worth a failure.
    public func note(_ place: String) {
        state.withLock { state in
            state.owner.place = place
            _ = Self.write(state.owner, to: state.descriptor)
        }
    }

    /// Lets go, and removes the file; a second call does nothing.
    public func release() {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            // Emptied first: where the folder forbids to remove it, it still tells of no dead owner.
            _ = ftruncate(state.descriptor, 0)
            _ = unsafe unlink(path)
            close(state.descriptor)
            state.descriptor = -1
        }
    }

    // MARK: - One attempt

    /// What came of trying to take a lock.
    enum Taking {
        /// It is ours until it is let go.
        case taken(RunLock)
        /// Somebody else has it; nil where the file does not say who.
        case held(Owner?)
    }

    /// Takes a lock file unless somebody has it.
    ///
    /// - Throws: `PipelineError.cannotLock` where the file system knows no locks, `.unwritable`.
    static func take(_ path: String, command: String) throws(PipelineError) -> Taking {
        while true {
            if let taking = try attempt(path, owner: .current(command: command)) { return taking }
        }
    }

    /// Nil where the file was removed by its owner while it was opened: once more.
    private static func attempt(_ path: String, owner: Owner) throws(PipelineError) -> Taking? {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: lastError) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let (code, reason) = (errno, lastError)
            defer { close(descriptor) }
            if code == EWOULDBLOCK { return .held(Self.owner(in: descriptor)) }
            if code == EINTR { return nil }
            throw .cannotLock(path: path, reason: reason)
        }
        var own = stat()
        var named = stat()
        guard unsafe fstat(descriptor, &own) == 0, unsafe stat(path, &named) == 0, own.st_ino == named.st_ino,
            own.st_dev == named.st_dev
        else {
            close(descriptor)
            return nil
        }
        let leftBehind = Self.owner(in: descriptor)
        guard write(owner, to: descriptor) else {
            let reason = lastError
            close(descriptor)
            throw .unwritable(path: path, reason: reason)
        }
        return .taken(RunLock(path: path, descriptor: descriptor, owner: owner, leftBehind: leftBehind))
    }

    /// The owner that a lock file names; what comes after the first line is left of a longer one.
    private static func owner(in descriptor: Int32) -> Owner? {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = unsafe pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        let line = buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }
        return try? JSONDecoder().decode(Owner.self, from: Data(line))
    }

    private static func write(_ owner: Owner, to descriptor: Int32) -> Bool {
        guard descriptor >= 0, let data = try? JSONEncoder().encode(owner) else { return false }
        let bytes = [UInt8](data) + [UInt8(ascii: "\n")]
        guard unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { return false }
        return ftruncate(descriptor, off_t(bytes.count)) == 0
    }

    private static func resolved(_ path: String) -> String? {
        guard let found = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    private static var lastError: String { unsafe String(cString: strerror(errno)) }
}
