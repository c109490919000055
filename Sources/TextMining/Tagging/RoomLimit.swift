/// When the room that a step of the tagger works in is too large to be kept for the next document: one passage of megabytes
/// would take its room in each thread for as long as the tagger lives.
enum RoomLimit {
    /// The number of elements for which the largest list of a room may have space.
    private static let capacity = 1 << 16

    /// Whether one of the lists of a room has space for too many.
    static func isExceeded(by capacities: Int...) -> Bool { capacities.contains { $0 > capacity } }
}
