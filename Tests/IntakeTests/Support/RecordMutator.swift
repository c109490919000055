/// Damages records at random: most results are not well-formed, some are and say something else.
struct RecordMutator {
    private var dice: Dice

    /// What tends to be read wrongly: markup of every kind, references good and bad, bytes that are no characters.
    private static let tokens: [[UInt8]] =
        [
            "<", ">", "&", "\"", "'", "/", "=", " ", "\n", "\t", "\r", "\r\n", "]]>", "]]", "<!--", "-->",
            "<![CDATA[",
            "<?x ?>", "<!-- x -->", "<![CDATA[ < ]]>", "<i>", "</i>", "<i/>", "<i />", "</i >", "<x:i>",
            "</x:i>", "<x",
            "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&alpha;", "&nosuch;", "&#65;", "&#x3b1;", "&#0;",
            "&#1;",
            "&#13;", "&#10;", "&#xD800;", "&#xFFFE;", "&#xFFFFFF;", "&#X41;", "&#;", "&#x;",
            "&#00000000000065;",
            " a=\"1\"", " a='1'", " a=1", " a = \"1\"", " a=\"1\" a=\"2\"", " a=\"<\"", " xmlns=\"x\"",
            " xmlns:y=\"z\"",
            " UI=\"D1\"", " UI='&amp;'", " Label=\"&#945;\"", " xml:lang=\"en\"", "<PMID>1</PMID>", "<PMID/>",
            "<Year>2001</Year>", "<AbstractText>x</AbstractText>", "<math>", "</math>", "<mi> x </mi>", "é",
            "€", "𝛼",
            "\u{FFFE}", "\u{FFFF}", "\u{FEFF}", "\u{2028}", "\u{85}", "\u{7F}", "\u{0}", "\u{1}", "\u{B}",
        ].map { Array($0.utf8) } + [
            [0xC3], [0xFF], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
        ]

    init(seed: UInt64) {
        dice = Dice(seed: seed)
    }

    /// A record with a few damages.
    mutating func mutated(_ record: [UInt8]) -> [UInt8] {
        var bytes = record
        for _ in 0..<max(1, Int.random(in: -1...3, using: &dice)) where !bytes.isEmpty { damage(&bytes) }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        var place = Int.random(in: 0..<bytes.count, using: &dice)
        // Behind a tag a token does less harm, so that more than a first error is met.
        if Bool.random(using: &dice), let tag = bytes[place...].firstIndex(of: 0x3E) {
            place = min(tag + 1, bytes.count - 1)
        }
        let stretch = place..<min(bytes.count, place + Int.random(in: 1...40, using: &dice))
        switch Int.random(in: 0..<16, using: &dice) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
        case 7...9: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &dice), at: place)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &dice)
        case 2: bytes.removeSubrange(stretch)
        case 3: bytes.insert(contentsOf: bytes[stretch], at: Int.random(in: 0...bytes.count, using: &dice))
        case 4: bytes.removeLast(bytes.count - place)
        default:
            // The most, since anything else seldom gives markup.
            if let token = Self.tokens.randomElement(using: &dice) {
                bytes.insert(contentsOf: token, at: place)
            }
        }
    }
}
