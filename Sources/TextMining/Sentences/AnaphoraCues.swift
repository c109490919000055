/// How the opening of a sentence leans on its neighbours.
enum OpeningCue: Sendable {
    /// A connective that may be dropped: what follows decides.
    case connective
    /// A connective that compares with something not said: `Similarly`.
    case comparing
}

/// The words by which a sentence leans on its neighbours, by linguistic class. A curator may add to any row:
/// phrases in lower case between commas, `*` for any ending.
enum AnaphoraCues {
    /// Connectives at the start of a sentence.
    static let openings = CueTable<OpeningCue>([
        (
            """
            furthermore, moreover, however, additionally, in addition, finally, interestingly, thus, therefore, hence,
            consequently, in contrast, by contrast, conversely, here, herein, indeed, importantly, notably,
            surprisingly, unexpectedly, strikingly, remarkably, intriguingly, accordingly, in conclusion,
            in summary, to conclude, to summarize, taken together, taken altogether, together, collectively,
            altogether, overall, in particular, specifically, also, besides, further, first, firstly, second,
            secondly, third, thirdly, lastly, next, then, subsequently, meanwhile, nevertheless, nonetheless, instead,
            on the other hand, on the contrary, and, but, yet, so, as a result, for example, for instance, in fact,
            of note, of interest, more importantly, most importantly, more recently, recently, previously, currently,
            in turn, mechanistically, clinically, functionally, as expected, in general, rather, still, alternatively
            """, .connective
        ),
        (
            "similarly, likewise, in the same way, in a similar manner, in this case, in these cases",
            .comparing
        ),
    ])

    /// Nouns that mean the paper itself behind `this` and `these`: nothing is missing.
    static let selfReferences = CueTable<Bool>([
        (
            """
            study, studies, work, paper, report, review, article, issue, trial, communication, investigation, research,
            chapter, meta-analysis, manuscript, overview, survey, project, contribution, letter, year, decade, century,
            cell model
            """, true
        )
    ])

    /// Nouns that stand for the results of the paper behind `these`: nothing is missing where they say something.
    static let results = CueTable<Bool>([
        (
            """
            results, findings, data, observations, experiments, analyses, studies, result, finding, observation,
            combined, new, preliminary, novel, present
            """, true
        )
    ])

    /// Verbs by which results say something.
    static let reporting = CueTable<Bool>([
        (
            """
            suggest*, indicate*, demonstrat*, show*, reveal*, support*, provide*, establish*, identif*, confirm*,
            imply, implies, implicate*, point*, highlight*, define*, uncover*, underscore*, therefore, thus, strongly,
            together, collectively, clearly, further, also, argue*, raise*, extend*, prove*, illustrate*, emphasi*,
            offer*, document*, add*, describe*
            """, true
        )
    ])

    /// `It` that stands for a clause to come.
    static let expletives = CueTable<Bool>([
        (
            """
            it is, it was, it has been, it has long been, it has recently been, it remains, it appears that,
            it seems that, it became, it will be, it would be, it may be, it can be, it could be, it should be,
            it has become, it might be, it turned out
            """, true
        )
    ])

    /// Judgements of a clause to come: `it is possible to`.
    static let judgements = CueTable<Bool>([
        (
            """
            possible to, necessary to, important to, difficult to, tempting to, interesting to, essential to,
            impossible to, reasonable to, of interest to, feasible to, easy to, useful to, crucial to, critical to
            """, true
        )
    ])

    /// Pronouns that need someone or something said before.
    static let pronouns = CueTable<Bool>([
        (
            """
            it, its, they, their, them, he, she, his, her, both were, both are, both of, each of these, one of these,
            some of these, many of these, most of these, all of these, two of these, three of these, none of these,
            several of these, the latter, the former, the others, the other, others, another, the same, such, the two,
            the three, the four, all three, all four, neither of, neither was, the resulting, the remaining, the above,
            the aforementioned, said
            """, true
        )
    ])

    /// Nouns that, bare behind `the`, were introduced before: `The phenotype was …`.
    static let bareNouns = CueTable<Bool>([
        (
            """
            gene, genes, protein, proteins, cdna, cdnas, mrna, clone, clones, sequence, sequences, phenotype,
            phenotypes, mutation, mutations, mutant, mutants, patient, patients, effect, effects, expression pattern,
            pattern, candidate, candidates, enzyme, receptor, complex, peptide, product, products, transcript,
            transcripts, polypeptide, domain, fragment, interaction, inhibition, increase, decrease, reduction,
            response, responses, difference, differences, association, locus, allele, variant, variants, family,
            proband, promoter, deletion, insertion, antibody, compound, compounds, inhibitor, process, mechanism,
            pathway, change, changes, defect, defects, activity, activation, animals, mice, cells, tumors, tumours,
            disease, disorder, treatment, authors, transgene, construct, probe, homolog, homologue, polymorphism, chain
            """, true
        )
    ])

    /// Words behind such a noun that complete it: `the gene for`, `the protein encoded by`.
    static let completions = CueTable<Bool>([
        (
            """
            of, for, in, from, encoding, encoded, that, between, with, on, by, to, among, associated, responsible,
            involved, which, coding, known, called, named, at, against, within, containing, carrying, expressing
            """, true
        )
    ])

    /// Endings that add to something said before: `was also reduced`, `was measured as well`.
    static let additions = CueTable<Bool>(
        as: .additions,
        [
            ("was also, were also, also were, also was, as well", true)
        ])

    /// Words that may mean something said before.
    static let references = CueTable<Bool>(as: .references, [("this, these, those, it, they", true)])

    /// Changes whose cause was said before where `also` stands with them.
    static let changes = CueTable<Bool>([
        (
            """
            reduced, decreased, increased, upregulated, up-regulated, downregulated, down-regulated, elevated,
            abolished, enhanced, inhibited, suppressed, attenuated, diminished, impaired, affected, induced, lower,
            higher, altered, lost, blocked, prevented, restored
            """, true
        )
    ])
}
