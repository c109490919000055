import Corpus
import Terminology

/// A name with what stands before and after it in its sentence, as bytes.
struct NameSurroundings {
    /// The passage.
    private let bytes: [UInt8]
    /// The name.
    private let name: Range<Int>
    /// Where the sentence starts, and where it ends.
    private let start: Int
    private let end: Int

    /// What must be among the pairs of bytes of a text that holds a phrase: its first, its last and two between them.
    struct Trace: Sendable {
        fileprivate let first: Int
        fileprivate let second: Int
        fileprivate let third: Int
        fileprivate let last: Int

        /// How many places there are for pairs of bytes.
        static let count = 1024

        /// What any text has.
        static let any = Trace(first: 0, second: 0, third: 0, last: 0)

        private init(first: Int, second: Int, third: Int, last: Int) {
            self.first = first
            self.second = second
            self.third = third
            self.last = last
        }

        /// The trace of a phrase.
        init(_ phrase: [UInt8]) {
            guard phrase.count > 1 else {
                self = .any
                return
            }
            func pair(at place: Int) -> Int {
                Self.bit(LowerCase.of(phrase[place]), LowerCase.of(phrase[place + 1]))
            }
            let last = phrase.count - 2
            self.init(
                first: pair(at: 0), second: pair(at: last / 3), third: pair(at: last * 2 / 3),
                last: pair(at: last))
        }

        /// The place of a pair of bytes in lower case; 0 is no pair's.
        @inline(__always)
        static func bit(_ first: UInt8, _ second: UInt8) -> Int {
            max(1, (Int(first) &* 37 &+ Int(second) &* 149) & 1023)
        }
    }

    /// Looks around a range of a passage.
    init(of range: TextRange, in passage: TaggedDocument.TokenizedPassage) {
        self.init(of: range, in: passage, sentence: passage.sentence(at: range.start))
    }

    /// Looks around a range of a sentence of a passage.
    init(of range: TextRange, in passage: TaggedDocument.TokenizedPassage, sentence: Int) {
        let sentence = passage.sentences[sentence]
        bytes = passage.bytes
        name = range.start..<range.end
        start = min(sentence.start, range.start)
        end = max(range.end, sentence.end)
    }

    /// The hashes of the first two bytes of the name, of the two before it, and of the two behind it in its sentence, as
    /// those of a trace; 0 where there are fewer.
    var touching: (name: Int, before: Int, after: Int) {
        (
            name.count > 1 ? pair(at: name.lowerBound) : 0,
            name.lowerBound - start > 1 ? pair(at: name.lowerBound - 2) : 0,
            end - name.upperBound > 1 ? pair(at: name.upperBound) : 0
        )
    }

    private func pair(at place: Int) -> Int {
        Trace.bit(LowerCase.of(bytes[place]), LowerCase.of(bytes[place + 1]))
    }

    /// Pairs of bytes near a name, a bit a hash: a phrase whose first or last pair is not among them is not there.
    struct Pairs {
        private var bits = InlineArray<16, UInt64>(repeating: 0)

        fileprivate init() { bits[0] = 1 }

        fileprivate mutating func add(_ bytes: Span<UInt8>) {
            guard bytes.count > 1 else { return }
            var before = LowerCase.of(bytes[0])
            for index in 1..<bytes.count {
                let byte = LowerCase.of(bytes[index])
                let bit = Trace.bit(before, byte)
                bits[(bit &>> 6) & 15] |= 1 &<< UInt64(truncatingIfNeeded: bit & 63)
                before = byte
            }
        }

        /// Whether what leaves a trace may be there.
        @inline(__always)
        func mayHold(_ trace: Trace) -> Bool {
            holds(trace.first) && holds(trace.last) && holds(trace.second) && holds(trace.third)
        }

        @inline(__always)
        private func holds(_ bit: Int) -> Bool {
            bits[bit >> 6] &>> UInt64(bit & 63) & 1 != 0
        }
    }

    /// The pairs of bytes up to a number of bytes before and behind the name.
    func pairs(within reach: Int) -> Pairs {
        var pairs = Pairs()
        pairs.add(bytes.span.extracting(before(reach)))
        pairs.add(bytes.span.extracting(behind(reach)))
        return pairs
    }

    /// What stands before the name, up to a number of bytes.
    private func before(_ reach: Int) -> Range<Int> { max(start, name.lowerBound - reach)..<name.lowerBound }

    /// What stands behind the name, up to a number of bytes.
    private func behind(_ reach: Int) -> Range<Int> { name.upperBound..<min(end, name.upperBound + reach) }

    /// Whether a cue stands where it must.
    ///
    /// - Parameter reach: how many bytes on each side are near.
    func has(_ cue: RoleCue, reach: Int) -> Bool {
        guard cue.beginning.isEmpty || begins(name, with: cue.beginning, isExact: false) else {
            return false
        }
        let phrase = cue.phrase
        switch cue.place {
        case .after: return begins(name.upperBound..<end, with: phrase, isExact: cue.isExact)
        case .before:
            return begins(before(phrase.count), with: phrase, isExact: cue.isExact)
        case .near:
            return contains(before(reach), phrase, isExact: cue.isExact)
                || contains(behind(reach), phrase, isExact: cue.isExact)
        case .doubled:
            let (first, last) = (name.upperBound + phrase.count, name.lowerBound - phrase.count)
            return begins(name.upperBound..<end, with: phrase, isExact: true) && first <= end
                && isName(from: first, to: end)
                || begins(before(phrase.count), with: phrase, isExact: true) && last >= start
                    && isName(from: last - name.count, to: last)
        case .name:
            return name.count == phrase.count && begins(name, with: phrase, isExact: cue.isExact)
        }
    }

    /// Whether the name stands at a place, too, and before a bound.
    private func isName(from place: Int, to bound: Int) -> Bool {
        guard place >= start, place + name.count <= bound else { return false }
        for offset in 0..<name.count where bytes[place + offset] != bytes[name.lowerBound + offset] {
            return false
        }
        return true
    }

    /// Whether a stretch begins with a phrase, which is in lower case unless capitals count.
    private func begins(_ stretch: Range<Int>, with phrase: [UInt8], isExact: Bool) -> Bool {
        guard stretch.count >= phrase.count else { return false }
        for offset in phrase.indices {
            let own = bytes[stretch.lowerBound + offset]
            if (isExact ? own : LowerCase.of(own)) != phrase[offset] { return false }
        }
        return true
    }

    private func contains(_ stretch: Range<Int>, _ phrase: [UInt8], isExact: Bool) -> Bool {
        guard !phrase.isEmpty, stretch.count >= phrase.count else { return false }
        let first = phrase[0]
        for start in stretch.lowerBound...(stretch.upperBound - phrase.count)
        where (isExact ? bytes[start] : LowerCase.of(bytes[start])) == first
            && begins(start..<stretch.upperBound, with: phrase, isExact: isExact)
        {
            return true
        }
        return false
    }
}
