import AhoCorasick
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Maps files into memory for reading.
enum MappedFile {
    /// The bytes of a file, mapped. The mapping lasts as long as the region; the file must not be changed in place
    /// meanwhile, which holds since compiled dictionaries are only ever replaced as a whole.
    static func region(path: String) throws(TerminologyError) -> MemoryRegion {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            defer { try? file.close() }
            let size = try Int(file.seek(offset: 0, from: .end))
            guard size > 0 else { throw TerminologyError.notADictionary(path: path, reason: "it is empty") }
            let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file.rawValue, 0)
            guard let address = unsafe address, unsafe address != MAP_FAILED else {
                throw Errno(rawValue: errno)
            }
            return unsafe MemoryRegion(
                unsafeBytes: UnsafeRawBufferPointer(start: address, count: size),
                release: { bytes in
                    _ = unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
                })
        } catch let error as TerminologyError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
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
