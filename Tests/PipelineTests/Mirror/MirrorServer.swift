import Foundation
import Pipeline
import Synchronization

/// The functions of C whose names are methods here.
private let systemListen = listen(_:_:)
private let systemAccept = unsafe accept(_:_:_:)
private let systemSend = unsafe send(_:_:_:_:)
private let systemClose = close(_:)

/// A web server of one folder on loopback, which misbehaves on demand: a thread a connection, HTTP/1.1.
final class MirrorServer: Sendable {
    /// What the server does wrong with one request.
    enum Fault: Sendable {
        /// Ends the connection after so many bytes of the body.
        case drop(after: Int)
        /// Sends nothing after so many bytes of the body until the client has gone.
        case stall(after: Int)
        /// Sends one byte of the body wrong.
        case corrupt(at: Int)
        /// Answers a status with fields and a short page.
        case status(Int, [String: String] = [:])
        /// Sends the whole file, whatever part was asked for.
        case ignoreRange
        /// Sends a part that starts elsewhere.
        case otherRange
        /// Says that the body is longer or shorter by so much, and ends the connection behind what it has.
        case wrongLength(Int)
        /// Sends so many bytes of the body, and says that these are all.
        case cut(to: Int)
        /// Says that the body is packed.
        case packed
    }

    /// A request as it came.
    struct Request: Sendable {
        /// The path, from the slash on.
        var path: String
        /// The fields by their names in small letters.
        var fields: [String: String]
        /// The last component of the path; empty for the folder.
        var name: String { String(path.split(separator: "/", omittingEmptySubsequences: false).last ?? "") }
    }

    private struct File {
        var bytes: [UInt8]
        var version = 1
    }

    private struct State {
        var files: [String: File] = [:]
        var faults: [String: [Fault]] = [:]
        var page: String?
        var requests: [Request] = []
        var active = 0
        var mostActive = 0
        var onRequest: @Sendable (Request) -> Void = { _ in }
        var hasValidators = true
        var connections: Set<Int32> = []
        var isStopped = false
    }

    private let core = Core()
    /// The port it listens on.
    let port: UInt16

    /// No proxy of the environment stands between programs of this machine.
    private static let withoutProxy: Void = {
        for name in ["no_proxy", "NO_PROXY"] { _ = unsafe setenv(name, "127.0.0.1", 1) }
    }()

    init(_ files: [String: [UInt8]] = [:]) throws {
        Self.withoutProxy
        port = try core.listen()
        for (name, bytes) in files { put(name, bytes) }
    }

    deinit { core.stop() }

    /// The address of the folder.
    var address: String { "http://127.0.0.1:\(port)/pubmed/" }

    /// Puts a file and its checksum into the folder, in place of an older version.
    func put(_ name: String, _ bytes: [UInt8], checksum: String? = nil) {
        core.state.withLock { state in
            for (name, bytes) in [
                (name, bytes), (name + ".md5", Array((checksum ?? "MD5(\(name))= \(md5(bytes))\n").utf8)),
            ] {
                state.files[name] = File(bytes: bytes, version: (state.files[name]?.version ?? 0) + 1)
            }
        }
    }

    /// Takes a file out of the folder.
    func remove(_ name: String) {
        core.state.withLock { $0.files[name] = nil }
    }

    /// The next requests for a file meet these faults, one each.
    func fail(_ name: String, _ faults: [Fault]) {
        core.state.withLock { $0.faults[name, default: []] += faults }
    }

    /// Shows a page of one's own instead of the list.
    func show(_ page: String) {
        core.state.withLock { $0.page = page }
    }

    /// Sends neither ETag nor Last-Modified.
    func forgetValidators() {
        core.state.withLock { $0.hasValidators = false }
    }

    /// Is called with each request before it is answered, on a thread of the server's.
    func onRequest(_ body: @escaping @Sendable (Request) -> Void) {
        core.state.withLock { $0.onRequest = body }
    }

    /// All files of the folder.
    var files: [String: [UInt8]] { core.state.withLock { $0.files.mapValues(\.bytes) } }
    /// All requests so far.
    var requests: [Request] { core.state.withLock { $0.requests } }
    /// The requests for a file.
    func requests(for name: String) -> [Request] { requests.filter { $0.name == name } }
    /// How many requests are being answered.
    var active: Int { core.state.withLock { $0.active } }
    /// The most requests that were being answered at once.
    var mostActive: Int { core.state.withLock { $0.mostActive } }

    /// What the threads share; they live until the last connection ends.
    private final class Core: Sendable {
        let state = Mutex(State())
        let listener = Mutex<Int32>(-1)

