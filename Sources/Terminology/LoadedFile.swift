import AhoCorasick
import Dispatch
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads files into memory that the search for names then looks about in.
enum LoadedFile {
    /// The size of a huge page, at whose multiples the bytes begin.
    private static let hugePage = 1 << 21
    /// The bytes that a thread reads at a time.
    private static let stretch = 8 << 20

    /// The bytes of a file, in pages as large as the system has: a table of a hundred megabytes that is looked up at
    /// random waits for the translation of an address as often as for its bytes where the pages are small.
    static func region(path: String) throws(TerminologyError) -> MemoryRegion {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            defer { try? file.close() }
            let size = try Int(file.seek(offset: 0, from: .end))
            guard size > 0 else { throw TerminologyError.notADictionary(path: path, reason: "it is empty") }
            let reserved = size + hugePage
            let address = unsafe mmap(
                nil, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let address = unsafe address, unsafe address != MAP_FAILED else {
                throw Errno(rawValue: errno)
            }
            let padding = -Int(bitPattern: address) & (hugePage - 1)
            let bytes = unsafe UnsafeMutableRawBufferPointer(start: address + padding, count: size)
            // Where the system has no huge pages to give, it takes small ones. A small table would waste most of one.
            if size >= 4 * hugePage { _ = unsafe madvise(bytes.baseAddress, size, MADV_HUGEPAGE) }
            let region = unsafe MemoryRegion(
                unsafeBytes: UnsafeRawBufferPointer(bytes),
                release: { bytes in
                    let start = unsafe bytes.baseAddress.map { unsafe $0 - padding }
                    _ = unsafe munmap(UnsafeMutableRawPointer(mutating: start), reserved)
                })
            if let failure = unsafe fill(bytes, from: file) { throw failure }
            return region
        } catch let error as TerminologyError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    /// Reads a file into memory, by several threads: most of the time goes into making the pages.
    ///
    /// - Returns: why it could not be read; nil where it was.
    private static func fill(
        _ bytes: UnsafeMutableRawBufferPointer, from file: FileDescriptor
    ) -> Errno? {
        let failure = Mutex<Errno?>(nil)
        // As numbers: each thread has a stretch to itself.
        let (address, size) = (UInt(bitPattern: bytes.baseAddress), bytes.count)
        DispatchQueue.concurrentPerform(iterations: (size + stretch - 1) / stretch) { number in
            let end = min(size, (number + 1) * stretch)
            var done = number * stretch
            do {
                while done < end {
                    let got = try unsafe file.read(
                        fromAbsoluteOffset: Int64(done),
                        into: UnsafeMutableRawBufferPointer(
                            start: UnsafeMutableRawPointer(bitPattern: address + UInt(done)),
                            count: end - done))
                    // The file became shorter meanwhile.
                    guard got > 0 else { throw Errno.ioError }
                    done += got
                }
            } catch {
                failure.withLock { $0 = error as? Errno ?? .ioError }
            }
        }
        return failure.withLock { $0 }
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
