extension ExpressionReader {
    /// The requirement an expression means; nil after reporting what is wrong.
    mutating func requirement(_ expression: Expression) -> Requirement? {
        switch expression {
        case .parenthesis(let inner, _): return requirement(inner)
        case .logic(let sign, let parts, _): return join(sign, parts)
        case .not(let inner, let span):
            if inner.isPeople {
                error(
                    span, "`not` turns a condition round, and these are people",
                    hint: "to take people out, write `a - b`")
                return nil
            }
            return condition(expression).map { .condition($0) }
        case .word(let word, _):
            if word == "owners_of_each_file" { return .ownersOfEachFile }
            if word == "true" || word == "false" || Vocabulary.bareTests.contains(word) {
                return condition(expression).map { .condition($0) }
            }
            return quota(1, expression)
        case .user, .team, .set: return quota(1, expression)
        case .quota(.all, let people, _): return quota(nil, people)
        case .quota(.count(let count), let people, let span):
            if count == 0 {
                error(span, "a count of 0 asks for nobody", hint: "leave the requirement out, or ask for at least 1")
                return nil
            }
            return quota(count, people)
        case .call(let call): return self.call(call)
        }
    }

    private mutating func join(_ sign: Expression.LogicOperator, _ parts: [Expression]) -> Requirement? {
        let read = parts.map { requirement($0) }
        let whole = read.compactMap { $0 }
        guard whole.count == parts.count else { return nil }
        let conditions = whole.compactMap { part -> Condition? in
            if case .condition(let condition) = part { condition } else { nil }
        }
        if conditions.count == whole.count {
            return .condition(sign == .and ? .all(conditions) : .any(conditions))
        }
        return sign == .and ? .all(whole) : .any(whole)
    }

    private mutating func quota(_ count: Int?, _ expression: Expression) -> Requirement? {
        if case .parenthesis(.logic(let sign, _, let span), _) = expression, count != 1 {
            error(
                span, "only one set of people can be counted, and `\(sign.rawValue)` makes two of them",
                hint: sign == .or
                    ? "write `|` for people of either set, as in `2 of (a | b)`"
                    : "count each by itself, as in `2 of a and 2 of b`")
            return nil
        }
        guard let people = people(expression) else { return nil }
        if let count, let most = people.atMost(), count > most {
            error(
                expression.span,
                "\(count) signatures are asked for, and `\(people)` is only \(most) \(most == 1 ? "person" : "people")",
                hint: "ask for \(most) at most, or name more people")
            return nil
        }
        return .quota(.init(count: count, people: people))
    }

    private mutating func call(_ call: CallExpression) -> Requirement? {
        switch call.word {
        case "never":
            guard let reason = single(call) else { return nil }
            if reason.value.utf8.allSatisfy({ $0 == 0x20 }) {
                error(
                    reason.span, "`never` needs a reason that people can read",
                    hint: "`never(\"frozen until the release\")`")
                return nil
            }
            return .never(reason.value)
        case "gate", "clear":
            guard allowsReferences else { break }
            guard let name = single(call) else { return nil }
            references.append(.init(name: name.value, word: call.word, span: name.span))
            return .reference(.init(name: name.value, allowsNotNeeded: call.word == "clear"))
        default: break
        }
        return test(call).map { .condition($0) }
    }

    private mutating func single(_ call: CallExpression) -> CallExpression.StringLiteral? {
        guard let first = call.strings.first, call.strings.count == 1 else {
            error(
                call.span, "`\(call.word)` takes one text",
                hint: call.word == "never" ? nil : "`\(call.word)(\"a\") and \(call.word)(\"b\")`")
            return nil
        }
        return first
    }
}

extension Expression {
    /// Whether it can only mean people.
    fileprivate var isPeople: Bool {
        switch self {
        case .user, .team, .set, .quota: true
        case .word(let word, _):
            !(word == "true" || word == "false" || word == "owners_of_each_file"
                || Vocabulary.bareTests.contains(word))
        case .parenthesis(let inner, _), .not(let inner, _): inner.isPeople
        case .logic(_, let parts, _): parts.contains(where: \.isPeople)
        case .call: false
        }
    }
}

extension People {
    /// How many people it can hold by its very wording; nil where teams decide.
    /// - Parameter isGone: whether nobody is meant by a name.
    func atMost(without isGone: (People) -> Bool = { _ in false }) -> Int? {
        if isGone(self) { return 0 }
        return switch self {
        case .user, .author: 1
        case .nobody: 0
        case .group(_, let people): people.atMost(without: isGone)
        case .union(let parts):
            logins(parts, without: isGone)?.count
        case .intersection(let parts): parts.compactMap { $0.atMost(without: isGone) }.min()
        case .difference(let left, _): left.atMost(without: isGone)
        case .team, .organizationTeam, .committers, .anyone, .organizationMembers, .readers, .writers, .admins,
            .codeOwners:
            nil
        }
    }

    private func logins(_ parts: [People], without isGone: (People) -> Bool) -> Set<String>? {
        var result: Set<String> = []
        for part in parts.map(\.ungrouped) where !isGone(part) {
            switch part {
            case .user(let login, _): result.insert("@\(login.lowercased())")
            case .author: result.insert("author")
            case .union(let inner):
                guard let more = logins(inner, without: isGone) else { return nil }
                result.formUnion(more)
            default: return nil
            }
        }
        return result
    }
}

extension Requirement {
    /// Its outcome when it is the same for every pull request and whoever signs; nil when it depends on that.
    var constantValue: Bool? { constantValue(clear: []) }

    /// The same, where some gates and parts never apply: `clear("…")` of these is always met.
    func constantValue(clear names: Set<String>) -> Bool? {
        switch self {
        case .condition(let condition): condition.constantValue
        case .never: false
        case .reference(let reference): reference.allowsNotNeeded && names.contains(reference.name) ? true : nil
        case .quota, .ownersOfEachFile, .checklist: nil
        case .all(let parts): Self.fold(parts, neutral: true, clear: names)
        case .any(let parts): Self.fold(parts, neutral: false, clear: names)
        }
    }

    private static func fold(_ parts: [Requirement], neutral: Bool, clear names: Set<String>) -> Bool? {
        // INVARIANT: each part is asked once: asking twice doubles at every level.
        let values = parts.map { $0.constantValue(clear: names) }
        if values.contains(!neutral) { return !neutral }
        if values.allSatisfy({ $0 == neutral }) { return neutral }
        // `qa or fork or not fork`.
        var written: Set<String> = []
        var negated: Set<String> = []
        for case .condition(let condition) in parts where condition.asksTheSameUnderNot {
            if case .not(let inner) = condition { negated.insert("\(inner)") } else { written.insert("\(condition)") }
        }
        return written.isDisjoint(with: negated) ? nil : !neutral
    }
}
