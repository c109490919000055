import Foundation

/// What the operating system tells of this process.
enum ProcessMemory {
    /// The most memory it had so far, in bytes (`VmHWM`); nil where the system does not tell.
    static var peak: Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("VmHWM:") {
            return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 << 10 }
        }
        return nil
    }
}
