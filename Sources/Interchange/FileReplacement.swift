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
        let partial = path + ".part"
        let descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SiteError(path: partial, code: errno) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[(bytes.startIndex + written)...].withUnsafeBytes { rest in
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
}

/// The corresponding C function is `write`; the name alone would mean the method.
private let systemWrite = unsafe write(_:_:_:)
