import Store

/// What SQLite finds wrong with a database.
func damage(_ database: String) throws -> [String] {
    let store = try Store(path: database, access: .existing)
    defer { try? store.close() }
    return try store.damage()
}

/// The newest run of a database.
func lastRun(_ database: String) throws -> Run? {
    let store = try Store(path: database, access: .readOnly)
    defer { try? store.close() }
    return try store.runs(limit: 1).first
}
