import SystemPackage

/// Reads a file in pieces, inflated where it is gzip. What it is, is seen from its first two bytes, not its name.
///
/// Several gzip members one after the other are one text, and zero bytes after the last are passed over. The
/// SHA-256 digest and the size of the file's own bytes are known after the end. Memory: two buffers of 256 KiB,
/// whatever the size of the file. One thread at a time may use it.
public final class InflatingReader {
    /// The most bytes that one read gives.
    public static let pieceSize = 256 << 10

    /// The file as the caller named it; `-` is standard input.
    public let path: String

    private enum Form {
        case unknown
        case plain
        /// Inside a gzip member.
        case member
        /// After a member: the next one, zeros or the end may follow.
        case betweenMembers
        case ended
    }

    private let file: FileDescriptor
    private var form = Form.unknown
    private var inflater: Inflater?
    /// Inflates the members of a file that can be read again from where one begins; nil where zlib does.
    private var fast: FastInflater?
    /// Whether it is the one that inflates the present member.
    private var isFast = false
    /// The byte of the file at which the present member begins, and how much of its text was given.
    private var memberStart = 0
    private var memberDelivered = 0
    private var input = [UInt8](repeating: 0, count: InflatingReader.pieceSize)
    /// The bytes of `input` not yet used.
    private var inputStart = 0
    private var inputEnd = 0
    /// The byte of the file at which `input` starts.
    private var inputOffset = 0
    private var fileEnded = false
    private var running = RunningDigest()
    /// The bytes of the file that are in the digest: some may be read twice.
    private var digestedCount = 0
    /// Damage that was met after good bytes of the same read: the next read throws it.
    private var fault: IntakeError?
    /// Inflated text that was looked at before it was asked for: `ahead[aheadStart...]`.
    private var ahead: [UInt8] = []
    private var aheadStart = 0

    /// Opens a file; `-` is standard input.
    ///
    /// A program that is built with the trait `ISAL` inflates with ISA-L, and with zlib whatever that has doubts about, from
    /// the start of the member: faults are told as zlib tells them. ISA-L takes some tables of codes that zlib refuses and no
    /// compressor writes: behind damage to such a table more text may be given before the fault is.
    ///
    /// - Throws: when it cannot be opened.
    public convenience init(path: String) throws(IntakeError) {
        try self.init(path: path, isFast: true)
    }

    /// Opens a file, for zlib alone unless `isFast`.
    package init(path: String, isFast: Bool) throws(IntakeError) {
        self.path = path
        if path == "-" {
            file = .standardInput
            return
        }
        do {
            file = try FileDescriptor.open(FilePath(path), .readOnly)
        } catch {
            throw IntakeError(path: path, kind: .unreadable("\(error)"))
        }
        // A pipe cannot be read again.
        if isFast, (try? file.seek(offset: 0, from: .current)) != nil { fast = .make() }
    }

    deinit {
        if path != "-" { try? file.close() }
    }

    /// The byte of the file, compressed where it is compressed, up to which it was used: for progress.
    public var fileOffset: Int { inputOffset + inputStart }

    /// Writes the next piece of the inflated text to `buffer[position...]`, which must not be empty.
    ///
    /// - Returns: the number of bytes written; 0 at the end.
    /// - Throws: when the file is empty, truncated or damaged, after everything before the fault was given.
    public func read(into buffer: inout [UInt8], at position: Int) throws(IntakeError) -> Int {
        precondition(position < buffer.count, "no room to read into")
        if aheadStart < ahead.count {
            let count = min(ahead.count - aheadStart, buffer.count - position)
            buffer.replaceSubrange(position..<position + count, with: ahead[aheadStart..<aheadStart + count])
            aheadStart += count
            if aheadStart == ahead.count {
                ahead = []
                aheadStart = 0
            }
            return count
        }
        if let fault {
            self.fault = nil
            throw fault
        }
        var produced = position
        while produced == position {
            if inputStart == inputEnd { try fill() }
            switch form {
            case .unknown: try begin()
            case .plain:
                let count = min(inputEnd - inputStart, buffer.count - position)
                if count == 0 {
                    form = .ended
                    return 0
                }
                let source = input.span
                var target = buffer.mutableSpan
                for offset in 0..<count { target[position + offset] = source[inputStart + offset] }
                inputStart += count
                produced += count
            case .member:
                let isUsedUp = inputStart == inputEnd
                try inflate(into: &buffer, produced: &produced)
                // Only now has all that was read of the member been given.
                if isUsedUp, produced == position, form == .member {
                    if isFast { try fallBack() } else { throw fail(.truncatedGzip) }
                }
            case .betweenMembers: try beginNextMember()
            case .ended: return 0
            }
        }
        return produced - position
    }

