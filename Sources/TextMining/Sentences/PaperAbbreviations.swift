import Corpus

/// The abbreviations that a paper explains, and where: a sentence that uses one which another sentence explains cannot be
/// understood alone.
struct PaperAbbreviations {
    /// Where the short forms are explained, by their bytes: passage and the byte at which the short form stands.
    private var places: [[UInt8]: [(passage: Int, start: Int)]] = [:]

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

    /// Finds what a paper explains.
    ///
    /// - Complexity: O(bytes).
    init(_ passages: [Passage]) {
        for passage in passages {
            let text = passage.text.utf8Span.span
            let sentences = SentenceSplitter.ranges(in: text)
            for definition in AbbreviationFinder.definitions(in: text, sentences: sentences) {
                let short = Array(
                    passage.text.utf8.dropFirst(definition.short.start).prefix(definition.short.count))
                guard short.count >= 2, !Self.known.contains(String(decoding: short, as: UTF8.self)) else {
                    continue
                }
                places[short, default: []].append((passage.index, definition.short.start))
            }
        }
    }

    /// How many different abbreviations a sentence uses that only another sentence explains.
    func unexplained(in passage: Passage, range: TextRange) -> Int {
        if places.isEmpty { return 0 }
        let text = passage.text.utf8Span.span
        var found: Set<[UInt8]> = []
        var position = range.start
        while position < range.end {
            guard Self.isInWord(text[position]) else {
                position += 1
                continue
            }
            let start = position
            while position < range.end, Self.isInWord(text[position]) { position += 1 }
            var word: [UInt8] = []
            for place in start..<position { word.append(text[place]) }
            while word.last == UInt8(ascii: "-") { word.removeLast() }
            if let explained = places[word],
                !explained.contains(where: {
                    $0.passage == passage.index && $0.start >= range.start && $0.start < range.end
                })
            {
                found.insert(word)
            }
        }
        return found.count
    }

    private static func isInWord(_ byte: UInt8) -> Bool {
        Letters.isWord(byte) || byte == UInt8(ascii: "-")
    }
}
