import Corpus

/// A warning that belongs to a reference wherever it is shown.
public enum ReferenceBadge: String, Hashable, Sendable, CaseIterable {
    /// An erratum was published.
    case erratum
    /// An expression of concern was published.
    case concern
    /// The article was retracted.
    case retracted
    /// PubMed has deleted the record.
    case deleted
    /// The abstract reads otherwise now.
    case changed

    /// The words to show.
    public var label: String {
        switch self {
        case .erratum: "erratum published"
        case .concern: "expression of concern"
        case .retracted: "retracted"
        case .deleted: "deleted from PubMed"
        case .changed: "abstract revised since"
        }
    }
}

/// What an article shows of a citation that it cites.
public struct CitationReference: Hashable, Sendable {
    /// The citation.
    public var pmid: PMID
    /// The title as the record has it.
    public var title: String
    /// The authors as shown: `Efstratiadis, A.`; a group by its collective name.
    public var authors: [String]
    /// The abbreviation of the journal's name, or else its name.
    public var journal: String
    /// The year of publication.
    public var year: Int?
    /// The copyright line of the abstract.
    public var copyright: String?
    /// Warnings, in a fixed order.
    public var badges: [ReferenceBadge]
    /// The notices of its retraction.
    public var notices: [PMID] = []

    /// The number of authors above which only the first ones are shown.
    public static let shownAuthors = 20

    /// Makes a reference from its parts.
    public init(
        pmid: PMID, title: String = "", authors: [String] = [], journal: String = "", year: Int? = nil,
        copyright: String? = nil, badges: [ReferenceBadge] = []
    ) {
        self.pmid = pmid
        self.title = title
        self.authors = authors
        self.journal = journal
        self.year = year
        self.copyright = copyright
        self.badges = badges
    }

    /// Takes what is shown from a record of PubMed.
    public init(_ citation: Citation) {
        var badges: [ReferenceBadge] = []
        if citation.hasErratum { badges.append(.erratum) }
        if citation.hasExpressionOfConcern { badges.append(.concern) }
        if citation.isRetracted { badges.append(.retracted) }
        self.init(citation, badges: badges)
    }

    /// Takes what is shown from a record of which the warnings are known: its publication types and corrections are not
    /// looked at.
    public init(_ citation: Citation, badges: [ReferenceBadge]) {
        self.init(
            pmid: citation.pmid,
            title: citation.title.isEmpty ? citation.vernacularTitle ?? "" : citation.title,
            authors: citation.authors.compactMap(\.displayName),
            journal: citation.journal.isoAbbreviation ?? citation.journal.title ?? "", year: citation.year,
            copyright: citation.copyright, badges: badges)
    }

    /// Takes what is shown from a record of PubMed; of a paper that was redacted not even the title.
    public init(_ citation: Citation, hiddenBy mask: RedactionMask) {
        self = CitationReference(citation).hidden(by: mask)
    }

    /// The reference with no title where its paper was redacted.
    public func hidden(by mask: RedactionMask) -> CitationReference {
        guard !mask.subjects.isEmpty, mask.subjects.contains(pmid.curie) else { return self }
        var reference = self
        reference.title = "Hidden"
        return reference
    }

    /// The reference with what is known of the paper since.
    func noted(_ note: PaperNote?) -> CitationReference {
        guard let note else { return self }
        var reference = self
        if !badges.contains(note.badge) { reference.badges.append(note.badge) }
        reference.notices = note.notices
        return reference
    }

    /// Where a record of PubMed is on the web.
    public static func url(of pmid: PMID) -> String { "https://pubmed.ncbi.nlm.nih.gov/\(pmid)/" }

    /// The title as shown: without the brackets of a translation and without white space or backslashes at its
    /// end, closed by exactly one mark (`.`, or the `?`, `!` or `…` it has).
    public var displayTitle: String {
        if isPlainTitle { return title }
        var text = Substring(title).trimmed
        if let inner = text.insideBrackets { text = inner.trimmed }
        while text.last == "\\" { text = text.dropLast().trimmed }
        guard let last = text.unicodeScalars.last(where: { !$0.closesQuotation }) else { return "" }
        return ".?!…。？！".unicodeScalars.contains(last) ? String(text) : text + "."
    }

