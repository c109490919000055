import Corpus

/// Two people changed the same place of a text in different ways: somebody must decide.
public struct EditConflict: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why a place cannot be merged.
    public enum Reason: String, Hashable, Sendable {
        /// Both changed the same blocks, or blocks so close that their changes depend on one another.
        case bothChanged
        /// Both wrote something different in the same place; the order is anybody's guess.
        case bothInserted
        /// One moved what the other removed, changed a lot or moved elsewhere.
        case moved
    }

    /// A place that both changed, with the three texts of it: whole blocks, byte by byte.
    public struct Place: Hashable, Sendable {
        /// Why it cannot be merged.
        public var reason: Reason
        /// The words of the nearest heading above the place in the base; nil when there is none.
        public var heading: String?
        /// Where it is in the base, in UTF-8 bytes.
        public var baseRange: TextRange
        /// What both started from; empty where both inserted something.
        public var base: String
        /// What one side has there; empty where it removed it.
        public var mine: String
        /// What the other side has there; empty where it removed it.
        public var theirs: String

        /// Makes a place.
        public init(
            reason: Reason, heading: String?, baseRange: TextRange, base: String, mine: String, theirs: String
        ) {
            self.reason = reason
            self.heading = heading
            self.baseRange = baseRange
            self.base = base
            self.mine = mine
            self.theirs = theirs
        }
    }

    /// The places, in the order of the base; at least one.
    public var places: [Place]

    /// Makes a conflict.
    public init(places: [Place]) {
        self.places = places
    }

    /// What happened, where, and what to do.
    public var description: String {
        let named = places.map { place in
            let section = place.heading.map { "in \"\($0)\"" } ?? "before the first heading"
            let what =
                switch place.reason {
                case .bothChanged: "both changed the same text"
                case .bothInserted: "both wrote something in the same place"
                case .moved: "one moved what the other changed, moved or removed"
                }
            return "\(section) (byte \(place.baseRange.start)): \(what)"
        }
        return
            "the edits cannot be merged: \(named.joined(separator: "; ")); take the newest text and edit anew"
    }
}
