import Articles
import Corpus
import Testing

/// The origins of the words of a text, after saves in order.
private func origins(_ texts: [String]) -> String {
    var history = TokenHistory()
    for text in texts { history.save(text) }
    return blame(history)
}

/// Each token of the newest revision with its origin: `The1 kinase1 .1`.
private func blame(_ history: TokenHistory) -> String {
    history.tokensOfNewest.map { "\(history.string(of: $0))\(history.origin(of: $0))" }.joined(separator: " ")
}

private let receptor = "The receptor binds insulin at the membrane of hepatocytes."
private let ataxia = "Loss of the gene causes severe ataxia in young mice."
private let cerebellum = "Expression is highest within the adult cerebellum."
private let calcium = "The purified protein chelates calcium with high affinity."

/// The adversarial cases of attribution, by their numbers.
struct AttributionCaseTests {
    @Test(arguments: [
        [[receptor, ataxia], [cerebellum, calcium]], [[cerebellum], [calcium, ataxia, receptor]],
        [[calcium], [receptor], [ataxia], [cerebellum]], [[cerebellum, calcium, receptor, ataxia]],
    ])
    func `T1 moved paragraphs and sentences; T3 split and merged paragraphs`(paragraphs: [[String]]) {
        var history = TokenHistory()
        history.save("\(receptor) \(ataxia)\n\n\(cerebellum) \(calcium)")
        let count = history.tokenCount
        history.save(paragraphs.map { $0.joined(separator: " ") }.joined(separator: "\n\n"))
        #expect(history.tokenCount == count)
        #expect(Set(history.tokensOfNewest) == Set(history.tokens(ofRevision: 1)))
    }

    @Test func `T2 a sentence moved and edited`() {
        let edited = "Loss of the gene causes mild ataxia in young mice."
        let found = origins(["\(receptor) \(ataxia) \(cerebellum)", "\(edited) \(receptor) \(cerebellum)"])
        #expect(found.hasPrefix("Loss1 of1 the1 gene1 causes1 mild2 ataxia1 in1 young1 mice1 .1 The1"))
        #expect(found.split(separator: " ").filter { $0.hasSuffix("2") } == ["mild2"])
    }

