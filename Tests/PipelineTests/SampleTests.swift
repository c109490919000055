import Articles
import Corpus
import Foundation
import Interchange
import Pipeline
import Store
import Testing
import TextMining

/// The quickstart keeps what the README of the sample promises.
struct SampleTests {
    @Test func `both files are read whole`() async throws {
        let sample = try await Sample.run()
        #expect(sample.summary.exitCode == 0)
        #expect(sample.summary.files.map(\.name) == ["sample26n0001.xml", "sample26n0002.xml"])
        #expect(sample.summary.files.map(\.totals.citations) == [137, 9])
        #expect(sample.summary.files.map(\.deletions) == [0, 2])
        #expect(sample.summary.setAside == 0)
        #expect(sample.summary.articlesCreated > 100)
        #expect(try sample.store.damage() == [])
    }

    /// Papers on rats and on zebrafish alone may say something about a chemical or a disease.
    @Test(arguments: [65, 136, 137] as [Int64])
    func `papers on other species give no evidence on genes`(number: Int64) async throws {
        let evidence = try await Sample.run().store.evidence(in: Sample.pmid(number))
        #expect(evidence.filter { $0.evidence.entity.prefix == "ncbigene" } == [])
    }

    /// Retracted papers, retraction notices, errata, expressions of concern and replies, deleted papers.
    @Test(arguments: [83, 119, 122, 131, 123, 124, 126, 66, 121] as [Int64])
    func `some papers give no evidence`(number: Int64) async throws {
        let evidence = try await Sample.run().store.evidence(in: Sample.pmid(number))
        #expect(evidence == [])
    }

    @Test func `a new version and a revision take the place of the old text`() async throws {
        let sample = try await Sample.run()
        let second = try sample.store.evidence(in: Sample.pmid(112))
        #expect(!second.isEmpty)
        #expect(second.allSatisfy { $0.evidence.version == 2 })
        let revised = try #require(try sample.store.citation(Sample.pmid(86)))
        let text = revised.citation.abstract.map(\.text).joined(separator: " ")
        #expect(text.contains("contrary to our first report"))
        #expect(!text.contains("bead-based immunoassay"))
        for piece in try sample.store.evidence(in: Sample.pmid(86))
        where piece.evidence.passageKind == .abstract {
            #expect(text.contains(piece.evidence.text))
        }
    }

    @Test(arguments: [(68, "[Albumin expression"), (118, "[Role of PPARγ")] as [(Int64, String)])
    func `a translated title is shown without its brackets`(number: Int64, bracketed: String) async throws {
        let sample = try await Sample.run()
        let pages = try sample.pages()
        let own = pages.filter { $0.references.contains { $0.pmid == Sample.pmid(number) } }
        #expect(!own.isEmpty)
        for page in pages {
            #expect(!page.text.contains(bracketed))
            #expect(!ArticleRenderer().plainText(page).contains(bracketed))
            #expect(!ArticleRenderer().html(page).contains(bracketed))
        }
        // Kept as it came, since offsets count into it.
        #expect(try sample.store.citation(Sample.pmid(number))?.citation.title.hasPrefix("[") == true)
    }

    // MARK: - Species

    @Test(
        arguments: [
            ("Igf1r", TaxonID.mouse, [19, 20, 21, 22, 116, 141, 65, 136, 137], [1, 4, 17, 138]),
            ("IGF1R", TaxonID.human, [1, 2, 4, 12, 15, 138, 141, 65, 136, 137], [19, 21, 140]),
            ("INSR", TaxonID.human, [34, 35, 36], [39]),
            ("CFTR", TaxonID.human, [107, 111], [108]),
            ("TP53", TaxonID.human, [46, 47, 48], [51, 52]),
        ] as [(String, TaxonID, [Int64], [Int64])])
    func `a page takes evidence of its own species only`(
        symbol: String, taxon: TaxonID, foreign: [Int64], own: [Int64]
    ) async throws {
        let sample = try await Sample.run()
        let page = try sample.page(symbol, taxon)
        let cited = Set(page.references.map(\.pmid))
        #expect(cited.isDisjoint(with: foreign.map(Sample.pmid)))
        // What the page has no room for is evidence all the same.
        for number in own {
            let found = try sample.store.evidence(in: Sample.pmid(number)).map(\.evidence.entity)
            #expect(found.contains(page.entity.id), "\(number)")
        }
        #expect(page.entity.taxon == taxon)
    }

