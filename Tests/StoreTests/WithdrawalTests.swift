import Corpus
import Store
import Testing

/// What leaves the database, why, and what stays though it was read again.
struct WithdrawalTests {
    /// A record of some citation: with evidence, retracted, or a notice that retracts others.
    private struct Record {
        var extraction: CitationExtraction
        var retracts: [PMID] = []
        var isRetracted = false
    }

    private static func citation(
        _ pmid: Int64, title: String, record: Int, retracts: [Int64] = [], retractedBy: Int64? = nil
    ) -> Record {
        if retracts.isEmpty, retractedBy == nil {
            return Record(extraction: Samples.simple(pmid, title: title, record: record))
        }
        let corrections =
            retracts.map { Correction(type: .retractionOf, pmid: PMID($0), source: "J. 1") }
            + (retractedBy.map { [Correction(type: .retractionIn, pmid: PMID($0), source: "J. 2")] } ?? [])
        let citation = Citation(pmid: PMID(pmid), title: title, corrections: corrections)
        return Record(
            extraction: Samples.extraction(citation, record: record, []), retracts: retracts.map { PMID($0) },
            isRetracted: retractedBy != nil)
    }

    private struct File {
        var name: String
        var content: Int
        var records: [Record]
        var deletions: [PMID] = []

        var file: SourceFile { Samples.file(name, content: "\(content)") }
        var extraction: FileExtraction {
            FileExtraction(
                file: file,
                batch: ExtractionBatch(citations: records.map(\.extraction), entities: Samples.entities),
                deletions: deletions, totals: FileTotals(citations: records.count))
        }
    }

    /// The naive twin: the newest record of each citation, and of those the ones that no newest record retracts.
    private static func evidence(_ files: [File]) -> [IdentifiedEvidence] {
        var newest: [PMID: Record] = [:]
        for file in files.sorted(by: { $0.name < $1.name }) {
            for record in file.records { newest[record.extraction.citation.pmid] = record }
            for pmid in file.deletions { newest[pmid] = nil }
        }
        let retracted = Set(newest.values.flatMap(\.retracts))
        return newest.filter { !retracted.contains($0.key) && !$0.value.isRetracted }.values
            .flatMap(\.extraction.evidence)
            .sorted { ($0.evidence.pmid, $0.evidence.passage) < ($1.evidence.pmid, $1.evidence.passage) }
    }

    private static func write(_ files: [File], of all: [File], to store: Store, run: Int) throws {
        for file in files { _ = try store.write(file.extraction, run: run) }
        var rounds = 0
        while let name = try store.filesToReread().first {
            rounds += 1
            try #require(rounds <= all.count * 2, "reading again does not come to an end")
            let file = try #require(all.first { $0.name == name })
            _ = try store.write(file.extraction, run: run)
        }
    }

