import Foundation
import Intake
import Store

/// Which of a pipeline's files a run reads: what the ledger and the names tell, before any file is opened for its records.
///
/// A file whose size and time of change are those of the ledger is known without being read. Any other is read to its end for
/// its digests, and must have the MD5 that stands beside it, where one does.
struct SourceSelection {
    /// A file that is there.
    struct Source: Sendable {
        var path: String
        var file: SourceFile
    }

    /// What is asked for.
    struct Request {
        /// What files are extracted with.
        var digests: ExtractionDigests
        /// Read again what was extracted with something else.
        var reprocess = false
        /// Do not trust sizes and times of change.
        var verifies = false
        /// Whether files wait for earlier ones that are missing.
        var waits = false
        /// How many files a new year's baseline has, where it is to take the place of the old one.
        var newBaseline: Int?
    }

    /// The files to read, in file order.
    private(set) var sources: [Source] = []
    /// Files that were read as they are.
    private(set) var known = 0
    /// Files that were extracted with something else.
    private(set) var outOfDate = 0
    /// Files that cannot be used, with the reasons.
    private(set) var failures: [RunSummary.Failure] = []
    /// Files that are missing in their series: names, and ranges of names.
    private(set) var missing: [String] = []
    /// Files that are not read as long as earlier ones are missing.
    private(set) var waiting: [String] = []
    /// Files of a year whose place a later one has taken.
    private(set) var superseded = 0
    /// A later year's files, which are not read before they are asked for.
    private(set) var nextYear: NextYear?
    /// Files that are known, but whose size or time of change must be noted.
    private(set) var seen: [SourceFile] = []
    /// The files of a new baseline that was asked for, those read before with them.
    private(set) var baseline: [Source] = []
    /// All files that can be read, by name.
    private(set) var usable: [String: Source] = [:]

    /// The files of a year that is later than those in the ledger.
    struct NextYear: Hashable {
        /// The series: `pubmed27n`.
        var series: String
        /// How many files are there.
        var count: Int
    }

    /// Looks at the files.
    ///
    /// - Parameters:
    ///   - paths: The files, in file order.
    ///   - ledger: What the database has of files.
    /// - Throws: `PipelineError.baselineIncomplete` where a new baseline was asked for that is not there as a whole, `CancellationError`.
    init(_ paths: [String], ledger: [LedgerEntry], _ request: Request) throws {
        let entries = Dictionary(ledger.map { ($0.file.name, $0) }, uniquingKeysWith: { first, _ in first })
        let named = paths.map { (path: $0, series: SeriesName($0)) }
        let years = Self.years(
            of: ledger.compactMap { SeriesName($0.file.name) }, and: named.compactMap(\.series))
        for (path, series) in named {
            try Task.checkCancellation()
            if let series, let year = years[series.prefix],
                entries[URL(filePath: path).lastPathComponent] == nil
            {
                if series.year < year {
                    superseded += 1
                    continue
                }
                if series.year > year, request.newBaseline == nil {
                    nextYear = NextYear(
                        series: max(nextYear?.series ?? "", series.series), count: (nextYear?.count ?? 0) + 1)
                    continue
                }
            }
            look(at: path, entries: entries, request)
        }
        findMissing(entries, request)
        if let count = request.newBaseline { try requireBaseline(of: count, named.compactMap(\.series)) }
    }

    /// The year that counts in each series: the latest of the ledger. Where the ledger has none, the latest of which the
    /// first file is there, since that is a baseline.
    private static func years(of ledger: [SeriesName], and files: [SeriesName]) -> [String: Int] {
        let starts = files.filter { $0.ordinal == 1 }
        func latest(_ names: [SeriesName]) -> [String: Int] {
            Dictionary(names.map { ($0.prefix, $0.year) }, uniquingKeysWith: max)
        }
        return latest(starts).merging(latest(ledger)) { _, own in own }
    }