    /// Whether the title is at a glance as it is to be shown: it begins with a letter or digit of ASCII and ends on a mark.
    private var isPlainTitle: Bool {
        let bytes = title.utf8Span.span
        guard bytes.count > 0 else { return false }
        switch bytes[0] {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            break
        default: return false
        }
        switch bytes[bytes.count - 1] {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"): return true
        default: return false
        }
    }

    /// The authors as shown: `Liu, J.P., Baker, J.`; above ``shownAuthors`` the first ones, `et al.` and the number.
    public var displayAuthors: String {
        guard authors.count > Self.shownAuthors else { return authors.joined(separator: ", ") }
        return authors.prefix(Self.shownAuthors).joined(separator: ", ")
            + ", et al. (\(authors.count) authors)"
    }

    /// Where the record is on the web.
    public var url: String { Self.url(of: pmid) }

    /// The reference in one line, without its number: `Title. Surname, I.I., … Journal Abbrev. (year) [PubMed 1]`,
    /// followed by its warnings.
    public var line: String {
        var parts: [String] = []
        if !displayTitle.isEmpty { parts.append(displayTitle) }
        if !displayAuthors.isEmpty {
            parts.append(displayAuthors.hasSuffix(".") ? displayAuthors : displayAuthors + ".")
        }
        if !journal.isEmpty { parts.append(journal) }
        if let year { parts.append("(\(year))") }
        parts.append("[PubMed \(pmid)]")
        parts += badges.map { "[\($0.label)]" }
        parts += notices.map { "[notice: PubMed \($0)]" }
        return parts.joined(separator: " ")
    }
}

extension Author {
    /// The author as references show it: `Surname, I.I.`, `Surname, I.I. Jr`, or the collective name; nil when the
    /// record names nobody.
    public var displayName: String? {
        if let collectiveName, !collectiveName.isEmpty { return collectiveName }
        guard let surname = lastName ?? foreName, !surname.isEmpty else { return nil }
        var given = initials.map(Self.dotted) ?? ""
        if given.isEmpty, lastName != nil, let foreName { given = Self.dotted(Self.initials(of: foreName)) }
        var name = given.isEmpty ? surname : surname + ", " + given
        if let suffix, !suffix.isEmpty { name += " " + suffix }
        return name
    }

    /// Initials with full stops: `JP` is `J.P.`, `J-P` is `J.-P.`, and `IuA` is `Iu.A.`, since a small letter
    /// belongs to the initial before it (transliterated names).
    private static func dotted(_ initials: String) -> String {
        // Nearly all: capitals of ASCII alone.
        if initials.utf8.allSatisfy({ $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }) {
            return String(decoding: initials.utf8.flatMap { [$0, UInt8(ascii: ".")] }, as: UTF8.self)
        }
        var text = ""
        var isOpen = false
        for character in initials {
            if character == "." || character.isWhitespace { continue }
            if character == "-" || character == "‐" {
                if isOpen { text += "." }
                isOpen = false
                text.append(character)
            } else if isOpen, character.isLowercase {
                text.append(character)
            } else {
                if isOpen { text += "." }
                isOpen = true
                text.append(character)
            }
        }
        return isOpen ? text + "." : text
    }

    /// The first letters of given names: `Jean-Pierre Luc` gives `J-PL`.
    private static func initials(of names: String) -> String {
        var text = ""
        var isStart = true
        for character in names {
            if character == "-" {
                if !text.isEmpty { text.append("-") }
                isStart = true
            } else if character.isWhitespace || character == "." {
                isStart = true
            } else if isStart {
                text += character.uppercased()
                isStart = false
            }
        }
        return text
    }
}

extension Substring {
    /// Without white space at either end.
    fileprivate var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// What stands between a first bracket and the one that closes it at the end, where a full stop may follow:
    /// the form of NLM's translated titles. Nil for `[A] and [B].`
    fileprivate var insideBrackets: Substring? {
        let body = hasSuffix("].") ? dropLast() : self
        guard body.first == "[", body.last == "]" else { return nil }
        var depth = 0
        var index = body.startIndex
        while index < body.endIndex {
            if body[index] == "[" { depth += 1 }
            if body[index] == "]" { depth -= 1 }
            index = body.index(after: index)
            if depth == 0 { break }
        }
        return index == body.endIndex ? body.dropFirst().dropLast() : nil
    }
}

extension Unicode.Scalar {
    /// Whether a title may end on it after its closing mark: quotation marks and brackets.
    fileprivate var closesQuotation: Bool { "\"'”’»)".unicodeScalars.contains(self) }
}
