extension ExpressionReader {
    /// The people an expression means, with groups replaced; nil after reporting what is wrong.
    mutating func people(_ expression: Expression) -> People? {
        guard let (people, size) = set(expression) else { return nil }
        allPeople -= size
        if allPeople < 0 {
            error(
                expression.span,
                "the sets of people of this policy hold more than \(PolicyLimits.allPeople) names together",
                hint: "a group counts each time it is used; use teams of the organisation instead")
            return nil
        }
        if let open = people.openSet, refusesOpenSets || softens(with: people) {
            error(
                expression.span,
                "`\(open)` is everybody who can see the repository, so this asks for nobody in particular",
                hint: namesWhoseWordCounts
                    ? "name the people whose word counts here"
                    : "name the people, or write `open: true` in the gate if that is meant")
            return nil
        }
        return people
    }

    /// Whether they are those whose label, status, signature or commit can soften a gate, and must not be everybody.
    ///
    /// That somebody else than some people wrote a commit may be asked.
    private func softens(with people: People) -> Bool {
        guard polarity == .helps, let call = currentCall else { return false }
        if namesWhoseWordCounts { return true }
        if case .difference = people.ungrouped, PersonTest.words.contains(call.word) { return false }
        return !isOpen
    }

    /// Whether they stand after `by` or `from` of a test: labels and statuses are not everybody's in an open gate either.
    private var namesWhoseWordCounts: Bool { currentCall?.by != nil || currentCall?.from != nil }

    private mutating func set(_ expression: Expression) -> (People, Int)? {
        switch expression {
        case .word(let word, let span): return self.word(word, span)
        case .user(let login, let span): return (.user(login, span), 1)
        case .team(let organization, let name, let span):
            return (.team(TeamReference(organization: organization, name: name), span), 1)
        case .parenthesis(let inner, _): return set(inner)
        case .set(let sign, let parts, let span): return combine(sign, parts, span)
        case .call(let call):
            error(
                call.span, "`\(call.word)` is a test, and people are expected here",
                hint: call.word == "author" ? "the opener is `author`, without parentheses" : nil)
        case .logic(let sign, let parts, let span):
            let sets = parts.map(\.span)
            let good = sign == .or ? "|" : "&"
            let meaning = sign == .or ? "who is in either set" : "who is in both sets"
            error(
                sets.isEmpty ? span : span,
                "`\(sign.rawValue)` joins conditions and requirements, and people are expected here",
                hint: "write `\(good)` for \(meaning)")
        case .not(_, let span):
            error(
                span, "`not` turns a condition round, and people are expected here",
                hint: "to take people out, write `a - b`")
        case .quota(_, _, let span):
            error(span, "a count makes a requirement, and people are expected here", hint: "write the people alone")
        }
        return nil
    }

    private mutating func combine(
        _ sign: Expression.SetOperator, _ parts: [Expression], _ span: SourceSpan
    ) -> (People, Int)? {
        var sets: [People] = []
        var sizes: [Int] = []
        for part in parts {
            guard let (people, more) = set(part) else { continue }
            sets.append(people)
            sizes.append(more)
        }
        let size = sizes.reduce(0, +)
        guard sets.count == parts.count, let first = sets.first else { return nil }
        if size > PolicyLimits.people {
            error(
                span, "this set holds more than \(PolicyLimits.people) names once its groups are replaced",
                hint: "use teams of the organisation instead")
            return nil
        }
        switch sign {
        case .union: return (.union(sets), size)
        case .intersection: return (.intersection(sets), size)
        case .difference:
            var result = first
            for (index, (set, part)) in zip(sets, parts).enumerated().dropFirst() {
                if canCompare(sizes[0], sizes[index]), set.covers(result) {
                    error(
                        part.span, "`\(set)` takes out everybody who is in `\(result)`, so nobody is left",
                        hint: "take `\(set)` away, or name other people")
                    return nil
                }
                result = .difference(result, set)
            }
            return (result, size)
        }
    }

