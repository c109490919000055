/// Why a person rejects a statement.
public enum RejectionReason: String, Hashable, Sendable, CaseIterable {
    /// The sentence is about another gene, chemical or disease.
    case wrongGene
    /// It is about the gene of another species.
    case wrongSpecies
    /// It is true, and not worth a reader's time.
    case notRelevant
    /// Another sentence says it.
    case redundant
    /// It is no longer held to be true.
    case outdated
    /// It is cut wrongly, or cannot be understood alone.
    case badSentence
    /// Its paper was retracted.
    case retracted
    /// It must not be quoted.
    case copyright
    /// Something else, which the note says.
    case other

    /// Whether it says that the name was read as the wrong entity: then that reading is barred everywhere.
    public var isAboutTheReading: Bool { self == .wrongGene || self == .wrongSpecies }
}

/// Why the machine takes a statement of its own back, or marks one that a person has changed.
public enum WithdrawalReason: String, Hashable, Sendable, CaseIterable {
    /// Tonight's dictionary and rules no longer find it.
    case unsupported
    /// Its paper was retracted.
    case retracted
    /// Its citation was deleted from PubMed.
    case deleted
    /// The abstract was revised, and says it otherwise.
    case changed
    /// The section is full, and a better sentence takes its place.
    case displaced
    /// The abstract would be quoted too much.
    case quoted
    /// The identifier that the article is about was withdrawn.
    case discontinued
    /// A person has rejected it.
    case rejected
}

/// What was decided about a statement, by whom: an event that is kept for ever.
public struct StatementDecision: Hashable, Sendable {
    /// What is done.
    public enum Verb: String, Hashable, Sendable, CaseIterable {
        /// A person says that it must not stand in this article.
        case reject
        /// A person takes a rejection back.
        case unreject
        /// A person vouches for it: from now on the machine leaves it alone.
        case adopt
        /// The machine took it out.
        case withdraw
        /// The machine put it in again, with the words it had.
        case reinstate
        /// The machine no longer finds what a person has changed: the text stays, and is marked.
        case flag
        /// The mark is taken off.
        case unflag
        /// It gave way to the same sentence of a revised abstract, whose key is the note.
        case supersede
        /// Neither put in nor taken out while dictionary, rules and program are those of the digest in the note.
        case hold
        /// No longer held.
        case release
    }

    /// The statement.
    public var key: StatementKey
    /// What is done.
    public var verb: Verb
    /// Why: a ``RejectionReason`` or ``WithdrawalReason``, or nothing.
    public var reason: String
    /// Who decided.
    public var contributor: Contributor
    /// What else is to be known.
    public var note: String
    /// The revision that carries it out, if one does.
    public var revision: Int?

    /// Makes a decision.
    public init(
        key: StatementKey, verb: Verb, reason: String = "", contributor: Contributor, note: String = "",
        revision: Int? = nil
    ) {
        self.key = key
        self.verb = verb
        self.reason = reason
        self.contributor = contributor
        self.note = note
        self.revision = revision
    }
}

/// What the decisions on a statement come to.
struct StatementStanding: Hashable, Sendable {
    var isRejected = false
    var isAdopted = false
    /// Why it is marked.
    var flag: String?
    /// The digest of dictionary, rules and program under which it is held as it is.
    var heldDigest: String?
    /// The statement that took its place.
    var successor: StatementKey?

    mutating func take(_ decision: StatementDecision) {
        switch decision.verb {
        case .reject: isRejected = true
        case .unreject: isRejected = false
        case .adopt: isAdopted = true
        case .withdraw: flag = nil
        case .reinstate: (flag, successor) = (nil, nil)
        case .flag: flag = decision.reason
        case .unflag: flag = nil
        case .supersede: successor = StatementKey(hex: decision.note)
        case .hold: heldDigest = decision.note
        case .release: heldDigest = nil
        }
    }
}
