/// Cuts a text into folded tokens. Names of the dictionary and texts go through the same tokenizer, so that these
/// are one:
///
/// - `IGF-1R`, `IGF1R`, `IGF 1R`: letters and digits are tokens of their own; hyphens, dashes, underscores and white
///   space only part them;
/// - `TNF-α`, `TNF alpha`, `TNFalpha`, `NF-κB` and `NF-kappaB`: a Greek letter is its name, and the name of a Greek
///   letter that follows a capital, or begins a word and is followed by one, is cut off;
/// - `IGF-I` and `IGF1`, `type II` and `type 2`: Roman numerals in capitals (but `V` and `X` alone) are digits;
/// - `tumours` and `tumor`, `haemophilia` and `hemophilia`: British spellings and plurals in words of lower case;
/// - `Alzheimer's` and `Alzheimer`: the possessive is dropped;
/// - `Sjögren` and `Sjogren`, `H₂O₂` and `H2O2`: diacritics, and digits set high or low.
///
/// Letter case is folded; what a name needs in case is for whoever reads the matches. All other signs are tokens.
/// Linear in the length of the text.
public struct Tokenizer: Sendable {
    private var folding = RunFolding()
    /// The runs of letters that came last.
    private var runs: RunMemory

    /// Makes a tokenizer; one may be used for any number of texts.
    ///
    /// - Parameter remembers: whether it remembers the words that it has folded, which makes it faster on much text and
    ///   takes 512 KB.
    public init(remembers: Bool = false) {
        runs = RunMemory(isEmpty: !remembers)
    }

    /// The tokens of a text, in order; `tokens` is emptied first. A text longer than 4 GiB is cut there.
    public mutating func tokenize(_ text: Span<UInt8>, into tokens: inout [Token]) {
        tokens.removeAll(keepingCapacity: true)
        let text = text.extracting(first: Int(UInt32.max))
        var cut = Cut()
        // Out of the tokenizer meanwhile: each may then be changed for itself.
        var (known, folding) = (RunMemory(isEmpty: true), RunFolding())
        swap(&known, &runs)
        swap(&folding, &self.folding)
        defer {
            swap(&known, &runs)
            swap(&folding, &self.folding)
        }
        while cut.position < text.count {
            // The last token comes along: what follows may belong to it.
            let last = tokens.popLast()
            let room = max(
                tokens.capacity - tokens.count, (text.count - cut.position) / 5 + 16, cut.needed + 1)
            tokens.append(addingCapacity: room) { output in
                if let last { output.append(last) }
                var places = known.places.mutableSpan
                Self.tokenize(text, from: &cut, into: &output, &folding, &places)
            }
        }
    }

    /// How far a text has been cut.
    private struct Cut {
        var position = 0
        /// Where the last letter or digit ended; -1 before the first.
        var previousEnd = -1
        /// How many tokens may come of what stands at the position, where there was no room for them.
        var needed = 1
    }

