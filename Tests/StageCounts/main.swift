import AhoCorasick
import Corpus
import Foundation
import Intake
import Terminology
import TextMining

// Does one stage of text mining a few times over the written sample, on one thread, for a program that counts
// instructions: `Tests/counts.sh`.
//
//     stage-counts STAGE SAMPLE.xml DICTIONARIES CACHE RULES.yaml
//
// What is counted is done in `countedStage`, so that reading files and building the dictionary are not.

/// How often the sample is gone through: what is remembered from one document to the next counts too.
let rounds = 2

func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

@inline(never)
func countedStage(_ work: () throws -> Int) rethrows -> Int {
    var done = 0
    for _ in 0..<rounds { done += try work() }
    return done
}

func records(in path: String) throws -> [RawRecord] {
    let reader = try RawRecordReader(path: path)
    var records: [RawRecord] = []
    while true {
        let batch = reader.next(upTo: 100)
        records += batch.records
        if batch.isAtEnd { return records }
    }
}

func citations(in path: String) throws -> [Citation] {
    let parser = CitationParser()
    return try records(in: path).compactMap { record in
        if case .citation(let citation) = try parser.parse(record) { citation } else { nil }
    }
}

/// A table of journals without rows: none is of the first rank.
let journalHeader = "nlm_id\tiso_abbreviation\ttitle\tcriterion\tdate\n"

let arguments = CommandLine.arguments
guard arguments.count == 6 else {
    print("usage: stage-counts STAGE SAMPLE.xml DICTIONARIES CACHE RULES.yaml")
    exit(2)
}
let (stage, sample, rulesFile) = (arguments[1], arguments[2], arguments[5])
let dictionary = try DictionaryFolder(path: arguments[3]).compiled(cache: arguments[4])
let papers = try citations(in: sample)
let passages = papers.flatMap(\.passages)
let done: Int
switch stage {
case "read":
    done = try countedStage { try citations(in: sample).count }
case "sentences":
    done = countedStage {
        passages.reduce(0) { $0 + SentenceSplitter.ranges(in: $1.text.utf8Span.span).count }
    }
case "match":
    let automaton = dictionary.automaton
    // Words are remembered as the tagger does it.
    var (tokenizer, words, search) = (Tokenizer(remembers: true), WordMemory(), SearchMemory())
    var (tokens, matches) = ([Token](), [TokenMatch]())
    done = countedStage {
        passages.reduce(0) { count, passage in
            tokenizer.tokenize(passage.text.utf8Span.span, into: &tokens)
            let numbers = words.numbers(of: tokens, automaton)
            automaton.findMatches(in: tokens, words: numbers, of: words.words, &search, into: &matches)
            return count + matches.count
        }
    }
case "tag":
    let tagger = Tagger(dictionary: dictionary)
    done = countedStage {
        papers.reduce(0) {
            $0 + tagger.mentions(in: $1.passages, context: DocumentContext(of: $1)).count
        }
    }
case "mine":
    let rules = try SectionRules(yaml: text(rulesFile), file: rulesFile) { name in
        try? text(URL(filePath: rulesFile).deletingLastPathComponent().appending(path: name).path())
    }
    let extractor = EvidenceExtractor(
        dictionary: dictionary, rules: [rules],
        journals: try JournalRanking(tsv: journalHeader, file: "none"),
        species: [.human, .mouse])
    done = countedStage { papers.reduce(0) { $0 + extractor.analysis(of: $1).evidence.count } }
default:
    print("stage-counts: no stage \(stage)")
    exit(2)
}
// What a stage makes of nothing says nothing.
guard done > 0 else {
    print("stage-counts: \(stage) found nothing in \(sample)")
    exit(1)
}
print("\(stage)\t\(done)")