    @Test(arguments: 0..<60)
    func `whoever says that a paper is retracted, its evidence goes, and comes back when nobody says so`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        func random(_ number: Int, content: Int) -> File {
            var records: [Record] = []
            for record in 0..<Int.random(in: 1...7, using: &generator) {
                let pmid = Int64.random(in: 1...8, using: &generator)
                let title = "Title of \(pmid) in file \(number), content \(content), record \(record)"
                let retracts =
                    Int.random(in: 0..<4, using: &generator) == 0
                    ? [Int64.random(in: 1...8, using: &generator)].filter { $0 != pmid } : []
                let notice = Int.random(in: 0..<6, using: &generator) == 0 ? Int64(99) : nil
                records.append(
                    Self.citation(pmid, title: title, record: record, retracts: retracts, retractedBy: notice)
                )
            }
            let deletions = (1...8).filter { _ in Int.random(in: 0..<12, using: &generator) == 0 }
            return File(
                name: "pubmed26n000\(number).xml.gz", content: content, records: records,
                deletions: deletions.map { PMID(Int64($0)) })
        }
        var files = (1...6).map { random($0, content: 0) }
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        try Self.write(files.shuffled(using: &generator), of: files, to: store, run: run)
        #expect(try Samples.evidence(of: store) == Self.evidence(files), "seed \(seed)")
        for round in 1...3 {
            let place = Int.random(in: 0..<files.count, using: &generator)
            files[place] = random(place + 1, content: round)
            try Self.write([files[place]], of: files, to: store, run: run)
            #expect(try Samples.evidence(of: store) == Self.evidence(files), "seed \(seed), change \(round)")
        }
        // The first files give way to the others.
        let gone = files.prefix(Int.random(in: 1...3, using: &generator)).map(\.name)
        try store.retire(gone, run: run)
        files.removeAll { gone.contains($0.name) }
        try Self.write([], of: files, to: store, run: run)
        #expect(try Samples.evidence(of: store) == Self.evidence(files), "seed \(seed), after retiring")
        #expect(try store.ledger().map(\.file.name) == files.map(\.name))
        #expect(try store.damage() == [])
    }

    @Test func `every withdrawal is kept with its reason`() throws {
        let store = try Store()
        let first = try store.beginRun(Samples.origin)
        func write(_ number: Int, _ records: [Record], delete: [PMID] = [], run: Int) throws {
            _ = try store.write(
                File(
                    name: "pubmed26n000\(number).xml.gz", content: 0, records: records, deletions: delete
                ).extraction, run: run)
        }
        try write(
            1, (1...5).map { Self.citation(Int64($0), title: "Paper \($0)", record: $0) }, run: first)
        #expect(try store.withdrawnEvidence().isEmpty)

        let second = try store.beginRun(Samples.origin)
        try write(
            2,
            [
                Self.citation(1, title: "Paper 1, revised", record: 0),
                Self.citation(2, title: "Paper 2", record: 1, retractedBy: 90),
                Self.citation(91, title: "Notice of retraction", record: 2, retracts: [3]),
            ], delete: [PMID(4)], run: second)
        let withdrawn = try store.withdrawnEvidence(run: second)
        // The abstract of paper 1 is what it was; of the others title and abstract went.
        #expect(
            withdrawn.map { "\($0.pmid) \($0.reason) \($0.text)" } == [
                "1 revised Paper 1", "2 retracted Paper 2", "2 retracted Igf1r binds Irs1.",
                "3 retracted Paper 3", "3 retracted Igf1r binds Irs1.", "4 deleted Paper 4",
                "4 deleted Igf1r binds Irs1.",
            ])
        #expect(withdrawn.allSatisfy { !$0.isBack && $0.file == "pubmed26n0001.xml.gz" })
        #expect(try store.withdrawalCounts(run: second) == ["revised": 1, "retracted": 4, "deleted": 2])
        let fates = try store.fates(of: Set((1...5).map { PMID($0) }))
        #expect(fates[PMID(1)] == nil && fates[PMID(5)] == nil)
        #expect(fates[PMID(2)]?.isRetracted == true && fates[PMID(2)]?.notices == [PMID(90)])
        #expect(fates[PMID(3)]?.isRetracted == true && fates[PMID(3)]?.notices == [PMID(91)])
        #expect(fates[PMID(4)]?.isDeleted == true)

        // The notice is taken back: what it had retracted returns.
        let third = try store.beginRun(Samples.origin)
        try write(3, [], delete: [PMID(91)], run: third)
        #expect(try store.filesToReread() == ["pubmed26n0001.xml.gz"])
        try write(
            1, (1...5).map { Self.citation(Int64($0), title: "Paper \($0)", record: $0) }, run: third)
        #expect(try store.evidence(in: PMID(3)).count == 2)
        #expect(try store.fates(of: [PMID(3)]).isEmpty)
        let back = try store.withdrawnEvidence(run: second).filter { $0.pmid == PMID(3) }
        #expect(back.count == 2 && back.allSatisfy(\.isBack))
        #expect(try store.withdrawnEvidence(run: third).isEmpty)
    }

    @Test func `an unchanged citation in a newer file is only noted to stand there`() throws {
        let store = try Store()
        let first = try store.beginRun(Samples.origin)
        let one = File(
            name: "pubmed26n0001.xml.gz", content: 0,
            records: [
                Self.citation(1, title: "The same", record: 0), Self.citation(2, title: "Gone", record: 1),
            ])
        _ = try store.write(one.extraction, run: first)
        try store.clearPending(Samples.entities.map(\.id))
        let second = try store.beginRun(Samples.origin)
        let two = File(
            name: "pubmed27n0001.xml.gz", content: 0,
            records: [Self.citation(1, title: "The same", record: 5)])
        _ = try store.write(two.extraction, run: second)
        #expect(try store.entities(EntitySelection(pendingOnly: true)) == [])
        #expect(try store.entities(EntitySelection(touchedBy: second)) == [])
        #expect(try store.withdrawnEvidence().isEmpty)
        let kept = try #require(try store.citation(PMID(1)))
        #expect(kept.file == "pubmed27n0001.xml.gz" && kept.place.record == 5)
        let earlier = try store.earlierPlaces(of: PMID(1))
        #expect(earlier.map(\.file) == ["pubmed26n0001.xml.gz"])
        #expect(earlier.map(\.fileSHA256) == [one.file.sha256])
        #expect(earlier.map(\.place) == [one.records[0].extraction.place])

        // The old year goes: what only it had is withdrawn, all at once.
        #expect(try store.retire(["pubmed26n0001.xml.gz"], run: second) == 1)
        #expect(try store.citation(PMID(2)) == nil)
        #expect(try store.citation(PMID(1)) != nil)
        #expect(try store.withdrawalCounts(run: second) == ["gone": 2])
        #expect(try store.ledger().map(\.file.name) == ["pubmed27n0001.xml.gz"])
        #expect(try store.damage() == [])
    }

    @Test func `a file that is read again with the same outcome touches nothing`() throws {
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        let file = File(
            name: "a1.xml", content: 0,
            records: (1...3).map { Self.citation(Int64($0), title: "Paper \($0)", record: $0) })
        _ = try store.write(file.extraction, run: run)
        try store.clearPending(Samples.entities.map(\.id))
        let again = try store.beginRun(Samples.origin)
        var changed = file
        changed.content = 1
        changed.records[1] = Self.citation(2, title: "Paper 2, with another title", record: 2)
        _ = try store.write(changed.extraction, run: again)
        #expect(try store.withdrawnEvidence(run: again).map(\.pmid) == [PMID(2)])
        #expect(
            try store.entities(EntitySelection(touchedBy: again)) == [Samples.igf1r.id, Samples.irs1.id])
        try store.clearPending(Samples.entities.map(\.id))
        let third = try store.beginRun(Samples.origin)
        _ = try store.write(changed.extraction, run: third)
        #expect(try store.entities(EntitySelection(touchedBy: third)) == [])
        #expect(try Samples.evidence(of: store).count == 6)
    }
}
