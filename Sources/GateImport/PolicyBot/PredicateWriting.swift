/// Writes predicates as conditions of our language, with the groups that they need.
struct PredicateWriting {
    private(set) var groups = GroupBook()

    /// All predicates of a map, and-ed.
    mutating func all(_ uses: [PredicateUse], _ direction: Direction, rule: String) -> Clause {
        .every(uses.map { clause($0.predicate, direction, rule: rule) })
    }

    /// One predicate; where it hinders never true less often than policy-bot's, where it helps never more often.
    mutating func clause(_ predicate: Predicate, _ direction: Direction, rule: String) -> Clause {
        switch predicate {
        case .changedFiles(let paths, let ignore):
            return changes(paths, ignore, withOurs: direction == .hinders && GuardedFile.isMeant(by: paths, ignore))
        case .noChangedFiles(let paths, let ignore):
            let isMeant = GuardedFile.isMeant(by: paths, ignore)
            return changes(paths, ignore, withOurs: direction == .helps && isMeant, isSensitive: isMeant).negated
        case .onlyChangedFiles(let paths):
            if paths.isEmpty { return .constant(false) }
            let texts = paths.map { Writing.literal("re:\(Pattern.path($0))") }
            return .test("changes_only(\(texts.joined(separator: ", ")))")
        case .targetsBranch(let pattern): return call("base", pattern.map { [$0] } ?? [])
        case .fromBranch(let pattern): return call("head", pattern.map { [$0] } ?? [])
        case .repository(let matches, let others): return either("repository", matches, others)
        case .title(let matches, let others): return either("title", matches, others)
        case .modifiedLines(let tests): return .some(tests.map { .test($0, isSensitive: true) })
        case .hasStatus(let names, let states): return status(names, states, direction)
        case .hasLabels(let names): return labels(names, direction)
        case .hasAuthorIn(let actors):
            return people(actors, rule).map { .test("author(\($0))") } ?? .constant(false)
        case .hasContributorIn(let actors):
            guard let set = people(actors, rule) else { return .constant(false) }
            return .some([.test("author(\(set))"), .test("any_committer(\(set))", isSensitive: true)])
        case .onlyHasContributorsIn(let actors):
            guard let set = people(actors, rule) else { return .constant(false) }
            return .every([.test("author(\(set))"), onlyCommitters(groups.operand(actors, rule), set, direction)])
        case .authorIsOnlyContributor(true): return onlyCommitters("author", "author", direction)
        case .authorIsOnlyContributor(false):
            let others = Clause.test("any_committer(writers - author)", isSensitive: true)
            return direction == .helps ? others : .not(.test("all_committers(author)", isSensitive: true))
        case .hasValidSignatures(let valid): return valid ? .test("signed") : .not(.test("signed"))
        case .hasValidSignaturesBy(let actors):
            return people(actors, rule).map { .test("signed_by(\($0))") } ?? .constant(false)
        case .hasValidSignaturesByKeys(let keys):
            if keys.isEmpty { return .constant(false) }
            return .test("signed_with(\(keys.map(Writing.literal).joined(separator: ", ")))")
        }
    }

    private mutating func people(_ actors: Actors, _ rule: String) -> String? {
        actors.members.isEmpty ? nil : groups.set(actors, rule)
    }

    /// Every commit is by some people.
    ///
    /// `all_committers` asks for the pusher, too: where it hinders that would skip a rule which policy-bot applies, so
    /// there the contrary is asked.
    private func onlyCommitters(_ operand: String, _ set: String, _ direction: Direction) -> Clause {
        direction == .helps
            ? .test("all_committers(\(set))", isSensitive: true)
            : .not(.test("any_committer(anyone - \(operand))", isSensitive: true))
    }

    private func changes(
        _ paths: [String], _ ignore: [String], withOurs: Bool, isSensitive: Bool = false
    ) -> Clause {
        if paths.isEmpty { return .constant(false) }
        let ours = withOurs ? [GuardedFile.pattern] : []
        let patterns =
            paths.map { "re:\(Pattern.path($0))" } + ours + ignore.map { "!re:\(Pattern.path($0))" }
        return .test("changes(\(patterns.map(Writing.literal).joined(separator: ", ")))", isSensitive: isSensitive)
    }

    private func call(_ word: String, _ patterns: [String]) -> Clause {
        if patterns.isEmpty { return .constant(false) }
        let texts = patterns.map { Writing.literal("re:\(Pattern.whole($0))") }
        return .test("\(word)(\(texts.joined(separator: ", ")))")
    }

    private func either(_ word: String, _ matches: [String], _ others: [String]) -> Clause {
        .some([call(word, matches), others.isEmpty ? .constant(false) : call(word, others).negated])
    }

    private func status(_ names: [String], _ states: [String]?, _ direction: Direction) -> Clause {
        if names.isEmpty { return .constant(true) }
        if states?.isEmpty == true { return .constant(false) }
        let list = names.map(Writing.literal).joined(separator: ", ")
        let suffix = states.map { $0 == ["success"] ? "" : " in (\($0.joined(separator: ", ")))" } ?? ""
        if direction == .hinders { return .test("status(\(list))\(suffix)", isSensitive: true) }
        return .test("status(\(list) from status-posters)\(suffix)", isSensitive: true)
    }

    private func labels(_ names: [String], _ direction: Direction) -> Clause {
        if names.isEmpty { return .constant(true) }
        let list = names.map(Writing.literal).joined(separator: ", ")
        if direction == .hinders { return .test("label(\(list))", isSensitive: true) }
        return .test("label(\(list) by labellers)", isSensitive: true)
    }

    /// People as they stand in parentheses of their own.
    mutating func set(_ actors: Actors, rule: String) -> String { groups.set(actors, rule) }

    /// People as a count takes them.
    mutating func operand(_ actors: Actors, rule: String) -> String { groups.operand(actors, rule) }
}

/// Names long sets of people once.
struct GroupBook {
    /// From so many names on a set gets a name of its own.
    private static let long = 4

    private(set) var groups: [(name: String, people: String)] = []
    private var names: [Actors: String] = [:]
    private var table = NameTable()

    /// A set as it stands in parentheses of its own.
    mutating func set(_ actors: Actors, _ rule: String) -> String {
        // Where everybody counts the gate says so: a group would hide it.
        if actors.members.count < Self.long || actors.isOpen { return actors.members.joined(separator: " | ") }
        if let name = names[actors] { return name }
        let name = table.name(for: "\(NameTable.valid(rule))-people", fallback: "people")
        names[actors] = name
        groups.append((name, actors.members.joined(separator: " | ")))
        return name
    }

    /// A set as an operand.
    mutating func operand(_ actors: Actors, _ rule: String) -> String {
        let text = set(actors, rule)
        return text.contains(" ") ? "(\(text))" : text
    }
}
