/// `status("ci/build" from @ci-bot)`: what other programs posted on the head.
struct StatusTest: ReadableConditionTest {
    static let words = ["status"]

    /// Whose rows count.
    enum Source: Sendable {
        case anybody
        case people(People)
        case actions
    }

    /// The id the forge gives to its Actions; -1 is the placeholder of accounts that are gone.
    private static let actions: Int64 = -2

    var names: [String]
    var source: Source
    var states: Set<StatusState>
    var polarity: Polarity

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard !call.strings.isEmpty else {
            reader.incomplete(call)
            return nil
        }
        var source = Source.anybody
        switch call.from {
        case .people(let expression):
            guard let people = reader.people(expression) else { return nil }
            source = .people(people)
        case .actions:
            source = .actions
            if reader.polarity == .helps {
                reader.warning(call.span, "any writer can make Actions post this status with a workflow of their own")
            }
        case nil:
            if reader.polarity == .helps {
                reader.error(
                    call.span, "every writer can post any status, so here `status` must say whose counts",
                    hint: "`status(\"…\" from @ci-bot)`")
                return nil
            }
        }
        if reader.polarity == .hinders {
            reader.warning(
                call.span,
                "while this status is not posted, or another writer has posted over it, nothing is asked because of it",
                hint: "ask for the good state where it helps: `require: … and status(\"…\" from @ci-bot)`")
        }
        let states = call.states.map(Set.init) ?? [.success]
        return StatusTest(names: call.strings.map(\.value), source: source, states: states, polarity: reader.polarity)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        switch evaluation.statuses() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let rows): return names.reduce(.yes) { $0 && one($1, rows, &evaluation) }
        }
    }

    private func one(_ name: String, _ rows: [CommitStatus], _ evaluation: inout Evaluation) -> Truth {
        // Contexts that this program posts never match: a gate must not wait for itself.
        if evaluation.posts(name) { return .no }
        guard let row = rows.filter({ $0.context.isExactly(name) }).max(by: { $0.id < $1.id }) else { return .no }
        guard let state = row.state, states.contains(state) else { return .no }
        if polarity == .helps, let creator = row.creator, creator == evaluation.facts.pullRequest.author { return .no }
        switch source {
        case .anybody: return .yes
        case .actions: return Truth(row.creator.map { $0.id == Self.actions } ?? true)
        case .people(let people):
            guard let creator = row.creator, creator.isReal else { return .no }
            if polarity == .hinders { return evaluation.membership(of: creator, in: people, where: .hinders) }
            return evaluation.membership(of: creator, in: .difference(people, .committers()))
        }
    }

    var people: [People] { if case .people(let people) = source { [people] } else { [] } }
    /// Where it helps, rows of the opener and of committers do not count.
    var meaning: Polarity? { polarity }
    var description: String {
        let list = names.map(Quotation.literal).joined(separator: ", ")
        let from =
            switch source {
            case .anybody: ""
            case .people(let people): " from \(people)"
            case .actions: " from actions"
            }
        let suffix = states == [.success] ? "" : " in (\(states.map(\.rawValue).sorted().joined(separator: ", ")))"
        return "status(\(list)\(from))\(suffix)"
    }
}

extension Evaluation {
    /// Whether this policy posts in a context, for this base or another.
    fileprivate func posts(_ context: String) -> Bool {
        if ContextName(context).isOwn { return true }
        return policy.gates.contains { $0.contextName(base: facts.pullRequest.baseBranch) == context }
    }
}
