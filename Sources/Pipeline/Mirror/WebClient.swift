import Foundation
import FoundationNetworking
import Intake
import Synchronization

/// Why one attempt to fetch something failed.
struct FetchFailure: Error, Sendable, CustomStringConvertible {
    /// What happened, in words.
    var description: String
    /// Whether another attempt may go better.
    var isPassing: Bool
    /// How long the server asks everybody to stay away.
    var retryAfter: Duration?

    init(_ description: String, isPassing: Bool = true, retryAfter: Duration? = nil) {
        self.description = description
        self.isPassing = isPassing
        self.retryAfter = retryAfter
    }
}

/// Fetches pages and files, one attempt a call.
struct WebClient: Sendable {
    /// How the client calls itself.
    static let userAgent = "BioScribe/\(PreparedPipeline.programVersion)"

    /// How long nothing may come before an attempt is given up.
    var idle: Duration
    /// Keeps requests apart.
    var pace: RequestPace
    /// Is told of each request that is made.
    var onRequest: @Sendable () -> Void = {}

    /// Fetches a small text.
    ///
    /// - Throws: `FetchFailure`, `CancellationError`.
    func text(_ url: URL, limit: Int) async throws -> [UInt8] {
        let bytes = Mutex<[UInt8]>([])
        let status = Mutex(0)
        let head = try await send(request(url)) { head in
            status.withLock { $0 = head.status }
        } onPiece: { piece in
            guard status.withLock({ $0 }) == 200 else { return }
            try bytes.withLock { bytes in
                guard bytes.count + piece.count <= limit else {
                    throw FetchFailure("it is longer than \(limit) bytes", isPassing: false)
                }
                bytes += piece
            }
        }
        guard head.status == 200 else { throw failure(head) }
        let text = bytes.withLock { $0 }
        if let length = head["content-length"].flatMap({ Int($0) }), head["content-encoding"] == nil,
            length != text.count
        {
            throw FetchFailure("\(text.count) of \(length) bytes came")
        }
        return text
    }

    /// Fetches a file, or the rest of it where a part of the same version is there.
    ///
    /// - Parameter onBytes: is told how many bytes came.
    /// - Throws: `FetchFailure`, `MirrorError` where the disk is at fault, `CancellationError`. What came is kept.
    func file(_ url: URL, into part: PartialFile, onBytes: @escaping @Sendable (Int) -> Void) async throws {
        var request = request(url)
        let known = part.version.flatMap { $0.source == url.absoluteString ? $0 : nil }
        let offset = known == nil ? 0 : part.size
        if let known {
            request.setValue("bytes=\(offset)-", forHTTPHeaderField: "Range")
            request.setValue(known.validator, forHTTPHeaderField: "If-Range")
        }
        let isBody = Mutex(false)
        defer { part.closeFile() }
        let head = try await send(request) { head in
            guard head.status == 200 || head.status == 206 else { return }
            if let encoding = head["content-encoding"], encoding.lowercased() != "identity" {
                // What Foundation hands on is unpacked then, and is not the file whose checksum is known.
                throw FetchFailure(
                    "the server packs it once more (Content-Encoding: \(encoding))", isPassing: false)
            }
            if head.status == 206 {
                guard known != nil, Self.start(ofRange: head["content-range"]) == offset,
                    Self.validator(head).map({ $0 == known?.validator }) ?? true
                else {
                    part.discard()
                    throw FetchFailure("the server sent another part of the file than was asked for")
                }
                try part.resume()
            } else {
                // The whole file: it is new, has changed meanwhile, or the server gives no parts.
                try part.begin(
                    Self.validator(head).map {
                        PartialFile.Version(source: url.absoluteString, validator: $0)
                    })
            }
            if let length = head["content-length"].flatMap({ Int($0) }) { try part.reserve(length) }
            isBody.withLock { $0 = true }
        } onPiece: { piece in
            guard isBody.withLock({ $0 }) else { return }
            try part.append(piece)
            onBytes(piece.count)
        }
        switch head.status {
        case 200, 206: try part.finish()
        case 416 where Self.total(ofRange: head["content-range"]) == offset:
            // The part is the whole already: its checksum tells.
            break
        case 416:
            part.discard()
            throw FetchFailure("the file is shorter than the part that is here: beginning anew")
        default: throw failure(head)
        }
        if head.status != 416, let total = Self.total(of: head), part.size != total {
            throw FetchFailure("\(part.size) of \(total) bytes are here")
        }
    }

