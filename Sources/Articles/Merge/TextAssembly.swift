import Corpus

/// Builds a new text of an article out of the old one: stretches of it that stay, with the identities that they have, and
/// pieces that are put in.
struct TextAssembly {
    /// A piece of new text.
    struct Piece {
        /// The text.
        var text: String
        /// One entry a token: its identity, or nil for a new one.
        var identities: [TokenID?]
        /// Who wants to know where its tokens come to stand.
        var label: Label?
    }

    /// What a piece is.
    enum Label: Hashable {
        /// A statement's bullet.
        case statement(StatementKey)
        /// A heading.
        case heading(SectionID)
    }

    /// A change of the old text.
    private struct Edit {
        /// What goes, in bytes of the old text; empty for a mere insertion.
        var range: TextRange
        /// Among the edits at one place: those that were asked for first come first.
        var number: Int
        var pieces: [Piece]
    }

    private let record: ArticleRecord
    private var edits: [Edit] = []

    init(_ record: ArticleRecord) {
        self.record = record
    }

    /// Whether nothing was asked for.
    var isEmpty: Bool { edits.isEmpty }

    /// Takes a stretch out and puts pieces in its place.
    mutating func replace(_ range: TextRange, with pieces: [Piece] = []) {
        edits.append(Edit(range: range, number: edits.count, pieces: pieces))
    }

    /// Puts pieces in before a byte.
    mutating func insert(_ pieces: [Piece], at byte: Int) {
        replace(TextRange(byte, byte), with: pieces)
    }

    /// A piece whose tokens are all new.
    static func fresh(_ text: String, _ label: Label? = nil) -> Piece {
        Piece(
            text: text, identities: Array(repeating: nil, count: ArticleTokenizer.tokens(in: text).count),
            label: label)
    }

    /// The new text with its identities, and the places of the labelled pieces' tokens in it.
    ///
    /// - Complexity: O(length of both texts + edits · log edits).
    func result() -> (text: String, identities: [TokenID?], places: [Label: Range<Int>]) {
        let bytes = Array(record.text.utf8)
        let old = record.history.tokensOfNewest
        var text: [UInt8] = []
        var identities: [TokenID?] = []
        var places: [Label: Range<Int>] = [:]
        var position = 0
        var token = 0
        func keep(to end: Int) {
            text += bytes[position..<end]
            while token < old.count, record.ranges[token].end <= end {
                identities.append(old[token])
                token += 1
            }
            position = end
        }
        let ordered = edits.sorted {
            ($0.range.start, $0.range.end, $0.number) < ($1.range.start, $1.range.end, $1.number)
        }
        for edit in ordered where edit.range.end >= position {
            keep(to: max(position, edit.range.start))
            for piece in edit.pieces {
                let start = identities.count
                text += piece.text.utf8
                identities += piece.identities
                if let label = piece.label { places[label] = start..<identities.count }
            }
            while token < old.count, record.ranges[token].start < edit.range.end { token += 1 }
            position = max(position, edit.range.end)
        }
        keep(to: bytes.count)
        return (String(decoding: text, as: UTF8.self), identities, places)
    }
}
