import Corpus
import GRDB

/// How many files were read with something else than now.
public struct Staleness: Hashable, Sendable {
    /// Another version of the program.
    public var program = 0
    /// Other section rules.
    public var rules = 0
    /// Another dictionary.
    public var dictionary = 0
    /// Other species.
    public var species = 0

    /// None at all.
    public init() {}

    init(program: Int, rules: Int, dictionary: Int, species: Int) {
        self.program = program
        self.rules = rules
        self.dictionary = dictionary
        self.species = species
    }
}

/// The newest source file, and when it was read.
public struct NewestFile: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// When the run that read it began, in UTC.
    public var read: String
}

/// A dictionary that files in the database were read with.
public struct DictionaryUse: Hashable, Sendable {
    /// Its digest.
    public var digest: String
    /// How many files.
    public var files: Int
    /// When the first run with it began, in UTC.
    public var since: String
}

extension Store {
    /// How many files were read with another program, other rules, another dictionary or other species than these.
    ///
    /// - Throws: `StoreError`.
    public func staleness(against digests: ExtractionDigests) throws -> Staleness {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT coalesce(sum(program <> ?), 0), coalesce(sum(rules <> ?), 0),
                        coalesce(sum(dictionary <> ?), 0), coalesce(sum(species <> ?), 0)
                    FROM sourceFile
                    """,
                arguments: [digests.program, digests.rules, digests.dictionary, digests.species])
            guard let row else { return Staleness() }
            return Staleness(program: row[0], rules: row[1], dictionary: row[2], species: row[3])
        }
    }

    /// The file with the highest place in file order; nil where none was read.
    ///
    /// - Throws: `StoreError`.
    public func newestFile() throws -> NewestFile? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT sourceFile.name, run.started FROM sourceFile JOIN run ON run.number = sourceFile.run
                    ORDER BY sourceFile.place DESC LIMIT 1
                    """
            ).map { NewestFile(name: $0[0], read: $0[1]) }
        }
    }

    /// When the last run over a pipeline ended well, in UTC; nil where none has.
    ///
    /// - Throws: `StoreError`.
    public func lastSuccess() throws -> String? {
        try read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT ended FROM run WHERE status = 'done' AND json_extract(counts, '$.files') IS NOT NULL
                    ORDER BY number DESC LIMIT 1
                    """)
        }
    }

    /// The dictionaries that the files in the database were read with, the newest first.
    ///
    /// - Throws: `StoreError`.
    public func dictionaryUses() throws -> [DictionaryUse] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT sourceFile.dictionary, count(*),
                        (SELECT started FROM run WHERE dictionary = sourceFile.dictionary ORDER BY number LIMIT 1)
                    FROM sourceFile GROUP BY sourceFile.dictionary ORDER BY max(sourceFile.run) DESC
                    """
            ).map { row in
                let since: String? = row[2]
                return DictionaryUse(digest: row[0], files: row[1], since: since ?? "")
            }
        }
    }

    /// The species of the genes that have articles, with how many, by taxon.
    ///
    /// - Throws: `StoreError`.
    public func articleCounts() throws -> [(taxon: TaxonID, articles: Int)] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT taxon, count(*) FROM article JOIN entity ON entity.id = article.entity
                    WHERE taxon IS NOT NULL GROUP BY taxon ORDER BY taxon
                    """
            ).map { (TaxonID($0[0]), $0[1]) }
        }
    }
}
