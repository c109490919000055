import Corpus
import Yams

// Nodes of YAML to values, with the line of what is wrong.
extension SectionRulesReader {
    /// The entries of a mapping whose keys were checked.
    struct Fields {
        fileprivate let owner: Node
        fileprivate let values: [String: Node]

        subscript(key: String) -> Node? { values[key] }

        /// A key whose presence was checked when the fields were read.
        func required(_ key: String) -> Node { values[key] ?? owner }
    }

    func fault(_ message: String, at node: Node) -> SectionRulesError {
        SectionRulesError(file: file, line: node.mark?.line, message: message)
    }

    func fields(
        of node: Node, what: String, required: [String], optional: [String]
    ) throws(SectionRulesError) -> Fields {
        let known = required + optional
        var values: [String: Node] = [:]
        for (key, value) in try mapping(node, what: what) {
            let name = try string(key)
            guard known.contains(name) else {
                throw fault(
                    "unknown key \"\(name)\" in \(what); known are \(known.joined(separator: ", "))", at: key)
            }
            values[name] = value
        }
        for key in required where values[key] == nil {
            throw fault("\(what) lacks \"\(key)\"", at: node)
        }
        return Fields(owner: node, values: values)
    }

    func mapping(_ node: Node, what: String) throws(SectionRulesError) -> [(Node, Node)] {
        guard case .mapping(let mapping) = node else {
            throw fault("\(what) must be a list of keys with values", at: node)
        }
        return mapping.map { ($0.key, $0.value) }
    }

    func sequence(_ node: Node, what: String) throws(SectionRulesError) -> [Node] {
        guard case .sequence(let sequence) = node else {
            throw fault("\(what) must be a list of items with dashes", at: node)
        }
        return Array(sequence)
    }

    /// The items of a list, or the one value that stands in place of a list; nothing when the key is absent.
    func list<Value>(
        _ node: Node?, _ item: (Node) throws(SectionRulesError) -> Value
    ) throws(SectionRulesError) -> [Value] {
        guard let node else { return [] }
        guard case .sequence(let sequence) = node else { return [try item(node)] }
        var values: [Value] = []
        for node in sequence { values.append(try item(node)) }
        return values
    }

    func string(_ node: Node) throws(SectionRulesError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw fault("a text is wanted here", at: node)
        }
        return scalar.string
    }

    func number(_ node: Node) throws(SectionRulesError) -> Double {
        let text = try string(node)
        guard let number = Double(text), number.isFinite else {
            throw fault("\"\(text)\" is no number", at: node)
        }
        return number
    }

    func count(_ node: Node) throws(SectionRulesError) -> Int {
        let text = try string(node)
        guard let count = Int(text), count >= 0 else {
            throw fault("\"\(text)\" is no whole number from 0 up", at: node)
        }
        return count
    }

    func choice<Value: RawRepresentable & CaseIterable>(
        _ node: Node, what: String
    ) throws(SectionRulesError) -> Value where Value.RawValue == String {
        let text = try string(node)
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map { $0.rawValue }.joined(separator: ", ")
            throw fault("unknown \(what) \"\(text)\"; known are \(known)", at: node)
        }
        return value
    }
}

extension YamlError {
    /// Where the fault is, from 1.
    var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            return mark.line
        case .duplicatedKeysInMapping(_, let context):
            return context.mark.line
        default:
            return nil
        }
    }

    /// What is wrong, without the text around it.
    var problem: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            return problem
        case .duplicatedKeysInMapping(let duplicates, _):
            return
                "the key \(duplicates.sorted().joined(separator: ", ")) stands more than once in one mapping"
        default:
            return "\(self)"
        }
    }
}
