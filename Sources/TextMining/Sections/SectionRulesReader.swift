import Corpus
import Terminology
import Yams

/// Reads a file of section rules; every fault names its line.
struct SectionRulesReader {
    /// How errors call the file.
    let file: String

    func rules(from yaml: String, reading: (String) -> String?) throws(SectionRulesError) -> SectionRules {
        let root = try root(of: yaml)
        let top = try fields(
            of: root, what: "the file", required: ["article", "sections"],
            optional: ["classes-from", "classes", "of", "weights"])
        let article = try article(from: top.required("article"))
        var classes: [TriggerClass] = []
        if let node = top["classes"] { classes = try self.classes(from: node) }
        if let node = top["classes-from"] {
            let own = Set(classes.map(\.name))
            classes += try self.classes(fromFile: node, reading: reading).filter { !own.contains($0.name) }
        }
        guard !classes.isEmpty else {
            throw fault("the file has neither \"classes\" nor \"classes-from\"", at: root)
        }
        let names = Set(classes.map(\.name))
        let subject = try top["of"].map { node throws(SectionRulesError) in
            try className(node, known: names)
        }
        if subject == nil, article != .gene {
            throw fault(
                "the file does not say \"of\": the class of those that have an article", at: root)
        }
        let (sections, rules) = try sections(from: top.required("sections"), classes: names)
        let weights = try top["weights"].map { node throws(SectionRulesError) in try self.weights(from: node)
        }
        return SectionRules(
            article: article, subject: subject, sections: sections, classes: classes, rules: rules,
            weights: weights ?? SectionWeights())
    }

    private func root(of yaml: String) throws(SectionRulesError) -> Node {
        do {
            if let node = try compose(yaml: yaml) { return node }
        } catch let error as YamlError {
            throw SectionRulesError(file: file, line: error.line, message: "not YAML: \(error.problem)")
        } catch {
            throw SectionRulesError(file: file, line: nil, message: "not YAML: \(error)")
        }
        throw SectionRulesError(file: file, line: nil, message: "the file is empty")
    }

    private func article(from node: Node) throws(SectionRulesError) -> EntityKind {
        let kinds: [EntityKind] = [.gene, .chemical, .disease]
        let text = try string(node)
        guard let kind = kinds.first(where: { $0.rawValue.lowercased() == text }) else {
            throw fault("unknown article \"\(text)\"; known are gene, chemical, disease", at: node)
        }
        return kind
    }

    // MARK: Classes

    /// The classes of another file of rules.
    private func classes(
        fromFile node: Node, reading: (String) -> String?
    ) throws(SectionRulesError) -> [TriggerClass] {
        let name = try string(node)
        guard let text = reading(name) else {
            throw fault("there is no file \"\(name)\" that can be read, beside this one", at: node)
        }
        let other = SectionRulesReader(file: name)
        for (key, value) in try other.mapping(other.root(of: text), what: "the file") {
            if try other.string(key) == "classes" { return try other.classes(from: value) }
        }
        throw fault("the file \"\(name)\" has no classes", at: node)
    }

    private func classes(from node: Node) throws(SectionRulesError) -> [TriggerClass] {
        var classes: [TriggerClass] = []
        var names: Set<String> = []
        for (key, value) in try mapping(node, what: "classes") {
            let name = try string(key)
            guard names.insert(name).inserted else {
                throw fault("the class \"\(name)\" is described twice", at: key)
            }
            let fields = try fields(
                of: value, what: "a class", required: [],
                optional: [
                    "kinds", "branches", "except-branches", "except-entities", "words", "except-words",
                    "except-inside",
                ])
            let made = TriggerClass(
                name: name,
                kinds: try list(fields["kinds"], conceptKind),
                branches: try list(fields["branches"], branch),
                exceptBranches: try list(fields["except-branches"], branch),
                exceptEntities: try list(fields["except-entities"], entity),
                words: try list(fields["words"], pattern),
                exceptWords: try list(fields["except-words"], pattern),
                exceptInside: try list(fields["except-inside"], conceptKind))
            guard !made.kinds.isEmpty || !made.branches.isEmpty || !made.words.isEmpty else {
                throw fault(
                    "the class \"\(name)\" has none of kinds, branches, words: nothing can match", at: key)
            }
            classes.append(made)
        }
        return classes
    }

    private func conceptKind(_ node: Node) throws(SectionRulesError) -> EntityKind {
        let kind: EntityKind = try choice(node, what: "kind of concept")
        guard kind != .gene, kind != .geneFamily else {
            throw fault(
                "genes are no concepts of a class; a rule asks for them with \"partner: gene\"", at: node)
        }
        return kind
    }

