/// What a hedging phrase says.
enum SpeculationCue: Sendable {
    /// Looks like a hedge and is none.
    case none
    /// A hedge wherever it stands.
    case hedge
    /// A modal verb: no hedge where it speaks of ability, or asks what is to be found out.
    case modal
}

/// The hedging phrases, after the cues of BioScope (Vincze et al. 2008). A curator may add to any row: phrases in
/// lower case between commas, `*` for any ending.
enum SpeculationCues {
    /// The table.
    static let table = CueTable<SpeculationCue>(
        as: .speculations,
        [
            // Ability, permission, chance as a number: facts.
            (
                """
                could be detected, could be observed, could be identified, could be shown, could be demonstrated,
                could be seen, could be found, could be used, could be distinguished, could be isolated,
                could be obtained, could be achieved, could be blocked, could be prevented, could be rescued,
                could be restored, could be reversed, could be abolished, could be inhibited, could be induced,
                could be measured, could be confirmed, could not, might not, as possible, likelihood ratio,
                maximum likelihood
                """, .none
            ),
            // Modal verbs.
            ("may, might, could", .modal),
            // Inference.
            (
                """
                suggest, suggests, suggested, suggesting, suggestive of, propose, proposes, proposed that, proposed to,
                been proposed, is proposed, are proposed, proposing that, speculate*, speculation, postulate, postulates,
                postulated, hypothesi*, presumabl*, presume*, probably, probable, supposed, assume that, assumed to,
                conceivabl*, tempting to, we believe, believed to, it appears that, appears to be, appear to be,
                appears to have, appear to have, appears to play, appear to play, appears to act, appear to act, seems,
                seem, seemed, seemingly, apparently, perhaps, imply that, implies that, implying that
                """, .hedge
            ),
            // Possibility.
            (
                """
                possibility, possibilities, possibly, the possible, a possible cause, possible role, possible roles,
                possible involvement, possible mechanism, possible mechanisms, possible explanation, it is possible,
                is possible that, remains possible, likely, unlikely, potentially, potential role, potential mechanism,
                cannot be excluded, cannot exclude, cannot rule out
                """, .hedge
            ),
        ])
}
