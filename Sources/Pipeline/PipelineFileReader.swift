import Yams

/// Reads the keys of one mapping of a pipeline file, and knows which were asked for: the others are unknown.
struct PipelineFileReader {
    private let file: String
    /// The key of this mapping in the file, with a colon; empty at the top.
    private let prefix: String
    private var values: [String: Node] = [:]
    /// The keys in the order of the file.
    private var keys: [(name: String, line: Int?)] = []
    /// The keys that were asked for, in that order.
    private var known: [String] = []

    /// The lines of the keys, from 1.
    var lines: [String: Int] {
        keys.reduce(into: [:]) { $0[$1.name] = $1.line }
    }

    /// Reads the text of a pipeline file.
    init(text: String, file: String) throws(PipelineFileError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Self.error(error, file: file)
        }
        guard let node else {
            throw PipelineFileError(file: file, message: "the pipeline file is empty")
        }
        try self.init(node, file: file, prefix: "")
    }

    private init(_ node: Node, file: String, prefix: String) throws(PipelineFileError) {
        self.file = file
        self.prefix = prefix
        guard case .mapping(let mapping) = node else {
            throw PipelineFileError(
                file: file, line: node.mark?.line,
                message: prefix.isEmpty
                    ? "a pipeline file is a list of keys and values: database: FILE …"
                    : "\(prefix) needs keys and values of its own")
        }
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw PipelineFileError(file: file, line: key.mark?.line, message: "a key must be a word")
            }
            values[scalar.string] = value
            keys.append((scalar.string, key.mark?.line))
        }
    }

    // MARK: - Values

    /// A text, nil when the key is missing.
    mutating func text(_ key: String) throws(PipelineFileError) -> String? {
        guard let node = value(key) else { return nil }
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty, !Self.isNull(node) else {
            throw wrong(key, node, "one text")
        }
        return scalar.string
    }

    /// A text or a list of texts, nil when the key is missing; never empty.
    mutating func texts(_ key: String) throws(PipelineFileError) -> [String]? {
        guard let node = value(key) else { return nil }
        guard case .sequence(let sequence) = node else { return try text(key).map { [$0] } }
        var texts: [String] = []
        for item in sequence {
            guard case .scalar(let scalar) = item, !scalar.string.isEmpty, !Self.isNull(item) else {
                throw wrong(key, item, "a list of texts")
            }
            texts.append(scalar.string)
        }
        guard !texts.isEmpty else { throw wrong(key, node, "one text, or a list of at least one") }
        return texts
    }

    /// One of some words.
    mutating func choice<Value>(_ key: String, _ values: [String: Value]) throws(PipelineFileError) -> Value?
    {
        guard let node = value(key) else { return nil }
        guard case .scalar(let scalar) = node, let value = values[scalar.string] else {
            throw wrong(key, node, values.keys.sorted().joined(separator: " or "))
        }
        return value
    }

    /// A whole number that is at least `least`.
    mutating func count(_ key: String, from least: Int) throws(PipelineFileError) -> Int? {
        guard let node = value(key) else { return nil }
        guard let number = node.int, number >= least else {
            throw wrong(key, node, "a whole number from \(least) up")
        }
        return number
    }

    /// A finite number, no smaller than `least` where that is given.
    mutating func number(_ key: String, from least: Int? = nil) throws(PipelineFileError) -> Double? {
        guard let node = value(key) else { return nil }
        guard let number = node.float, number.isFinite, least.map({ number >= Double($0) }) ?? true else {
            throw wrong(key, node, "a number" + (least.map { " from \($0) up" } ?? ""))
        }
        return number
    }

    /// A limit: a finite number no smaller than 0, or `off`; the value that holds without the key where it is missing.
    mutating func limit(_ key: String, _ usual: Double?) throws(PipelineFileError) -> Double? {
        if let node = value(key), case .scalar(let scalar) = node, scalar.string == "off" { return nil }
        return try number(key, from: 0) ?? usual
    }

    /// The keys below a key.
    mutating func section(_ key: String) throws(PipelineFileError) -> PipelineFileReader? {
        guard let node = value(key) else { return nil }
        return try PipelineFileReader(node, file: file, prefix: prefix + key + ":")
    }

    // MARK: - What must and must not be there

    /// A value that must be there.
    func required<Value>(_ key: String, _ value: Value?) throws(PipelineFileError) -> Value {
        guard let value else {
            throw PipelineFileError(
                file: file, message: "\(prefix)\(key) is missing: \(Self.purpose(of: key))")
        }
        return value
    }

    /// Refuses the first key that was not asked for.
    func finish() throws(PipelineFileError) {
        for (name, line) in keys where !known.contains(name) {
            var message = "\(prefix)\(name) is no key of a pipeline file"
            let near = Spelling.nearest(to: name, among: known)
            message += near.map { "; did you mean \($0)?" } ?? "."
            message += " The keys here are: \(known.joined(separator: ", "))"
            throw PipelineFileError(file: file, line: line, message: message)
        }
    }

    private mutating func value(_ key: String) -> Node? {
        if !known.contains(key) { known.append(key) }
        return values[key]
    }

    private func wrong(_ key: String, _ node: Node, _ wanted: String) -> PipelineFileError {
        let found =
            switch node {
            case .scalar(let scalar):
                scalar.string.isEmpty || Self.isNull(node) ? "nothing" : "\"\(scalar.string)\""
            case .sequence: "a list"
            case .mapping: "keys and values"
            case .alias: "an alias"
            }
        return PipelineFileError(
            file: file, line: node.mark?.line ?? lines[key],
            message: "\(prefix)\(key) needs \(wanted), not \(found)")
    }

    private static func isNull(_ node: Node) -> Bool { node.null != nil }

    private static func purpose(of key: String) -> String {
        switch key {
        case "files": "say which files to read, as files: /srv/pubmed/*.xml.gz or as a list"
        case "species": "say whose genes to write about, as species: [mouse, human]"
        case "dictionaries": "say which folder of dictionaries to use, as dictionaries: ../Dictionaries"
        case "sections": "say which section rules to use, as sections: sections/gene.yaml"
        default: "add it"
        }
    }

    /// The error of the YAML parser, with its line.
    private static func error(_ error: any Error, file: String) -> PipelineFileError {
        guard let error = error as? YamlError else {
            return PipelineFileError(file: file, message: "\(error)")
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return PipelineFileError(file: file, line: mark.line, message: "malformed YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return PipelineFileError(
                file: file, line: context.mark.line,
                message: "given more than once: \(duplicates.sorted().joined(separator: ", "))")
        case .reader(let problem, _, _, _):
            return PipelineFileError(file: file, message: "malformed YAML: \(problem)")
        default:
            return PipelineFileError(file: file, message: "malformed YAML: \(error)")
        }
    }
}

/// Finds what somebody may have meant.
enum Spelling {
    /// The candidate that takes the fewest changes of one letter, if few enough; the first of equals.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let limit = max(1, word.utf8.count / 3)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(word, candidate)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// How many letters must be put in, left out, changed or swapped with their neighbour to make one word of the
    /// other (optimal string alignment).
    ///
    /// - Complexity: O(product of the lengths).
    static func distance(_ one: String, _ other: String) -> Int {
        let a = Array(one.utf8)
        let b = Array(other.utf8)
        var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count { table[i][0] = i }
        for j in 0...b.count { table[0][j] = j }
        for i in 0..<a.count {
            for j in 0..<b.count {
                var least = min(
                    table[i][j + 1] + 1, table[i + 1][j] + 1, table[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    least = min(least, table[i - 1][j - 1] + 1)
                }
                table[i + 1][j + 1] = least
            }
        }
        return table[a.count][b.count]
    }
}
