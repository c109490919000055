import AhoCorasick
import Testing

struct `Tokens of a text` {
    private func identities(_ text: String) -> [UInt64] {
        var tokenizer = Tokenizer()
        return tokenizer.tokens(of: text).map(\.identity)
    }

    /// The tokens as they stand in the text, each with `^` where a word starts and `$` where one ends.
    private func pieces(_ text: String) -> [String] {
        var tokenizer = Tokenizer()
        let bytes = Array(text.utf8)
        return tokenizer.tokens(of: text).map { token in
            (token.traits.contains(.startsWord) ? "^" : "")
                + String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
                + (token.traits.contains(.endsWord) ? "$" : "")
        }
    }

    @Test(arguments: [
        [
            "IGF-1R", "IGF1R", "IGF 1R", "igf 1 r", "IGF\u{2011}1R", "IGF\u{A0}1R", "IGF–1R", "IGF−1R",
            "IGF_1R",
        ],
        ["TNF-α", "TNF alpha", "TNFalpha", "TNFα", "TNF-alpha", "TNF-Α", "tnf alpha"],
        ["IFN-γ", "IFNgamma", "IFN gamma", "IFN-gamma"],
        ["NF-κB", "NF-kappaB", "NF-kappa B", "NFκB", "NFkappaB"],
        ["IκBα", "IkappaBalpha", "I kappa B alpha"],
        ["αVβ3", "alphaVbeta3", "alpha V beta 3"],
        ["IGF-I", "IGF1", "IGF-1", "IGF I"],
        ["type II", "type 2", "Type-II"],
        ["factor VIII", "factor 8"],
        ["tumours", "tumor", "tumour", "Tumors"],
        ["haemophilia", "hemophilia"],
        ["oesophagus", "esophagus"],
        ["sulphate", "sulfate"],
        ["localisation", "localization"],
        ["diseases", "disease"],
        ["cells", "cell"],
        ["bodies", "body"],
        ["kinases", "kinase"],
        ["Alzheimer's", "Alzheimer", "Alzheimer’s"],
        ["Crohn's disease", "Crohn disease"],
        ["Sjögren", "Sjogren", "Sjo\u{308}gren"],
        ["Ménière", "Meniere"],
        ["Waldenström", "Waldenstrom"],
        ["Łukasz", "Lukasz"],
        ["H₂O₂", "H2O2"],
        ["Ca²⁺", "Ca2⁺"],
        ["µ-opioid", "μ-opioid", "mu opioid", "Mu-opioid"],
        ["IL\u{AD}2", "IL2", "IL\u{200B}2"],
        ["naïve", "naive"],
    ])
    func `spellings that mean the same have the same tokens`(spellings: [String]) {
        for spelling in spellings.dropFirst() {
            #expect(identities(spelling) == identities(spellings[0]), "\(spelling)")
        }
        #expect(!identities(spellings[0]).isEmpty)
    }

    @Test(arguments: [
        ("IL-2", "IL-12"), ("IGF1", "IGF2"), ("IGF-I", "IGF-II"), ("factor V", "factor 5"),
        ("factor X", "factor 10"),
        ("TNF-α", "TNF-β"), ("CD4+", "CD4"), ("virus", "viru"), ("basis", "basi"), ("H₂O₂", "H₃O₂"),
        ("abc", "acb"),
        ("sh", "s h"), ("loss", "los"), ("中", "文"), ("AES", "AE"), ("his", "hi"), ("IIII", "IV"),
        ("beta", "eta"), ("betaine", "beta ine"), ("IGFI", "IGF1"),
        ("Ж", "Д"), ("N/A", "NA"),
    ])
    func `spellings that differ have different tokens`(one: String, other: String) {
        #expect(identities(one) != identities(other))
    }

    @Test(arguments: [
        ("IGF-1R", ["^IGF$", "^1", "R$"]),
        ("IGF1R", ["^IGF", "1", "R$"]),
        ("a b", ["^a$", "^b$"]),
        ("CD4+ T", ["^CD", "4$", "^+$", "^T$"]),
        ("TNFα-induced", ["^TNF", "α$", "^induced$"]),
        ("TNFalpha", ["^TNF", "alpha$"]),
        ("(p53)", ["^($", "^p", "53$", "^)$"]),
        ("Alzheimer's disease", ["^Alzheimer$", "^disease$"]),
        ("", []),
        (" - _ ", []),
        ("e\u{301}t", ["^e\u{301}t$"]),
        ("x=3.5", ["^x$", "^=$", "^3$", "^.$", "^5$"]),
        ("αvβ3", ["^α", "v", "β", "3$"]),
    ])
    func `words start and end where no letter or digit touches`(text: String, expected: [String]) {
        #expect(pieces(text) == expected)
    }

