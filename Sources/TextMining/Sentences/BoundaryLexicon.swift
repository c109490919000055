/// The words that decide whether a full stop ends a sentence. All compare in their very case, so that `MS` (mass
/// spectrometry) is no `Ms`; only the first eight bytes of a word count.
enum BoundaryLexicon {
    /// The words before a stop, by what they say about it.
    static let words = WordClasses([
        (
            .leading,
            """
            e.g E.g i.e I.e c.f v.s a.k.a vs Vs cf Cf Dr Drs Prof Mr Mrs Messrs St Ste Mt Ft Ph
            ca approx viz incl excl
            pv pvs subsp ssp bv sv cv serov f.sp comb nom emend aff str
            et Op Capt Lt Sgt
            """
        ),
        (
            .numbering,
            """
            Fig Figs fig figs FIG FIGS Eq Eqs eq eqs Eqn Eqns No Nos no nos Nr nr Ref Refs ref refs Tab Tabs tab
            Sect sect Sec Suppl suppl Supp Supplement Vol vol Vols vols pp p Chr chr Chap chap Ch ch Ex ex Exp exp Art
            art App Pt ver vers
            """
        ),
        (
            .inner,
            """
            al Jr Sr sp spp var nov Col Gen Gov Sen Rep Rev Hon Univ Dept Lab
            Proc Natl Acad Sci Biol Chem Virol Immunol Physiol Am Mol Exp Res Int Med Clin Genet Soc Biochem
            Biophys Pharmacol Neurosci Oncol Pathol Microbiol Endocrinol Lett Nat Eur Ann Arch Br Can Dev Environ
            Toxicol Surg Psychiatr Commun Sub Sch Infect Dis Hum Vet Appl Acta Am Biomed Biotechnol Bioinform
            Cardiol Dermatol Gastroent Hematol Haematol Hepatol Metab Nutr Ophthalm Parasitol Pediatr Radiol
            Rheumatol Transl Transpl Urol Zool Bot Ecol Evol Embryol Histol Cytol Anat Adv Curr Opin Crit
            Ed Eds ed eds vols Jan Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec
            """
        ),
        (
            .ending,
            """
            etc Inc Ltd Corp Co Cie Pty GmbH Bros S.D S.E S.E.M s.d s.e s.e.m S.D.s a.m p.m A.M P.M
            i.p i.v i.m s.c p.o i.c.v i.d i.t i.n i.a t.i.d b.i.d q.i.d q.d p.i d.p.c h.p.f d.p.i h.p.i p.c w.t m.o.i
            U.S.A Ph.D M.D
            """
        ),
        (
            .cut,
            """
            temp conc prep diam spec isol comb supp avg calc cult sing plur syst gland musc subg sect dist dept
            isom equiv unpubl pers comm commun obs manuscr prepar resid resp
            """
        ),
    ])

    /// Words that head the sections of an abstract, in capitals.
    static let sectionLabels = WordSet(
        """
        AIM AIMS BACKGROUND CONCLUSION CONCLUSIONS CONTEXT DESIGN DISCUSSION FINDINGS GOAL GOALS HYPOTHESIS
        INTERPRETATION INTRODUCTION MATERIAL MATERIALS METHOD METHODS OBJECTIVE OBJECTIVES OUTCOME OUTCOMES PATIENTS
        PURPOSE RESULT RESULTS SETTING SIGNIFICANCE STUDY SUBJECTS
        """)

    /// Words that open sentences and are no surnames.
    static let openers = WordSet(
        """
        A An The This That These Those There Their They Then Thus Therefore Thereby Thereafter Though Through
        Throughout Than To Together Two Three Ten Twelve Twenty Thirty Four Five Six Seven Eight Nine One Of On Once
        Only Our Other Overall Over Or Out Otherwise
        It Its In If Indeed Instead Interestingly Importantly Initially Inhibition Increased Increasing Is Into
        Intriguingly Immuno Immunohistochemical Identification Introduction
        We Western Whether When Where Whereas Which While Who What With Within Without Why
        He Her Here Herein Hence His How However Having High Higher
        At After Although Also Among Amongst And Animals Analysis Analyses Another Any Apart Approximately As Are
        Assuming Abnormal Above According Accordingly Additional Additionally Administration Activation Addition
        Alternatively Altogether All Almost
        Based Because Before Being Besides Between Beyond Both But By Binding
        Can Cells Collectively Compared Comparison Consequently Consistent Consistently Contrary Conversely
        Conclusion Conclusions Considering Curiously Currently Clinical Clearly
        Data Despite Does Do Due During Deletion Depletion Different Down Downregulation
        Each Either Elevated Especially Eventually Even Every Evidence Experiments Expression Exposure
        Few Finally First Following For Four From Further Furthermore
        Given Gene Genes Giving
        Like Likewise Less Low Lower Loss
        Many May Methods Most Moreover More Much Mutations Mutation Mice Mean Meanwhile
        Neither Nevertheless New No None Nonetheless Nor Not Notably Now Number Normal
        Patients Particularly Perhaps Previous Previously Possibly Post Potential Pretreatment
        Rather Recent Recently Regarding Results Remarkably Respectively Removal Reduced
        Second Secondly Several Serum She Similar Similarly Since So Some Specifically Strikingly Subsequent
        Subsequently Such Surprisingly Significant Significantly Still Studies Study Significance
        Taken Third Thirdly Treatment Total Tumor
        Under Unlike Until Unexpectedly Unfortunately Up Upon Using Use Usually
        Various Very Via
        Yet You
        """)

