import ArgumentParser
import Pipeline

struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract: "Writes the articles of a species anew from the evidence in the database.")

    @Option(help: "Common name, scientific name or taxon id.")
    var species: String

    @Option(help: "Only this gene: a CURIE or a symbol. May be repeated.")
    var entity: [String] = []

    @Option(help: "The pipeline file whose rules, dictionaries and settings are used.")
    var pipeline = "Pipelines/quickstart.yaml"

    @Option(help: "The database instead of the pipeline's.")
    var database: String?

    @Option(help: "How many threads work (default: the number of cores).")
    var jobs: Int?

    @Flag(help: "Only tell what would change.")
    var dryRun = false

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("Please give --jobs a number from 1 up.") }
    }

    func run() async throws {
        var seeding = try SeedRun(PipelineFile.read(pipeline), species: species)
        seeding.entities = entity
        seeding.database = database
        seeding.isDryRun = dryRun
        if let jobs { seeding.jobs = jobs }
        print(try await seeding.run(onNotice: Notice.say))
    }
}
