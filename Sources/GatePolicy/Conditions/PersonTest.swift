/// `author(bots)`, `any_committer(…)`, `all_committers(…)`: who opened it and who wrote its commits.
struct PersonTest: ReadableConditionTest {
    static let words = ["author", "any_committer", "all_committers"]

    /// Whom it asks about.
    enum Subject: String {
        case author
        case anyCommitter = "any_committer"
        case allCommitters = "all_committers"
    }

    var subject: Subject
    var asked: People
    var polarity: Polarity

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let subject = Subject(rawValue: call.word), let argument = call.argument else {
            reader.incomplete(call)
            return nil
        }
        guard let people = reader.people(argument) else { return nil }
        if subject == .author, reader.polarity == .helps {
            reader.warning(
                call.span, "anybody may become an author: `author(…)` softens the gate for all of `\(people)`")
        }
        return PersonTest(subject: subject, asked: people, polarity: reader.polarity)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        switch subject {
        case .author:
            guard let author = evaluation.facts.pullRequest.author, !author.isGone else {
                return polarity == .hinders ? .unknown([gone]) : .no
            }
            return evaluation.membership(of: author, in: asked, where: polarity)
        case .anyCommitter:
            let truth = committers(&evaluation) { answers in answers.reduce(.no) { $0 || $1 } }
            guard polarity == .hinders, let contributions = evaluation.contributions() else { return truth }
            // Whoever pushed where no row tells may be one of them.
            return truth || contributions.hidden
        case .allCommitters:
            return committers(&evaluation) { answers in answers.reduce(.yes) { $0 && $1 } }
        }
    }

    /// Whoever deletes his account must not get himself out of what is asked of his pull requests.
    private var gone: Unknown {
        Unknown(
            cause: .notTold, subject: "whether the opener was one of \(Quotation.inline("\(asked)"))",
            reason: "the account that opened the pull request is gone",
            cure: "sign or waive what `author(…)` asks for, open it anew, or say whom it lets off: `not author(…)`")
    }

    private func committers(_ evaluation: inout Evaluation, _ join: ([Truth]) -> Truth) -> Truth {
        switch evaluation.commitPeople() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let commits):
            if commits.isEmpty { return .no }
            return join(commits.map { isOfThem($0, &evaluation) })
        }
    }

    /// Whether one commit is of the people asked about; its names are matched by e-mail and can be forged.
    private func isOfThem(_ commit: Evaluation.CommitPeople, _ evaluation: inout Evaluation) -> Truth {
        func isIn(_ account: Account, _ evaluation: inout Evaluation) -> Truth {
            evaluation.membership(of: account, in: asked, where: polarity)
        }
        if polarity == .helps {
            // All three must be in: names alone never qualify.
            var all = Truth.yes
            for account in [commit.author, commit.committer, commit.pusher] {
                all = all && (account.map { isIn($0, &evaluation) } ?? .no)
            }
            return all == .yes ? .yes : all || isSigned(commit, &evaluation)
        }
        let answers = commit.mapped.map { isIn($0, &evaluation) }
        // Where it asks for more, an address that nobody has must not get anybody out of it.
        return subject == .allCommitters ? answers.reduce(.yes) { $0 && $1 } : answers.reduce(.no) { $0 || $1 }
    }

    /// Whether one of the people asked about signed the commit: that is no name that anybody may write.
    private func isSigned(_ commit: Evaluation.CommitPeople, _ evaluation: inout Evaluation) -> Truth {
        switch evaluation.signatures() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let signatures):
            guard let signature = signatures[commit.id] else { return .no }
            return evaluation.isSigned(signature, by: asked, where: .helps)
        }
    }

    var people: [People] { [asked] }
    /// Where it helps, a commit's names must be proven.
    var meaning: Polarity? { subject == .author ? nil : polarity }
    /// Only an opener whose account is gone is not the opener.
    var asksNothing: Bool {
        if subject == .author, case .author = asked.ungrouped { true } else { false }
    }
    var description: String { "\(subject.rawValue)(\(asked))" }
}
