import Corpus

/// Abbreviations that do not spell their long forms: formulas, symbols of elements, names by another language or
/// structure. They are taken only where the text itself puts the two together.
///
/// Common knowledge of the field; a curator may add rows.
enum KnownAbbreviations {
    /// A short form with its long forms in lower case, the longest first.
    private static let rows: [(short: String, longs: [String])] = [
        ("5-HT", ["5-hydroxytryptamine", "serotonin"]),
        ("5HT", ["5-hydroxytryptamine", "serotonin"]),
        ("Ara-C", ["cytosine arabinoside", "cytarabine"]),
        ("AraC", ["cytosine arabinoside", "cytarabine"]),
        ("H2O2", ["hydrogen peroxide"]),
        ("H(2)O(2)", ["hydrogen peroxide"]),
        ("E2", estradiols),
        ("E(2)", estradiols),
        ("T3", ["triiodothyronine", "tri-iodothyronine"]),
        ("T4", ["thyroxine"]),
        ("P4", ["progesterone"]),
        ("DPH", ["diphenylhydantoin", "phenytoin"]),
        ("PHT", ["phenytoin"]),
        ("VPA", ["valproate", "valproic acid"]),
        ("AZT", ["zidovudine", "azidothymidine"]),
        ("3TC", ["lamivudine"]),
        ("d4T", ["stavudine"]),
        ("cAMP", ["adenosine 3',5'-cyclic monophosphate", "adenosine 3':5'-cyclic monophosphate"]),
        ("cGMP", ["guanosine 3',5'-cyclic monophosphate", "guanosine 3':5'-cyclic monophosphate"]),
        ("IP3", ["inositol 1,4,5-trisphosphate", "inositol 1,4,5-triphosphate", "inositol trisphosphate"]),
        ("InsP3", ["inositol 1,4,5-trisphosphate", "inositol trisphosphate"]),
        ("PIP2", ["phosphatidylinositol 4,5-bisphosphate", "phosphatidylinositol bisphosphate"]),
        ("PIP3", ["phosphatidylinositol 3,4,5-trisphosphate"]),
        ("NADPH", ["reduced nicotinamide adenine dinucleotide phosphate"]),
        ("NADH", ["reduced nicotinamide adenine dinucleotide"]),
        ("BrdU", ["5-bromo-2'-deoxyuridine", "bromodeoxyuridine"]),
        ("HbA1c", hemoglobins),
        ("HbA(1c)", hemoglobins),
        ("NaCl", ["sodium chloride"]),
        ("KCl", ["potassium chloride"]),
        ("N2O", ["nitrous oxide"]),
        ("CO2", ["carbon dioxide"]),
        ("CO(2)", ["carbon dioxide"]),
        ("O2", ["oxygen"]),
        ("Na", ["sodium"]),
        ("K", ["potassium"]),
        ("Fe", ["iron"]),
        ("Pb", ["lead"]),
        ("Hg", ["mercury"]),
        ("Au", ["gold"]),
        ("Ag", ["silver"]),
        ("Sn", ["tin"]),
        ("Sb", ["antimony"]),
        ("W", ["tungsten"]),
    ]

    private static let estradiols = [
        "17 beta-estradiol", "17beta-estradiol", "17-beta-estradiol", "17\u{3B2}-estradiol",
        "17 beta-oestradiol",
        "17beta-oestradiol", "17-beta-oestradiol", "oestradiol-17 beta", "estradiol-17 beta", "oestradiol",
        "estradiol",
    ]

    private static let hemoglobins = [
        "glycosylated haemoglobin", "glycosylated hemoglobin", "glycated haemoglobin", "glycated hemoglobin",
    ]

    /// The beginnings of the short forms: most stretches of text are told by them to be none.
    private static let keys = WordSet(rows.map(\.short).joined(separator: " "))

    /// The long form of a short form that a stretch of text ends with; nil when the pair is not known.
    static func long(_ text: Span<UInt8>, short: TextRange, endingAt end: Int, from start: Int) -> TextRange?
    {
        guard keys.contains(text, from: short.start, to: short.end) else { return nil }
        for row in rows where row.short.utf8.count == short.count && equals(text, short.start, row.short) {
            for long in row.longs {
                let from = end - long.utf8.count
                guard from >= start, from == start || !Letters.isWord(text[from - 1]),
                    equalsFolded(text, from, long)
                else { continue }
                return TextRange(from, end)
            }
        }
        return nil
    }

    private static func equals(_ text: Span<UInt8>, _ start: Int, _ other: String) -> Bool {
        var position = start
        for byte in other.utf8 {
            if text[position] != byte { return false }
            position += 1
        }
        return true
    }

    private static func equalsFolded(_ text: Span<UInt8>, _ start: Int, _ other: String) -> Bool {
        var position = start
        for byte in other.utf8 {
            if Letters.folded(text[position]) != byte { return false }
            position += 1
        }
        return true
    }
}
