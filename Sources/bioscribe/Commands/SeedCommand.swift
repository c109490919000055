import ArgumentParser
import Pipeline

struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract:
            "Writes the articles of a species, or on chemicals or diseases, anew from the evidence in the database."
    )

    /// Articles that have no species.
    enum Articles: String, ExpressibleByArgument, CaseIterable {
        case chemical, disease
    }

    @Option(help: "The genes of a species: common name, scientific name or taxon id.")
    var species: String?

    @Option(help: "In place of a species: chemical or disease.")
    var articles: Articles?

    @Option(help: "Only this one: a CURIE, a symbol or a preferred name. May be repeated.")
    var entity: [String] = []

    @Option(help: "The pipeline file whose rules, dictionaries and settings are used.")
    var pipeline = "Pipelines/quickstart.yaml"

    @Option(help: "The database instead of the pipeline's.")
    var database: String?

    @Option(help: "How many threads work (default: the number of cores).")
    var jobs: Int?

    @Flag(help: "Only tell what would change.")
    var dryRun = false

    @OptionGroup var wait: WaitOptions

    func validate() throws {
        if (species == nil) == (articles == nil) {
            throw ValidationError("Please give either --species or --articles.")
        }
        if let jobs, jobs < 1 { throw ValidationError("Please give --jobs a number from 1 up.") }
    }

    func run() async throws {
        let subject: SeedRun.Subject =
            switch articles {
            case .chemical: .chemicals
            case .disease: .diseases
            case nil: .species(species ?? "")
            }
        var seeding = try SeedRun(PipelineFile.read(pipeline), subject)
        seeding.entities = entity
        seeding.database = database
        seeding.isDryRun = dryRun
        if let jobs { seeding.jobs = jobs }
        seeding.wait = wait.duration
        let work = seeding
        print(try await stoppable { try await work.run(onNotice: Notice.say) })
    }
}
