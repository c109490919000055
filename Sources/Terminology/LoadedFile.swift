import AhoCorasick
import Dispatch
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file in memory, where the search for names then looks about in it.
struct LoadedFile {
    /// The size of a huge page, at whose multiples the bytes begin, and the bytes that a thread reads at a time: so each
    /// page is made by one thread, the one that fills it.
    private static let hugePage = 1 << 21

    /// The bytes of the file.
    let region: MemoryRegion
    /// Whether it ends with the checksum of all that comes before.
    let hasRightChecksum: Bool

    /// Reads a file into pages as large as the system has: a table of a hundred megabytes that is looked up at random waits
    /// for the translation of an address as often as for its bytes where the pages are small.
    init(path: String) throws(TerminologyError) {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            defer { try? file.close() }
            let size = try Int(file.seek(offset: 0, from: .end))
            guard size > 0 else { throw TerminologyError.notADictionary(path: path, reason: "it is empty") }
            let reserved = size + Self.hugePage
            let address = unsafe mmap(
                nil, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let address = unsafe address, unsafe address != MAP_FAILED else {
                throw Errno(rawValue: errno)
            }
            let padding = -Int(bitPattern: address) & (Self.hugePage - 1)
            let bytes = unsafe UnsafeMutableRawBufferPointer(start: address + padding, count: size)
            // Where the system has no huge pages to give, it takes small ones. A small table would waste most of one.
            if size >= 4 * Self.hugePage { _ = unsafe madvise(bytes.baseAddress, size, MADV_HUGEPAGE) }
            region = unsafe MemoryRegion(
                unsafeBytes: UnsafeRawBufferPointer(bytes),
                release: { bytes in
                    let start = unsafe bytes.baseAddress.map { unsafe $0 - padding }
                    _ = unsafe munmap(UnsafeMutableRawPointer(mutating: start), reserved)
                })
            hasRightChecksum = try unsafe Self.fill(bytes, of: region, from: file)
        } catch let error as TerminologyError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    /// Reads a file into the memory of a region by several threads: most of the time goes into making the pages. Each block
    /// is looked at by the thread that has just read it, while it lies in its cache. Nobody else has the region yet, whose
    /// bytes do not change any more once this is done.
    ///
    /// - Returns: whether it ends with its checksum.
    /// - Throws: why it could not be read.
    private static func fill(
        _ bytes: UnsafeMutableRawBufferPointer, of region: MemoryRegion, from file: FileDescriptor
    ) throws(Errno) -> Bool {
        // As numbers: each thread has a stretch to itself.
        let (address, size) = (UInt(bitPattern: bytes.baseAddress), bytes.count)
        let words = Checksum.words(of: region)
        let blockCount = words.map(Checksum.blockCount) ?? 0
        let hashes = Mutex([UInt64](repeating: 0, count: blockCount))
        let failure = Mutex<Errno?>(nil)
        DispatchQueue.concurrentPerform(iterations: (size + hugePage - 1) / hugePage) { number in
            let end = min(size, (number + 1) * hugePage)
            for start in stride(from: number * hugePage, to: end, by: Checksum.blockSize) {
                let bytes = unsafe UnsafeMutableRawBufferPointer(
                    start: UnsafeMutableRawPointer(bitPattern: address + UInt(start)),
                    count: min(Checksum.blockSize, end - start))
                if let errno = unsafe read(bytes, from: file, at: start) {
                    failure.withLock { $0 = errno }
                    return
                }
                let block = start / Checksum.blockSize
                guard let words, block < blockCount else { continue }
                let hash = Checksum.hash(ofBlock: block, of: words)
                hashes.withLock { $0[block] = hash }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard let words else { return false }
        return Checksum.isRight(in: words, hashesOfBlocks: hashes.withLock { $0 })
    }

    /// Fills a buffer from a place in a file.
    ///
    /// - Returns: why that could not be done; nil where it was.
    private static func read(
        _ bytes: UnsafeMutableRawBufferPointer, from file: FileDescriptor, at offset: Int
    ) -> Errno? {
        var done = 0
        do {
            while done < bytes.count {
                let got = try unsafe file.read(
                    fromAbsoluteOffset: Int64(offset + done),
                    into: UnsafeMutableRawBufferPointer(rebasing: bytes[done...]))
                // The file became shorter meanwhile.
                guard got > 0 else { return .ioError }
                done += got
            }
        } catch {
            return error as? Errno ?? .ioError
        }
        return nil
    }

    /// Whether a path is a file that begins with a little-endian word.
    static func begins(_ path: String, with word: UInt64) -> Bool {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return false }
        defer { try? file.close() }
        var bytes = [UInt8](repeating: 0, count: 8)
        guard let count = try? unsafe bytes.withUnsafeMutableBytes({ try unsafe file.read(into: $0) }),
            count == 8
        else { return false }
        return bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) } == word
    }
}
