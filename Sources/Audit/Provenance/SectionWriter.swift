import Interchange

/// Writes the sections of a PROV-JSON document, a line a thing; what is empty is left out.
final class SectionWriter {
    private let sink: (String) throws -> Void
    private var name = ""
    private var count = 0

    init(_ sink: @escaping (String) throws -> Void) { self.sink = sink }

    /// Writes a section.
    func section(_ name: String, _ body: (SectionWriter) throws -> Void) throws {
        self.name = name
        count = 0
        try body(self)
        if count > 0 { try sink("\n}") }
    }

    /// Writes a thing with a name.
    func callAsFunction(_ key: String, _ members: [JSONValue.Member]) throws {
        try sink(count == 0 ? ",\n\(JSONValue.string(name).line): {\n" : ",\n")
        count += 1
        try sink("\(JSONValue.string(key).line): \(JSONValue.object(members).line)")
    }

    /// Writes a relation; relations have no names of their own and are numbered.
    func callAsFunction(_ members: [JSONValue.Member]) throws {
        try self("_:\(name)\(count + 1)", members)
    }
}
