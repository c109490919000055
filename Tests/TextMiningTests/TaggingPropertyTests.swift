import Corpus
import Foundation
import Terminology
import Testing
import TextMining

/// What holds of the tagger on any dictionary and any text: random dictionaries, random Unicode; each failure tells its
/// seed.
struct TaggingPropertyTests {
    /// The small dictionary's sources, to which random names are added in memory.
    private static let base: DictionaryBase? = {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "tagging-\(UUID().uuidString)")
        defer { try? files.removeItem(at: folder) }
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/Tagging")
        let roles = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Dictionaries/words/roles.tsv")
        do {
            try files.copyItem(at: fixtures, to: folder)
            try files.copyItem(at: roles, to: folder.appending(path: "roles.tsv"))
            return try DictionaryFolder(path: folder.path()).base()
        } catch {
            Issue.record("the sources of the fixtures cannot be read: \(error)")
            return nil
        }
    }()

    /// A dictionary with random names, and these.
    private func dictionary(_ dice: inout TaggingDice) throws -> (CompiledDictionary, names: [String]) {
        let kinds = ["Gene", "Gene", "GeneFamily", "Chemical", "Disease", "CellLine", "Anatomy", "Process"]
        let grades = ["official", "fullName", "synonym", "related", "weak", "sole"]
        var names: [String] = []
        var rows: [String] = []
        for number in 0..<(1 + dice.below(25)) {
            let name = dice.name()
            guard !name.allSatisfy(\.isWhitespace) else { continue }
            names.append(name)
            let kind = dice.pick(kinds)
            let taxon = kind == "Gene" ? dice.pick(["9606", "10090", "10116"]) : "0"
            let id = "test.\(kind.lowercased()):\(dice.below(number + 1))"
            rows.append([kind, id, name, taxon, dice.pick(grades)].joined(separator: "\t"))
        }
        let base = try #require(Self.base)
        return (
            try base.compiled(names: rows), names + ["IGF1R", "TNF-α", "USP8", "RAB32", "glucose", "CD4"]
        )
    }

    private func document(_ dice: inout TaggingDice, naming names: [String]) -> [Passage] {
        (0...dice.below(3)).map {
            Passage(kind: $0 == 0 ? .title : .abstract, index: $0, text: dice.text(naming: names))
        }
    }

    @Test(arguments: 0..<150)
    func `every mention is the exact text of its place, on the borders of characters`(number: Int) throws {
        let seed = UInt64(number) &* 6_364_136_223_846_793_005 &+ 1
        var dice = TaggingDice(state: seed)
        let (dictionary, names) = try dictionary(&dice)
        let tagger = Tagger(dictionary: dictionary)
        for _ in 0..<4 {
            let passages = document(&dice, naming: names)
            var last = [-1, 0]
            for mention in tagger.mentions(in: passages) {
                let text = passages[mention.passage].text
                let bytes = Array(text.utf8)
                let (start, end) = (mention.range.start, mention.range.end)
                try #require(
                    start >= 0 && start < end && end <= bytes.count, "seed \(seed): \(mention.range)")
                #expect(bytes[start] & 0xC0 != 0x80, "seed \(seed): a scalar is cut at \(start)")
                #expect(
                    end == bytes.count || bytes[end] & 0xC0 != 0x80, "seed \(seed): a scalar is cut at \(end)"
                )
                let slice = try #require(text.slice(mention.range), "seed \(seed)")
                #expect(Array(slice.utf8) == Array(bytes[start..<end]), "seed \(seed)")
                #expect(
                    ![mention.passage, start].lexicographicallyPrecedes(last), "seed \(seed): not in order")
                last = [mention.passage, start]
                // A chemical is found by its own names alone, unless the text defines a short form.
                if mention.kind == .chemical, !mention.reasons.contains(where: { $0.hasPrefix("short for") })
                {
                    #expect(
                        dictionary.entries(named: slice).contains {
                            dictionary.identifier(ofConcept: $0.concept) == mention.entity
                        }, "seed \(seed): “\(slice)” is no name of \(mention.entity)")
                }
            }
        }
    }

    @Test(arguments: 0..<60)
    func `tagging depends neither on the order of documents nor on what was tagged before`(number: Int)
        async throws
    {
        let seed = UInt64(number) &* 2_862_933_555_777_941_757 &+ 3
        var dice = TaggingDice(state: seed)
        let (dictionary, names) = try dictionary(&dice)
        var documents: [[Passage]] = []
        for _ in 0..<8 { documents.append(document(&dice, naming: names)) }
        let tagger = Tagger(dictionary: dictionary)
        let found = documents.map { tagger.mentions(in: $0) }
        for index in documents.indices.shuffled(using: &dice) {
            #expect(tagger.mentions(in: documents[index]) == found[index], "seed \(seed): document \(index)")
            let fresh = Tagger(dictionary: dictionary).mentions(in: documents[index])
            #expect(fresh == found[index], "seed \(seed): document \(index), a new tagger")
        }
        let side = await withTaskGroup(of: (Int, [Mention]).self) { group in
            for (index, document) in documents.enumerated() {
                group.addTask { (index, tagger.mentions(in: document)) }
            }
            var all = [[Mention]](repeating: [], count: documents.count)
            for await (index, mentions) in group { all[index] = mentions }
            return all
        }
        #expect(side == found, "seed \(seed): side by side")
    }

    /// Steps that compared each name with all others of the passage never came to an end on a text without breaks.
    @Test(.timeLimit(.minutes(1)))
    func `a passage of megabytes takes as long as its sentences do one by one`() throws {
        let dictionary = try #require(TaggingScene.dictionary)
        let sentence = "The insulin receptor (IR) of mice binds IGF1R, TNF-alpha and glucose in human brain. "
        let tagger = Tagger(dictionary: dictionary)
        func count(_ sentences: Int) -> Int {
            let text = String(repeating: sentence, count: sentences)
            return tagger.mentions(in: [Passage(kind: .abstract, index: 1, text: text)]).count
        }
        #expect(count(20_000) == count(20) * 1000)
    }

    /// Short forms and letters for species are looked up: none is compared with all others of the passage.
    @Test(.timeLimit(.minutes(1)))
    func `a passage that defines thousands of short forms and has as many prefixed genes comes to an end`()
        throws
    {
        let dictionary = try #require(TaggingScene.dictionary)
        let tagger = Tagger(dictionary: dictionary)
        func count(_ sentences: Int) -> Int {
            var text = ""
            for number in 0..<sentences {
                text +=
                    "The long form \(number) (LF\(number)) binds IGF1R and hIGF1R, unlike LF\(number / 2). "
            }
            let mentions = tagger.mentions(in: [Passage(kind: .abstract, index: 1, text: text)])
            return mentions.filter { $0.kind == .gene }.count
        }
        #expect(count(20) > 0)
        #expect(count(10_000) == count(20) * 500)
    }

    // MARK: - What is remembered

    /// A model whose weights are few and coarse, so that many sums are nothing.
    private func model(_ dice: inout TaggingDice) -> String {
        let features = [
            "near=the", "near=of", "near=cell", "left1=the", "left1=", "right1=", "right2=in", "trust=0",
            "trust=2",
            "readings=1", "spelling=exact", "spelling=other", "also=Gene", "inside=Disease", "around=Gene",
            "before=Chemical", "after=Gene", "title", "touches=__", "touches=_-", "occurrences=1", "length=4",
            "support=n0", "cue=left", "cue=none-named", "doubt=cut-out", "doubt=short-name", "shape=A",
            "shape=A0",
            "margin=0", "margin=1", "margin=2", "topic=the/9606", "topic=cell/10090", "topicTitle=of/9606",
            "taxon=9606", "listed=0=", "rivals=1", "named=yes", "defined=known", "ending3=f1r",
        ]
        var lines = ["kind\tfeature\tweight"]
        for kind in ["Gene", "Chemical", "Disease"] where kind == "Gene" || dice.below(3) > 0 {
            lines.append("\(kind)\tbias\t\(dice.pick(["0.25", "-0.25", "0.50", "0.10"]))")
            for feature in features where dice.below(2) == 0 {
                let weight = dice.pick(["0.25", "-0.25", "0.50", "-0.50", "0.10", "-0.10", "0.30"])
                lines.append("\(kind)\t\(feature)\t\(weight)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test(arguments: 0..<12)
    func `sums of hundredths and what is remembered change no mention`(number: Int) throws {
        let seed = UInt64(number) &* 2_862_933_555_777_941_757 &+ 3
        var dice = TaggingDice(state: seed)
        let dictionary = try TaggingScene.dictionary(adding: ["learned/t.weights.tsv": model(&dice)])
        let names = [
            "IGF1R", "Igf1r", "TNF-α", "USP8", "Usp8", "RAB32", "glucose", "CD4", "insulin", "mice", "human",
            "the", "of", "cell", "hIGF1R", "breast and ovarian cancer", "growth factor (GF)",
        ]
        let remembering = Tagger(dictionary: dictionary)
        var found = 0
        for _ in 0..<60 {
            let passages = document(&dice, naming: names)
            let plain = Tagger(dictionary: dictionary, settings: TaggerSettings(), usesTables: false)
            let mentions = remembering.mentions(in: passages)
            #expect(mentions == plain.mentions(in: passages), "seed \(seed): \(passages.map(\.text))")
            found += mentions.count
        }
        #expect(found > 0, "seed \(seed): nothing was compared")
    }
}
