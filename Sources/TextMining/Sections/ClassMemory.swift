import Corpus
import Terminology

/// The classes of concepts that were met before, whatever sentence they stood in.
///
/// Nothing but speed depends on it. It is for the rules of one file.
struct ClassMemory: Sendable {
    /// A concept; its classes are those of any mention with the same entity, kind and tree numbers.
    private struct Entry: Sendable {
        let entity: EntityID
        let kind: EntityKind
        let treeNumbers: [String]
        /// Its classes in `numbers`, in ascending order.
        let classes: Range<Int>
    }

    /// The entries by the hashes of their entities; -1 marks an empty slot.
    private var slots = [Int32](repeating: -1, count: Self.slotCount)
    private var entries: [Entry] = []
    private(set) var numbers: [Int] = []
    private var excepted: [Int] = []

    private static var slotCount: Int { 16_384 }

    /// The classes that a mention belongs to by its kind or its place in MeSH, as a range of `numbers` that holds until the
    /// next question.
    mutating func classes(of place: Int, in mentions: [Mention], _ classes: CompiledClasses) -> Range<Int> {
        let hash = NameHash.of(mentions[place].entity.curie.utf8)
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (Self.slotCount - 1)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if isEqual(index, place, mentions) { return entries[index].classes }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        if entries.count == Self.slotCount / 2 {
            self = ClassMemory()
            return self.classes(of: place, in: mentions, classes)
        }
        let first = numbers.count
        classes.append(numbersHolding: mentions[place], to: &numbers, excepted: &excepted)
        slots[slot] = Int32(entries.count)
        entries.append(
            Entry(
                entity: mentions[place].entity, kind: mentions[place].kind,
                treeNumbers: mentions[place].treeNumbers, classes: first..<numbers.count))
        return first..<numbers.count
    }

    private func isEqual(_ index: Int, _ place: Int, _ mentions: [Mention]) -> Bool {
        entries[index].entity == mentions[place].entity
            && entries[index].kind.number == mentions[place].kind.number
            && entries[index].treeNumbers == mentions[place].treeNumbers
    }
}
