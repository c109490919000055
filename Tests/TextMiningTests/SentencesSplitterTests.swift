import Corpus
import Testing
import TextMining

/// Sentence boundaries. Every text here was written for these tests; `|` marks where a new sentence must start.
@Suite struct `Sentence boundaries` {
    @Test(arguments: [
        // Abbreviations.
        "Yan et al. [2004] analysed the locus.|It was mutated.",
        "As shown by Yan et al. (2004), the locus is mutated.",
        "Smith et al. Nature Genetics was cited.",
        "This was confirmed by Lee et al.|However, others disagree.",
        "Mutants vs. controls were compared (Fig. 2).|They differed.",
        "See Figs. 2 and 3, Table 1 and Eq. 4 for details.|The rest is in Ref. 5.",
        "Mice were injected i.v. with saline, then i.p. with LPS.|All survived.",
        "Rats were killed at 10 p.m.|Their brains were removed.",
        "Several enzymes, e.g. kinases, i.e. those of class I, were lost.",
        "The U.S. Food and Drug Administration agreed.",
        "Patients in the U.S.|These were older.",
        "Reagents were from Sigma (St. Louis, MO).|Buffers were not.",
        "Antibodies were from Alpha Inc.|Beads were from Beta Ltd.|Both were used.",
        "Growth, migration, etc.|We measured all.",
        "Numbers rose to approx. forty.",
        // Organisms.
        "E. coli and S. cerevisiae were grown.|S. cerevisiae grew faster.|C. elegans did not.",
        "Pseudomonas syringae pv. tabaci infects tobacco.",
        "Salmonella enterica subsp. enterica grew, as did Candida spp. in broth.",
        "Bites of Ae. aegypti were counted.",
        // Initials.
        "We thank A. Smith, J.-P. Martin and V.E. Papas.|The work was funded.",
        "Two donors (D. E. and C. H. R.) were tested.",
        "The kinase was named by Brigid L. M. Hogan in a report.",
        // A letter that is no initial.
        "The site is phosphorylated by protein kinase A.|The others are not.",
        "This inhibits NF-kappa B.|Binding is lost.",
        "Patients lacked vitamin D.|Calcium was normal.",
        "All had hepatitis B.|Twelve died.",
        "Genotypes were scored at marker A.|In controls, none was.",
        // Labels that have lost their space.
        "Changes were seen in the lung.|RESULTS: It rose.|MATERIALS AND METHODS: It was weighed.",
        "The lung of a.RESULTS was seen, and genes.TSC1: all.",
        // Inner stops.
        "The p50.c-rel dimer binds DNA.|p50.c-rel heterodimers bind more.",
        "A dose of 0.5 mg (P<0.05) was used.|It was safe.",
        "Mean age was 50. 8 years, P =. 05 (14. 1 percent).",
        "Data are at www.example.org.|Code is not.",
        "Sequences have accession no. AH011511 at the archive.",
        // Genotypes.
        "Only the +/- mice, 3.2 +/- 0.4 g, survived.|The -/- mice died.",
        // Lower-case names at the start.
        "Levels fell.|p53 and c-Myc rose.|mRNA was stable.|beta-Catenin moved.",
        "Levels fell.|α-Actinin rose.|eIF4E did not.",
        // Quotes and brackets behind the stop.
        "He called it \"a switch.\"|We agree.",
        "It was lost (data not shown).|We do not know why.",
        "(Data not shown.)|We do not know why.",
        "It was lost.[12, 13]|We do not know why.",
        // Lost spaces.
        "It acts in T cells.The effect is small.",
        "It acts in T cells (–).Total protein was equal.",
        "It was cut here.(ABSTRACT TRUNCATED AT 250 WORDS)",
        // Other marks.
        "Does it bind?|It does!|We were surprised.",
        "A model (active?) was made.",
        "Aims: to find X; to test Y.",
        // List items.
        "1. The kinase was cloned.|2. It was mapped.|(3) It was knocked out.",
        // Line ends.
        "A title without a stop\n\nA sentence that runs\nover a line.|Another.",
    ])
    func `are where a reader puts them`(marked: String) {
        // A blank line is a boundary of its own; a missing space is marked by writing the sentences together.
        let text = Self.unmarked(marked)
        let found = SentenceSplitter.ranges(in: text).compactMap { text.slice($0) }
        #expect(found == Self.sentences(marked))
    }

    /// `|` becomes a space. Where a space was lost, no `|` can stand: those rows are cut here.
    private static let glued = [
        "It acts in T cells.The effect is small.": ["It acts in T cells.", "The effect is small."],
        "It acts in T cells (–).Total protein was equal.": [
            "It acts in T cells (–).", "Total protein was equal.",
        ],
        "It was cut here.(ABSTRACT TRUNCATED AT 250 WORDS)": [
            "It was cut here.", "(ABSTRACT TRUNCATED AT 250 WORDS)",
        ],
    ]

