import Corpus

/// The abbreviations that a paper explains, and where: a sentence that uses one which another sentence explains cannot be
/// understood alone.
struct PaperAbbreviations {
    /// Where the short forms are explained, by their bytes: passage and the byte at which the short form stands.
    private var places: [[UInt8]: [(passage: Int, start: Int)]] = [:]
    /// The first bytes of the short forms as numbers: what is none of them is not looked up.
    private var keys: [UInt64] = []
    /// Whether a short form begins with a byte, by the byte; empty where there are none.
    private var isFirst: [Bool] = []

    /// Abbreviations that readers know, in the field's own writing.
    private static let known: Set<String> = [
        "DNA", "RNA", "mRNA", "cDNA", "miRNA", "siRNA", "shRNA", "tRNA", "rRNA", "PCR", "RT-PCR", "qPCR",
        "ATP", "ADP", "AMP",
        "cAMP", "GTP", "GDP", "cGMP", "NADH", "NADPH", "ELISA", "HIV", "AIDS", "SNP", "SNPs", "UV", "ER",
        "MRI", "PET", "CT",
        "EGF", "TNF", "IL-1", "IL-2", "IL-6", "NO", "ROS", "LPS", "WT", "KO", "HCC", "NSCLC", "SLE", "RA",
        "BMI", "CNS", "AD",
        "PD", "T2D", "T1D", "COPD",
    ]

    /// Takes what a paper explains from the document, whose abbreviations have been found.
    init(_ document: TaggedDocument) {
        for (passage, definitions) in zip(document.passages, document.definitions) {
            for definition in definitions {
                let short = Array(passage.slice(definition.short))
                guard short.count >= 2, !Self.known.contains(String(decoding: short, as: UTF8.self)) else {
                    continue
                }
                places[short, default: []].append((passage.passage.index, definition.short.start))
                keys.append(Letters.key(short.span, from: 0, to: short.count))
                if isFirst.isEmpty { isFirst = [Bool](repeating: false, count: 256) }
                isFirst[Int(short[0])] = true
            }
        }
    }

    /// How many different abbreviations a sentence uses that only another sentence explains.
    func unexplained(in passage: TaggedDocument.TokenizedPassage, range: TextRange) -> Int {
        if places.isEmpty { return 0 }
        let bytes = passage.bytes
        let text = bytes.span
        var found: Set<[UInt8]> = []
        let kinds = ByteKinds.table
        var position = range.start
        while position < range.end {
            guard Self.isInWord(text[position], kinds) else {
                position += 1
                continue
            }
            let start = position
            while position < range.end, Self.isInWord(text[position], kinds) { position += 1 }
            guard isFirst[Int(text[start])] else { continue }
            var end = position
            while end > start, text[end - 1] == UInt8(ascii: "-") { end -= 1 }
            guard keys.contains(Letters.key(text, from: start, to: end)) else { continue }
            let word = Array(bytes[start..<end])
            if let explained = places[word],
                !explained.contains(where: {
                    $0.passage == passage.passage.index && $0.start >= range.start && $0.start < range.end
                })
            {
                found.insert(word)
            }
        }
        return found.count
    }

    private static func isInWord(_ byte: UInt8, _ kinds: [ByteKinds]) -> Bool {
        !kinds[Int(byte)].isDisjoint(with: .word) || byte == UInt8(ascii: "-")
    }
}