    private mutating func look(at path: String, entries: [String: LedgerEntry], _ request: Request) {
        let name = URL(filePath: path).lastPathComponent
        let entry = entries[name]
        let facts = FileFacts(path)
        let file: SourceFile
        if let entry, let facts, !request.verifies, entry.file.modified == facts.modified,
            entry.file.size == facts.size
        {
            file = SourceFile(
                name: name, size: facts.size, sha256: entry.file.sha256, digests: request.digests,
                modified: facts.modified, md5: entry.file.md5)
        } else {
            do {
                let checksums = try ChecksumFile.beside(path)?.verify(path)
                let digest = try checksums?.digest ?? FileDigest(ofFile: path)
                file = SourceFile(
                    name: name, size: digest.byteCount, sha256: digest.sha256, digests: request.digests,
                    modified: facts?.modified, md5: checksums?.md5)
            } catch {
                failures.append(RunSummary.Failure(file: name, reason: "\(error)"))
                return
            }
        }
        let source = Source(path: path, file: file)
        usable[name] = source
        switch entry?.standing(of: file) ?? .unknown {
        case .unknown, .changed, .mustReread: sources.append(source)
        case .outOfDate:
            if request.reprocess { sources.append(source) } else { outOfDate += 1 }
        case .current:
            known += 1
            if let entry, entry.file.modified != file.modified || entry.file.md5 != file.md5 {
                seen.append(file)
            }
        }
    }

    // MARK: - Series

    private mutating func findMissing(_ entries: [String: LedgerEntry], _ request: Request) {
        let names = Set(usable.keys).union(entries.keys).compactMap { SeriesName($0) }
        var firstGaps: [String: Int] = [:]
        for (series, files) in Dictionary(grouping: names, by: \.series).sorted(by: { $0.key < $1.key }) {
            let ordinals = files.map(\.ordinal).sorted()
            guard let sample = files.min(by: { $0.ordinal < $1.ordinal }) else { continue }
            for (one, next) in zip(ordinals, ordinals.dropFirst()) where next > one + 1 {
                firstGaps[series] = firstGaps[series] ?? one + 1
                let first = sample.name(ofOrdinal: one + 1)
                missing.append(next == one + 2 ? first : "\(first) … \(sample.name(ofOrdinal: next - 1))")
            }
        }
        guard request.waits else { return }
        let waits = sources.filter { source in
            guard let name = SeriesName(source.file.name), let gap = firstGaps[name.series] else {
                return false
            }
            return name.ordinal > gap
        }.map(\.file.name)
        waiting = waits
        sources.removeAll { waits.contains($0.file.name) }
    }

    /// A new baseline is all of its files, each whole.
    private mutating func requireBaseline(of count: Int, _ names: [SeriesName]) throws(PipelineError) {
        guard let last = names.max(by: { ($0.year, $0.ordinal) < ($1.year, $1.ordinal) }) else {
            throw .baselineIncomplete(series: "", missing: [])
        }
        let lacking = (1...max(1, count)).map { last.name(ofOrdinal: $0) }.filter { usable[$0] == nil }
        guard lacking.isEmpty else { throw .baselineIncomplete(series: last.series, missing: lacking) }
        baseline = usable.values.filter { SeriesName($0.file.name)?.series == last.series }
            .sorted { FileOrder(name: $0.file.name) < FileOrder(name: $1.file.name) }
    }

    /// The files that the files of a later year among them take the place of.
    static func replaced(by files: [String]) -> [String] {
        let names = files.compactMap { SeriesName($0) }
        let years = Dictionary(names.map { ($0.prefix, $0.year) }, uniquingKeysWith: max)
        return files.filter { name in
            SeriesName(name).map { $0.year < years[$0.prefix] ?? 0 } ?? false
        }
    }
}

/// What the file system tells of a file.
struct FileFacts: Hashable {
    /// The size in bytes.
    var size: Int
    /// When it was changed last, in nanoseconds since 1970.
    var modified: Int64

    /// Nil where there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
