extension Step {
    /// What is to be done, in the imperative's short form.
    /// - Parameter names: whether people may be named who have not acted yet.
    public func wording(names: Bool) -> String {
        switch self {
        case .sign(let count, let people, let candidates):
            return Self.wording(count, people, candidates, names: names)
        case .answer(let asks):
            return "\(asks.count == 1 ? "an answer" : "answers") to \(Quotation.list(asks, "and")) in the description"
        case .acknowledge(let items, let count, let people, let candidates):
            let who = Self.wording(count, people, candidates, names: names)
            return "`/ack \(items.joined(separator: ", "))` by \(who)"
        case .condition(let condition): return "\(condition) to hold"
        case .withdraw(let account): return "\(account.login) to approve, or the request for changes to be dismissed"
        case .gate(let name): return "`\(name)` to pass"
        case .never(let reason): return "another policy, because this one says never: \(reason)"
        }
    }

    /// Who is still missing.
    private static func wording(_ count: Int?, _ people: String, _ candidates: [Account]?, names: Bool) -> String {
        let need = count.map { "\($0) more of \(people)" } ?? "everybody else of \(people)"
        guard let candidates else { return need }
        if candidates.isEmpty { return "\(need) (nobody can sign at present)" }
        guard names else { return need }
        if let count, candidates.count < count { return "\(need) (only \(candidates.named) can sign at present)" }
        return candidates.count > 4 ? "\(need) (\(candidates.count) people can)" : "\(need) (\(candidates.named))"
    }
}

extension [Account] {
    /// `bob or carol`.
    public var named: String {
        let logins = map(\.login)
        guard let last = logins.last, logins.count > 1 else { return logins.first ?? "nobody" }
        return logins.dropLast().joined(separator: ", ") + " or " + last
    }

    /// `bob and carol`.
    var listed: String {
        let logins = map(\.login)
        guard let last = logins.last, logins.count > 1 else { return logins.first ?? "nobody" }
        return logins.dropLast().joined(separator: ", ") + " and " + last
    }
}
