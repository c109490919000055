import AhoCorasick
import Corpus
import Terminology

/// A document while it is tagged.
struct TaggedDocument {
    /// A passage with its tokens and sentences. A class, since every step looks at it and none changes it.
    final class TokenizedPassage: Sendable {
        let passage: Passage
        /// The place of the passage in the document's list.
        let place: Int
        let bytes: [UInt8]
        let tokens: [Token]
        /// The number of each token in the tagger's memory of words.
        let words: [Int32]
        let sentences: [TextRange]

        init(
            _ passage: Passage, place: Int, _ memory: inout TaggerMemory, _ automaton: Automaton,
            _ tables: TabledWeights?
        ) {
            self.passage = passage
            self.place = place
            let bytes = Array(passage.text.utf8)
            var tokens: [Token] = []
            tokens.reserveCapacity(bytes.count / 4 + 8)
            memory.tokenizer.tokenize(bytes.span, into: &tokens)
            words = memory.words.numbers(of: tokens, automaton, tables)
            sentences =
                EightBytes.hasLineEnd(bytes.span)
                ? SentenceSplitter.ranges(in: bytes.span)
                : SentenceSplitter.ranges(inLine: bytes.span, tokens: tokens.span)
            self.tokens = tokens
            self.bytes = bytes
        }

        /// The bytes of a range.
        func slice(_ range: TextRange) -> ArraySlice<UInt8> { bytes[range.start..<range.end] }

        /// The bytes from one token to another.
        func range(_ first: Int, _ last: Int) -> TextRange {
            TextRange(Int(tokens[first].start), Int(tokens[last].end))
        }

        /// The text from one token to another.
        func text(_ first: Int, _ last: Int) -> String {
            String(decoding: slice(range(first, last)), as: UTF8.self)
        }

        /// The index of the sentence that holds an offset.
        func sentence(at offset: Int) -> Int {
            var low = 0
            var high = sentences.count
            while low < high {
                let middle = (low + high) / 2
                if sentences[middle].end <= offset { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    let passages: [TokenizedPassage]
    let context: DocumentContext
    /// By passage, then by first token, longer ones first.
    var names: [NameReading] = []
    /// What the names may mean besides their first readings. It begins with what the tagger knows of spellings, which must be
    /// given back to its memory.
    var readings = ReadingList()
    /// The abbreviations that each passage defines.
    var definitions: [[AbbreviationDefinition]] = []
    /// The long forms that the text gives for short ones.
    private(set) var longForms: [String] = []
    /// The fusions of genes that were found.
    var fusions: [Fusion] = []

    /// Makes a document without names.
    ///
    /// - Parameters:
    ///   - memory: cuts the text into tokens, and numbers them.
    ///   - tables: the weights that the memory keeps of words.
    init(
        passages: [Passage], context: DocumentContext, _ memory: inout TaggerMemory, _ automaton: Automaton,
        _ tables: TabledWeights?
    ) {
        self.context = context
        var tokenized: [TokenizedPassage] = []
        tokenized.reserveCapacity(passages.count)
        for passage in passages {
            tokenized.append(
                TokenizedPassage(passage, place: tokenized.count, &memory, automaton, tables))
        }
        self.passages = tokenized
    }

    /// Gives the readings that last back to the memory which they came from, and drops the names, which point to them: the
    /// passages, definitions and long forms are left.
    mutating func giveBackReadings(to memory: inout TaggerMemory) {
        names = []
        readings.endDocument()
        swap(&readings, &memory.names.readings)
    }

    /// Keeps a long form.
    mutating func keep(longForm: String) -> LongForm {
        longForms.append(longForm)
        return LongForm(number: UInt32(longForms.count - 1))
    }

    /// The text of a long form.
    func text(of longForm: LongForm) -> String { longForms[Int(longForm.number)] }

    /// Puts the names in the document's order.
    mutating func sortNames() { names.sort(by: NameReading.isBefore) }

    /// The index of the first name that does not stand before a token; the names must be in order.
    func firstName(from token: Int, of passage: Int) -> Int {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if (names[middle].passage, names[middle].first) < (passage, token) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