    private static func unmarked(_ marked: String) -> String {
        String(decoding: marked.utf8.map { $0 == UInt8(ascii: "|") ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func sentences(_ marked: String) -> [String] {
        if let known = glued[marked] { return known }
        var sentences: [String] = []
        var current: [UInt8] = []
        let bytes = Array(marked.utf8)
        var position = 0
        while position < bytes.count {
            let isBlankLine = bytes[position...].starts(with: [0x0A, 0x0A])
            if bytes[position] == UInt8(ascii: "|") || isBlankLine {
                sentences.append(String(decoding: current, as: UTF8.self))
                current = []
                position += isBlankLine ? 2 : 1
            } else {
                current.append(bytes[position])
                position += 1
            }
        }
        sentences.append(String(decoding: current, as: UTF8.self))
        return sentences
    }

    @Test func `an empty text has no sentence, nor has white space`() {
        #expect(SentenceSplitter.ranges(in: "").isEmpty)
        #expect(SentenceSplitter.ranges(in: " \n\t\u{A0}\u{2009}\r\n\n ").isEmpty)
    }

    @Test func `white space beyond ASCII is left out at both ends`() {
        let text = "\u{2009}Levels fell.\u{A0}\u{2003}They rose.\u{3000}"
        #expect(SentenceSplitter.ranges(in: text).map { text.slice($0) } == ["Levels fell.", "They rose."])
    }

    @Test func `a long row of stops takes no more than linear time`() {
        let text = [UInt8](repeating: UInt8(ascii: "."), count: 2_000_000)
        #expect(SentenceSplitter.ranges(in: text) == [TextRange(0, text.count)])
        let brackets = [UInt8](repeating: UInt8(ascii: "("), count: 2_000_000)
        #expect(SentenceSplitter.ranges(in: brackets).count == 1)
    }
}

/// What holds for every text.
@Suite struct `Sentence ranges of random text` {
    private static let pieces = [
        "The", "cells", "E", "coli", "et al", "Fig", "p53", "α", "κB", "日本", "🧬", "e\u{301}", ".", ".", ". ",
        "? ", "! ",
        " ", " ", "\n", "\n\n", "\u{A0}", "\u{2003}", "(", ")", "[", "]", "\"", "”", "’", ",", ";", "1", "0",
        "A", "Dr",
        "\r\n", "\u{FEFF}", "\u{0}", "+/-", "i.v", "...", "…", "*",
    ]

    private static func text(_ generator: inout Seeded) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...40, using: &generator) {
            text += pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }
        return text
    }

    @Test func `are ordered, disjoint, on scalar boundaries and cover all that is not white`() {
        let seed: UInt64 = 20_261_123
        var generator = Seeded(seed: seed)
        for round in 0..<20_000 {
            let text = Self.text(&generator)
            let ranges = SentenceSplitter.ranges(in: text)
            var covered = Set<Int>()
            var last = 0
            for range in ranges {
                #expect(
                    !range.isEmpty && range.start >= last,
                    "seed \(seed), round \(round): \(text.debugDescription)")
                last = range.end
                let slice = text.slice(range)
                // A cut scalar would come back as U+FFFD.
                #expect(slice?.unicodeScalars.contains("\u{FFFD}") == false, "seed \(seed), round \(round)")
                #expect(
                    slice?.unicodeScalars.first?.properties.isWhitespace == false,
                    "seed \(seed), round \(round)")
                #expect(
                    slice?.unicodeScalars.last?.properties.isWhitespace == false,
                    "seed \(seed), round \(round)")
                covered.formUnion(range.start..<range.end)
            }
            var offset = 0
            for scalar in text.unicodeScalars {
                if !scalar.properties.isWhitespace && scalar != "\u{FEFF}" {
                    #expect(
                        covered.contains(offset),
                        "seed \(seed), round \(round): \(text.debugDescription) at \(offset)")
                }
                offset += scalar.utf8.count
            }
        }
    }

    @Test func `do not change when text is added beyond a blank line`() {
        let seed: UInt64 = 4_711
        var generator = Seeded(seed: seed)
        for round in 0..<5_000 {
            let first = Self.text(&generator)
            let second = Self.text(&generator)
            let alone = SentenceSplitter.ranges(in: first)
            let both = SentenceSplitter.ranges(in: first + "\n\n" + second)
            #expect(
                Array(both.prefix(alone.count)) == alone,
                "seed \(seed), round \(round): \(first.debugDescription) + \(second.debugDescription)")
        }
    }
}

/// A small generator whose numbers depend on its seed alone (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