        func listen() throws -> UInt16 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = unsafe withUnsafeMutablePointer(to: &address) { address in
                unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    unsafe bind(descriptor, address, length) == 0 && systemListen(descriptor, 64) == 0
                        && getsockname(descriptor, address, &length) == 0
                }
            }
            guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            listener.withLock { $0 = descriptor }
            Thread.detachNewThread { self.accept(descriptor) }
            return UInt16(bigEndian: address.sin_port)
        }

        func stop() {
            let descriptor = listener.withLock { $0 }
            state.withLock { state in
                state.isStopped = true
                for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
            }
            shutdown(descriptor, Int32(SHUT_RDWR))
        }

        private func accept(_ listener: Int32) {
            while true {
                let connection = systemAccept(listener, nil, nil)
                if connection < 0 {
                    if errno == EINTR { continue }
                    _ = systemClose(listener)
                    return
                }
                let isWanted = state.withLock { state in
                    if !state.isStopped { state.connections.insert(connection) }
                    return !state.isStopped
                }
                guard isWanted else {
                    _ = systemClose(connection)
                    continue
                }
                Thread.detachNewThread {
                    let connection = MirrorConnection(connection)
                    while let request = connection.request(), self.answer(request, connection) {}
                    self.state.withLock { _ = $0.connections.remove(connection.descriptor) }
                    connection.close()
                }
            }
        }

        /// Answers a request; says whether the connection stays.
        private func answer(_ request: Request, _ connection: MirrorConnection) -> Bool {
            let hook = state.withLock { state in
                state.requests.append(request)
                state.active += 1
                state.mostActive = max(state.mostActive, state.active)
                return state.onRequest
            }
            hook(request)
            let (answer, fault) = state.withLock { state -> (Answer, Fault?) in
                let fault =
                    state.faults[request.name]?.isEmpty == false
                    ? state.faults[request.name]?.removeFirst() : nil
                return (Answer(request, fault, &state), fault)
            }
            // No longer counted when the last bytes go out: the client may ask again before we are told.
            let ends = { self.state.withLock { $0.active -= 1 } }
            switch fault {
            case .drop(let count):
                ends()
                _ = connection.send(answer.head + answer.body.prefix(count))
                return false
            case .stall(let count):
                _ = connection.send(answer.head + answer.body.prefix(count))
                connection.waitUntilClosed()
                ends()
                return false
            case .wrongLength:
                ends()
                _ = connection.send(answer.head + answer.body)
                return false
            default:
                ends()
                return connection.send(answer.head + answer.body)
            }
        }
    }

    /// The bytes of an answer.
    private struct Answer {
        var head: [UInt8]
        var body: [UInt8]

        init(_ request: Request, _ fault: Fault?, _ state: inout State) {
            var fields = ["Date": "Fri, 27 Nov 2026 12:00:00 GMT"]
            var status = 200
            if case .status(let number, let more)? = fault {
                status = number
                fields.merge(more) { $1 }
                body = Array("<html>\(number)</html>".utf8)
            } else if request.name.isEmpty {
                body = Array((state.page ?? Answer.page(state.files)).utf8)
            } else if let file = state.files[request.name] {
                (status, body) = Answer.part(of: file, request, fault, state.hasValidators, &fields)
            } else {
                status = 404
                body = Array("<html>Not here</html>".utf8)
            }
            var length = body.count
            switch fault {
            case .wrongLength(let difference): length += difference
            case .cut(let count):
                body = Array(body.prefix(count))
                length = body.count
            case .corrupt(let place): if !body.isEmpty { body[place % body.count] ^= 0x10 }
            case .packed: fields["Content-Encoding"] = "gzip"
            default: break
            }
            fields["Content-Length"] = "\(length)"
            let lines = fields.keys.sorted().map { "\($0): \(fields[$0] ?? "")\r\n" }
            head = Array("HTTP/1.1 \(status) Told\r\n\(lines.joined())\r\n".utf8)
        }

        private static func part(
            of file: File, _ request: Request, _ fault: Fault?, _ hasValidators: Bool,
            _ fields: inout [String: String]
        ) -> (Int, [UInt8]) {
            let tag = "\"v\(file.version)\""
            if hasValidators { fields["ETag"] = tag }
            fields["Accept-Ranges"] = "bytes"
            if case .ignoreRange? = fault { return (200, file.bytes) }
            guard let range = request.fields["range"], range.hasPrefix("bytes="), range.hasSuffix("-"),
                var start = Int(range.dropFirst(6).dropLast()), request.fields["if-range"] ?? tag == tag
            else { return (200, file.bytes) }
            guard start < file.bytes.count else {
                fields["Content-Range"] = "bytes */\(file.bytes.count)"
                return (416, [])
            }
            if case .otherRange? = fault { start /= 2 }
            fields["Content-Range"] = "bytes \(start)-\(file.bytes.count - 1)/\(file.bytes.count)"
            return (206, Array(file.bytes[start...]))
        }

        /// A list of the files as NCBI's server writes it.
        private static func page(_ files: [String: File]) -> String {
            let lines = files.keys.sorted().map { name in
                let version = files[name]?.version ?? 0
                let day = version < 10 ? "0\(version)" : "\(version)"
                return "<a href=\"\(name)\">\(name)</a>    2025-12-\(day) 14:05   1.9M  \n"
            }
            return "<html><head><title>Index of /pubmed</title></head><body><h1>Index of /pubmed</h1>\n"
                + "<pre>Name <a href=\"?C=M;O=A\">Last modified</a><hr><a href=\"/\">Parent Directory</a>\n"
                + "<a href=\"README.txt\">README.txt</a>  2025-12-01 14:05  4.5K\n"
                + lines.joined() + "<hr></pre></body></html>\n"
        }
    }
}

/// A connection of the server, which one thread uses.
private final class MirrorConnection {
    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next request; nil when the client has gone.
    func request() -> MirrorServer.Request? {
        let end = Array("\r\n\r\n".utf8)
        while buffer.firstRange(of: end) == nil {
            guard let piece = receive() else { return nil }
            buffer += piece
        }
        guard let range = buffer.firstRange(of: end) else { return nil }
        let lines = String(decoding: buffer[..<range.lowerBound], as: UTF8.self).components(
            separatedBy: "\r\n")
        buffer.removeSubrange(..<range.upperBound)
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...]
                .trimmingCharacters(in: .whitespaces)
        }
        return .init(path: String(words[1]), fields: fields)
    }

    private func receive() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            if count < 0, errno == EINTR { continue }
            return count > 0 ? Array(bytes[..<count]) : nil
        }
    }

    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe systemSend(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func waitUntilClosed() {
        while receive() != nil {}
    }

    func close() {
        _ = systemClose(descriptor)
    }
}
