import AhoCorasick
import Corpus

/// What changed from one compiled dictionary to another: entities by their identifiers, names by their spelling.
public struct DictionaryDiff: Sendable {
    /// How many of something came, went or changed.
    public struct Counts: Hashable, Sendable {
        /// Only the new dictionary has them.
        public var added = 0
        /// Only the old dictionary has them.
        public var removed = 0
        /// Both have them, but not alike.
        public var changed = 0

        /// Makes counts.
        public init(added: Int = 0, removed: Int = 0, changed: Int = 0) {
            self.added = added
            self.removed = removed
            self.changed = changed
        }

        /// Whether nothing came, went or changed.
        public var isEmpty: Bool { added == 0 && removed == 0 && changed == 0 }

        static func += (counts: inout Counts, other: Counts) {
            counts.added += other.added
            counts.removed += other.removed
            counts.changed += other.changed
        }
    }

    /// An entity that both dictionaries have, but not alike.
    public struct Change: Hashable, Sendable {
        /// As the old dictionary has it.
        public let old: Entity
        /// As the new dictionary has it.
        public let new: Entity
        /// Names that only the new one has.
        public let added: [Synonym]
        /// Names that only the old one has.
        public let removed: [Synonym]
        /// Names of both whose grade changed, as the new one has them.
        public let regraded: [Synonym]
    }

    /// Entities, by kind; an entity changes when its names, kind, symbol, full name, species or places do.
    public private(set) var entities: [EntityKind: Counts] = [:]
    /// Names, by the kind of their entity; a name changes with its grade.
    public private(set) var namesByKind: [EntityKind: Counts] = [:]
    /// Names, by the file that has them: the new one, or the old one for names that went.
    public private(set) var namesBySource: [String: Counts] = [:]
    /// The first entities that came, in the order of identifiers.
    public private(set) var added: [Entity] = []
    /// The first entities that went.
    public private(set) var removed: [Entity] = []
    /// The first entities that changed.
    public private(set) var changed: [Change] = []
    private let limit: Int

    /// Compares two dictionaries.
    ///
    /// - Parameters:
    ///   - limit: how many entities of each sort are listed.
    /// - Complexity: O(number of names).
    public init(from old: CompiledDictionary, to new: CompiledDictionary, listing limit: Int = 0) {
        self.limit = limit
        var (i, j) = (0, 0)
        while i < old.conceptCount || j < new.conceptCount {
            let before = i < old.conceptCount ? Int(old.byIdentifier[i]) : nil
            let after = j < new.conceptCount ? Int(new.byIdentifier[j]) : nil
            guard let before else {
                if let after { add(new.entity(ofConcept: after)) }
                j += 1
                continue
            }
            guard let after else {
                remove(old.entity(ofConcept: before))
                i += 1
                continue
            }
            let (one, other) = (old.identifier(ofConcept: before), new.identifier(ofConcept: after))
            if one == other {
                compare(old.entity(ofConcept: before), new.entity(ofConcept: after))
                i += 1
                j += 1
            } else if one < other {
                remove(old.entity(ofConcept: before))
                i += 1
            } else {
                add(new.entity(ofConcept: after))
                j += 1
            }
        }
    }

    /// The counts of all kinds together.
    public static func total(_ counts: [EntityKind: Counts]) -> Counts {
        counts.values.reduce(into: Counts()) { $0 += $1 }
    }

    private mutating func add(_ entity: Entity) {
        entities[entity.kind, default: Counts()].added += 1
        if added.count < limit { added.append(entity) }
        for name in Self.names(of: entity) { count(name, of: entity.kind, \.added) }
    }

    private mutating func remove(_ entity: Entity) {
        entities[entity.kind, default: Counts()].removed += 1
        if removed.count < limit { removed.append(entity) }
        for name in Self.names(of: entity) { count(name, of: entity.kind, \.removed) }
    }

    private mutating func compare(_ old: Entity, _ new: Entity) {
        if old == new { return }
        let before = Self.names(of: old)
        let after = Self.names(of: new)
        let oldGrades = Dictionary(uniqueKeysWithValues: before.map { ($0.name, $0.grade) })
        let newGrades = Dictionary(uniqueKeysWithValues: after.map { ($0.name, $0.grade) })
        let change = Change(
            old: old, new: new, added: after.filter { oldGrades[$0.name] == nil },
            removed: before.filter { newGrades[$0.name] == nil },
            regraded: after.filter { name in oldGrades[name.name].map { $0 != name.grade } ?? false })
        // What stands in another file than before is no change.
        guard
            !change.added.isEmpty || !change.removed.isEmpty || !change.regraded.isEmpty
                || old.kind != new.kind
                || old.name != new.name || old.fullName != new.fullName || old.taxon != new.taxon
                || old.treeNumbers != new.treeNumbers
        else { return }
        entities[new.kind, default: Counts()].changed += 1
        if changed.count < limit { changed.append(change) }
        for name in change.added { count(name, of: new.kind, \.added) }
        for name in change.removed { count(name, of: old.kind, \.removed) }
        for name in change.regraded { count(name, of: new.kind, \.changed) }
    }

    private mutating func count(_ name: Synonym, of kind: EntityKind, _ which: WritableKeyPath<Counts, Int>) {
        namesByKind[kind, default: Counts()][keyPath: which] += 1
        namesBySource[name.source, default: Counts()][keyPath: which] += 1
    }

    /// The names of an entity, each once, with the best grade and the source that has it with that grade.
    private static func names(of entity: Entity) -> [Synonym] {
        var places: [String: Int] = [:]
        var names: [Synonym] = []
        for synonym in entity.synonyms {
            if let place = places[synonym.name] {
                if synonym.grade < names[place].grade { names[place] = synonym }
            } else {
                places[synonym.name] = names.count
                names.append(synonym)
            }
        }
        return names
    }
}