    @Test func `a human gene that is silenced in a mouse stays off the page of the mouse`() async throws {
        let sample = try await Sample.run()
        let mouse = try sample.store.material(for: sample.library.entity(named: "Igf1r", taxon: .mouse))
        let human = try sample.store.material(for: sample.library.entity(named: "IGF1R", taxon: .human))
        func sentences(_ material: EntityMaterial?) -> [String] {
            (material?.evidence ?? []).map(\.evidence).filter { $0.pmid == Sample.pmid(140) }.map(\.text)
        }
        let shownForHuman = sentences(human)
        #expect(shownForHuman.contains { $0.contains("MDA-MB-231 xenografts within ten days") })
        for sentence in sentences(mouse) {
            #expect(sentence.contains("Igf1r"), "\(sentence)")
            #expect(!shownForHuman.contains(sentence))
        }
    }

    @Test func `evidence on an ortholog stands in a section of its own, where a pipeline asks for it`()
        async throws
    {
        let plain = try await Sample.run()
        let folder = try TemporaryFolder()
        var file = try Sample.pipeline(in: folder)
        file.seed.orthologs = 2
        _ = try await PipelineRun(file, options: Sample.options()).run()
        let library = ArticleLibrary(try Store(path: folder("store.sqlite"), access: .readOnly))
        let human = try library.entity(named: "IGF1R", taxon: .human)
        let page = try library.page(of: library.entity(named: "Igf1r", taxon: .mouse))
        let section = try #require(page.sections.last)
        #expect(section.heading == "Human ortholog of Igf1r: IGF1R")
        #expect(section.headingInlines.contains(.link("IGF1R", .entity(human))))
        #expect(section.statements.count == 2)
        let shownThere = try Set(library.page(of: human).statements.map(\.id))
        for bullet in section.statements {
            #expect(bullet.evidence.entity == human)
            #expect(bullet.marks.contains(.ortholog(species: "human")))
            #expect(shownThere.contains(bullet.id), "only what the ortholog's own page shows")
        }
        #expect(
            page.sections.dropLast().flatMap(\.statements).allSatisfy { $0.evidence.entity == page.entity.id }
        )
        // All else is as it would be without.
        let without = try plain.page("Igf1r", .mouse)
        #expect(page.sections.dropLast().map(\.statements) == without.sections.map(\.statements))
        // Composed once, it stands: the next run has nothing to do.
        let again = try await PipelineRun(file, options: Sample.options()).run()
        #expect(again.articlesRevised == 0)
    }

    @Test func `a word behind a symbol does not make the symbol of another gene`() async throws {
        // “… identify Igf1r as a determinant” is not about IGF1R-AS.
        let sample = try await Sample.run()
        let papers = try sample.store.evidence(in: Sample.pmid(8)).map(\.evidence)
        let mouse = try sample.library.entity(named: "Igf1r", taxon: .mouse)
        let sentence = papers.filter { $0.text.contains("Igf1r as a determinant") }
        #expect(sentence.contains { $0.entity == mouse })
        #expect(sentence.allSatisfy { $0.entity.curie != "ncbigene:104472848" })
    }

    // MARK: - Bullets

    @Test func `no bullet opens on something it does not name`() async throws {
        for page in try await Sample.run().pages() {
            for bullet in page.statements where bullet.evidence.passageKind == .abstract {
                #expect(
                    SentenceStyle.opening(of: bullet.sentence) != .unnamed,
                    "\(page.title): \(bullet.sentence)")
                #expect(bullet.evidence.qualities.standsAlone, "\(page.title): \(bullet.sentence)")
            }
        }
    }

    @Test func `at most three sentences of an abstract are quoted in all articles together`() async throws {
        var quoted: [PMID: Set<String>] = [:]
        for page in try await Sample.run().pages() {
            for bullet in page.statements where bullet.evidence.passageKind == .abstract {
                quoted[bullet.evidence.pmid, default: []].insert(bullet.sentence)
            }
        }
        #expect(quoted.count > 50)
        #expect(quoted.filter { $0.value.count > 3 }.map(\.key) == [])
        // The limit has work to do here.
        #expect(quoted.contains { $0.value.count == 3 })
    }

    @Test func `a section has at most five bullets, and one of each paper`() async throws {
        for page in try await Sample.run().pages() {
            var shown: Set<String> = []
            for section in page.sections {
                #expect(section.statements.count <= 5, "\(page.title)")
                let papers = section.statements.map(\.evidence.pmid)
                #expect(Set(papers).count == papers.count, "\(page.title)")
                for bullet in section.statements {
                    #expect(
                        shown.insert(bullet.sentence).inserted, "twice on \(page.title): \(bullet.sentence)")
                }
            }
        }
    }

    @Test func `the showcase fills all twelve sections, in order, and numbers its references without gaps`()
        async throws
    {
        let page = try await Sample.run().page("Igf1r", .mouse)
        #expect(page.title == "Igf1r - insulin-like growth factor I receptor")
        #expect(page.sections.compactMap(\.id) == Section.ofGeneArticle.map(\.id))
        var first: [PMID] = []
        for pmid in page.statements.flatMap(\.pmids) where !first.contains(pmid) { first.append(pmid) }
        #expect(page.references.map(\.pmid) == first)
    }

    @Test(arguments: [EntityKind.chemical, .disease])
    func `chemicals and diseases have articles with their own sections`(kind: EntityKind) async throws {
        let sample = try await Sample.run()
        let articles = try sample.store.articles(kind: kind)
        #expect(articles.count > 20)
        var shown: Set<SectionID> = []
        for article in articles {
            let page = try sample.library.page(of: article.entity)
            #expect(page.head.overline == (kind == .chemical ? "Chemical Compound Review" : "Disease Review"))
            let ids = page.sections.compactMap(\.id)
            let order = Section.ofArticle(on: kind).map(\.id)
            #expect(ids == order.filter(ids.contains), "\(page.title)")
            #expect(ids.count == page.sections.count, "\(page.title)")
            shown.formUnion(ids)
            let folder = sample.wiki + "/" + kind.rawValue.lowercased()
            #expect(FileManager.default.fileExists(atPath: folder))
        }
        #expect(shown.contains(.gene))
    }

    // MARK: - Explanations

    private func explanation(
        _ name: String, _ species: String?, change: (inout PipelineFile) -> Void = { _ in }
    ) async throws -> Explanation {
        let sample = try await Sample.run()
        var file = try Sample.pipeline(in: sample.folder)
        change(&file)
        return try Explanation(of: name, species: species, in: sample.store, pipeline: file)
    }

    @Test func `an explanation shows the sentences of the article, and what beat each of the others`()
        async throws
    {
        let sample = try await Sample.run()
        let page = try sample.page("Igf1r", .mouse)
        let lines = try await explanation("Igf1r", "mouse").jsonLines()
        let objects = try lines.map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let material = try #require(try sample.store.material(for: page.entity.id))
        #expect(objects.count == material.evidence.count)
        let shown = objects.filter { $0["shown"] as? Bool == true }
        #expect(shown.compactMap { $0["evidence"] as? String } == page.statements.map(\.id.hex))
        for object in objects {
            let parts = try #require(object["parts"] as? [[String: Any]])
            let sum = parts.compactMap { $0["value"] as? Double }.reduce(0, +)
            #expect(abs(sum - (object["score"] as? Double ?? .nan)) < 1e-9)
            #expect((object["reason"] is String) == (object["shown"] as? Bool == false))
        }
        // What a shown sentence beat names it.
        let known = Set(objects.compactMap { $0["evidence"] as? String })
        let beaten = objects.compactMap { $0["beatenBy"] as? String }
        #expect(!beaten.isEmpty)
        #expect(beaten.allSatisfy(known.contains))
        let text = try await explanation("Igf1r", "mouse").text()
        #expect(!text.contains("shows other sentences"))
        #expect(text.contains("the section is full, and the last that found room has "))
        #expect(text.contains("Associations by count 1, over "))
    }

    @Test func `one sentence may be asked about, by identifier, paper or words`() async throws {
        let page = try await Sample.run().page("Igf1r", .mouse)
        let explanation = try await explanation(page.entity.id.curie, nil)
        let bullet = try #require(page.statements.first)
        #expect(explanation.jsonLines(of: bullet.id.hex).count == 1)
        #expect(!explanation.jsonLines(of: bullet.evidence.pmid.curie).isEmpty)
        #expect(!explanation.jsonLines(of: String(bullet.sentence.prefix(30)).uppercased()).isEmpty)
        #expect(explanation.text(of: "no such words here").contains("No sentence of the evidence"))
    }

    @Test func `other settings than the article's are told`() async throws {
        let text = try await explanation("Igf1r", "mouse") { $0.seed.cap = 9 }.text()
        #expect(text.contains("The article in the database shows other sentences"))
    }

    @Test func `every offset cuts its text out of the citation`() async throws {
        let sample = try await Sample.run()
        var count = 0
        for entity in try sample.store.entities() {
            let material = try #require(try sample.store.material(for: entity))
            for piece in material.evidence {
                let evidence = piece.evidence
                let citation = try #require(material.citations[evidence.pmid]).citation
                #expect(citation.version == evidence.version)
                let passage = try #require(citation.passages.first { $0.index == evidence.passage })
                #expect(passage.kind == evidence.passageKind)
                #expect(passage.text.slice(evidence.range) == evidence.text)
                #expect(piece.id == evidence.identifier())
                for mention in evidence.mentions {
                    #expect(evidence.range.contains(mention.range))
                    #expect(passage.text.slice(mention.range)?.isEmpty == false)
                }
                #expect(evidence.mentions.contains { $0.entity == entity })
                for trigger in evidence.placements.flatMap(\.triggers) {
                    #expect(evidence.range.contains(trigger.range))
                    #expect(passage.text.slice(trigger.range)?.isEmpty == false)
                }
                count += 1
            }
        }
        #expect(count > 1000)
    }

    @Test func `the folder holds an index and a page an article`() async throws {
        let sample = try await Sample.run()
        let articles = try sample.store.articles()
        let manager = FileManager.default
        let index = String(
            decoding: manager.contents(atPath: sample.wiki + "/index.html") ?? Data(), as: UTF8.self)
        let list = String(
            decoding: manager.contents(atPath: sample.wiki + "/articles.js") ?? Data(), as: UTF8.self)
        #expect(index.contains("articles.js"))
        let names = (manager.enumerator(atPath: sample.wiki)?.allObjects as? [String] ?? [])
            .filter { $0.hasSuffix(".html") && $0 != "index.html" }
        #expect(names.count == articles.count)
        #expect(sample.summary.pagesWritten == articles.count)
        for name in names { #expect(list.contains(name) || index.contains(name), "\(name) is in no list") }
        #expect((manager.subpaths(atPath: sample.wiki) ?? []).allSatisfy { !$0.hasSuffix(".part") })
    }
}
