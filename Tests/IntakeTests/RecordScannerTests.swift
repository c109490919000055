import Corpus
import Intake
import Testing

/// The scanner of regular records gives what libxml2 gives, takes those that are regular, and no others.
@Suite struct RecordScannerTests {
    /// What a parser makes of a record.
    private static func outcome(_ record: RawRecord, _ parser: CitationParser) -> Result<
        PubMedRecord, RecordProblem
    > {
        Result { () throws(RecordProblem) in try parser.parse(record) }
    }

    private static func record(_ bytes: [UInt8], _ kind: RecordKind = .citation) -> RawRecord {
        RawRecord(file: "f", ordinal: 7, byteOffset: 1000, kind: kind, bytes: bytes)
    }

    private static let corpus =
        Reading(path: fixture("regular.xml")).raw + Reading(path: fixture("awkward.xml")).raw

    @Test func `regular records do not go to libxml2`() throws {
        let parser = CitationParser()
        let raw = Reading(path: fixture("regular.xml")).raw
        #expect(raw.count == 4)
        for record in raw { _ = try parser.parse(record) }
        #expect(parser.counts == (regular: 4, irregular: 0))
        // Of the awkward ones two have comments, CDATA or named entities.
        for record in Reading(path: fixture("awkward.xml")).raw { _ = try parser.parse(record) }
        #expect(parser.counts == (regular: 7, irregular: 2))
        let other = CitationParser(withLibXML2Alone: true)
        for record in raw { _ = try other.parse(record) }
        #expect(other.counts == (regular: 0, irregular: 4))
    }

    @Test(arguments: [
        "", "x", "<a b=\"1\" c='2'/>", "<a.b-c_d/>", "<_/>",
        "<ArticleTitle>a > b &amp; c &#x10FFFF; ] ]] x</ArticleTitle>",
        "<ArticleTitle>\u{7F}\u{85}\u{2028}\u{FFFD}𝛼</ArticleTitle>", "<ArticleTitle/>",
        "<a b=\"]]&gt; é > '\"/>",
        "<ArticleTitle>&#9;&#10;&#13;x&#13;</ArticleTitle>",
        "<Abstract><AbstractText Label=\"&#10;&lt;&#945;\">x</AbstractText></Abstract>",
        "<ArticleTitle>a<x><y/>b</x>\n c</ArticleTitle>",
        "<Abstract><AbstractText>Label=\"X\" NlmCategory='Y' z</AbstractText></Abstract>",
        "<Abstract><AbstractText Label='X'>NlmCategory=\"Y\" z</AbstractText></Abstract>",
        "\r<ArticleTitle>\ra\r\nb \r c\r</ArticleTitle>\r\n",
        "<ArticleTitle>a\r<math>\r<mi>\r x \r\n</mi>\r<mtext>\ry\r</mtext></math></ArticleTitle>",
    ])
    func `what is regular is taken`(inner: String) throws {
        let record = Self.record(Array(article(1, inner).dropLast().utf8))
        let parser = CitationParser()
        let outcome = Self.outcome(record, parser)
        #expect(outcome == Self.outcome(record, CitationParser(withLibXML2Alone: true)))
        #expect((try? outcome.get()) != nil)
        #expect(parser.counts == (regular: 1, irregular: 0))
    }

