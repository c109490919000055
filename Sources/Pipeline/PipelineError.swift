/// What stops a run before or while it works; what concerns one record or one file does not, and is reported.
public enum PipelineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A species that neither the dictionary nor the table of usual names knows.
    case unknownSpecies(String, known: [String])
    /// A file that is needed cannot be read.
    case unreadable(path: String, reason: String)
    /// A file that is to be written cannot be.
    case unwritable(path: String, reason: String)
    /// There is no database to work on.
    case noDatabase(path: String)
    /// A species of which no evidence was extracted.
    case speciesNotExtracted(String, command: String)
    /// Articles of a kind for which the pipeline file has no section rules.
    case articlesNotExtracted(String, pipeline: String)
    /// A name that means no entity of the database, or several.
    case unknownEntity(String, candidates: [String])
    /// A run would take out more of what stands untouched than it may.
    case tooManyWithdrawals(Int, of: Int, share: Double)
    /// A new year's baseline is to take the place of the old one, and is not there as a whole.
    case baselineIncomplete(series: String, missing: [String])
    /// A new year's baseline is to take the place of the old one, and nobody has looked at what that changes.
    case baselineUnconfirmed(given: String?, command: String)
    /// A run would put in far more than runs usually do.
    case flood(
        String, count: Int, median: Double, runs: Int, multiple: Double, culprit: String, pipeline: String)
    /// One name would give a large share of what a run puts in.
    case nameFlood(String, count: Int, of: Int, share: Double, pipeline: String)
    /// Another program works on the database.
    case locked(database: String, owner: RunLock.Owner?)
    /// The file system knows no locks.
    case cannotLock(path: String, reason: String)
    /// The whole run failed on a file.
    case failedFile(path: String, reason: String)

    /// One sentence: what happened, and what to do.
    public var description: String {
        switch self {
        case .unknownSpecies(let name, let known):
            "the species \"\(name)\" is unknown: give a common name (\(known.joined(separator: ", "))), a scientific "
                + "name or an NCBI taxon id that the dictionaries hold"
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason)"
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)"
        case .noDatabase(let path):
            "\(path): there is no such database: make it with bioscribe run, or give another --database"
        case .speciesNotExtracted(let name, let command):
            "no evidence on genes of \(name) was extracted: \(command)"
        case .articlesNotExtracted(let what, let pipeline):
            "\(what): \(pipeline) has no section rules for such articles: add their file to sections: and run "
                + "bioscribe run \(pipeline) --reprocess"
        case .unknownEntity(let name, let candidates):
            candidates.isEmpty
                ? "nothing in the database is called \"\(name)\": bioscribe search \(name) looks for it in all texts"
                : "\"\(name)\" may be any of these; give one as a CURIE, or a --species:\n"
                    + candidates.map { "  " + $0 }.joined(separator: "\n")
        case .tooManyWithdrawals(let count, let all, let share):
            "\(count) of the \(all) statements that stand as the machine wrote them would be taken out, more than "
                + "thresholds: withdrawals: \(share) allows; nothing was written. See what has changed with bioscribe seed "
                + "--dry-run or bioscribe dictionary diff; if it is meant, raise the threshold for one run"
        case .baselineUnconfirmed(let given, let command):
            (given.map { "--confirm \($0) is not the code of these files; " } ?? "")
                + "nothing is replaced before you have seen what changes: \(command) shows it, and prints the code "
                + "that --confirm takes"
        case .baselineIncomplete(let series, let missing):
            series.isEmpty
                ? "no files of a numbered series are there: a new baseline needs them all"
                : "the new baseline \(series) is not whole: \(missing.count) files are missing or damaged, first "
                    + missing.prefix(3).joined(separator: ", ")
                    + ". Nothing was changed: bring them and run it again"
        case .flood(let what, let count, let median, let runs, let multiple, let culprit, let pipeline):
            "\(count) \(what) would be new, more than \(multiple) times the median of the last \(runs) runs with news, "
                + "\(ProgressDisplay.decimal(median, 1)) (thresholds: flood: \(multiple)); \(culprit). "
                + Self.nothingPublished(pipeline)
        case .nameFlood(let name, let count, let all, let share, let pipeline):
            "\(count) of the \(all) new bullets, more than thresholds: one-name: \(share) allows, come from \(name). "
                + Self.nothingPublished(pipeline)
        case .locked(let database, let owner):
            "\(database): another program works on the database: \(owner?.description ?? "it does not say which"); wait "
                + "until it has ended, or give --wait SECONDS"
        case .cannotLock(let path, let reason):
            "\(path): the file cannot be locked (\(reason)): keep the database on a local disk, since network file "
                + "systems lock neither it nor SQLite's log"
        case .failedFile(let path, let reason):
            "\(path): \(reason)"
        }
    }

    private static func nothingPublished(_ pipeline: String) -> String {
        "Nothing was published; the evidence is kept, and its articles wait. See them with bioscribe seed --species NAME "
            + "--pipeline \(pipeline) --dry-run; where a name misleads, add it to the block list and run again with "
            + "--reprocess; if all is meant, publish it with bioscribe run \(pipeline) --allow-flood"
    }
}