    @Test func `T4 lines are broken elsewhere`() {
        var history = TokenHistory()
        let runs = history.save("\(receptor) \(ataxia)\n\n\(cerebellum)")
        #expect(
            history.save(
                "\(receptor) \(ataxia)".split(separator: " ").joined(separator: "\n") + "\n\n\(cerebellum)\n")
                == runs)
    }

    @Test func `T5 blanked and reverted`() {
        var history = TokenHistory()
        let runs = history.save("\(receptor) \(ataxia)")
        #expect(history.save("").count == 0)
        #expect(history.save("\(receptor) \(ataxia)") == runs)
        let token = history.tokensOfNewest[0]
        #expect(history.removals(of: token) == [2])
        #expect(history.returns(of: token) == [3])
        #expect(history.lastRemoval(of: token) == 2)
    }

    @Test func `T6 blanked, edited in good faith, restored with a change`() {
        let found = origins([
            "\(receptor) \(ataxia) \(cerebellum)", "gone", "gone for good",
            "\(receptor) Loss of the gene causes severe tremor in young mice. \(cerebellum)",
        ])
        #expect(found.split(separator: " ").filter { !$0.hasSuffix("1") } == ["tremor4"])
    }

    @Test func `T7 the same vandalism twice`() {
        var history = TokenHistory()
        let page = history.save("\(receptor) \(ataxia)")
        let vandalism = history.save("la la la la la")
        #expect(history.save("\(receptor) \(ataxia)") == page)
        #expect(history.save("la la la la la") == vandalism)
        #expect(history.save("\(receptor) \(ataxia)") == page)
        #expect(history.removals(of: TokenID(0)) == [2, 4])
        #expect(history.returns(of: TokenID(0)) == [3, 5])
    }

    @Test func `T8 a rewrite that shares only common words`() {
        let found = origins([
            "\(receptor) \(cerebellum)", "In the mouse, the loss of the gene in the liver. \(cerebellum)",
        ])
        #expect(
            found.hasPrefix("In2 the2 mouse2 ,2 the2 loss2 of2 the2 gene2 in2 the2 liver2 .2 Expression1"))
    }

    @Test func `T9 rewritten, then restored beside the rewrite`() {
        let rewrite = "In the mouse, the loss of the gene harms the liver."
        let found = origins([
            "\(receptor) \(cerebellum)", "\(rewrite) \(cerebellum)", "\(rewrite) \(cerebellum) \(receptor)",
        ])
        #expect(found.hasSuffix("The1 receptor1 binds1 insulin1 at1 the1 membrane1 of1 hepatocytes1 .1"))
    }

    @Test func `T10 restored a hundred revisions later`() {
        var history = TokenHistory()
        history.save("\(receptor) \(ataxia) \(cerebellum)")
        let lost = history.tokens(ofRevision: 1)[10..<21]
        for number in 0..<100 { history.save("\(receptor) \(cerebellum) Note \(number) of the week.") }
        history.save("\(receptor) \(cerebellum) Note 99 of the week. \(ataxia)")
        #expect(history.tokensOfNewest.suffix(11) == lost)
        #expect(history.origin(of: history.tokensOfNewest.last ?? TokenID(-1)) == 1)
    }

    @Test func `T11 restored with one word changed`() {
        let found = origins([
            "\(receptor) \(ataxia)", "\(receptor)",
            "\(receptor) Loss of the locus causes severe ataxia in young mice.",
        ])
        #expect(found.hasSuffix("Loss1 of1 the1 locus3 causes1 severe1 ataxia1 in1 young1 mice1 .1"))
    }

    @Test func `T12 cut down to a stub, then short edits`() {
        let long = (0..<30).map { "Factor\($0) binds target\($0) strongly in tissue\($0)." }
            .joined(separator: " ")
        let found = origins([long, receptor, "\(receptor) More follows.", "\(receptor) Much more follows."])
        #expect(
            found == "The2 receptor2 binds2 insulin2 at2 the2 membrane2 of2 hepatocytes2 .2 "
                + "Much4 more4 follows3 .3")
    }

    @Test func `T13 the case of a gene's symbol`() {
        var history = TokenHistory()
        for symbol in ["brca1", "BRCA1", "Brca1"] { history.save("The gene \(symbol) binds DNA.") }
        #expect(blame(history) == "The1 gene1 Brca13 binds1 DNA1 .1")
        let symbol = history.tokensOfNewest[2]
        let second = history.tokens(ofRevision: 2)[2]
        #expect(history.variantOf(symbol) == second)
        #expect(history.variantOf(second) == history.tokens(ofRevision: 1)[2])
        #expect(history.variantOf(history.tokensOfNewest[1]) == nil)
        history.save("The gene Brcá1 binds DNA.")
        #expect(history.variantOf(history.tokensOfNewest[2]) == symbol)
    }

    @Test func `T14 a duplicated sentence, then the first copy deleted`() {
        var history = TokenHistory()
        history.save("\(receptor) \(ataxia)")
        let first = history.tokensOfNewest
        history.save("\(receptor) \(ataxia)\n\n\(receptor)")
        let copy = Array(history.tokensOfNewest.suffix(10))
        #expect(history.tokensOfNewest.prefix(first.count) == first[...])
        #expect(copy.map { history.copiedFrom($0) } == first.prefix(10).map { $0 })
        history.save("\(ataxia)\n\n\(receptor)")
        #expect(history.tokensOfNewest == first.suffix(11) + copy)
        #expect(history.removals(of: first[0]) == [3])
    }

    @Test func `a history that has just begun tells of its first revision what it tells later`() throws {
        let text = "# Igf1r\n\n- \(ataxia) \(receptor)\n- \(ataxia)\n- -\n"
        let count = ArticleTokenizer.tokens(in: text).count
        var begun = TokenHistory()
        let runs = try begun.write(text, identities: Array(repeating: nil, count: count))
        let replayed = try TokenHistory(replaying: [(text, runs)])
        var later = begun
        later.save(text + "\n\(calcium)\n")
        #expect(later.revisionCount == 2)
        for history in [begun, replayed] {
            #expect(history.revisionCount == 1 && history.tokenCount == count)
            #expect(history.runs(ofRevision: 1) == later.runs(ofRevision: 1))
            #expect(history.tokensOfNewest == later.tokens(ofRevision: 1))
            for (place, token) in history.tokensOfNewest.enumerated() {
                #expect(history.string(of: token) == later.string(of: token))
                #expect(history.origin(of: token) == later.origin(of: token))
                #expect(history.copiedFrom(token) == later.copiedFrom(token))
                #expect(history.variantOf(token) == later.variantOf(token))
                #expect(history.isAlive(token) && history.place(of: token) == place)
                #expect(history.lastRemoval(of: token) == nil && history.removals(of: token).isEmpty)
            }
        }
        #expect(begun.tokensOfNewest.contains { begun.copiedFrom($0) != nil })
    }

    @Test func `T15 a list of near-identical lines`() {
        func list(_ numbers: some Sequence<Int>) -> String {
            numbers.map { "- Factor \($0) binds the target in the liver." }.joined(separator: "\n")
        }
        var history = TokenHistory()
        history.save(list(1...200))
        let old = history.tokensOfNewest
        history.save(list(1...99) + "\n- Factor 100 binds the target in the kidney.\n" + list(101...200))
        #expect(history.tokenCount == old.count + 1)
        history.save(list((1...200).reversed()))
        #expect(Set(history.tokensOfNewest) == Set(old))
    }

    @Test func `T16 a page of one repeated word is bounded`() {
        let word = [String](repeating: "word", count: 100_000)
        var mixed = word
        for index in stride(from: 0, to: mixed.count, by: 3) { mixed[index] = "other" }
        var history = TokenHistory()
        history.save(word.joined(separator: " "))
        let clock = ContinuousClock()
        let duration = clock.measure {
            history.save(mixed.joined(separator: " "))
            history.save(word.dropFirst(50_000).joined(separator: " "))
            history.save(mixed.reversed().joined(separator: " ") + " end")
        }
        #expect(history.revisionCount == 4)
        #expect(duration < .seconds(20), "\(duration)")
    }

    @Test(arguments: [
        ("The caf\u{E9} gene", "The cafe\u{301} gene", 0), ("The β chain.", "The beta chain.", 1),
        ("One line.\r\nTwo lines.", "One line.\nTwo lines.", 0), ("a b", "a\u{200B} b", 1),
        ("The 👩‍🔬 wrote it.", "The 👩‍🔬 wrote it!", 1), ("Σ-factor", "σ-factor", 1),
        ("\u{1D6FC}-chain", "\u{3B1}-chain", 1), ("no\u{A0}break", "no break", 0),
    ])
    func `T17 Unicode`(old: String, new: String, fresh: Int) {
        var history = TokenHistory()
        history.save(old)
        let count = history.tokenCount
        history.save(new)
        #expect(history.tokenCount - count == fresh)
    }

    @Test func `T18 a page of 300 kB`() {
        var dice = SeededGenerator(seed: 18)
        var sentences = (0..<5000).map { number in
            "Factor\(number) "
                + (0..<8).map { _ in "word\(Int.random(in: 0..<3000, using: &dice))" }.joined(separator: " ")
                + "."
        }
        var history = TokenHistory()
        history.save(sentences.joined(separator: " "))
        let count = history.tokenCount
        for _ in 0..<20 { sentences[Int.random(in: 0..<5000, using: &dice)] += " An addition." }
        sentences.swapAt(10, 4000)
        let text = sentences.joined(separator: " ")
        #expect(text.utf8.count > 300_000)
        let duration = ContinuousClock().measure { history.save(text) }
        #expect(history.tokenCount == count + 60)
        // The aim is a quarter of a second on a machine that does nothing else.
        #expect(duration < .seconds(5), "\(duration)")
    }

    @Test func `T19 ten thousand revisions are replayed`() throws {
        var history = TokenHistory()
        var kept: [(text: String, runs: TokenRuns)] = []
        for number in 0..<10_000 {
            let text =
                "\(receptor) Note \(number % 700) of the week. \(number % 3 == 0 ? ataxia : cerebellum)"
            kept.append((text, history.save(text)))
        }
        let replayed = try TokenHistory(replaying: kept)
        #expect(replayed.revisionCount == 10_000)
        #expect(replayed.tokensOfNewest == history.tokensOfNewest)
        #expect(replayed.removals(of: TokenID(15)) == history.removals(of: TokenID(15)))
        #expect(history.tokenCount < 2000)
    }

    @Test func `T20 citations reformatted by a tool`() {
        let found = origins([
            "The receptor binds insulin [@pubmed:11]. Mice are small [@pubmed:12;@pubmed:13].",
            "The receptor binds insulin [@pubmed:11; @pubmed:14]. Mice are small [@pubmed:12; @pubmed:13].",
        ])
        #expect(
            found == "The1 receptor1 binds1 insulin1 [@pubmed:11; @pubmed:14]2 .1 Mice1 are1 small1 "
                + "[@pubmed:12; @pubmed:13]2 .1")
    }

    @Test func `T21 revisions are numbered in the order in which they come`() {
        var history = TokenHistory()
        for text in ["One.", "One. Two.", "One. Two. Three."] { history.save(text) }
        #expect(blame(history) == "One1 .1 Two2 .2 Three3 .3")
    }

    @Test func `T22 a sentence pasted again from the same article`() throws {
        var history = TokenHistory()
        try history.write("\(receptor) \(ataxia)", identities: [TokenID?](repeating: nil, count: 21))
        history.save("\(receptor) \(ataxia) It was said: \(ataxia)\n\n\(ataxia)")
        let copies = history.tokensOfNewest.suffix(11)
        #expect(copies.allSatisfy { history.origin(of: $0) == 2 })
        #expect(copies.map { history.copiedFrom($0) } == (10..<21).map { TokenID($0) })
    }

    @Test func `T23 deleting and re-typing text of the machine steals nothing`() throws {
        var history = TokenHistory()
        try history.write("\(receptor) \(ataxia)", identities: [TokenID?](repeating: nil, count: 21))
        let machine = history.tokensOfNewest
        // In one save, in two, one after the other, and with a word changed.
        history.save("\(ataxia) \(receptor)")
        #expect(Set(history.tokensOfNewest) == Set(machine))
        history.save("Something else.")
        history.save("Something else. \(ataxia)")
        #expect(history.tokensOfNewest.suffix(11) == machine[10...])
        history.save("Something else. \(ataxia) \(receptor.replacing("insulin", with: "glucagon"))")
        #expect(history.tokensOfNewest.suffix(10).filter { history.origin(of: $0) != 1 }.count == 1)
    }

    @Test(arguments: [
        ("a-b c_d", ["a", "-", "b", "c_d"]), ("", []), (" \n\t", []), ("p53.", ["p53", "."]),
        ("[@pubmed:1]", ["[@pubmed:1]"]), ("[@pubmed:1; @pubmed:2]x", ["[@pubmed:1; @pubmed:2]", "x"]),
        ("[@pubmed:]", ["[", "@", "pubmed", ":", "]"]), ("[@pubmed:1", ["[", "@", "pubmed", ":", "1"]),
        ("H₂O x² Ⅳ", ["H₂O", "x²", "Ⅳ"]), ("naïve\u{2028}e\u{301}", ["naïve", "e\u{301}"]),
        ("\u{0}a\u{0}", ["\u{0}", "a", "\u{0}"]), ("日本 🧬", ["日本", "🧬"]),
    ])
    func `tokens`(text: String, tokens: [String]) {
        let found = ArticleTokenizer.tokens(in: text).map { range in
            String(decoding: Array(text.utf8)[range.start..<range.end], as: UTF8.self)
        }
        #expect(found.map { Array($0.utf8) } == tokens.map { Array($0.utf8) })
    }

    @Test func `identities that do not fit are refused, and change nothing`() throws {
        var history = TokenHistory()
        history.save("one two")
        let before = history.tokensOfNewest
        func kind(_ text: String, _ ids: [Int32?]) -> TokenHistoryError.Kind? {
            do throws(TokenHistoryError) {
                try history.write(text, identities: ids.map { $0.map { TokenID($0) } })
                return nil
            } catch { return error.kind }
        }
        #expect(kind("one two", [0]) == .count(tokens: 2, identities: 1))
        #expect(kind("One two", [0, 1]) == .string(TokenID(0), atOrigin: "one", here: "One"))
        #expect(kind("one one", [0, 0]) == .twice(TokenID(0)))
        #expect(kind("one six", [0, 2]) == .unknown(TokenID(2), next: TokenID(2)))
        #expect(kind("one six", [0, -5]) == .unknown(TokenID(-5), next: TokenID(2)))
        #expect(history.revisionCount == 1)
        #expect(history.tokensOfNewest == before)
        #expect(kind("two three one", [1, nil, 0]) == nil)
        #expect(history.tokensOfNewest == [TokenID(1), TokenID(2), TokenID(0)])
    }

    @Test(
        arguments: [
            ([(0, 2)], [(0, 1)], TokenHistoryError.Kind.count(tokens: 2, identities: 1)),
            ([(0, 2)], [(0, 1), (3, 1)], .unknown(TokenID(3), next: TokenID(2))),
            ([(0, 2)], [(0, 1), (0, 1)], .twice(TokenID(0))),
            ([(0, 2)], [(1, 1), (0, 1)], .string(TokenID(1), atOrigin: "two", here: "one")),
            ([(0, 2)], [(0, 3), (1, -1)], .run(first: TokenID(1), count: -1)),
            ([(0, 2)], [(.max, 2)], .run(first: TokenID(.max), count: 2)),
            ([(1, 2)], [], .unknown(TokenID(1), next: TokenID(0))),
        ] as [([(Int32, Int32)], [(Int32, Int32)], TokenHistoryError.Kind)])
    func `stored runs that do not fit are refused`(
        first: [(Int32, Int32)], second: [(Int32, Int32)], kind: TokenHistoryError.Kind
    ) {
        func runs(_ pairs: [(Int32, Int32)]) -> TokenRuns {
            TokenRuns(runs: pairs.map { TokenRuns.Run(first: TokenID($0.0), count: $0.1) })
        }
        var found: TokenHistoryError.Kind?
        do throws(TokenHistoryError) {
            _ = try TokenHistory(replaying: [("one two", runs(first)), ("one two", runs(second))])
        } catch { found = error.kind }
        #expect(found == kind)
    }
}
