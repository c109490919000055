/// Phrases that settle what a sentence does, whatever its other words are.
enum KindCue: Sendable {
    /// Speaks of earlier work; only near the start.
    case earlier
    /// Names a gap in knowledge.
    case gap
    /// Reports or concludes.
    case report
    /// Says what was to be found out.
    case aim
    /// Says what was done.
    case method
}

/// The phrases, by what they show. A curator may add to any row: phrases in lower case between commas, `*` for any
/// ending.
enum KindCues {
    /// The table.
    static let table = CueTable<KindCue>(
        as: .kinds,
        [
            (
                """
                previous studies, previous work, previous reports, previous study, recent studies, recent reports,
                recent work, recent evidence, earlier studies, earlier work, earlier reports, several studies,
                many studies, numerous studies, some studies, studies have shown, studies have indicated,
                studies have suggested, studies have demonstrated, studies have reported, studies have implicated,
                been reported that, been shown that, we have previously, we have recently, we previously, we recently,
                has previously been, have previously been, is known to, are known to, is well known, growing evidence,
                increasing evidence, accumulating evidence, emerging evidence, is thought to, are thought to,
                is thought of, is believed to, are believed to, been suggested to, been implicated in, been attributed to,
                to date, has long been, have long been, is widely, are widely, has emerged as
                """, .earlier
            ),
            (
                """
                is unknown, are unknown, remains unknown, remain unknown, is unclear, are unclear, remains unclear,
                remain unclear, remains elusive, remain elusive, remains controversial, is controversial,
                remains to be, remain to be, poorly understood, not well understood, not fully understood,
                incompletely understood, not completely understood, is not known, are not known, not yet known,
                little is known, less is known, currently unknown, presently unknown, largely unknown, still unknown,
                are unknown in, poorly defined, poorly characterized, poorly characterised, is not clear,
                not been elucidated, been fully elucidated, is still unclear, still unclear, largely unexplored
                """, .gap
            ),
            (
                """
                we show, we showed, we find, we found, we report, we demonstrate*, we conclude*, we identified, we identify,
                we observe*, we detected, we provide, we provided, we reveal*, we suggest, we propose, we confirm*,
                we establish*, we describe, we discovered, we have shown, we have found, we have demonstrated,
                we have cloned, we have isolated, we have identified, we have mapped, we have devised,
                we have characterized, we have now, we now show, we now report, we also show*, we also found, we also find,
                we also demonstrate*, we also observed, we also identified, we also report, we further show*,
                we further found, we further demonstrate*, we here show, we here report, we therefore propose,
                results show*, results suggest*, results indicate*, results demonstrate*, results reveal*, results support,
                results provide, results confirm*, results identif*, results establish*, data show*, data suggest*,
                data indicate*, data demonstrate*, data reveal*, data support, data provide, data identif*,
                findings suggest*, findings indicate*, findings demonstrate*, findings reveal*, findings show*,
                findings support, findings provide, findings identif*, observations suggest*, observations indicate*,
                analysis revealed, analysis showed, analyses revealed, analyses showed, analysis indicated,
                suggesting that, indicating that, demonstrating that, been cloned, been isolated, in conclusion,
                in summary, taken together, our results, our data, our findings, these results, these data, these findings,
                was found to, were found to, was observed, were observed, was detected, were detected, was isolated from,
                were isolated from, was cloned from, was mapped to, was localized to, were significantly, was significantly
                """, .report
            ),
            (
                """
                aim of, aims of, aimed to, aimed at, the aim, we aimed, purpose of this, the purpose, objective of,
                objective was, objectives were, goal of this, goal was, we sought, sought to, the hypothesis of,
                we hypothesi*, test the hypothesis, tested the hypothesis, testing the hypothesis, we tested whether,
                we asked whether, we asked if, we attempted to, we wanted to, we set out, set out to, in an effort to,
                in an attempt to, study investigat*, study examin*, study explor*, study evaluat*, study assess*,
                study also investigat*, study also examin*, study was designed, study was undertaken,
                study was conducted to, study was performed to, study was to, we investigated the, we investigated whether,
                we investigated how, we investigated if, we also investigated, we further investigated, we investigate,
                we explored, we explore, we also examined, we examined whether, we examine, we revise, we review,
                this review, we discuss, we summarize, was to investigate, was to determine, was to evaluate,
                was to assess, was to examine, was to compare, was to identify, was to analy*, was to explore, was to test
                """, .aim
            ),
            (
                """
                we performed, we measured, we quantified, we analysed, we analyzed, we used, we generated, we constructed,
                we introduced, we studied, we examined, we evaluated, we assessed, we compared, we determined, we employed,
                we applied, we collected, we recruited, we enrolled, we genotyped, we sequenced, we screened, we expressed,
                we developed, we carried out, we conducted, we utilized, we treated, we transfected, we crossed, we tested,
                was used as, were used as, was used to, were used to, were subjected to, was analysed, was analyzed,
                were analysed, were analyzed, was measured, were measured, was assessed, were assessed, was evaluated,
                were evaluated, were examined, were tested, was performed, were performed, was carried out,
                were carried out, were collected, were treated with, were pretreated, were bred to, were injected,
                were cultured, were stained, were enrolled, were recruited, were genotyped, were sequenced,
                were randomized, were randomly, were assigned, were immunized, were incubated, were transfected,
                was quantified, were quantified, was obtained on, was obtained from, were obtained from, was calculated,
                were calculated, was stably expressed
                """, .method
            ),
        ])

    /// A purpose before the comma: `To examine …, we expressed`.
    static let purposes = CueTable<Bool>([
        ("to, in order to, in an effort to, in an attempt to, for this purpose", true)
    ])
}
