import ArgumentParser
import Pipeline

struct MirrorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror",
        abstract: "Brings PubMed's files from a server into a folder, and keeps them as the server has them.",
        discussion: """
            Brings the files *.xml.gz that the address lists and that are missing or differ, and checks each against \
            the .md5 beside it before it gets its name. A download that breaks off goes on where it was, in this run or \
            the next. Files that the server no longer lists are kept. Exit codes: 0 all files are there, 1 failed or \
            stopped, 3 some files could not be brought and are named, 64 wrong usage.
            """)

    @Argument(help: "The address of the folder, such as https://ftp.ncbi.nlm.nih.gov/pubmed/updatefiles/.")
    var address: String

    @Argument(help: "The folder to keep the files in; made where it is not there.")
    var folder: String

    @Option(help: "How many requests may be under way at once, from 1 to 16.")
    var connections = 2

    @Option(help: "The least time from one request to the next, in seconds.")
    var pause = 0.1

    @Option(help: "How long nothing may come before an attempt is given up, in seconds.")
    var timeout = 60.0

    @Option(help: "How many attempts in a row may fail before a file is left for the next run.")
    var attempts = 7

    @Flag(help: "Compare all files with the server's checksums, also those that look unchanged.")
    var check = false

    @Flag(help: "Only tell what would be brought.")
    var dryRun = false

    @Option(help: "auto, plain, json or none.")
    var progress: ProgressDisplay.Style = .auto

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        do {
            _ = try MirrorAddress(address)
        } catch {
            throw ValidationError("\(error)")
        }
        if !(1...16).contains(connections) {
            throw ValidationError("Please give --connections a number from 1 to 16.")
        }
        if !(0...3600).contains(pause) {
            throw ValidationError("Please give --pause seconds from 0 to 3600.")
        }
        if !(0.1...86_400).contains(timeout) {
            throw ValidationError("Please give --timeout seconds from 0.1 to 86400.")
        }
        if attempts < 1 { throw ValidationError("Please give --attempts a number from 1 up.") }
    }

    func run() async throws {
        var options = MirrorRun.Options()
        options.connections = connections
        options.pause = .seconds(pause)
        options.idle = .seconds(timeout)
        options.retry.attempts = attempts
        options.dryRun = dryRun
        options.check = check
        let mirror = MirrorRun(
            try MirrorAddress(address), folder: folder, options: options,
            progress: ProgressDisplay(style: progress))
        let summary = try await StopSignals.heeded { try await mirror.run() }
        try LineOutput.open { try $0.write(json ? summary.json : summary.text + "\n") }
        if summary.exitCode != 0 { throw ExitCode(summary.exitCode) }
    }
}