    /// Nouns that take a letter: `kinase A`, `vitamin D`, `hepatitis B`. The letter is no initial.
    static let lettered = WordSet(
        """
        kinase kinases kappa kappaB vitamin vitamins hepatitis factor factors type types group groups class classes
        subunit subunits region regions domain domains phase phases protein proteins cyclin cyclins cathepsin
        cyclosporin cyclosporine ciclosporin influenza panel panels form forms isoform isoforms box strain strains
        line lines site sites chain chains part parts cluster clusters exon exons allele alleles genotype genotypes
        haplotype haplotypes grade stage category level lane lanes band bands peak peaks complex complexes variant
        variants serotype serotypes subtype subtypes subgroup subgroups antigen antigens immunoglobulin apolipoprotein
        haemoglobin hemoglobin toxin enterotoxin exotoxin component components coenzyme cytochrome lamin laminin
        annexin ribonuclease nuclease topoisomerase polymerase phospholipase receptor receptors endothelin
        neuromedin neurokinin substance compound compounds concanavalin trichostatin bafilomycin leptomycin
        amphotericin mitomycin staurosporine calphostin brefeldin forskolin actinomycin figure figures table
        tables appendix experiment experiments model models blood X Y plan clade arm arms cohort set sets
        Hb lectin streptolysin hemolysin adhesin invasin intimin Gal motif sequence patient patients case subject
        Kinase Vitamin Hepatitis Factor Type Group Class Subunit Region Domain Phase Protein Cyclin Cathepsin
        Cyclosporin Cyclosporine Influenza Panel Panels Form Part Cluster Grade Stage Figure Figures Fig Figs Table
        Amphotericin Concanavalin Substance Polymerase Coenzyme Cytochrome Appendix Experiment
        """)

    /// Words before the initial of a person: `we thank A. Smith`, `gift of B. Jones`.
    static let beforeNames = WordSet(
        """
        thank thanks by By from to of and with for the The our a an or see per via de van von der when where
        that as but is are was were in on at Dr Drs Prof professor Professor
        """)
}

extension BoundaryLexicon {
    /// `ABSTRACT`, of the mark of a cut abstract.
    static let truncation: UInt64 = 0x5443_4152_5453_4241
}

/// What a word before a full stop says about the stop. A word may be in several classes.
struct BoundaryClass: OptionSet, Sendable {
    /// A bit for each class.
    let rawValue: UInt8

    /// Never at the end of a sentence: something must follow.
    static let leading = BoundaryClass(rawValue: 1 << 0)
    /// Before a number or a letter: `Fig. 2`, `no. AH011511`, `pp. 3-7`.
    static let numbering = BoundaryClass(rawValue: 1 << 1)
    /// At the end of a sentence only when the next word is one that opens sentences: parts of titles of journals,
    /// of names, of taxa.
    static let inner = BoundaryClass(rawValue: 1 << 2)
    /// At the end of a sentence when a capital follows outside brackets.
    static let ending = BoundaryClass(rawValue: 1 << 3)
    /// Short or cut words that a plain lower-case word may follow inside a sentence.
    static let cut = BoundaryClass(rawValue: 1 << 4)
}

/// Words with their classes, compared by their first eight bytes, in their very case.
struct WordClasses: Sendable {
    /// The words as numbers, in ascending order, each once.
    private let keys: [UInt64]
    /// Their classes, in the same order.
    private let classes: [BoundaryClass]

    /// The longest word that is looked up, in bytes: longer ones are ordinary words.
    private static let longest = 9

    /// Makes a table of words separated by white space.
    init(_ rows: [(BoundaryClass, String)]) {
        var pairs: [(key: UInt64, word: BoundaryClass)] = []
        for (word, text) in rows {
            pairs += WordSet(text).keys.map { ($0, word) }
        }
        pairs.sort { ($0.key, $0.word.rawValue) < ($1.key, $1.word.rawValue) }
        var keys: [UInt64] = []
        var classes: [BoundaryClass] = []
        for pair in pairs {
            if keys.last == pair.key {
                classes[classes.count - 1].formUnion(pair.word)
            } else {
                keys.append(pair.key)
                classes.append(pair.word)
            }
        }
        self.keys = keys
        self.classes = classes
    }

    /// The classes of the word in `start..<end`; none for an ordinary word.
    ///
    /// - Complexity: O(log(words)).
    func classes(_ text: Span<UInt8>, from start: Int, to end: Int) -> BoundaryClass {
        guard start < end, end - start <= Self.longest else { return [] }
        let key = Letters.key(text, from: start, to: end)
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low &+ high) &>> 1
            if keys[middle] < key { low = middle &+ 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key ? classes[low] : []
    }
}
