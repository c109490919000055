import Corpus
import Intake
import Testing

/// What becomes of markup and white space in the text of a field.
@Suite struct FlattenedTextTests {
    private static let math = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">"

    @Test(arguments: [
        ("a<i>b</i>c", "abc"), ("CO<sub>2</sub> and 10<sup>-3</sup> M", "CO2 and 10-3 M"),
        ("<b>One</b> <i>two</i>", "One two"), ("<i><b>n</b>ested<u/></i>", "nested"),
        ("  two  spaces  stay  ", "two  spaces  stay"), ("line\n   break", "line break"),
        ("tab\tand \r\n break", "tab and break"), ("a <i>\n b</i>", "a b"),
        ("<i>x</i>\n<i>y</i>", "x y"), ("no\u{A0}break", "no\u{A0}break"), ("\u{2009}thin", "\u{2009}thin"),
        ("a&#10;b", "a b"), ("&#x1F9EC; &#128300;", "🧬 🔬"), ("e\u{301}", "e\u{301}"),
        ("&lt;i&gt;", "<i>"), ("&amp;amp;", "&amp;"), ("AT&amp;T", "AT&T"), ("", ""), (" \n ", ""),
        ("<unknown>kept</unknown>", "kept"), ("x<!-- gone -->y", "xy"), ("<![CDATA[a < b]]>", "a < b"),
    ])
    func `markup and white space`(xml: String, text: String) throws {
        #expect(
            try citation("<ArticleTitle>\(xml)</ArticleTitle>")?.title.utf8.elementsEqual(text.utf8) == true)
    }

    @Test(arguments: [
        ("(\(math)<msub><mi>Cu</mi>\n  <mn>2</mn></msub><mi>O</mi></math>)", "(Cu2O)"),
        (
            "a \(math)<mfrac><mi>x</mi><mrow><mi>y</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math> b",
            "a x y+1 b"
        ),
        ("\(math)<mover><mi>V</mi><mo>˙</mo></mover></math>O2", "V˙O2"),
        ("\(math)<mi>n</mi><mtext> and </mtext><mi>m</mi></math>", "n and m"),
        ("\(math)<mi>n</mi><mtext>\n 5\n</mtext></math>", "n 5"),
        ("\(math)<semantics><mi>α</mi><annotation>\\alpha</annotation></semantics></math>", "α"),
        (
            "\(math)<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr>"
                + "</mtable></math>", "1 2 3"
        ),
        ("rate<DispFormula>\(math)<mi>k</mi></math></DispFormula>holds", "rate k holds"),
        ("rate <DispFormula>\(math)<mi>k</mi></math></DispFormula> holds", "rate k holds"),
        ("\(math)<mi>a</mi><mo>&lt;</mo><mi>b</mi></math>", "a<b"),
        ("\(math)<cn>17<sep/>29</cn></math>", "17 29"),
    ])
    func `formulas`(xml: String, text: String) throws {
        #expect(
            try citation("<Abstract><AbstractText>\(xml)</AbstractText></Abstract>")?.abstract.first?.text
                == text)
    }

    @Test(
        arguments: [
            ("&alpha;&Omega;&beta;", "αΩβ"), ("&thinsp;&ndash;", "\u{2009}–"), ("&LT;&AMP;&QUOT;", "<&\""),
            ("&NotEqualTilde;", "≂̸"), ("&alpha", nil), ("&nosuchname;", nil), ("& ", nil),
            ("<![CDATA[&nosuchname;]]>&alpha;", "&nosuchname;α"), ("<!-- &nosuchname; -->&alpha;", "α"),
        ] as [(String, String?)])
    func `named entities`(xml: String, text: String?) throws {
        if let text {
            #expect(try citation("<ArticleTitle>\(xml)</ArticleTitle>")?.title == text)
        } else {
            #expect(throws: RecordProblem.self) { try citation("<ArticleTitle>\(xml)</ArticleTitle>") }
        }
    }

    @Test func `attributes decode their entities`() throws {
        let xml = "<Abstract><AbstractText Label=\"A &amp; &beta;&#x3B3; &lt;\">x</AbstractText></Abstract>"
        #expect(try citation(xml)?.abstract.first?.label == "A & βγ <")
    }

    /// Random nesting of inline elements, entities and white space, against the text that was nested.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `random markup leaves exactly its text`(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        var expected = ""
        let xml = Self.markup(depth: 0, text: &expected, dice: &dice)
        let found = try citation("<ArticleTitle>|\(xml)|</ArticleTitle>")?.title
        #expect(found == Self.naive("|\(expected)|"), "seed \(seed)")
    }

    private static func markup(depth: Int, text: inout String, dice: inout Dice) -> String {
        var xml = ""
        for _ in 0..<Int.random(in: 0...5, using: &dice) {
            switch Int.random(in: 0..<8, using: &dice) {
            case 0, 1:
                let name = ["i", "b", "u", "sub", "sup"].randomElement(using: &dice) ?? "i"
                let inner = depth < 5 ? markup(depth: depth + 1, text: &text, dice: &dice) : ""
                xml += "<\(name)>\(inner)</\(name)>"
            case 2:
                let (source, plain) =
                    [("&amp;", "&"), ("&lt;", "<"), ("&#xE9;", "é"), ("&beta;", "β"), ("&#128300;", "🔬")]
                    .randomElement(using: &dice) ?? ("", "")
                xml += source
                text += plain
            case 3:
                let space = [" ", "  ", "\n", "\n    ", "\t", " \n"].randomElement(using: &dice) ?? " "
                xml += space
                text += space
            case 4: xml += "<!-- <i> & -->"
            case 5:
                xml += "<![CDATA[<b>&amp;]]>"
                text += "<b>&amp;"
            default:
                let word = ["IL-2", "α", "Zoë", "🧬", "p", "0.05"].randomElement(using: &dice) ?? "x"
                xml += word
                text += word
            }
        }
        return xml
    }

    /// White space with a break or a tab in it is one space: by splitting into runs.
    private static func naive(_ text: String) -> String {
        var result = ""
        var run = ""
        for scalar in text.unicodeScalars {
            if " \n\t\r".unicodeScalars.contains(scalar) {
                run.unicodeScalars.append(scalar)
                continue
            }
            result += run.contains("\n") || run.contains("\t") ? " " : run
            run = ""
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