    private func request(_ url: URL) -> URLRequest {
        var request = URLRequest(url: url)
        request.setValue(Self.userAgent, forHTTPHeaderField: "User-Agent")
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        return request
    }

    private func send(
        _ request: URLRequest, onHead: @escaping @Sendable (AnswerHead) throws -> Void,
        onPiece: @escaping @Sendable (Data) throws -> Void
    ) async throws -> AnswerHead {
        try await pace.turn()
        onRequest()
        do {
            return try await WebTransfer.get(request, idle: idle, onHead: onHead, onPiece: onPiece)
        } catch let error as TransferError {
            switch error {
            case .idle(let limit): throw FetchFailure("nothing came for \(limit)")
            case .failed(let reason): throw FetchFailure(reason)
            case .refusedRedirect(let url):
                throw FetchFailure(
                    "the server sends us on to \(url), which is not over HTTPS", isPassing: false)
            }
        }
    }

    /// What a status other than that of success means.
    private func failure(_ head: AnswerHead) -> FetchFailure {
        let isPassing = [408, 425, 429, 500, 502, 503, 504].contains(head.status)
        return FetchFailure(
            "the server answers \(head.status)\(Self.meaning(of: head.status))", isPassing: isPassing,
            retryAfter: isPassing ? Self.retryAfter(head) : nil)
    }

    private static func meaning(of status: Int) -> String {
        switch status {
        case 401, 403: " (it does not let us in)"
        case 404, 410: " (it has no such file)"
        case 429: " (too many requests)"
        case 500...599: " (it is in trouble)"
        default: ""
        }
    }

    /// `Retry-After` (RFC 9110, 10.2.3): seconds, or a date, which is compared with the server's own clock.
    static func retryAfter(_ head: AnswerHead) -> Duration? {
        guard let text = head["retry-after"] else { return nil }
        if let seconds = Int(text) { return .seconds(min(max(seconds, 0), 1 << 30)) }
        guard let then = httpDate(text), let now = head["date"].flatMap(httpDate) else { return nil }
        return .seconds(max(0, then.timeIntervalSince(now)))
    }

    private static func httpDate(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text)
    }

    /// By what this version of the file is told from others; nil where the server does not say.
    static func validator(_ head: AnswerHead) -> String? {
        let text = head["etag"].flatMap { $0.hasPrefix("W/") ? nil : $0 } ?? head["last-modified"]
        return text.flatMap { $0.contains(where: \.isNewline) || $0.isEmpty ? nil : $0 }
    }

    /// The first byte of `Content-Range: bytes 5-9/10`.
    static func start(ofRange text: String?) -> Int? {
        guard let text, text.hasPrefix("bytes "), let dash = text.firstIndex(of: "-") else { return nil }
        return Int(text[text.index(text.startIndex, offsetBy: 6)..<dash])
    }

    /// The length of the whole file of `Content-Range: bytes 5-9/10` or `bytes */10`.
    static func total(ofRange text: String?) -> Int? {
        guard let text, let slash = text.lastIndex(of: "/") else { return nil }
        return Int(text[text.index(after: slash)...])
    }

    private static func total(of head: AnswerHead) -> Int? {
        head.status == 206
            ? total(ofRange: head["content-range"]) : head["content-length"].flatMap { Int($0) }
    }
}