    /// The next 64 KiB of the inflated text, or all that is left, which the next reads give again.
    ///
    /// A fault that is met after the first byte is thrown by the read that comes to it.
    public func peek() throws(IntakeError) -> [UInt8] {
        if aheadStart < ahead.count { return Array(ahead[aheadStart...]) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        var count = 0
        while count < bytes.count {
            do {
                let got = try read(into: &bytes, at: count)
                if got == 0 { break }
                count += got
            } catch {
                if count == 0 { throw error }
                fault = error
                break
            }
        }
        bytes.removeLast(bytes.count - count)
        ahead = bytes
        aheadStart = 0
        return bytes
    }

    /// Reads what is left of the file's own bytes, uninterpreted, and tells the digest of all of them.
    public func finish() throws(IntakeError) -> FileDigest {
        form = .ended
        while !fileEnded {
            inputStart = inputEnd
            try fill()
        }
        return running.value
    }

    /// Reads a whole file, inflated where it is gzip.
    public static func readAll(path: String) throws(IntakeError) -> [UInt8] {
        try InflatingReader(path: path).readAll()
    }

    /// Reads all that is left of the inflated text.
    public func readAll() throws(IntakeError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.pieceSize)
        var count = 0
        while true {
            let got = try read(into: &bytes, at: count)
            if got == 0 { break }
            count += got
            if bytes.count - count < Self.pieceSize / 2 {
                bytes.append(contentsOf: repeatElement(0, count: bytes.count))
            }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private func fail(_ kind: IntakeError.Kind) -> IntakeError {
        form = .ended
        return IntakeError(path: path, kind: kind, byte: fileOffset)
    }

    /// Reads the next bytes of the file into `input`, all of which was used.
    private func fill() throws(IntakeError) {
        if fileEnded { return }
        inputOffset += inputEnd
        inputStart = 0
        inputEnd = 0
        do {
            inputEnd = try unsafe input.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        } catch {
            throw IntakeError(path: path, kind: .unreadable("\(error)"), byte: inputOffset)
        }
        if inputEnd == 0 { fileEnded = true }
        note(0..<inputEnd)
    }

    /// Sees from the first bytes what the file is.
    private func begin() throws(IntakeError) {
        if inputEnd == 0 { throw fail(.empty) }
        guard input[0] == 0x1F else {
            form = .plain
            return
        }
        while inputEnd < 2, !fileEnded {
            // A pipe may give a single byte first.
            try fillOneMore()
        }
        guard inputEnd < 2 || input[1] == 0x8B else {
            form = .plain
            return
        }
        try beginMember()
    }

    /// Begins the member that `input` goes on with.
    private func beginMember() throws(IntakeError) {
        memberStart = fileOffset
        memberDelivered = 0
        isFast = fast != nil && hasPlainHeader
        if isFast { fast?.reset() } else { try beginMemberForZlib() }
        form = .member
    }

    private func beginMemberForZlib() throws(IntakeError) {
        if let inflater {
            inflater.reset()
        } else {
            inflater = Inflater()
            if inflater == nil { throw fail(.unreadable("not enough memory to inflate it")) }
        }
    }

    /// Whether the header of a member is one in which there is nothing to find wrong: deflate, and no flags but that of a
    /// file's name.
    private var hasPlainHeader: Bool {
        inputEnd - inputStart >= 10 && input[inputStart + 1] == 0x8B && input[inputStart + 2] == 8
            && input[inputStart + 3] & ~8 == 0
    }

    /// Adds one byte to the first, for the look at a gzip header.
    private func fillOneMore() throws(IntakeError) {
        var count = 0
        do {
            count = try unsafe input.withUnsafeMutableBytes {
                try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[1..<2]))
            }
        } catch {
            throw IntakeError(path: path, kind: .unreadable("\(error)"), byte: inputOffset)
        }
        if count == 0 { fileEnded = true }
        note(1..<1 + count)
        inputEnd += count
    }

    /// Adds a part of `input` to the digest.
    private func note(_ range: Range<Int>) {
        let start = max(range.lowerBound, digestedCount - inputOffset)
        guard start < range.upperBound else { return }
        let bytes = input
        running.add(bytes.span.extracting(start..<range.upperBound))
        digestedCount = inputOffset + range.upperBound
    }

    private func inflate(into buffer: inout [UInt8], produced: inout Int) throws(IntakeError) {
        let before = produced
        if isFast, let fast {
            let outcome = fast.inflate(
                input, inputEnd: inputEnd, consumed: &inputStart, into: &buffer, produced: &produced)
            switch outcome {
            case .more: memberDelivered += produced - before
            case .memberEnd: form = .betweenMembers
            case .doubtful:
                produced = before
                try fallBack()
            }
            return
        }
        guard let inflater else { return }
        let outcome = inflater.inflate(
            input, inputEnd: inputEnd, consumed: &inputStart, into: &buffer, produced: &produced)
        switch outcome {
        case .more: break
        case .memberEnd: form = .betweenMembers
        case .damaged(let message):
            let fault = fail(.corruptGzip(message))
            // What stands before the damage is delivered first.
            if produced == before { throw fault }
            self.fault = fault
        }
    }

    /// Lets zlib inflate the present member anew, up to what was given of it, and whatever follows.
    private func fallBack() throws(IntakeError) {
        do {
            try file.seek(offset: Int64(memberStart), from: .start)
        } catch {
            throw IntakeError(path: path, kind: .unreadable("\(error)"), byte: memberStart)
        }
        inputOffset = memberStart
        inputStart = 0
        inputEnd = 0
        fileEnded = false
        fast = nil
        isFast = false
        try beginMemberForZlib()
        while memberDelivered > 0, form == .member {
            if inputStart == inputEnd { try fill() }
            let isUsedUp = inputStart == inputEnd
            var known = [UInt8](repeating: 0, count: min(memberDelivered, Self.pieceSize))
            var count = 0
            try inflate(into: &known, produced: &count)
            if let fault { throw fault }
            if isUsedUp, count == 0, form == .member { throw fail(.truncatedGzip) }
            memberDelivered -= count
        }
    }

    private func beginNextMember() throws(IntakeError) {
        while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
        if inputStart == inputEnd {
            if fileEnded { form = .ended }
            return
        }
        guard input[inputStart] == 0x1F else {
            throw fail(.corruptGzip("what follows the last gzip member is neither another one nor zeros"))
        }
        try beginMember()
    }
}
