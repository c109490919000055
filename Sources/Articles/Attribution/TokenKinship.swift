/// Finds what the new tokens of a revision are copies or other spellings of, from texts and identities alone.
struct TokenKinship {
    /// The revision before.
    let base: TokenSequence
    let baseIdentities: [Int32]
    let new: TokenSequence
    /// −1 for a new token.
    let known: [Int32]
    let identities: [Int32]
    /// The place of each token in the base, or −1.
    let places: [Int32]

    /// The fewest tokens of a sentence that counts as copied.
    let copiedSentence: Int

    /// Sentences of nothing but new tokens whose wording stands elsewhere: in older tokens of this revision, in the
    /// revision before, or further up in this one.
    func copies(found: (_ copy: Int32, _ source: Int32) -> Void) {
        let fresh = (0..<new.sentenceCount).filter { number in
            let range = new.sentence(number)
            return range.count >= copiedSentence && range.allSatisfy { known[$0] < 0 }
        }
        if fresh.isEmpty { return }
        var sources: [UInt64: (isBase: Bool, start: Int)] = [:]
        let freshNumbers = Set(fresh)
        for number in 0..<new.sentenceCount where !freshNumbers.contains(number) {
            add(new, number, isBase: false, to: &sources)
        }
        for number in 0..<base.sentenceCount { add(base, number, isBase: true, to: &sources) }
        for number in fresh {
            let range = new.sentence(number)
            let wording = TokenHash.sequence(new.classes, range)
            guard let source = sources[wording] else {
                sources[wording] = (false, range.lowerBound)
                continue
            }
            let (classes, ids) = source.isBase ? (base.classes, baseIdentities) : (new.classes, identities)
            guard source.start + range.count <= classes.count,
                (0..<range.count).allSatisfy({
                    classes[source.start + $0] == new.classes[range.lowerBound + $0]
                })
            else { continue }
            for offset in 0..<range.count {
                found(identities[range.lowerBound + offset], ids[source.start + offset])
            }
        }
    }

    private func add(
        _ sequence: TokenSequence, _ number: Int, isBase: Bool,
        to sources: inout [UInt64: (isBase: Bool, start: Int)]
    ) {
        let range = sequence.sentence(number)
        guard range.count >= copiedSentence else { return }
        let wording = TokenHash.sequence(sequence.classes, range)
        if sources[wording] == nil { sources[wording] = (isBase, range.lowerBound) }
    }

    /// New tokens that stand where tokens of the base went out that differ in case and diacritics alone: in a stretch of
    /// new tokens, counted from the kept token before it, or else from the one behind it.
    func variants(strings: TokenStrings, found: (_ variant: Int32, _ original: Int32) -> Void) {
        if baseIdentities.isEmpty { return }
        var isKept = [Bool](repeating: false, count: baseIdentities.count)
        for id in known where id >= 0 && places[Int(id)] >= 0 { isKept[Int(places[Int(id)])] = true }
        func basePlace(_ index: Int) -> Int? {
            if index < 0 { return -1 }
            if index >= known.count { return baseIdentities.count }
            let place = places[Int(known[index])]
            return place < 0 ? nil : Int(place)
        }
        func isVariant(_ index: Int, _ place: Int) -> Bool {
            guard baseIdentities.indices.contains(place), !isKept[place],
                new.classes[index] != base.classes[place]
            else { return false }
            return SpellingFold.agree(
                strings.bytes(of: new.strings[index]), strings.bytes(of: base.strings[place]))
        }
        var index = 0
        while index < known.count {
            guard known[index] < 0 else {
                index += 1
                continue
            }
            let start = index
            while index < known.count, known[index] < 0 { index += 1 }
            let before = basePlace(start - 1)
            let behind = basePlace(index)
            for place in start..<index {
                if let before, isVariant(place, before + 1 + place - start) {
                    found(identities[place], baseIdentities[before + 1 + place - start])
                } else if let behind, isVariant(place, behind - (index - place)) {
                    found(identities[place], baseIdentities[behind - (index - place)])
                }
            }
        }
    }
}

/// Compares words without case and diacritics.
enum SpellingFold {
    /// Whether two words differ in nothing else.
    static func agree(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
        if one.allSatisfy({ $0 < 0x80 }), other.allSatisfy({ $0 < 0x80 }) {
            return one.count == other.count && zip(one, other).allSatisfy { lower($0) == lower($1) }
        }
        return folded(one) == folded(other)
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// A word in small letters without marks. The letter that a precomposed one is built on is read from its name:
    /// LATIN SMALL LETTER E WITH ACUTE.
    private static func folded(_ word: ArraySlice<UInt8>) -> String {
        var folded = ""
        for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            if scalar.isASCII {
                folded += String(scalar).lowercased()
            } else if let name = scalar.properties.lowercaseMapping.unicodeScalars.first?.properties.name {
                let base = name.prefix(name.utf8.count).split(separator: " WITH ", maxSplits: 1)[0]
                // The base of a Latin letter is the letter itself, so that it equals one of ASCII.
                let words = base.split(separator: " ")
                if words.count == 4, words[0] == "LATIN", words[3].utf8.count == 1 {
                    folded += words[3].lowercased()
                } else {
                    folded += "{" + base + "}"
                }
            } else {
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }
}
