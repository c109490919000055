import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes a file so that nobody ever sees half of it.
public enum FileReplacement {
    /// Writes bytes under another name beside the file, and renames it. Where that fails nothing is left behind, and what
    /// was there is as it was.
    ///
    /// - Throws: `SiteError` with the path and the reason.
    public static func write(_ bytes: Data, to path: String) throws(SiteError) {
        try write([UInt8](bytes), to: path)
    }

    /// Writes bytes under another name beside the file, and renames it. Where that fails nothing is left behind, and what
    /// was there is as it was.
    ///
    /// - Throws: `SiteError` with the path and the reason.
    public static func write(_ bytes: [UInt8], to path: String) throws(SiteError) {
        let partial = path + ".part"
        let descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SiteError(path: partial, code: errno) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { rest in
                unsafe systemWrite(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                close(descriptor)
                _ = unsafe unlink(partial)
                throw SiteError(path: partial, code: code)
            }
            written += count
        }
        // Some file systems tell only now that there was no room.
        guard close(descriptor) == 0, unsafe rename(partial, path) == 0 else {
            let code = errno
            _ = unsafe unlink(partial)
            throw SiteError(path: path, code: code)
        }
    }

    /// Whether a file is there with just these bytes. Files of another length are not read.
    static func has(_ bytes: [UInt8], at path: String) -> Bool {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, Int(status.st_size) == bytes.count else { return false }
        // One byte more, so that a file that grows meanwhile is seen to.
        let found = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count + 1) { buffer, count in
            while count < buffer.count {
                let part = unsafe read(
                    descriptor, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
                if part < 0, errno == EINTR { continue }
                guard part > 0 else { return }
                count += part
            }
        }
        return found == bytes
    }
}

/// The corresponding C function is `write`; the name alone would mean the method.
private let systemWrite = unsafe write(_:_:_:)
