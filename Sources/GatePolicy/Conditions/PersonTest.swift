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
            reader.error(call.span, "`\(call.word)` needs people in its parentheses, as in `\(call.word)(bots)`")
            return nil
        }
        guard let people = reader.people(argument) else { return nil }
        if subject == .author, reader.polarity == .helps {
            reader.warning(call.span, "anybody may become an author: `author(…)` softens the gate for all of `\(people)`")
        }
        return PersonTest(subject: subject, asked: people, polarity: reader.polarity)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        switch subject {
        case .author:
            guard let author = evaluation.facts.pullRequest.author, author.isReal else { return .no }
            return evaluation.membership(of: author, in: asked)
        case .anyCommitter:
            return committers(&evaluation, start: .no) { $0 || $1 }
        case .allCommitters:
            return committers(&evaluation, start: .yes) { $0 && $1 }
        }
    }

    private func committers(
        _ evaluation: inout Evaluation, start: Truth, _ join: (Truth, Truth) -> Truth
    ) -> Truth {
        switch evaluation.commitPeople() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let commits):
            if commits.isEmpty { return .no }
            var result = start
            for commit in commits {
                // Names in commits are matched by e-mail and can be forged: where it helps, all three must be in.
                let accounts: [Account?] =
                    polarity == .helps || subject == .allCommitters
                    ? [commit.author, commit.committer, commit.pusher] : commit.mapped
                var one = polarity == .helps || subject == .allCommitters ? Truth.yes : .no
                for account in accounts {
                    let truth = account.map { evaluation.membership(of: $0, in: asked) } ?? .no
                    one = polarity == .helps || subject == .allCommitters ? one && truth : one || truth
                }
                result = join(result, one)
            }
            return result
        }
    }

    var people: [People] { [asked] }
    var description: String { "\(subject.rawValue)(\(asked))" }
}
