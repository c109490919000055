import ArgumentParser
import Pipeline

/// The command line: one file a command, no logic of its own.
@main
struct BioScribe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bioscribe",
        abstract:
            "Turns the biomedical literature into gene, chemical and disease articles that people can trust, correct and be credited for.",
        version: PreparedPipeline.programVersion,
        groupedSubcommands: [
            CommandGroup(
                name: "The nightly run",
                subcommands: [
                    MirrorCommand.self, RunCommand.self, SeedCommand.self, UndoCommand.self, RunsCommand.self,
                    StatusCommand.self,
                ]),
            CommandGroup(
                name: "Articles",
                subcommands: [
                    SearchCommand.self, ArticleCommand.self, ExplainCommand.self, ExportCommand.self,
                    ImportHistoryCommand.self, ContributorsCommand.self,
                ]),
            CommandGroup(name: "Audit", subcommands: [TraceCommand.self, AuditCommand.self]),
            CommandGroup(
                name: "Curation",
                subcommands: [
                    RejectCommand.self, AdoptCommand.self, ReleaseCommand.self, RedactCommand.self,
                    QueueCommand.self,
                ]),
            CommandGroup(
                name: "Text mining",
                subcommands: [
                    SegmentCommand.self, TagCommand.self, AbbreviationsCommand.self, ClassifyCommand.self,
                    AttributeCommand.self,
                ]),
            CommandGroup(name: "Dictionaries", subcommands: [DictionaryCommand.self]),
            CommandGroup(
                name: "Measuring", subcommands: [BenchCommand.self, EvaluateCommand.self, TrainCommand.self]),
        ])

    static func main() async {
        ClosedPipe.endsTheProgram()
        FileSizeLimit.isAnError()
        await main(nil)
    }
}
