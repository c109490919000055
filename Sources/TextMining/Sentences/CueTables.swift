/// Tables of phrases that are asked about every word of a sentence: what is in none of them is told by one look at the
/// first three letters of the word.
struct CueTables: OptionSet, Sendable {
    let rawValue: UInt16

    /// Negating phrases.
    static var negations: CueTables { CueTables(rawValue: 1) }
    /// Words that open a clause.
    static var clauseOpeners: CueTables { CueTables(rawValue: 2) }
    /// Verbs that show that a clause has started.
    static var auxiliaries: CueTables { CueTables(rawValue: 4) }
    /// Hedges.
    static var speculations: CueTables { CueTables(rawValue: 8) }
    /// Phrases that settle the kind of a sentence.
    static var kinds: CueTables { CueTables(rawValue: 16) }
    /// Verbs that a title seldom has.
    static var kindVerbs: CueTables { CueTables(rawValue: 32) }
    /// Phrases of lines that state nothing.
    static var noStatements: CueTables { CueTables(rawValue: 64) }
    /// What is to come or was only measured.
    static var outlooks: CueTables { CueTables(rawValue: 128) }
    /// Words by which a sentence says what was found.
    static var findings: CueTables { CueTables(rawValue: 256) }
    /// Finite verbs.
    static var verbs: CueTables { CueTables(rawValue: 512) }
    /// Endings that add to something said before.
    static var additions: CueTables { CueTables(rawValue: 1_024) }
    /// Demonstratives and pronouns.
    static var references: CueTables { CueTables(rawValue: 2_048) }

    /// The tables that hold a phrase which begins like a word, by the opening of the word.
    static let byOpening: [CueTables] = {
        var tables = [CueTables](repeating: [], count: WordOpening.count)
        NegationCues.table.mark(in: &tables)
        NegationCues.clauseOpeners.mark(in: &tables)
        ClauseVerbs.auxiliaries.mark(in: &tables)
        SpeculationCues.table.mark(in: &tables)
        KindCues.table.mark(in: &tables)
        SentenceKindModel.verbs.mark(in: &tables)
        StatementFilter.phrases.mark(in: &tables)
        StyleCues.outlooks.mark(in: &tables)
        StyleCues.findings.mark(in: &tables)
        StyleCues.verbs.mark(in: &tables)
        AnaphoraCues.additions.mark(in: &tables)
        AnaphoraCues.references.mark(in: &tables)
        return tables
    }()
}
