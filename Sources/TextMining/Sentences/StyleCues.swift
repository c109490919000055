/// The words by which the style of a sentence is told. A curator may add to any row: phrases in lower case between
/// commas, `*` for any ending.
enum StyleCues {
    enum Cue: Sendable {
        case outlook
        case measurement
        case clinical
    }

    /// Openings that mean what stands before the sentence.
    static let openings = CueTable<SentenceStyle.Opening>([
        (
            """
            however, in contrast, by contrast, conversely, rather, instead, nevertheless, nonetheless, similarly, likewise,
            on the other hand, on the contrary, in the same way, in a similar manner, in this case, in these cases, yet, but,
            alternatively, as expected, consistent with this, consistent with these, based on this, based on these,
            on this basis, to this end, to test this, to address this, for this purpose, in this context, in this regard,
            in this respect, in this way, in such, under these, under this, in these, at this, among these, of these,
            in both, in all, in either, for example, for instance, in agreement with this, in line with this, by this,
            with this, after this, despite this, despite these, using this, using these, from this, from these, through this,
            due to this, because of this, as a result, in either case, at these, at both, with these, after these,
            coincidentally, correspondingly, in turn, in similar, in parallel, in spite of this, for patient, in the second, in the first series, in the case of,
            when the test, at diagnosis, as such, among them, of them, in those, there was also, there were also, in contrasts, under such, in addition to this,
            in addition to these, apart from this, besides this, compared with these, unlike these
            """, .unnamed
        ),
        (
            """
            furthermore, moreover, additionally, in addition, finally, interestingly, thus, therefore, hence,
            consequently, here, herein, indeed, importantly, notably, surprisingly, unexpectedly, strikingly, remarkably,
            intriguingly, accordingly, in conclusion, in summary, to conclude, to summarize, taken together,
            taken altogether, together, collectively, altogether, overall, in particular, specifically, also, besides,
            further, first, firstly, second, secondly, third, thirdly, lastly, next, then, subsequently, and, so, in fact,
            of note, of interest, more importantly, most importantly, in this study, in this work, in this paper,
            in this report, in this review, in this article, in the present study, in the present work, in our study,
            in our work, in the current study, the results, our results, the findings, our findings, our data, the data,
            again, in other words, in this issue
            """, .leaning
        ),
    ])

    /// Pronouns and demonstratives that open a sentence.
    static let demonstratives = CueTable<SentenceStyle.Opening>([
        (
            """
            this, these, those, it, they, its, their, he, she, his, her, such, each, all of these, most of these,
            some of these, several of these, many of these, none of these, one such, another such, another, the former,
            the latter, the above, the aforementioned, the same, the resulting, the resultant, the other, the observed,
            the demonstrated, a similar, an additional, similar effects, similar results, similar findings,
            similar changes, other effects, other investigators, other authors, other groups, further evidence,
            subsequent investigations, subsequent studies, subsequent analysis, analysis of this, analysis of these
            """, .unnamed
        ),
        (
            """
            such as, it is known, it is well known, it has been shown, it has been reported, it has been suggested,
            it was shown, it is concluded, it was concluded, it has been demonstrated, it is suggested, it was found
            """, .leaning
        ),
    ])

    /// Words that mean what was named before, unless they name it themselves: `Both X and Y`.
    static let pairs = CueTable<Bool>([("both, either, neither", true)])

    /// Nouns that name nothing behind `the`, unless what follows completes them: `The effect was`, but `The effect of X`.
    static let bareNouns = CueTable<Bool>([
        (
            """
            accumulation, authors, causative gene*, complexes, condition, data obtained, decrease, effect, effects,
            gene-specific criteria, genetic cause, increase, interaction, model, novel finding, patient, patients,
            present findings, reduction, requirements, results obtained, subjects, three groups, two groups
            """, true
        )
    ])

    /// Words that point to something named before, where nothing was.
    static let pointers = CueTable<Bool>([("this, these, those, his, her, its, their", true)])

    /// Words in commas by which a sentence turns against what was said before.
    static let contrasts = CueTable<Bool>([
        ("however, on the other hand, in contrast, by contrast, instead", true)
    ])

    /// What is studied; which of them, has to be said.
    static let people = CueTable<Bool>([
        (
            """
            patients, cases, subjects, individuals, samples, families, lesions, specimens, tumors, tumours,
            polymorphisms, genes, mutations, snps, variants, proteins, mutants, clones
            """, true
        )
    ])

    /// Words before these that make them known ones.
    static let counting = CueTable<Bool>([
        (
            """
            the, all, both, most, many, some, several, two, three, four, five, six, seven, eight, nine, ten, twelve
            """, true
        )
    ])

    /// Words behind these that say which.
    static let telling = CueTable<Bool>([
        (
            """
            with, who, of, from, carrying, having, lacking, undergoing, suffering, affected, infected, diagnosed,
            receiving, treated, expressing, that, whose
            """, true
        )
    ])

    /// Words that name nothing.
    static let empty = CueTable<Bool>([
        (
            """
            in, of, on, by, with, for, from, to, at, despite, spite, due, because, through, via, after, before, during,
            under, using, given, analysis, analyses, integrative, examination, comparison, sequencing, dna, the, all,
            both, some, most, many, several, three, two, four, five, six, seven, eight, nine, ten, twelve, other, out,
            among, only, one, a, total, although, patient, case, addition, were, was
            """, true
        )
    ])