    /// Cuts a text for as long as there is room for its tokens.
    @inline(__always)
    private static func tokenize(
        _ text: Span<UInt8>, from cut: inout Cut, into tokens: inout OutputSpan<Token>,
        _ folding: inout RunFolding, _ memory: inout MutableSpan<RunMemory.Known>
    ) {
        let count = text.count
        var (position, previousEnd) = (cut.position, cut.previousEnd)
        let remembers = !memory.isEmpty
        cut.needed = 1
        defer { (cut.position, cut.previousEnd) = (position, previousEnd) }
        while position < count, tokens.freeCapacity > 0 {
            let start = position
            let touchesLeft = previousEnd == start
            let run = remembers ? RunMemory.Run(in: text, at: start) : RunMemory.Run()
            if run.isWhole {
                // Which of the two it is cannot be foretold: there is no branch in it.
                let place = run.place
                let known = memory[place | (memory[place].isOf(run) ? 0 : 1)]
                if known.isOf(run) {
                    position = start &+ run.count
                    previousEnd = position
                    tokens.append(start, position, known.identity, known.traits, touchesLeft: touchesLeft)
                    // Nearly all words have a blank behind them.
                    if position < count, text[position] == 0x20 { position &+= 1 }
                    continue
                }
            }
            let byte = text[start]
            switch CharacterClass.of(byte) {
            case .letter:
                position = Scalars.letterRun(in: text, from: start + run.count)
                if isPossessive(text, start: start, end: position) {
                    if !tokens.isEmpty, tokens[tokens.count - 1].end == start,
                        tokens[tokens.count - 1].traits.contains(.sign)
                    {
                        _ = tokens.removeLast()
                    }
                    continue
                }
                guard tokens.freeCapacity >= position - start else {
                    cut.needed = position - start
                    position = start
                    return
                }
                let before = tokens.count
                folding.emitLetters(text, start, position, touchesLeft: touchesLeft, into: &tokens)
                previousEnd = position
                if run.isWhole, tokens.count == before + 1 {
                    memory[run.place + 1] = memory[run.place]
                    memory[run.place] = RunMemory.Known(
                        run, tokens[before].identity, tokens[before].traits)
                }
            case .digit:
                while position < count, CharacterClass.of(text[position]) == .digit { position += 1 }
                let identity = IdentityHash.of(text.extracting(start..<position))
                tokens.append(start, position, identity, .digits, touchesLeft: touchesLeft)
                previousEnd = position
                if position < count, text[position] == 0x20 { position += 1 }
            case .separator:
                position += 1
            case .sign:
                position += 1
                tokens.append(start, position, IdentityHash.of(byte), .sign, touchesLeft: false)
                // Nor does a blank behind a sign part anything.
                if position < count, text[position] == 0x20 { position += 1 }
            case .multibyte:
                let (scalar, length) = Scalars.decode(text, at: position)
                position += length
                switch ScalarFolding.fold(scalar) {
                case .greek(let name):
                    tokens.append(
                        start, position, IdentityHash.of(name), .letters, touchesLeft: touchesLeft)
                    previousEnd = position
                case .digit(let digit):
                    tokens.append(
                        start, position, IdentityHash.of(digit), .digits, touchesLeft: touchesLeft)
                    previousEnd = position
                case .letter:
                    // Only the start of the run is known to be a letter; the run takes ASCII letters too.
                    position = Scalars.letterRun(in: text, from: start)
                    guard tokens.freeCapacity >= position - start else {
                        cut.needed = position - start
                        position = start
                        return
                    }
                    folding.emitLetters(text, start, position, touchesLeft: touchesLeft, into: &tokens)
                    previousEnd = position
                case .sign:
                    let identity = IdentityHash.of(text.extracting(start..<position))
                    tokens.append(start, position, identity, .sign, touchesLeft: false)
                case .separator, .mark:
                    break
                }
            }
        }
    }

    /// The tokens of a string.
    public mutating func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var text = text
        text.makeContiguousUTF8()
        tokenize(text.utf8Span.span, into: &tokens)
        return tokens
    }

    /// Whether a run is the `s` of `Alzheimer's` or `Crohn’s`.
    private static func isPossessive(_ text: Span<UInt8>, start: Int, end: Int) -> Bool {
        guard end - start == 1, text[start] == UInt8(ascii: "s"), start > 1 else { return false }
        if text[start - 1] == UInt8(ascii: "'") {
            return CharacterClass.of(text[start - 2]) == .letter
        }
        // U+2019 RIGHT SINGLE QUOTATION MARK
        return start > 3 && text[start - 1] == 0x99 && text[start - 2] == 0x80 && text[start - 3] == 0xE2
            && CharacterClass.of(text[start - 4]) == .letter
    }
}

extension OutputSpan<Token> {
    /// Appends a token, which ends a word until another one touches it.
    @inline(__always)
    mutating func append(
        _ start: Int, _ end: Int, _ identity: UInt64, _ traits: Token.Traits, touchesLeft: Bool
    ) {
        var traits = traits.union(.endsWord)
        if touchesLeft, !isEmpty {
            self[count - 1].traits.remove(.endsWord)
        } else {
            traits.insert(.startsWord)
        }
        append(
            Token(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                identity: identity, traits: traits))
    }
}
