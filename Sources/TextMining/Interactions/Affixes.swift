import Terminology

/// Beginnings or endings of words: their letters one behind the other.
struct Affixes: Sendable {
    private let letters: [UInt8]
    /// Where each begins; the next one's start ends it.
    private let starts: [Int]
    /// The numbers of those that begin with a letter, letter by letter.
    private let numbers: [Int]
    /// Where the numbers for a letter begin; the next letter's end them.
    private let firstOfLetter: [Int]

    /// Takes affixes, none of them empty.
    init(_ affixes: [String]) {
        var letters: [UInt8] = []
        var starts = [0]
        for affix in affixes {
            letters += affix.utf8
            starts.append(letters.count)
        }
        var numbers: [Int] = []
        var firstOfLetter = [0]
        for letter in UInt8.min...UInt8.max {
            numbers += affixes.indices.filter { letters[starts[$0]] == letter }
            firstOfLetter.append(numbers.count)
        }
        (self.letters, self.starts) = (letters, starts)
        (self.numbers, self.firstOfLetter) = (numbers, firstOfLetter)
    }

    /// The number of the first with which a word begins; nil where it begins with none.
    func first(startingIn word: Span<UInt8>) -> Int? {
        guard word.count > 0 else { return nil }
        let letter = Int(word[0])
        for place in firstOfLetter[letter]..<firstOfLetter[letter + 1]
        where matches(numbers[place], word, at: 0) {
            return numbers[place]
        }
        return nil
    }

    /// The length of the first with which a word ends; 0 where it ends with none.
    func first(endingIn word: Span<UInt8>) -> Int {
        for number in 0..<(starts.count - 1) {
            let length = starts[number + 1] - starts[number]
            if length <= word.count, matches(number, word, at: word.count - length) { return length }
        }
        return 0
    }

    private func matches(_ number: Int, _ word: Span<UInt8>, at place: Int) -> Bool {
        let (start, end) = (starts[number], starts[number + 1])
        guard end - start <= word.count - place else { return false }
        for offset in 0..<(end - start) where letters[start + offset] != word[place + offset] { return false }
        return true
    }

    /// Goes on with a hash by the letters of one of them.
    func combine(_ number: Int, into hash: inout NameHash) {
        for index in starts[number]..<starts[number + 1] { hash.combine(letters[index]) }
    }

    /// One of them as a text.
    func text(_ number: Int) -> String {
        String(decoding: letters[starts[number]..<starts[number + 1]], as: UTF8.self)
    }
}
