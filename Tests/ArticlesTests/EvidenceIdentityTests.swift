import Articles
import Corpus
import Foundation
import Testing

@Suite struct EvidenceIdentityTests {
    private let base = Evidence(
        pmid: PMID(8_402_902), version: 1, passage: 2, passageKind: .abstract, sentence: 3,
        range: TextRange(17, 45), text: "Igf1r-null mice die at birth.", entity: Samples.igf1r.id,
        mentions: [],
        qualities: SentenceQualities(), placements: [])

    @Test func `the identifier is the one that another program computes`() {
        // Python: sha256 over each field with struct.pack('>Q', len) before it, numbers as struct.pack('>q', n).
        #expect(base.identifier().hex == "8c46a41c9c075c2b74de3b6cd09b0e94")
        #expect(
            base.statementKey().hex == "9978b4745266d2a06f312d33aa0ad271cc500b01a989a06cf61287022de9b9bd")
    }

    @Test func `every field of the identity changes the identifier, and nothing else does`() {
        var others: [Evidence] = Array(repeating: base, count: 6)
        others[0].pmid = PMID(8_402_903)
        others[1].version = 2
        others[2].passage = 1
        others[3].text = "Igf1r-null mice die at birth!"
        others[4].entity = EntityID(prefix: "ncbigene", local: "16002")
        others[5].range = TextRange(18, 46)
        #expect(Set((others + [base]).map { $0.identifier() }).count == 7)
        var same = base
        same.sentence = 9
        same.qualities.isNegated = true
        same.mentions = [
            Mention(
                passage: 2, range: TextRange(17, 22), kind: .gene, entity: Samples.igf1r.id,
                dictionaryName: "Igf1r")
        ]
        #expect(same.identifier() == base.identifier())
    }

    @Test func `neighbouring fields cannot run into one another`() {
        var one = base
        one.text = "ab"
        one.entity = EntityID(prefix: "c", local: "d")
        var other = base
        other.text = "abc"
        other.entity = EntityID(prefix: "", local: "d")
        #expect(one.identifier() != other.identifier())
    }

    @Test(arguments: [
        ("Caf\u{E9} au lait", "Cafe\u{301} au lait", true),
        ("two  spaces\n here ", "two spaces here", true),
        ("a\u{A0}b", "a b", true),
        ("\u{2126} and \u{212B}", "\u{3A9} and \u{C5}", true),
        ("BRCA1 binds.", "Brca1 binds.", false),
        ("IL-2", "IL2", false),
        ("a b", "ab", false),
        ("β", "b", false),
    ])
    func `the key folds normalization and white space, never case or words`(
        one: String, other: String, isSame: Bool
    ) {
        let key = { (sentence: String) in
            StatementKey(
                article: Samples.igf1r.id, pmid: PMID(1), passageKind: .abstract, sentence: sentence)
        }
        #expect((key(one) == key(other)) == isSame)
    }

    @Test func `the key survives a new version, another offset and another section of the abstract`() {
        var moved = base
        moved.version = 2
        moved.passage = 4
        moved.sentence = 0
        moved.range = TextRange(0, 28)
        #expect(moved.statementKey() == base.statementKey())
        #expect(moved.identifier() != base.identifier())
        moved.passageKind = .title
        #expect(moved.statementKey() != base.statementKey())
    }

    @Test func `a stored key is taken back only when it is one`() {
        let key = base.statementKey()
        #expect(StatementKey(hex: key.hex) == key)
        #expect(StatementKey(hex: String(key.hex.dropLast())) == nil)
        #expect(StatementKey(hex: key.hex.uppercased()) == nil)
    }

    @Test func `stored keys are ordered as their digits are`() throws {
        let all = (0..<40).map { base.with(text: "sentence \($0)").statementKey() }
        #expect(all.sorted().map(\.hex) == all.map(\.hex).sorted())
        let ids = (0..<40).map { base.with(text: "sentence \($0)").identifier() }
        #expect(ids.sorted().map(\.hex) == ids.map(\.hex).sorted())
        #expect(try ids.map { try #require(EvidenceID(hex: $0.hex)) } == ids)
    }

    @Test func `short sentences of words, white space and control characters are all folded alike`() {
        let letters: [Character] = [" ", "a", "\t", "é", "\u{1}"]
        var sentences = [""]
        var last = sentences
        for _ in 0..<5 {
            last = last.flatMap { sentence in letters.map { sentence + String($0) } }
            sentences += last
        }
        #expect(sentences.count == 3906)
        for sentence in sentences {
            let words = sentence.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
            #expect(
                StatementKey.folded(sentence) == words.joined(separator: " "), "\(sentence.debugDescription)")
        }
    }

    @Test func `white space is Unicode's, of every scalar, wherever it stands`() {
        /// The same with the standard library's properties, a scalar at a time.
        func twin(_ sentence: String) -> String {
            String(
                sentence.precomposedStringWithCanonicalMapping.unicodeScalars
                    .split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " "))
        }
        for value in UInt32(1)...0x1_1FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let character = Character(scalar)
            for sentence in [
                " \(character)a\(character) b\(character)\(character)c d\(character)",
                "a\(character)b α\(character) \(character)\(character)d",
            ] {
                let folded = StatementKey.folded(sentence)
                if !folded.utf8.elementsEqual(twin(sentence).utf8) {
                    Issue.record("U+\(String(value, radix: 16)) is folded to “\(folded)”")
                }
            }
        }
    }
}

extension Evidence {
    fileprivate func with(text: String) -> Evidence {
        var copy = self
        copy.text = text
        return copy
    }
}