    private func branch(_ node: Node) throws(SectionRulesError) -> String {
        let text = try string(node)
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isValid = parts.indices.allSatisfy { index in
            let part = parts[index]
            guard index == parts.startIndex else { return part.count == 3 && part.allSatisfy { $0.isDigit } }
            guard let letter = part.first, letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "Z") else {
                return false
            }
            let digits = part.dropFirst()
            return (digits.isEmpty && parts.count == 1)
                || (digits.count == 2 && digits.allSatisfy { $0.isDigit })
        }
        guard isValid else {
            throw fault("\"\(text)\" is no branch of MeSH; write C, F03 or C10.228.140", at: node)
        }
        return text
    }

    private func entity(_ node: Node) throws(SectionRulesError) -> EntityID {
        let text = try string(node)
        guard let entity = EntityID(curie: text) else {
            throw fault("\"\(text)\" is no identifier; write mesh:D004194", at: node)
        }
        return entity
    }

    private func pattern(_ node: Node) throws(SectionRulesError) -> WordPattern {
        let text = try string(node)
        guard let pattern = WordPattern(text) else {
            throw fault(
                "\"\(text)\" is no word pattern; write lower-case words a to z, 0 to 9 with single spaces or "
                    + "hyphens, and at most one * at the end", at: node)
        }
        return pattern
    }

    // MARK: Sections and their rules

    private func sections(
        from node: Node, classes: Set<String>
    ) throws(SectionRulesError) -> ([Section], [SectionRule]) {
        var sections: [Section] = []
        var rules: [SectionRule] = []
        var later: [(rule: SectionRule, node: Node)] = []
        let entries = try sequence(node, what: "sections").map { item throws(SectionRulesError) in
            try self.fields(of: item, what: "a section", required: ["id", "heading", "rules"], optional: [])
        }
        let ids = try entries.map { fields throws(SectionRulesError) in
            SectionID(rawValue: try string(fields.required("id")))
        }
        for (id, fields) in zip(ids, entries) {
            guard !sections.contains(where: { $0.id == id }) else {
                throw fault("the section \"\(id)\" stands here a second time", at: fields.required("id"))
            }
            let heading = try string(fields.required("heading"))
            guard heading.contains("{name}") else {
                throw fault("the heading \"\(heading)\" does not say {name}", at: fields.required("heading"))
            }
            for item in try sequence(fields.required("rules"), what: "rules") {
                let rule = try rule(from: item, in: Scope(section: id, classes: classes, sections: ids))
                if !rule.unless.isEmpty { later.append((rule, item)) }
                guard !rules.contains(where: { $0.id == rule.id }) else {
                    throw fault("the rule \"\(rule.id)\" stands here a second time", at: item)
                }
                rules.append(rule)
            }
            sections.append(Section(id: id, heading: heading))
        }
        guard !sections.isEmpty else { throw fault("there are no sections", at: node) }
        for (rule, node) in later {
            for id in rule.unless where later.contains(where: { $0.rule.section == id }) {
                throw fault(
                    "the rule \"\(rule.id)\" waits for the section \"\(id)\", which has a rule with \"unless\" itself",
                    at: node)
            }
        }
        return (sections, rules)
    }

    /// What a rule may refer to.
    private struct Scope {
        let section: SectionID
        let classes: Set<String>
        let sections: [SectionID]
    }

    private func rule(from node: Node, in scope: Scope) throws(SectionRulesError) -> SectionRule {
        let fields = try fields(
            of: node, what: "a rule", required: ["id", "weight"],
            optional: [
                "has", "and", "without", "unless", "partner", "within", "pair", "free-of", "interaction",
                "above", "roles",
                "sentences", "journal",
            ])
        var rule = SectionRule(
            id: try string(fields.required("id")), section: scope.section,
            weight: try number(fields.required("weight")))
        for key in ["has", "and"] {
            guard let node = fields[key] else { continue }
            let names = try list(node) { node throws(SectionRulesError) in
                try className(node, known: scope.classes)
            }
            guard !names.isEmpty else { throw fault("the list \"\(key)\" is empty", at: node) }
            rule.requires.append(names)
        }
        rule.without = try list(fields["without"]) { node throws(SectionRulesError) in
            try className(node, known: scope.classes)
        }
        rule.freeOf = try list(fields["free-of"]) { node throws(SectionRulesError) in
            try className(node, known: scope.classes)
        }
        rule.unless = try list(fields["unless"]) { node throws(SectionRulesError) in
            let id = SectionID(rawValue: try string(node))
            guard id != scope.section, scope.sections.contains(id) else {
                throw fault("\"\(id)\" is no other section of the file", at: node)
            }
            return id
        }
        if let node = fields["partner"] { rule.partner = try choice(node, what: "partner") }
        if let node = fields["roles"] {
            rule.roles = try list(node) { node throws(SectionRulesError) in try choice(node, what: "role") }
        }
        if let node = fields["sentences"] {
            rule.sentences = try list(node) { node throws(SectionRulesError) in
                try choice(node, what: "kind of sentence")
            }
        }
        if let node = fields["journal"] {
            guard try string(node) == "first-rank" else {
                throw fault("\"journal\" can only be first-rank", at: node)
            }
            rule.needsFirstRank = true
        }
        rule.place = try place(from: fields, of: rule)
        rule.interaction = try interaction(from: fields, of: rule)
        guard !rule.requires.isEmpty || rule.partner != .none || rule.needsFirstRank else {
            throw fault(
                "the rule \"\(rule.id)\" would take every sentence; give it has, partner or journal", at: node
            )
        }
        return rule
    }

    private func place(from fields: Fields, of rule: SectionRule) throws(SectionRulesError) -> TriggerPlace {
        guard let node = fields["pair"] else {
            return .sentence(
                within: try fields["within"].map { node throws(SectionRulesError) in try count(node) })
        }
        guard rule.partner != .none, fields["within"] == nil, !rule.requires.isEmpty else {
            throw fault("\"pair\" needs \"partner: gene\" and \"has\", and no \"within\"", at: node)
        }
        let pair = try self.fields(
            of: node, what: "pair", required: ["before", "after", "span"], optional: ["others"])
        return .pair(
            before: try count(pair.required("before")), after: try count(pair.required("after")),
            span: try count(pair.required("span")),
            others: try pair["others"].map { node throws(SectionRulesError) in try count(node) })
    }

    /// What a rule asks the model; such a rule has a partner.
    private func interaction(
        from fields: Fields, of rule: SectionRule
    ) throws(SectionRulesError) -> InteractionDemand? {
        guard let node = fields["interaction"] else {
            if let above = fields["above"] { throw fault("\"above\" needs \"interaction\"", at: above) }
            return nil
        }
        guard rule.partner != .none else {
            throw fault("\"interaction\" needs \"partner: gene\" or \"partner: product\"", at: node)
        }
        return InteractionDemand(
            question: try choice(node, what: "interaction"),
            above: try fields["above"].map { node throws(SectionRulesError) in try number(node) } ?? 0)
    }

    private func className(_ node: Node, known: Set<String>) throws(SectionRulesError) -> String {
        let name = try string(node)
        guard known.contains(name) else { throw fault("there is no class \"\(name)\"", at: node) }
        return name
    }

    // MARK: Weights

    private func weights(from node: Node) throws(SectionRulesError) -> SectionWeights {
        let fields = try fields(
            of: node, what: "weights", required: [],
            optional: [
                "proximity", "reach", "further-trigger", "further-triggers", "kinds", "title", "negated",
                "speculative", "dependent", "last", "journal", "date-per-year", "date-from", "date-most",
                "topic", "focus", "crowd", "crowd-from", "abbreviation", "opening", "outlook", "clinical",
                "heading", "form",
                "short-below", "figures-from", "model", "model-most",
            ])
        var weights = SectionWeights()
        for (key, path) in Self.numbers {
            if let node = fields[key] { weights[keyPath: path] = try number(node) }
        }
        for (key, path) in Self.counts {
            if let node = fields[key] { weights[keyPath: path] = try count(node) }
        }
        if let reach = fields["reach"], weights.reach == 0 {
            throw fault("\"reach\" must not be 0", at: reach)
        }
        if let node = fields["kinds"] {
            for (key, value) in try mapping(node, what: "kinds") {
                let kind: SentenceKind = try choice(key, what: "kind of sentence")
                weights.kinds[kind] = try number(value)
            }
        }
        return weights
    }

    private static var numbers: [(String, WritableKeyPath<SectionWeights, Double>)] {
        [
            ("proximity", \.proximity), ("further-trigger", \.furtherTrigger), ("title", \.title),
            ("negated", \.negated), ("speculative", \.speculative), ("dependent", \.dependent),
            ("last", \.last),
            ("journal", \.journal), ("date-per-year", \.datePerYear), ("date-most", \.dateMost),
            ("topic", \.topic), ("focus", \.focus), ("crowd", \.crowd), ("abbreviation", \.abbreviation),
            ("opening", \.opening), ("outlook", \.outlook), ("clinical", \.clinical), ("heading", \.heading),
            ("form", \.form),
            ("model", \.model), ("model-most", \.modelMost),
        ]
    }

    private static var counts: [(String, WritableKeyPath<SectionWeights, Int>)] {
        [
            ("reach", \.reach), ("further-triggers", \.furtherTriggers), ("date-from", \.dateFrom),
            ("crowd-from", \.crowdFrom), ("short-below", \.shortBelow), ("figures-from", \.figuresFrom),
        ]
    }
}