    /// What is to come, is not known, or is only announced; what was only measured; what trials and licences are about.
    static let outlooks = CueTable<Cue>(
        as: .outlooks,
        [
            (
                """
                allocated to, randomized to, randomised to, randomly assigned, monotherapy, combination therapy, is licensed,
                was approved, is approved, approved for, fda, emea, marketing, placebo, double-blind, open-label,
                guidelines, recommendations, cost-effectiveness, cost-effective, first-line, second-line, once daily,
                twice daily, mg/day, well tolerated, adverse events, efficacy and safety, safety and efficacy, tolerability,
                phase i, phase ii, phase iii, respondents, prescribing, prescribed, prescription
                """, .clinical
            ),
            (
                """
                remain to be, remains to be, remains unclear, remain unclear, remains unknown, remain unknown, is needed,
                are needed, is required to determine, are required to determine, are warranted, is warranted, warrant further,
                warrants further, few studies, future studies, future study, future research, future work, further studies,
                further study, further research, further investigation, further investigations, little is known, less is known,
                not much is known, underway, are ongoing, is ongoing, under evaluation, under investigation,
                is unclear, are unclear, is unknown, are unknown, is not known, are not known, poorly understood,
                not well understood, this review, present review, we review, reviewed here, is reviewed, are reviewed,
                is discussed, are discussed, we discuss, will be discussed, article discusses, review discusses, review focuses,
                we aim, we aimed, we sought, aim of, aims of, purpose of, objective of, was to evaluate, was to determine,
                was to investigate, was to assess, was to examine, was to compare, was to explore, was to identify,
                was designed to, were designed to, was undertaken to, were undertaken to, study examined, study investigated,
                to be elucidated, to be determined, to be established, to be clarified, will provide, may provide insights,
                we report the effect, are also presented, are also reported, the authors describe, the authors report,
                is developing, are developing, was to, objective was, study measures, outcome measures, remain elusive,
                remains elusive, remains controversial, remain controversial, has been proposed to be, no direct demonstration, has not been reported, have not been reported, was planned, will be needed
                """, .outlook
            ),
            (
                """
                was measured, were measured, was assayed, were assayed, was examined, were examined, was determined,
                were determined, was evaluated, were evaluated, was assessed, were assessed, was recorded, were recorded,
                was tested, were tested, was studied, were studied, was quantified, were quantified, was analyzed,
                were analyzed, was analysed, were analysed, was performed, were performed, was investigated,
                were investigated, was estimated, were estimated, are presented, is presented, was collected, were collected,
                was also measured, were also measured, was also examined, were also examined, was also determined,
                were also determined, was also studied, were also studied, was also assessed, were also assessed,
                was also evaluated, were also evaluated, was also analyzed, were also analyzed, was conducted, were conducted, was used to, were used to, we examined, we investigated,
                we evaluated, we studied, we assessed, we measured, we tested, we determined, we analyzed, we analysed,
                we have tested, we have analyzed, we have analysed, we have applied, was explored, were explored, were taken,
                was detected by, were detected by, were subjected to, was subjected to, was obtained from, were obtained from,
                were selected, was drawn, was prepared, were prepared, are summarized, is summarized, we collected, we incubated,
                we performed, we searched for, in order to identify, in order to investigate, to investigate the effect,
                to investigate the effects, were carried out, was carried out, was attempted, were attempted, we attempted, was screened, were screened, was characterized, were characterized, was genotyped, were genotyped,
                we characterized, we screened, we genotyped, we compared, we have examined, we have investigated, we have studied, we have evaluated, we have measured
                """, .measurement
            ),
        ])

    /// Words by which a sentence also says what was found, behind what was measured.
    static let findings = CueTable<Bool>(
        as: .findings,
        [
            (
                """
                increas*, decreas*, reduc*, higher, lower, elevated, showed, shown, revealed, found, demonstrated, indicated,
                suggest*, confirmed, inhibit*, induc*, enhanc*, suppress*, activat*, significant*, correlat*, associated,
                detected, observed, identified, no difference, differ*, caus*, result*, abolish*, prevent*, greater, unchanged
                """, true
            )
        ])

    /// Finite verbs, as titles have them.
    static let verbs = CueTable<Bool>(
        as: .verbs,
        [
            (
                """
                is, are, was, were, has, have, had, can, could, may, might, will, would, does, do, did, must, should, cannot,
                acts, activates, affects, alleviates, alters, ameliorates, antagonizes, arrests, attenuates, augments, binds,
                blocks, causes, cleaves, confers, contributes, controls, cooperates, correlates, couples, decreases, defines,
                degrades, depends, determines, directs, displays, downregulates, drives, elevates, elicits, enables, encodes,
                enhances, ensures, establishes, exacerbates, exerts, exhibits, facilitates, functions, fuels, governs, identifies,
                impacts, impairs, improves, increases, induces, influences, inhibits, initiates, integrates, interacts, lacks,
                leads, limits, links, localizes, lowers, maintains, mediates, mimics, modifies, modulates, orchestrates, perturbs,
                phosphorylates, plays, potentiates, predicts, predisposes, prevents, produces, promotes, protects, provides,
                recruits, reduces, regulates, requires, rescues, restores, restrains, restricts, results, reveals, reverses,
                sensitizes, shapes, shows, signals, stabilizes, stimulates, supports, suppresses, sustains, targets, triggers,
                underlies, upregulates, yields, regulate, mediate, induce, inhibit, activate, suppress, promote, reveal, modulate,
                interact, require, enhance, reduce, contribute, influence, affect, predict, prevent, attenuate, trigger, improve,
                restore, drive, impair, determine, represent, encode, confer, increase the, decrease the, cause, support, stimulate
                """, true
            )
        ])
}
