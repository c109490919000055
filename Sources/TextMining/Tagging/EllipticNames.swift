import AhoCorasick
import Corpus
import Terminology

/// Finds names that a list shortens: the others in “SMADs 1, 5 and 8”, “Smad1/5/8”, “IL-2/4”, “hHR23A and -B”, and the first in
/// “breast and ovarian cancer”.
///
/// A name that ends in a designator, digits or one letter, is followed through a list of designators: each in place of
/// the last must again be a name of the dictionary. A name of a disease whose last word it shares with a word before
/// “and”, “or” or a slash lends it that word.
struct EllipticNames {
    let dictionary: CompiledDictionary

    /// How many members of a list are followed.
    private static let longestList = 8

    func apply(to document: inout TaggedDocument) {
        var found: [NameReading] = []
        // Taken out while it grows, so that it is not copied.
        var list = ReadingList()
        swap(&list, &document.readings)
        for index in document.names.indices where document.names[index].last > document.names[index].first {
            switch document.names[index].kind {
            case .gene
            where document.names[index].doubts.isEmpty && isFollowed(document.names[index], in: document):
                found += designated(document.names[index], in: document, &list)
            case .disease where isPreceded(document.names[index], in: document):
                found += sharing(document.names[index], in: document, &list)
            default: break
            }
        }
        swap(&list, &document.readings)
        guard !found.isEmpty else { return }
        let taken = Set(document.names.map(\.place))
        var added: Set<NamePlace> = []
        for name in found where !taken.contains(name.place) && added.insert(name.place).inserted {
            document.names.append(name)
        }
        document.sortNames()
    }

    /// Whether a name ends in a designator, and what parts the members of a list stands behind it.
    private func isFollowed(_ name: NameReading, in document: TaggedDocument) -> Bool {
        let passage = document.passages[name.passage]
        return isDesignator(passage.tokens[name.last]) && name.last + 2 < passage.tokens.count
            && isJoint(passage.tokens[name.last + 1], in: passage)
    }

    /// Whether what parts the members of a list stands before a name.
    private func isPreceded(_ name: NameReading, in document: TaggedDocument) -> Bool {
        let passage = document.passages[name.passage]
        return name.first > 1 && isJoint(passage.tokens[name.first - 1], in: passage)
    }

    // MARK: - Designators

    /// The names that a list of designators after a name stands for.
    private func designated(
        _ name: NameReading, in document: TaggedDocument, _ list: inout ReadingList
    ) -> [NameReading] {
        let passage = document.passages[name.passage]
        let tokens = passage.tokens
        guard name.last > name.first, isDesignator(tokens[name.last]) else { return [] }
        let stem = tokens[name.first..<name.last].map(\.identity)
        let sentence = passage.sentences[name.sentence]
        var found: [NameReading] = []
        var at = name.last + 1
        while found.count < Self.longestList, let next = member(at: at, of: tokens, in: passage),
            Int(tokens[next].end) <= sentence.end
        {
            let readings = readings(of: stem + [tokens[next].identity], kind: .gene)
            guard !readings.isEmpty else { break }
            var other = NameReading(next, next, of: passage, kind: .gene, readings: list.keep(readings))
            other.isElliptic = true
            found.append(other)
            at = next + 1
        }
        return found
    }

    /// The designator that continues a list at a token: after a comma, a slash, “and”, “or”, or a hyphen.
    private func member(at start: Int, of tokens: [Token], in passage: TaggedDocument.TokenizedPassage)
        -> Int?
    {
        var place = start
        var isJoined = false
        while place < tokens.count, place < start + 3, isJoint(tokens[place], in: passage) {
            isJoined = true
            place += 1
        }
        guard isJoined, place < tokens.count, isDesignator(tokens[place]),
            tokens[place].traits.contains(.endsWord),
            place + 1 >= tokens.count || !isUnit(after: tokens[place], in: passage)
        else { return nil }
        return place
    }

    private func isDesignator(_ token: Token) -> Bool {
        if token.traits.contains(.digits) { return token.end - token.start <= 3 }
        return token.traits.contains(.letters) && token.end - token.start == 1
            && token.traits.contains(.upperCase)
    }

    private func isJoint(_ token: Token, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        let bytes = passage.bytes
        let start = Int(token.start)
        switch Int(token.end) - start {
        case 1: return bytes[start] == UInt8(ascii: "/") || bytes[start] == UInt8(ascii: ",")
        case 2: return bytes[start] == UInt8(ascii: "o") && bytes[start + 1] == UInt8(ascii: "r")
        case 3:
            return bytes[start] == UInt8(ascii: "a") && bytes[start + 1] == UInt8(ascii: "n")
                && bytes[start + 2] == UInt8(ascii: "d")
        default: return false
        }
    }

    /// Whether a number is measured in something: “5 %”, “8 mg”.
    private func isUnit(after token: Token, in passage: TaggedDocument.TokenizedPassage) -> Bool {
        guard token.traits.contains(.digits) else { return false }
        let rest = passage.bytes[Int(token.end)...].prefix(6)
        let word = rest.drop { $0 == 0x20 }.prefix { $0 > 0x20 && $0 != UInt8(ascii: ",") }
        return ["%", "mg", "kg", "ml", "h", "d", "days", "µg", "nM", "mM", "of", "x", "kDa", "weeks", "min"]
            .contains { word.elementsEqual($0.utf8) }
    }

    // MARK: - A shared last word

    /// The disease that a word before “and” names together with the last word of the name after it.
    private func sharing(
        _ name: NameReading, in document: TaggedDocument, _ list: inout ReadingList
    ) -> [NameReading] {
        let passage = document.passages[name.passage]
        let tokens = passage.tokens
        let sentence = passage.sentences[name.sentence]
        var joint = name.first - 1
        guard joint > 0, isJoint(tokens[joint], in: passage) else { return [] }
        while joint > 0, isJoint(tokens[joint - 1], in: passage) { joint -= 1 }
        guard joint > 0 else { return [] }
        for length in [2, 1] where joint >= length {
            let first = joint - length
            guard Int(tokens[first].start) >= sentence.start, tokens[first].traits.contains(.startsWord)
            else {
                continue
            }
            let own = tokens[first..<joint].map(\.identity)
            for head in (name.first + 1)...name.last {
                let readings = readings(
                    of: own + tokens[head...name.last].map(\.identity), kind: .disease)
                guard !readings.isEmpty else { continue }
                var other = NameReading(
                    first, joint - 1, of: passage, kind: .disease, readings: list.keep(readings))
                other.isElliptic = true
                return [other]
            }
        }
        return []
    }

    private func readings(of tokens: [UInt64], kind: EntityKind) -> [Reading] {
        guard let pattern = dictionary.automaton.pattern(of: tokens) else { return [] }
        return dictionary.entries(ofPattern: pattern).compactMap { number in
            let entry = dictionary.entry(number)
            guard entry.kind == kind else { return nil }
            return Reading(entry)
        }
    }
}
