import Foundation
import FoundationNetworking
import Synchronization

/// The head of a server's answer.
struct AnswerHead: Hashable, Sendable {
    /// The status code of HTTP.
    var status: Int
    /// The fields by their names in small letters.
    var fields: [String: String] = [:]

    init(_ response: HTTPURLResponse) {
        status = response.statusCode
        for (name, value) in response.allHeaderFields {
            if let name = name as? String, let value = value as? String { fields[name.lowercased()] = value }
        }
    }

    /// A field by its name in small letters.
    subscript(_ name: String) -> String? { fields[name] }
}

/// Why a transfer came to nothing; what a receiver throws comes through as it is.
enum TransferError: Error, Hashable, Sendable {
    /// Nothing came for that long.
    case idle(Duration)
    /// The network's or the protocol's fault, in words.
    case failed(String)
    /// The server sent us on to where nothing is fetched from.
    case refusedRedirect(String)
}

/// One request and its answer, which is handed on piece by piece as it comes.
///
/// - Note: Transfers go through one session of Foundation's that lives as long as the process: taking a session down may
///   crash on Linux (swift-corelibs-foundation 5203 and 5469).
final class WebTransfer: Sendable {
    private struct State {
        var task: URLSessionDataTask?
        var continuation: CheckedContinuation<AnswerHead, any Error>?
        var head: AnswerHead?
        var failure: (any Error)?
        var lastActivity = ContinuousClock.now
        var isDelivering = false
        var isOver = false
    }

    private let onHead: @Sendable (AnswerHead) throws -> Void
    private let onPiece: @Sendable (Data) throws -> Void
    private let state = Mutex(State())

    private init(
        onHead: @escaping @Sendable (AnswerHead) throws -> Void,
        onPiece: @escaping @Sendable (Data) throws -> Void
    ) {
        self.onHead = onHead
        self.onPiece = onPiece
    }

    /// Makes a request and waits for the end of its answer, whatever its status.
    ///
    /// A task that is cancelled ends it at once. Memory: at most a megabyte is under way, as the network waits for
    /// whoever receives.
    ///
    /// - Parameters:
    ///   - idle: how long nothing may come.
    ///   - onHead: is told the head first; what it throws ends the transfer.
    ///   - onPiece: is given the body's bytes in order, one call at a time.
    /// - Returns: the head of the answer.
    /// - Throws: `TransferError`, `CancellationError`, or what a receiver threw.
    static func get(
        _ request: URLRequest, idle: Duration,
        onHead: @escaping @Sendable (AnswerHead) throws -> Void,
        onPiece: @escaping @Sendable (Data) throws -> Void
    ) async throws -> AnswerHead {
        let transfer = WebTransfer(onHead: onHead, onPiece: onPiece)
        let watch = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: idle / 4)
                transfer.endIfIdle(for: idle)
            }
        }
        defer { watch.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { transfer.start(request, $0) }
        } onCancel: {
            transfer.end(CancellationError())
        }
    }

    private func start(_ request: URLRequest, _ continuation: CheckedContinuation<AnswerHead, any Error>) {
        let task = WebSession.shared.task(request, for: self)
        let failure = state.withLock { state -> (any Error)? in
            if let failure = state.failure { return failure }
            state.task = task
            state.continuation = continuation
            state.lastActivity = .now
            return nil
        }
        if let failure {
            WebSession.shared.forget(task)
            continuation.resume(throwing: failure)
        } else {
            task.resume()
        }
    }

    /// Ends the transfer for a reason; the first one counts.
    ///
    /// The task is cancelled elsewhere, not here: to cancel waits for the session's queue, which may wait for us.
    fileprivate func end(_ error: any Error) {
        let task = state.withLock { state -> URLSessionDataTask? in
            guard !state.isOver, state.failure == nil else { return nil }
            state.failure = error
            return state.task
        }
        guard let task else { return }
        DispatchQueue.global().async {
            task.cancel()
            // The session tells when a task has ended. Should it forget to, whoever waits does not wait for ever.
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(500)) { self.giveUp() }
        }
    }

    private func giveUp() {
        if state.withLock({ $0.isDelivering }) {
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) { self.giveUp() }
        } else {
            finish(nil)
        }
    }

    private func endIfIdle(for limit: Duration) {
        let isIdle = state.withLock { state in
            !state.isDelivering && state.task != nil && ContinuousClock.now - state.lastActivity >= limit
        }
        if isIdle { end(TransferError.idle(limit)) }
    }

    /// Hands something on to a receiver, unless the transfer is to end.
    private func deliver(_ body: () throws -> Void) {
        let isWanted = state.withLock { state in
            state.isDelivering = state.failure == nil && !state.isOver
            return state.isDelivering
        }
        guard isWanted else { return }
        var failure: (any Error)?
        do { try body() } catch { failure = error }
        state.withLock { state in
            state.isDelivering = false
            state.lastActivity = .now
        }
        if let failure { end(failure) }
    }

    fileprivate func receive(_ response: HTTPURLResponse) {
        let head = AnswerHead(response)
        deliver {
            state.withLock { $0.head = head }
            try onHead(head)
        }
    }

    fileprivate func receive(_ piece: Data) {
        deliver { try onPiece(piece) }
    }

    /// Ends the wait: the session is done with the task.
    fileprivate func finish(_ error: (any Error)?, response: HTTPURLResponse? = nil) {
        let outcome = state.withLock {
            state -> (CheckedContinuation<AnswerHead, any Error>, Result<AnswerHead, any Error>)? in
            guard !state.isOver, let continuation = state.continuation else { return nil }
            state.isOver = true
            state.continuation = nil
            state.task = nil
            if let failure = state.failure ?? error { return (continuation, .failure(failure)) }
            guard let head = state.head ?? response.map(AnswerHead.init) else {
                return (continuation, .failure(TransferError.failed("the server's answer has no head")))
            }
            return (continuation, .success(head))
        }
        guard let (continuation, result) = outcome else { return }
        continuation.resume(with: result)
    }
}

