/// What a negating phrase does to the words around it.
enum NegationCue: Sendable {
    /// Looks like a negation and is none, or denies knowledge rather than a relation.
    case none
    /// Denies the verb: its subject and its objects, to the ends of the clause.
    case verb
    /// Denies a noun: `no effect`, and with it what the clause says of subject and object.
    case noun
    /// A predicate that says no behind a form of `be`: `was ineffective`, `is independent of`. Elsewhere it denies
    /// what follows: `a mechanism independent of`.
    case predicate
    /// Denies only what follows: `without affecting`, `but not in`.
    case following
    /// `neither`: what follows it; the whole clause where it opens one.
    case neither
}

/// The negating phrases, after NegEx (Chapman et al. 2001) and the cues of BioScope (Vincze et al. 2008). A curator
/// may add to any row: phrases in lower case between commas, `*` for any ending.
enum NegationCues {
    /// The table.
    static let table = CueTable<NegationCue>(
        as: .negations,
        [
            // Not a denial at all.
            (
                """
                not only, not merely, not just, not simply, not solely, not exclusively, not to mention, no doubt,
                without doubt, without a doubt, whether or not, or not, if not, not least, no less than, no more than,
                no later than, not surprising*, not unexpected*, not necessarily, no sooner, not uncommon*, not unlike,
                not infrequent*, no matter
                """, .none
            ),
            // Excluded from denial.
            (
                """
                cannot be excluded, can not be excluded, could not be excluded, cannot be ruled out, cannot exclude,
                cannot rule out, could not rule out, not be excluded, not excluded, not ruled out, not be ruled out
                """, .none
            ),
            // A gap in knowledge: nothing is said of the relation.
            (
                """
                not known, not yet, not well understood, not fully understood, not completely understood, not understood,
                not clear, not entirely clear, not fully elucidated, not been, not previously, not well, not fully,
                not completely, not entirely, not yet been, not yet clear, not well known, not clearly, not determined,
                no information, no data, no consensus, no report, no reports, no studies, no study
                """, .none
            ),
            // Verbs.
            (
                """
                not, cannot, never, no longer, failed to, fails to, fail to, failing to, failure to, unable to,
                inability to, inability of, incapable of, can't, don't, doesn't, didn't, won't, isn't, wasn't, weren't
                """, .verb
            ),
            // Nouns.
            (
                """
                no, none, lack of association, lack of effect, lack of evidence, lack of correlation, lack of response,
                lack of interaction, lack of involvement, lack of significant, absence of association, absence of effect,
                absence of evidence, absence of correlation, absence of significant, absence of any, lack of any,
                little or no, failure of
                """, .noun
            ),
            // Predicates.
            (
                """
                inactive, ineffective, unaffected, unchanged, unaltered, unrelated to, uncorrelated, insensitive to,
                dispensable, independent of, undetectable, unlikely,
                nonessential, non-essential, unresponsive to, refractory to, devoid of, unimpaired, uninvolved in,
                unnecessary, nonfunctional, non-functional
                """, .predicate
            ),
            // What follows.
            (
                """
                but not, and not, rather than, instead of, as opposed to, without affecting, without altering,
                without changing, without causing, without inducing, without impairing, without influencing,
                without inhibiting, without activating, without triggering, without any, without significant*,
                without evidence of, with the exception of, irrespective of, regardless of, nor
                """, .following
            ),
            ("independently of", .noun),
            ("neither, but neither, and neither", .neither),
        ])

    /// Verbs that join a predicate to its subject.
    static let copulas = CueTable<Bool>([
        (
            """
            is, are, was, were, be, been, being, remain, remains, remained, become, becomes, became, appears, appeared,
            seems, seemed, proved
            """, true
        )
    ])

    /// Words that open a new clause: a scope ends before them.
    static let clauseOpeners = CueTable<Bool>(
        as: .clauseOpeners,
        [
            // true: the clause ends at the next comma.
            (
                """
                although, though, whereas, while, because, since, if, when, unless, until, despite, in spite of, which,
                who, whose, where, whereby, given that, even though, as well as
                """, true
            ),
            (
                """
                but, however, yet, suggesting, indicating, demonstrating, implying, revealing, showing, confirming, thus,
                therefore, that, instead, nevertheless, resulting in, leading to, with the exception
                """, false
            ),
        ])
}