    @Test(arguments: [
        "<!-- x -->", "<?x?>", "<![CDATA[x]]>", "]]>", "<a>]]></a>", "<a\r/>", "<a b='\r'/>", "\u{1}",
        "\u{FFFE}", "\u{FFFF}",
        "&alpha;", "&x;",
        "&", "&amp", "&#0;", "&#xD800;", "&#xFFFF;", "&#x110000;", "&#;", "&#x;", "&#X41;", "&#00000065;",
        "&;", "<a b=1/>",
        "<a b/>", "<a b=\"1\"c=\"2\"/>", "<a b=\"1\" b=\"2\"/>", "<a b='<'/>", "<a b='&'/>", "<a b=\"x/>",
        "<a b='1\n'/>",
        "<a b='\t'/>", "<a  b='1'/>", "<a b ='1'/>", "<a\nb='1'/>", "<a >x</a>", "<a>x</a >", "<a /x>",
        "<x:a/>", "<a x:b='1'/>",
        "<a xmlns='x'/>", "<a xmlns:x='x'/>", "<é/>", "<1/>", "<-/>", "< a/>", "<a>", "</a>", "<a></b>",
        "<a></aa>", "<aa></a>",
        "<!DOCTYPE x>", "<a b='1' c='1' d='1' e='1' f='1' g='1' h='1' i='1' j='1'/>",
        String(repeating: "<a>", count: 70) + String(repeating: "</a>", count: 70),
        String(repeating: "x", count: 2 << 20),
        "<ArticleTitle>" + String(repeating: "x", count: (1 << 20) + 1) + "</ArticleTitle>",
    ])
    func `what is irregular goes to libxml2`(inner: String) {
        let record = Self.record(Array(article(1, inner).dropLast().utf8))
        let parser = CitationParser()
        #expect(Self.outcome(record, parser) == Self.outcome(record, CitationParser(withLibXML2Alone: true)))
        #expect(parser.counts == (regular: 0, irregular: 1))
    }