    private mutating func word(_ word: String, _ span: SourceSpan) -> (People, Int)? {
        if let people = Vocabulary.people[word] { return (people, 1) }
        if let state = groups.states[word] { return group(word, state, span) }
        switch word {
        case "nobody", "none":
            error(
                span, "`\(word)` is an empty set, so this could never be met",
                hint: word == "none"
                    ? "name who must sign, as in `1 of qa`; only `block` may be `none`"
                    : "name who must sign, as in `1 of qa`")
            return nil
        case "true", "false", "fork", "signed":
            error(span, "`\(word)` is a condition, and people are expected here")
            return nil
        case _ where Vocabulary.reserved.contains(word):
            error(
                span, "`\(word)` is a word of the language, and people are expected here",
                hint: "a team of that name is `@org/\(word)`")
            return nil
        default: break
        }
        if let near = nearestGroup(to: word) {
            warning(
                span, "there is no group `\(word)`, so it is read as a team of the organisation",
                hint: "did you mean `\(near)`? a team is never mistaken when written `@org/\(word)`")
        }
        return (.organizationTeam(word, span), 1)
    }

    private mutating func group(_ name: String, _ state: GroupTable.State, _ span: SourceSpan) -> (People, Int)? {
        groups.ask(for: name)
        switch state {
        case .read(let found): return found.map { (.group(name, $0.people), $0.size) }
        case .reading:
            let start = groups.path.firstIndex(of: name) ?? 0
            let circle = (groups.path[start...] + [name]).joined(separator: " → ")
            error(span, "the group `\(name)` refers to itself: \(Quotation.inline(circle, limit: 120))")
            return nil
        case .unread(let expression):
            if groups.path.count >= PolicyLimits.depth {
                error(span, "groups refer to each other more than \(PolicyLimits.depth) deep")
                return nil
            }
            groups.states[name] = .reading
            groups.path.append(name)
            let found = set(expression)
            groups.path.removeLast()
            groups.states[name] = .read(found)
            return found.map { (.group(name, $0.0), $0.1) }
        }
    }

    /// Reads what nothing has asked for, so that its mistakes are told as well.
    mutating func readAllGroups(_ places: [(name: String, span: SourceSpan)]) {
        groups.readsForMistakes = true
        defer { groups.readsForMistakes = false }
        for place in places {
            if case .unread = groups.states[place.name] { _ = word(place.name, place.span) }
        }
    }
}

extension People {
    /// The built-in set of everybody that it holds; one that is only taken out does not count.
    var openSet: String? {
        switch self {
        case .anyone, .readers: description
        case .group(_, let people): people.openSet
        case .union(let parts), .intersection(let parts): parts.lazy.compactMap(\.openSet).first
        case .difference(let left, _): left.openSet
        case .user, .team, .organizationTeam, .author, .committers, .organizationMembers, .writers, .admins,
            .codeOwners, .nobody:
            nil
        }
    }

    /// Without the names of groups around it.
    var ungrouped: People {
        if case .group(_, let people) = self { people.ungrouped } else { self }
    }

    /// Whether everybody of another set is in it by its very wording; false where that cannot be told.
    func covers(_ other: People) -> Bool {
        if ungrouped == .anyone || isSame(as: other) { return true }
        switch other.ungrouped {
        case .union(let parts): return parts.allSatisfy { covers($0) }
        case .intersection(let parts): return parts.contains { covers($0) }
        case .difference(let left, _): return covers(left)
        default: break
        }
        switch ungrouped {
        case .union(let parts): return parts.contains { $0.covers(other) }
        case .intersection(let parts): return parts.allSatisfy { $0.covers(other) }
        case .admins, .codeOwners, .nobody, .author, .committers, .user, .team, .organizationTeam, .organizationMembers,
            .difference,
            .group, .anyone:
            return false
        case .writers: return other.ungrouped == .admins
        case .readers: return other.ungrouped == .writers || other.ungrouped == .admins
        }
    }

    private func isSame(as other: People) -> Bool {
        ungrouped.description.lowercased() == other.ungrouped.description.lowercased()
    }
}
