import Intake
import Testing

/// The streaming reader of large XML files that are no PubMed.
struct XMLRecordReaderTests {
    private let files = try? TemporaryFolder()

    /// The records of a text as `name=text@parent` a kept element, and how reading ended.
    private func read(
        _ text: String, gzipped: Bool = false
    ) throws -> (records: [[String]], lines: [Int], fault: String?) {
        let names = ["rec", "a", "b"]
        let folder = try #require(files)
        let path = try folder.file("x.xml", gzipped ? storedGzip(Array(text.utf8)) : Array(text.utf8))
        let reader = XMLRecordReader(
            source: try InflatingReader(path: path), records: ["rec"], names: names)
        var records: [[String]] = []
        var lines: [Int] = []
        do throws(XMLRecordReader.Fault) {
            try reader.readRecords { record in
                lines.append(record.line)
                records.append(
                    record.elements.indices.map { index in
                        let element = record.elements[index]
                        let value = record.attribute("k", of: index).map { "[\($0)]" } ?? ""
                        return "\(names[element.name])\(value)=\(record.text(of: index))@\(element.parent)"
                    })
            }
        } catch {
            switch error {
            case .source(let error): return (records, lines, "source: \(error.kind)")
            case .malformed(let line, let message): return (records, lines, "\(line): \(message)")
            }
        }
        return (records, lines, nil)
    }

    @Test(arguments: [false, true])
    func `elements that were asked for are kept, in order and with their places`(gzipped: Bool) throws {
        let text = """
            <?xml version="1.0"?>
            <!DOCTYPE set SYSTEM "nowhere.dtd">
            <set><a>outside</a>
            <rec k="1 &amp; 2"><a> x <b>y</b> z&lt;&#945; </a><skip><a>no</a><b/></skip><a/></rec>
            <wrapper>
            <rec><![CDATA[<a>]]></rec></wrapper>
            </set>
            """
        let outcome = try read(text, gzipped: gzipped)
        #expect(outcome.fault == nil)
        #expect(
            outcome.records == [
                ["rec[1 & 2]=@-1", "a=x  z<α@0", "b=y@1", "a=@0"], ["rec=<a>@-1"],
            ])
        #expect(outcome.lines == [4, 6])
    }

    @Test func `records come whole, wherever the file is cut into pieces`() throws {
        let filler = String(repeating: "é<skip>ß</skip>", count: 700)
        let text =
            "<set>" + (0..<60).map { "<rec k='\($0)'><a>\(filler)\($0)</a></rec>" }.joined() + "</set>"
        let outcome = try read(text)
        #expect(outcome.fault == nil && outcome.records.count == 60)
        let expected = String(repeating: "é", count: 700)
        for (index, record) in outcome.records.enumerated() {
            #expect(record == ["rec[\(index)]=@-1", "a=\(expected)\(index)@0"])
        }
    }

    @Test(arguments: [
        ("<set>\n<rec><a>x</b></rec></set>", 2), ("<set>\n<rec>\n<a>x</a>", 3),
        ("<set>\n\n&nosuch;</set>", 3),
        ("<set><rec/></set>\n<set/>", 2), ("no xml", 1),
        ("<!DOCTYPE s [<!ENTITY e \"x\">]>\n<s><rec>&e;</rec></s>", 2),
    ])
    func `what is not well-formed is a fault with its line`(text: String, line: Int) throws {
        let outcome = try read("<set><rec/></set>")
        #expect(outcome.records.count == 1 && outcome.fault == nil)
        let fault = try #require(try read(text).fault)
        #expect(fault.hasPrefix("\(line): "), "\(fault)")
    }

    @Test func `a record beyond the limit is a fault, and what came before is given`() throws {
        let long = String(repeating: "x", count: XMLRecordReader.recordLimit + 1)
        let outcome = try read("<set><rec/>\n<rec><a>\(long)</a></rec><rec/></set>")
        #expect(outcome.records.count == 1)
        #expect(outcome.fault?.hasPrefix("2: the record that starts here is longer than ") == true)
    }

    @Test func `damage of the file is a fault of the source`() throws {
        let folder = try #require(files)
        let whole = storedGzip(Array("<set><rec/></set>".utf8))
        let path = try folder.file("cut.xml", Array(whole.dropLast(9)))
        let reader = XMLRecordReader(
            source: try InflatingReader(path: path), records: ["rec"], names: ["rec"])
        let fault = #expect(throws: XMLRecordReader.Fault.self) { try reader.readRecords { _ in } }
        guard case .source = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }
}
