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
    /// What stands near the name, in lower case, the name left out.
    private let near: [UInt8]
    private let nearExact: [UInt8]

    /// Looks around a range of a passage.
    ///
    /// - Parameter reach: how many bytes on each side are near.
    init(of range: TextRange, in passage: TaggedDocument.TokenizedPassage, reach: Int) {
        let sentence = passage.sentences[passage.sentence(at: range.start)]
        name = passage.slice(range)
        before = passage.bytes[min(sentence.start, range.start)..<range.start]
        after = passage.bytes[range.end..<max(range.end, sentence.end)]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * reach + 1)
        bytes += before.suffix(reach)
        bytes.append(0)
        bytes += after.prefix(reach)
        nearExact = bytes
        for index in bytes.indices { bytes[index] = LowerCase.of(bytes[index]) }
        near = bytes
    }

    /// Whether a cue stands where it must.
    func has(_ cue: RoleCue) -> Bool {
        guard cue.beginning.isEmpty || Self.begins(name, with: cue.beginning, isExact: false) else {
            return false
        }
        let phrase = cue.phrase
        switch cue.place {
        case .after: return Self.begins(after, with: phrase, isExact: cue.isExact)
        case .before:
            return before.count >= phrase.count
                && Self.begins(before.suffix(phrase.count), with: phrase, isExact: cue.isExact)
        case .near: return Self.contains(cue.isExact ? nearExact : near, phrase)
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
