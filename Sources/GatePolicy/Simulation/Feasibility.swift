/// Whether a gate can be met at all by the people there are, found by supposing that everybody approves.
public struct Feasibility: Hashable, Sendable {
    /// What may be wrong with a gate.
    public enum Obstacle: Hashable, Sendable {
        /// Nobody there is can meet it, whoever opens the pull request; what is then still asked for.
        case nobody(missing: [String])
        /// Nobody can meet it when one of these people opens the pull request.
        case whenOpenedBy([Account])
    }

    /// The gate.
    public var gate: String
    /// Where it stands.
    public var span: SourceSpan
    /// What keeps it from being met.
    public var obstacle: Obstacle

    /// The obstacle in words.
    public var wording: String {
        switch obstacle {
        case .nobody(let missing):
            "nobody can meet the gate `\(gate)`"
                + (missing.isEmpty ? "" : ", even if everybody approved: \(missing.joined(separator: "; "))")
        case .whenOpenedBy(let people):
            "nobody can meet the gate `\(gate)` when \(people.named) opens the pull request"
        }
    }
}

extension Policy {
    /// Gates that certainly cannot be met; what is not known about people is no obstacle.
    ///
    /// - Parameters:
    ///   - facts: who is in teams and holds rights; reviews, files, labels and the like are supposed.
    ///   - openers: who may open pull requests; nil for everybody the facts know.
    public func obstacles(_ facts: Facts, openedBy openers: [Account]? = nil) -> [Feasibility] {
        let people = facts.everybody
        let nobody = unmet(facts, approvedBy: people, author: nil)
        var opened: [String: [Account]] = [:]
        for author in openers ?? people {
            for gate in unmet(facts, approvedBy: people, author: author).keys where nobody[gate] == nil {
                opened[gate, default: []].append(author)
            }
        }
        return gates.compactMap { gate in
            if let missing = nobody[gate.name] {
                return Feasibility(gate: gate.name, span: gate.span, obstacle: .nobody(missing: missing))
            }
            return opened[gate.name].map {
                Feasibility(gate: gate.name, span: gate.span, obstacle: .whenOpenedBy($0))
            }
        }
    }

    /// Gates whose requirement certainly does not hold, and what they still ask for.
    private func unmet(_ facts: Facts, approvedBy people: [Account], author: Account?) -> [String: [String]] {
        var facts = facts
        facts.pullRequest.author = author
        facts.reviews = .known([])
        // On a public repository steps name nobody, and cannot be counted.
        facts.repository.isPrivate = true
        facts = facts.supposing(people.map { .approval(by: $0) })
        var unmet = crowded(facts)
        for gate in asAskedOfPeople.evaluate(facts).gates where gate.requirement?.mark == .unmet {
            // A condition may hold another time, and people who are not known may sign.
            let short = gate.steps.filter(\.isShortOfPeople)
            if !short.isEmpty { unmet[gate.name] = short.map { $0.wording(names: true) } }
        }
        return unmet
    }
}

extension Step {
    /// Whether fewer people can do it than it asks for.
    fileprivate var isShortOfPeople: Bool {
        switch self {
        case .sign(let count, _, let candidates?), .acknowledge(_, let count, _, let candidates?):
            candidates.count < count ?? 1
        default: false
        }
    }
}

extension Facts {
    /// Facts about people alone: everything that only a pull request can tell is open.
    public static func ofPeople(in repository: Repository, now: Timestamp) -> Facts {
        let open = Unknown(
            cause: .notTold, subject: "what a pull request changes", reason: "no pull request is looked at",
            cure: "none")
        let head = String(repeating: "0", count: 40)
        let pull = CommitID(head).map {
            PullRequest(
                number: 0, title: "", author: nil, head: $0, headBranch: "topic", baseBranch: repository.defaultBranch)
        }
        guard let pull else { preconditionFailure("forty zeros are an object id") }
        var facts = Facts(now: now, repository: repository, pullRequest: pull)
        facts.reviews = .known([])
        facts.files = .unknown(open)
        facts.commits = .known([])
        facts.timeline = .known([])
        facts.comments = .known([])
        facts.statuses = .unknown(open)
        return facts
    }

    /// Everybody the facts know, each once, by id.
    var everybody: [Account] {
        var people: [Int64: Account] = [:]
        let lists = teamMembers.values.compactMap(\.value).map(\.listed) + [organizationMembers?.value ?? []]
        let holders = [writers, admins].compactMap { $0 }.map { $0.proven + ($0.possible ?? []) }
        for account in (lists + holders).flatMap({ $0 }) + users.values.compactMap({ $0.value ?? nil }) {
            people[account.id] = account
        }
        return people.values.sorted { $0.id < $1.id }
    }
}