    @Test func `traits tell letters, digits, signs, case and plurals`() throws {
        var tokenizer = Tokenizer()
        let tokens = tokenizer.tokens(of: "Mice eat 12 + II cells")
        let traits = tokens.map(\.traits)
        try #require(traits.count == 6)
        #expect(traits[0].isSuperset(of: [.letters, .upperCase, .lowerCase]))
        #expect(traits[1].contains(.lowerCase) && !traits[1].contains(.upperCase))
        #expect(traits[2].contains(.digits) && !traits[2].contains(.letters))
        #expect(traits[3].contains(.sign) && !traits[3].contains(.letters))
        #expect(traits[4].isSuperset(of: [.letters, .digits, .upperCase]))
        #expect(traits[5].contains(.plural) && !traits[1].contains(.plural))
    }

    @Test func `every letter of Latin-1 and Latin Extended-A is folded to its own ASCII letters`() {
        // Each line: the letters that fold to the last word on it.
        let table = [
            "ÀÁÂÃÄÅàáâãäåĀāĂăĄą a", "Ææ ae", "ÇçĆćĈĉĊċČč c", "ÐðĎďĐđ d", "ÈÉÊËèéêëĒēĔĕĖėĘęĚě e", "ĜĝĞğĠġĢģ g",
            "ĤĥĦħ h", "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı i", "Ĳĳ ij", "Ĵĵ j", "Ķķĸ k", "ĹĺĻļĽľĿŀŁł l", "ÑñŃńŅņŇňŉŊŋ n",
            "ÒÓÔÕÖØòóôõöøŌōŎŏŐő o", "Œœ oe", "ŔŕŖŗŘř r", "ŚśŜŝŞşŠšſ s", "ß ss", "ŢţŤťŦŧ t", "Þþ th",
            "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų u", "Ŵŵ w", "ÝýÿŶŷŸ y", "ŹźŻżŽž z",
        ]
        for line in table {
            let parts = line.split(separator: " ")
            for letter in parts[0].unicodeScalars {
                // Between consonants, so that neither plurals nor British spellings are folded.
                #expect(identities("qx\(letter)xq") == identities("qx\(parts[1])xq"), "\(letter)")
            }
        }
    }

    @Test(arguments: 0..<400)
    func `offsets slice the text exactly, in order, on any Unicode`(number: Int) {
        let seed = UInt64(number) &* 7919 &+ 17
        var dice = Dice(seed: seed)
        let text = dice.text(pieces: 40)
        let bytes = Array(text.utf8)
        var tokenizer = Tokenizer()
        var end = 0
        for token in tokenizer.tokens(of: text) {
            let (from, to) = (Int(token.start), Int(token.end))
            #expect(from >= end && to > from && to <= bytes.count, "seed \(seed)")
            guard from >= end, to > from, to <= bytes.count else { return }
            #expect(bytes[from] & 0xC0 != 0x80, "seed \(seed): a scalar is cut at \(from)")
            #expect(to == bytes.count || bytes[to] & 0xC0 != 0x80, "seed \(seed): a scalar is cut at \(to)")
            #expect(token.identity != 0, "seed \(seed)")
            end = to
        }
    }

    @Test(arguments: 0..<100)
    func `bytes that are no UTF-8 do no harm`(number: Int) {
        let seed = UInt64(number) &+ 1_000_003
        var dice = Dice(seed: seed)
        let bytes = (0..<dice.below(60)).map { _ in UInt8.random(in: 0...255, using: &dice) }
        var tokenizer = Tokenizer()
        var tokens: [Token] = []
        tokenizer.tokenize(bytes.span, into: &tokens)
        #expect(tokens.allSatisfy { $0.start < $0.end && Int($0.end) <= bytes.count }, "seed \(seed)")
    }

    @Test(arguments: 0..<100)
    func `a tokenizer that was used before gives what a new one gives`(number: Int) {
        let seed = UInt64(number) &+ 77
        var dice = Dice(seed: seed)
        var used = Tokenizer()
        _ = used.tokens(of: dice.text(pieces: 20))
        let text = dice.text(pieces: 20)
        var fresh = Tokenizer()
        #expect(used.tokens(of: text) == fresh.tokens(of: text), "seed \(seed)")
    }

    @Test(arguments: 0..<200)
    func `a tokenizer that remembers words cuts as one that does not`(number: Int) {
        let seed = UInt64(number) &* 15_485_863 &+ 7
        var dice = Dice(seed: seed)
        var remembering = Tokenizer(remembers: true)
        let words = [
            "tumours", "Tumours", "TNFalpha", "kappaB", "haemophilia", "s", "II", "genes", "GENES", "IGFs",
            "phosphatidylinositol", "acetyltransferas", "acetyltransferase", "ß", "naïve", "Sjögren",
        ]
        var (expected, found) = ([Token](), [Token]())
        for _ in 0..<20 {
            var text = ""
            for _ in 0..<dice.below(12) {
                text += dice.below(3) == 0 ? dice.text(pieces: 2) : dice.pick(words)
                text += dice.pick([" ", "", "-", "'", "1", "."])
            }
            var plain = Tokenizer()
            plain.tokenize(text.utf8Span.span, into: &expected)
            remembering.tokenize(text.utf8Span.span, into: &found)
            #expect(found == expected, "seed \(seed): \(text)")
        }
    }
}