/// The session of this process, and the transfers that go through it.
private final class WebSession: Sendable {
    static let shared = WebSession()

    private let receiver = Receiver()
    private let session: URLSession

    private init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        // A transfer watches over its idle time itself, to the millisecond.
        configuration.timeoutIntervalForRequest = 86_400
        configuration.httpMaximumConnectionsPerHost = 64
        session = URLSession(configuration: configuration, delegate: receiver, delegateQueue: DeliveryQueue())
    }

    func task(_ request: URLRequest, for transfer: WebTransfer) -> URLSessionDataTask {
        let task = session.dataTask(with: request)
        receiver.transfers.withLock { $0[task.taskIdentifier] = transfer }
        return task
    }

    func forget(_ task: URLSessionTask) {
        _ = receiver.transfers.withLock { $0.removeValue(forKey: task.taskIdentifier) }
    }

    /// Hands what the session tells to the transfer it is about.
    private final class Receiver: NSObject, URLSessionDataDelegate, Sendable {
        let transfers = Mutex<[Int: WebTransfer]>([:])

        private func transfer(of task: URLSessionTask) -> WebTransfer? {
            transfers.withLock { $0[task.taskIdentifier] }
        }

        func urlSession(
            _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
            completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
        ) {
            if let response = response as? HTTPURLResponse { transfer(of: dataTask)?.receive(response) }
            completionHandler(.allow)
        }

        func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
            transfer(of: dataTask)?.receive(data)
        }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            if let url = request.url, MirrorAddress.isAllowed(url) { return completionHandler(request) }
            transfer(of: task)?.end(TransferError.refusedRedirect(request.url?.absoluteString ?? "nowhere"))
            completionHandler(nil)
        }

        func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?)
        {
            guard let transfer = transfers.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else {
                return
            }
            transfer.finish(error.map(Self.transferError), response: task.response as? HTTPURLResponse)
        }

        private static func transferError(_ error: any Error) -> TransferError {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
            return .failed(cause.localizedDescription)
        }
    }
}

/// A queue that lets the network wait while whoever receives is slower: Foundation would put all that comes into memory
/// (swift-corelibs-foundation 3204).
private final class DeliveryQueue: OperationQueue, @unchecked Sendable {
    /// A piece has at most 16 KiB, as libcurl gives it.
    private let room = DispatchSemaphore(value: 64)
    /// A serial queue of its own: it gets a thread even while others wait.
    private let queue = DispatchQueue(label: "bioscribe.mirror.delivery")

    override init() {
        super.init()
        maxConcurrentOperationCount = 1
        unsafe underlyingQueue = queue
    }

    override func addOperation(_ block: @escaping @Sendable () -> Void) {
        room.wait()
        let room = room
        super.addOperation {
            block()
            room.signal()
        }
    }
}
