import Corpus
import Terminology

/// A name with what stands before and after it in its sentence, as bytes.
struct NameSurroundings {
    /// The name.
    let name: ArraySlice<UInt8>
    /// The sentence up to the name.
    let before: ArraySlice<UInt8>
    /// The sentence from the name on.
    let after: ArraySlice<UInt8>

    /// What must be among the pairs of bytes of a text that holds a phrase: its first and its last one.
    struct Trace: Sendable {
        fileprivate let first: Int
        fileprivate let last: Int

        /// How many places there are for pairs of bytes.
        static let count = 1024

        /// What any text has.
        static let any = Trace(first: 0, last: 0)

        fileprivate init(first: Int, last: Int) {
            self.first = first
            self.last = last
        }

        /// The trace of a phrase.
        init(_ phrase: [UInt8]) {
            guard phrase.count > 1 else {
                self = .any
                return
            }
            self.init(
                first: Self.bit(LowerCase.of(phrase[0]), LowerCase.of(phrase[1])),
                last: Self.bit(
                    LowerCase.of(phrase[phrase.count - 2]), LowerCase.of(phrase[phrase.count - 1])))
        }

        /// The place of a pair of bytes in lower case; 0 is no pair's.
        @inline(__always)
        static func bit(_ first: UInt8, _ second: UInt8) -> Int {
            max(1, (Int(first) &* 37 &+ Int(second) &* 149) & 1023)
        }
    }

    /// What stands near a name, the name left out.
    struct Near {
        private let exact: [UInt8]
        private let lowered: [UInt8]
        /// Pairs of bytes in `lowered`, a bit a hash: a phrase whose first or last pair is not among them is not there.
        private var pairs = InlineArray<16, UInt64>(repeating: 0)

        fileprivate init(_ exact: [UInt8]) {
            self.exact = exact
            var lowered = exact
            for index in lowered.indices { lowered[index] = LowerCase.of(lowered[index]) }
            pairs[0] = 1
            for index in lowered.indices.dropFirst() {
                let bit = Trace.bit(lowered[index - 1], lowered[index])
                pairs[bit >> 6] |= 1 << UInt64(bit & 63)
            }
            self.lowered = lowered
        }

        /// Whether what leaves a trace may be there.
        @inline(__always)
        func mayHold(_ trace: Trace) -> Bool {
            pairs[trace.first >> 6] >> UInt64(trace.first & 63) & 1 != 0
                && pairs[trace.last >> 6] >> UInt64(trace.last & 63) & 1 != 0
        }

        /// Whether the phrase of a cue is there.
        func has(_ cue: RoleCue) -> Bool {
            NameSurroundings.contains(cue.isExact ? exact : lowered, cue.phrase)
        }
    }

    /// Looks around a range of a passage.
    init(of range: TextRange, in passage: TaggedDocument.TokenizedPassage) {
        let sentence = passage.sentences[passage.sentence(at: range.start)]
        name = passage.slice(range)
        before = passage.bytes[min(sentence.start, range.start)..<range.start]
        after = passage.bytes[range.end..<max(range.end, sentence.end)]
    }

    /// What stands near the name: up to a number of bytes on each side.
    func near(_ reach: Int) -> Near {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * reach + 1)
        bytes += before.suffix(reach)
        bytes.append(0)
        bytes += after.prefix(reach)
        return Near(bytes)
    }

    /// Whether a cue stands where it must.
    ///
    /// - Parameters:
    ///   - near: what stands near the name, made where a cue asks for it first.
    ///   - reach: how many bytes on each side are near.
    func has(_ cue: RoleCue, _ near: inout Near?, reach: Int) -> Bool {
        guard cue.beginning.isEmpty || Self.begins(name, with: cue.beginning, isExact: false) else {
            return false
        }
        let phrase = cue.phrase
        switch cue.place {
        case .after: return Self.begins(after, with: phrase, isExact: cue.isExact)
        case .before:
            return before.count >= phrase.count
                && Self.begins(before.suffix(phrase.count), with: phrase, isExact: cue.isExact)
        case .near:
            let known = near ?? self.near(reach)
            near = known
            return known.has(cue)
        case .doubled:
            return
                (after.starts(with: phrase) && after.dropFirst(phrase.count).starts(with: name))
                || (before.suffix(phrase.count).elementsEqual(phrase)
                    && before.dropLast(phrase.count).suffix(name.count).elementsEqual(name))
        case .name:
            return name.count == phrase.count && Self.begins(name, with: phrase, isExact: cue.isExact)
        }
    }

    /// Whether a text begins with a phrase, which is in lower case unless capitals count.
    private static func begins(_ text: ArraySlice<UInt8>, with phrase: [UInt8], isExact: Bool) -> Bool {
        guard text.count >= phrase.count else { return false }
        var index = text.startIndex
        for byte in phrase {
            var own = text[index]
            if !isExact, own >= UInt8(ascii: "A"), own <= UInt8(ascii: "Z") { own |= 0x20 }
            if own != byte { return false }
            index += 1
        }
        return true
    }

    private static func contains(_ text: [UInt8], _ phrase: [UInt8]) -> Bool {
        guard let first = phrase.first, text.count >= phrase.count else { return false }
        search: for start in 0...(text.count - phrase.count) where text[start] == first {
            for offset in 1..<max(1, phrase.count) where text[start + offset] != phrase[offset] {
                continue search
            }
            return true
        }
        return false
    }
}