    @Test(arguments: [
        "", "<", ">", "x", " <a/>", "<a/> ", "<a/><b/>", "<a/>x", "<a", "<a>", "</a>", "<PubmedArticle/>",
        "<PubmedArticle></PubmedArticle>", "\u{FEFF}<PubmedArticle/>",
        "<?xml version='1.0'?><PubmedArticle/>",
        "<DeleteCitation><PMID>x</PMID></DeleteCitation>", "<DeleteCitation><PMID>5</PMID></DeleteCitation>",
        "<PubmedBookArticle><BookDocument/></PubmedBookArticle>",
    ])
    func `whole records that are odd are the same either way`(text: String) {
        for kind in [RecordKind.citation, .bookArticle, .deletions] {
            let record = Self.record(Array(text.utf8), kind)
            #expect(
                Self.outcome(record, CitationParser())
                    == Self.outcome(record, CitationParser(withLibXML2Alone: true)))
        }
    }

    @Test(arguments: ["ck>", "x<a", "<a", "<a>", "\u{FEFF}<PubmedArticle/>", "\u{FEFF}<DeleteCitation/>"])
    func `what libxml2 read before does not matter`(text: String) throws {
        for kind in [RecordKind.citation, .deletions] {
            let record = Self.record(Array(text.utf8), kind)
            let used = CitationParser(withLibXML2Alone: true)
            _ = try used.parse(Self.record(Array(article(1).utf8)))
            #expect(
                Self.outcome(record, used) == Self.outcome(record, CitationParser(withLibXML2Alone: true)))
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `damaged records are the same either way`(seed: UInt64) {
        var mutator = RecordMutator(seed: seed)
        let parser = CitationParser()
        let reference = CitationParser(withLibXML2Alone: true)
        for turn in 0..<250 {
            let original = Self.corpus[turn % Self.corpus.count]
            var record = original
            record.bytes = mutator.mutated(original.bytes)
            let found = Self.outcome(record, parser)
            let expected = Self.outcome(record, reference)
            if found != expected {
                Issue.record(
                    "seed \(seed), turn \(turn): \(String(decoding: record.bytes, as: UTF8.self)): \(found) / \(expected)"
                )
            }
        }
        // Damage must reach both ways, or nothing was compared.
        #expect(parser.counts.regular > 10 && parser.counts.irregular > 100, "seed \(seed): \(parser.counts)")
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `looking at eight bytes at a time sees what looking at each does`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let odd: [UInt8] = [
            0, 1, 8, 9, 0x0A, 0x0B, 0x0D, 0x1F, 0x20, 0x25, 0x26, 0x27, 0x3B, 0x3C, 0x3D, 0x5C, 0x5D, 0x5E,
            0x7F, 0x80, 0xA6, 0xBC, 0xDD, 0xFF,
        ]
        for _ in 0..<500 {
            var bytes = [UInt8](repeating: 0x61, count: Int.random(in: 0...80, using: &dice))
            for _ in 0..<Int.random(in: 0...4, using: &dice) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                bytes[place] = odd.randomElement(using: &dice) ?? 0
                if place + 1 < bytes.count, Bool.random(using: &dice) { bytes[place + 1] = bytes[place] }
            }
            #expect(RecordBytes(bytes.span) == RecordBytes(oneByOne: bytes.span), "seed \(seed): \(bytes)")
            #expect(FieldBytes(bytes.span) == FieldBytes(oneByOne: bytes.span), "seed \(seed): \(bytes)")
            for start in 0...bytes.count {
                #expect(
                    bytes.span.nextTag(from: start) == bytes[start...].firstIndex(of: 0x3C),
                    "seed \(seed): \(bytes)")
            }
            let length = Int.random(in: 0...bytes.count, using: &dice)
            let (one, other) = (
                Int.random(in: length...bytes.count, using: &dice),
                Int.random(in: length...bytes.count, using: &dice)
            )
            #expect(
                bytes.span.areEqual(endingAt: one, other, count: length)
                    == bytes[(one - length)..<one].elementsEqual(bytes[(other - length)..<other]),
                "seed \(seed): \(bytes) \(one) \(other) \(length)")
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `what is UTF-8 is known, wherever it is damaged`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let pieces = ["a", " ", "abcdefgh", "ABCDEFGHIJKLMNOPQRSTUVW", "é", "β", "₂", "\u{FFFD}", "𝛼", "😀"]
        var (good, bad) = (0, 0)
        for _ in 0..<500 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &dice) {
                bytes += Array((pieces.randomElement(using: &dice) ?? "").utf8)
            }
            for _ in 0..<Int.random(in: 0...1, using: &dice) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                bytes[place] = UInt8.random(in: 0...255, using: &dice)
                if Bool.random(using: &dice) { bytes.removeFirst(place) }
            }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect(bytes.span.isValidUTF8() == isValid, "seed \(seed): \(bytes)")
            if isValid { good += 1 } else { bad += 1 }
        }
        #expect(good > 50 && bad > 50, "seed \(seed)")
    }

    @Test func `texts that come again are the same, whichever share a place`() {
        var strings = FieldStrings()
        for turn in 0..<20_000 {
            let text = " A heading that comes again, number \(turn % 7_000) é"
            #expect(strings.text(Array(text.utf8).span, isRepeated: true) == String(text.dropFirst()))
        }
    }

    @Test(
        .enabled(
            if: SharedData.path("pubmed") != nil,
            "the shared data are absent: put them beside the checkout or set BIOSCRIBE_SHARED"),
        arguments: [
            "real_pubmed.xml.gz", "pubmed26n9002.xml.gz", "real_bookarticles.xml", "pubmed26n9001.xml.gz",
        ])
    func `every record of a real file is the same either way`(name: String) throws {
        let reader = try RawRecordReader(path: try #require(SharedData.path("pubmed/\(name)")))
        let parser = CitationParser()
        let reference = CitationParser(withLibXML2Alone: true)
        while case .record(let record)? = try reader.next() {
            let (found, expected) = (Self.outcome(record, parser), Self.outcome(record, reference))
            if found != expected { Issue.record("record \(record.ordinal): \(found) / \(expected)") }
        }
        let counts = parser.counts
        print("\(name): \(counts.regular) records were regular, \(counts.irregular) went to libxml2")
        #expect(counts.regular + counts.irregular == reader.recordCount)
        // Books have instructions and comments of their own.
        if name.hasPrefix("pubmed") { #expect(counts.regular > 99 * counts.irregular) }
        if name.hasPrefix("real_pubmed") { #expect(counts.regular > 49 * counts.irregular) }
    }
}
