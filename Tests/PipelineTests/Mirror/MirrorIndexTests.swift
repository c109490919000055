import Foundation
import Pipeline
import Testing

/// Which files a mirror takes from a server's page.
@Suite(.timeLimit(.minutes(5))) struct MirrorIndexTests {
    private static let ncbi = """
        <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">
        <html>
        <head><title>Index of /pubmed/baseline</title></head>
        <body>
        <h1>Index of /pubmed/baseline</h1>
        <pre>Name                         Last modified      Size  <hr><a href="/pubmed/">Parent Directory</a>
        <a href="README.txt">README.txt</a>                   2025-12-05 12:00  4.5K
        <a href="pubmed26n0001.xml.gz">pubmed26n0001.xml.gz</a>         2025-12-05 12:01   19M
        <a href="pubmed26n0001.xml.gz.md5">pubmed26n0001.xml.gz.md5</a>     2025-12-05 12:01   60
        <a href="pubmed26n0002.xml.gz">pubmed26n0002.xml.gz</a>         2025-12-05 12:01   20M
        <a href="pubmed26n0002.xml.gz.md5">pubmed26n0002.xml.gz.md5</a>     2025-12-05 12:01   60
        <hr></pre>
        </body></html>
        """

    private func planned(_ page: String) async throws -> MirrorSummary {
        let server = try MirrorServer()
        server.show(page.replacing("PORT", with: "\(server.port)"))
        let folder = try TemporaryFolder()
        var options = MirrorRun.Options()
        options.dryRun = true
        options.retry.attempts = 1
        return try await MirrorRun(MirrorAddress(server.address), folder: folder.path, options: options).run()
    }

    @Test(arguments: [
        (ncbi, ["pubmed26n0001.xml.gz", "pubmed26n0002.xml.gz"]),
        ("<A HREF='a.xml.gz'>a</A><A HREF='a.xml.gz.md5'>m</A>", ["a.xml.gz"]),
        (
            "<a class=x href=a.xml.gz>a</a> <a\n  href = \"a.xml.gz.md5\" title='<a href=b.xml.gz>'>",
            ["a.xml.gz"]
        ),
        ("<a href=\"./a.xml.gz\"><a href=\"/pubmed/a.xml.gz.md5\">", ["a.xml.gz"]),
        (
            "<a href=\"http://127.0.0.1:PORT/pubmed/a.xml.gz\"><a href='a%2Exml&#46;gz.md5'><a href='a.xml.gz?x'>",
            ["a.xml.gz"]
        ),
        ("<td><a href=b.xml.gz.md5></a><a href=b.xml.gz>b</a><a href=b.xml.gz>again</a></td>", ["b.xml.gz"]),
        ("<abbr href=x.xml.gz><a name=y.xml.gz><a href=b.xml.gz><a href=b.xml.gz.md5", ["b.xml.gz"]),
        ("<a href=b.xml.gz><a href=b.xml.gz.md5><a href=\"c.xml.gz", ["b.xml.gz"]),
        (
            "<a href=a.xml.gz.md5><a href=b.xml><a href=c.gz><a href=b.xml.gz><a href=b.xml.gz.md5>",
            ["b.xml.gz"]
        ),
    ])
    func `links are found however they are written`(page: String, names: [String]) async throws {
        let summary = try await planned(page)
        #expect(summary.planned == names)
        #expect(summary.refused == [])
    }

    @Test(arguments: [
        "../x.xml.gz", "/etc/x.xml.gz", "sub/x.xml.gz", "%2e%2e%2fx.xml.gz", "..%2Fx.xml.gz",
        "&#46;./x.xml.gz",
        "http://192.0.2.1/x.xml.gz", "//192.0.2.1/x.xml.gz", ".x.xml.gz", "x..xml.gz", "x\u{0}.xml.gz",
        "x y.xml.gz",
        "x\\..\\y.xml.gz", "..&#47;x.xml.gz.md5", "%00.xml.gz", "caf\u{E9}.xml.gz", "./../x.xml.gz",
        String(repeating: "x", count: 300) + ".xml.gz", ".xml.gz",
    ])
    func `names that could lead elsewhere are refused and told`(link: String) async throws {
        let summary = try await planned(
            "<a href=\"\(link)\">x</a> <a href=a.xml.gz></a><a href=a.xml.gz.md5></a>")
        #expect(summary.planned == ["a.xml.gz"])
        #expect(summary.refused.count == 1)
        #expect(summary.exitCode == 3)
    }

    @Test(arguments: [
        "", "<html>", "<a href=README.txt>", "<a", "<a href", "<a href=", "<a href='", "<a ></a", "<",
    ])
    func `a page without files is an error`(page: String) async throws {
        let error = await #expect(throws: MirrorError.self) { try await planned(page) }
        guard case .noIndex = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a page of any bytes has an end`() async throws {
        let pieces = [
            "<a ", "href", "=", "\"", "'", ">", "</a>", "a.xml.gz", ".md5", " ", "\n", "<", "&#46;", "%",
        ]
        var dice = SeededGenerator(state: 61)
        let server = try MirrorServer()
        let folder = try TemporaryFolder()
        for _ in 0..<200 {
            server.show((0..<40).map { _ in pieces.randomElement(using: &dice) ?? "" }.joined())
            var options = MirrorRun.Options()
            options.dryRun = true
            options.pause = .zero
            let mirror = MirrorRun(try MirrorAddress(server.address), folder: folder.path, options: options)
            do {
                let summary = try await mirror.run()
                #expect(summary.listed > 0)
            } catch MirrorError.noIndex {
                // As good: there was no link to a file.
            }
        }
    }
}
