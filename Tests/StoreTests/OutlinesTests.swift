import Corpus
import Store
import Testing

/// What a ranking reads of the evidence is what the evidence says. All texts were written for these tests.
struct OutlinesTests {
    @Test(arguments: 0..<20)
    func `outlines say what the evidence says`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var extractions: [CitationExtraction] = []
        for number in 1...8 {
            let citation = RoundTripTests.citation(Int64(number), using: &generator)
            var evidence: [IdentifiedEvidence] = []
            for passage in 0...citation.abstract.count {
                for entity in Samples.entities where Bool.random(using: &generator) {
                    var item = Samples.evidence(citation, passage: passage, about: entity)
                    if passage > 0 { RoundTripTests.narrow(&item.evidence, in: citation, using: &generator) }
                    if Bool.random(using: &generator) {
                        let words = Trigger(range: item.evidence.range, concept: "binding")
                        item.evidence.placements[0].triggers.insert(words, at: 0)
                    }
                    item.id = Samples.identifier(of: item.evidence)
                    evidence.append(item)
                }
            }
            evidence.shuffle(using: &generator)
            extractions.append(Samples.extraction(citation, record: number, evidence))
        }
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        _ = try store.write(
            FileExtraction(
                file: Samples.file("a1.xml"),
                batch: ExtractionBatch(citations: extractions, entities: Samples.entities)), run: run)
        let sections: [EntityKind: [SectionID]] = [.gene: [.disease, .biological, .anatomical]]
        for entity in Samples.entities {
            let material = try #require(try store.rankingMaterial(for: entity.id))
            try store.reading { snapshot in
                // By identifier and paper, with references.
                let papers = material.evidence.map(\.evidence.pmid)
                let cited = try snapshot.evidence(material.evidence.map(\.id), from: papers, on: entity.id)
                #expect(cited.map { $0?.id } == material.evidence.map { Optional($0.id) })
                #expect(cited.map { $0?.evidence } == material.evidence.map { Optional($0.evidence) })
                #expect(try cited.map { $0?.reference } == papers.map { try snapshot.reference(of: $0) })
                for piece in material.evidence {
                    let elsewhere = PMID(piece.evidence.pmid.number + 1)
                    #expect(try snapshot.evidence([piece.id], from: [elsewhere], on: entity.id) == [nil])
                }
                let outlines = try #require(try snapshot.outlines(of: entity.id, sections: sections))
                #expect(outlines.entity == material.entity)
                #expect(outlines.pieces.count == material.evidence.count, "seed \(seed)")
                for (piece, whole) in zip(outlines.pieces, material.evidence) {
                    let (evidence, citation) = (whole.evidence, outlines.citations[piece.citation])
                    #expect(piece.id == whole.id)
                    #expect(citation.pmid == evidence.pmid)
                    #expect(citation.year == material.years[evidence.pmid])
                    #expect(citation.work == material.works[evidence.pmid] ?? evidence.pmid)
                    #expect(piece.passage == evidence.passage)
                    #expect(piece.range == evidence.range)
                    #expect(piece.qualities == evidence.qualities)
                    #expect(Array(outlines.texts[piece.text]) == Array(evidence.text.utf8), "seed \(seed)")
                    let mentions = outlines.mentions[piece.mentions]
                    #expect(mentions.map(\.kind) == evidence.mentions.map(\.kind))
                    #expect(
                        try mentions.map { try snapshot.entities(numbered: [$0.entity]) }
                            == evidence.mentions.map { [$0.entity] })
                    let placements = outlines.placements[piece.placements]
                    #expect(placements.map(\.score) == evidence.placements.map(\.score))
                    #expect(
                        placements.map(\.section)
                            == evidence.placements.map { sections[.gene]?.firstIndex(of: $0.section) })
                    #expect(
                        try placements.map { placement in
                            try outlines.concepts[placement.concepts].flatMap {
                                try snapshot.entities(numbered: [$0])
                            }
                        }
                            == evidence.placements.map { placement in
                                placement.triggers.compactMap { EntityID(curie: $0.concept) }
                            })
                }
            }
        }
    }
}
