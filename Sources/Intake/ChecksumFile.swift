import Foundation

/// The MD5 that a file of the suffix `.md5` states of the file beside it, as NLM publishes one with every file of PubMed.
///
/// MD5 tells a file that was damaged on its way from a whole one. It protects against nobody who wants to deceive.
public struct ChecksumFile: Hashable, Sendable {
    /// The suffix that such a file adds to the name of its subject.
    public static let suffix = ".md5"
    /// The most bytes of such a file that are read: real ones have under a hundred.
    static let sizeLimit = 1 << 16

    /// The path of the checksum file.
    public let path: String
    /// The digest as 32 lower-case hexadecimal digits.
    public let md5: String

    /// Reads a checksum file.
    ///
    /// - Throws: when it cannot be read, or states no MD5 of the file it stands beside.
    public init(path: String) throws(ChecksumError) {
        var bytes: [UInt8] = []
        do throws(IntakeError) {
            let reader = try InflatingReader(path: path)
            var buffer = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
            while bytes.count <= Self.sizeLimit {
                let count = try reader.read(into: &buffer, at: 0)
                if count == 0 { break }
                bytes += buffer[..<count]
            }
        } catch {
            guard case .empty = error.kind else { throw ChecksumError(path: path, kind: .unreadable(error)) }
        }
        try self.init(bytes, path: path)
    }

    /// Understands the text of a checksum file: `MD5(name)= digits` as OpenSSL and NLM write it, `MD5 (name) = digits` of
    /// the BSDs, `digits  name` and `digits *name` of md5sum, or the digits alone.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - path: where it stands or will stand; without `.md5` at its end it names the file it is about.
    /// - Throws: when the text states no MD5 of that file, as when it was cut short.
    public init(_ bytes: [UInt8], path: String) throws(ChecksumError) {
        func malformed(_ reason: String) -> ChecksumError {
            ChecksumError(path: path, kind: .malformed(reason))
        }
        guard bytes.count <= Self.sizeLimit else {
            throw malformed("it is longer than \(Self.sizeLimit) bytes")
        }
        let subject = Self.lastComponent(
            path.hasSuffix(Self.suffix) ? path.dropLast(Self.suffix.count) : path[...])
        var others: [String] = []
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let text = line.drop(while: \.isWhitespace)
            guard !text.isEmpty else { continue }
            guard let (digits, name) = Self.parse(text) else {
                throw malformed("this line states no MD5 of 32 hexadecimal digits: \"\(text.prefix(80))\"")
            }
            if let name, name != subject {
                others.append(name)
                continue
            }
            self.path = path
            md5 = digits
            return
        }
        throw malformed(others.isEmpty ? "it is empty" : "it is about \(others[0]), not about \(subject)")
    }

    /// The path of the checksum file of a file.
    public static func path(beside file: String) -> String { file + suffix }

    /// The checksum file beside a file; nil where there is none.
    ///
    /// - Throws: when there is one that cannot be used.
    public static func beside(_ file: String) throws(ChecksumError) -> ChecksumFile? {
        let path = path(beside: file)
        return FileManager.default.fileExists(atPath: path) ? try ChecksumFile(path: path) : nil
    }

    /// Reads a file to its end and compares its MD5 with the one that is stated here.
    ///
    /// - Parameter file: its path; the file beside the checksum file when nil.
    /// - Returns: the size and both digests of the file.
    /// - Throws: when the file cannot be read or is another.
    @discardableResult
    public func verify(_ file: String? = nil) throws(ChecksumError) -> FileChecksums {
        let file = file ?? (path.hasSuffix(Self.suffix) ? String(path.dropLast(Self.suffix.count)) : path)
        let found: FileChecksums
        do throws(IntakeError) {
            found = try FileChecksums(ofFile: file)
        } catch {
            throw ChecksumError(path: file, kind: .unreadable(error))
        }
        guard found.md5 == md5 else {
            throw ChecksumError(
                path: file, kind: .mismatch(stated: md5, found: found.md5, byteCount: found.digest.byteCount))
        }
        return found
    }

    /// The text as NLM writes it, with a line end.
    public static func text(md5: String, of name: String) -> String { "MD5(\(name))= \(md5)\n" }

    /// The digits and the name that a line states; the name is nil where it states none.
    private static func parse(_ line: Substring) -> (digits: String, name: String?)? {
        if let open = line.firstIndex(of: "("), line[..<open].trimmed.lowercased() == "md5" {
            guard let equals = line.lastIndex(of: "="),
                let close = line[..<equals].lastIndex(of: ")"), close > open,
                let digits = digits(line[line.index(after: equals)...].trimmed)
            else { return nil }
            return (digits, lastComponent(line[line.index(after: open)..<close]))
        }
        let end = line.firstIndex(where: \.isWhitespace) ?? line.endIndex
        guard let digits = digits(line[..<end]) else { return nil }
        var name = line[end...].trimmed
        if name.first == "*" { name = name.dropFirst() }
        return (digits, name.isEmpty ? nil : lastComponent(name))
    }

    private static func digits(_ text: Substring) -> String? {
        let bytes = text.utf8
        let isDigest =
            bytes.count == 32
            && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
        return isDigest ? text.lowercased() : nil
    }

    private static func lastComponent(_ path: Substring) -> String {
        String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }
}

/// Why a file cannot be checked, or is not what its checksum says.
public struct ChecksumError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault.
    public enum Kind: Hashable, Sendable {
        /// The file or its checksum cannot be read.
        case unreadable(IntakeError)
        /// The checksum file states no checksum; what is wrong with it.
        case malformed(String)
        /// The file has another MD5 than is stated.
        case mismatch(stated: String, found: String, byteCount: Int)
    }

    /// The file with the fault: the checksum file, or for a mismatch its subject.
    public var path: String
    /// The kind of fault.
    public var kind: Kind

    /// Makes an error.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// One sentence: the file, what happened and what to do.
    public var description: String {
        switch kind {
        case .unreadable(let error): error.description
        case .malformed(let reason): "\(path): this is no checksum file: \(reason); fetch it again"
        case .mismatch(let stated, let found, let byteCount):
            "\(path): the MD5 of its \(byteCount) bytes is \(found), its checksum file says \(stated); fetch it again"
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
