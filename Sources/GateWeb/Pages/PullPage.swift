import GatePolicy

/// The page of one pull request: may it merge, what is missing and who can give it, which rule says so, and everything
/// else below.
struct PullPage: Sendable {
    /// Something that keeps the pull request from passing.
    struct Missing: Sendable {
        var subject: String
        var subjectAnchors: [String]
        var needs: [Prose]
        var alternatives: [Prose]
        var rules: [Rule]
    }

    /// Where the policy says so.
    struct Rule: Sendable {
        var ruleExpressions: [String]
        var ruleText: String
        var ruleLinks: [String]
    }

    /// Something that is not known.
    struct Doubt: Sendable {
        var doubtSubject: Prose
        var doubtReason: Prose
        var doubtCure: Prose
    }

    /// A command in a comment.
    struct CommandRow: Sendable {
        var commentNumber: String
        var commentLink: String
        var commenter: String
        var commandText: String
        var commandFate: Prose

        init(_ fate: CommandFate, number: String, link: String) {
            (commentNumber, commentLink) = (number, link)
            commenter = fate.author?.login.oneLine ?? "somebody"
            commandText = fate.command.action.wording.oneLine
            commandFate = Prose(fate.fate.wording)
        }
    }

    /// An earlier verdict.
    struct HistoryRow: Sendable {
        var historyTime: TimeText
        var historyHead: String
        var historyHeadLink: String
        var historySign: String
        var historyStyle: String
        var historyText: Prose
        var historyCause: String
    }

    var frame: PageFrame
    var titleText: String
    var numberText: String
    var openers: [String]
    var baseName: String
    var headShort: String
    var headLink: String
    var forgeLink: String
    var notices: [Prose]
    var answerWord: String
    var answerSign: String
    var answerStyle: String
    var statusText: Prose
    var freshness: [TimeText]
    var checks: [TimeText]
    var hasMissing: Bool
    var missing: [Missing]
    var hasDoubts: Bool
    var doubts: [Doubt]
    var hasDiagnostics: Bool
    var diagnostics: [String]
    var hasGates: Bool
    var gates: [GateSection]
    var hasCommands: Bool
    var commands: [CommandRow]
    var furtherCommands: [String]
    var hasHistory: Bool
    var history: [HistoryRow]

    /// - Parameter browses: whether the reader may see other pages too.
    init(_ view: PullView, path: String, links: ForgeLinks, now: Timestamp, browses: Bool) {
        let paths = Paths(from: path)
        let name = "\(view.repository)"
        frame = PageFrame(
            title: "#\(view.number) \(view.title) · \(name)", path: path,
            crumbs: [
                .init(crumbText: "Countersign", crumbLinks: browses ? [paths.root] : []),
                .init(crumbText: name, crumbLinks: browses ? [paths.repository(view.repository)] : []),
                .init(crumbText: "#\(view.number)", crumbLinks: []),
            ])
        let answer = MergeAnswer(view)
        let verdict = view.verdict
        let rules = RuleLinks(origin: view.policy, links: links)
        titleText = view.title.oneLine
        numberText = "#\(view.number)"
        openers = view.author.map { [$0.login.oneLine] } ?? []
        baseName = view.base.oneLine
        headShort = view.head.short
        headLink = links.commit(view.repository, view.head)
        forgeLink = links.pull(view.repository, view.number)
        notices = Self.notices(view).map(Prose.init)
        answerWord = answer.word
        answerSign = answer.sign
        answerStyle = answer.style
        statusText = Prose(view.sentence)
        freshness = view.decidedAt.map { [TimeText($0, now: now)] } ?? []
        checks = view.checkedAt.map { [TimeText($0, now: now)] } ?? []
        missing = view.state == .open ? verdict?.missing(rules) ?? [] : []
        doubts = view.doubts
        diagnostics = view.diagnostics.map { diagnostic in
            diagnostic.rendered.split(separator: "\n").map { String($0).oneLine }.joined(separator: "\n")
        }
        gates =
            verdict.map { verdict in
                verdict.gates.map { GateSection($0, names: verdict.mayNamePeople, rules: rules, view, links) }
            } ?? []
        let (heard, unheard) = (verdict?.commands ?? [], verdict?.unheard ?? [])
        commands = heard.prefix(WebLimits.commands).map { fate in
            CommandRow(
                fate, number: "#\(fate.comment)", link: links.comment(view.repository, view.number, fate.comment))
        }
        commands += unheard.prefix(WebLimits.commands - commands.count).map { fate in
            CommandRow(fate, number: "a review", link: links.pull(view.repository, view.number))
        }
        let left = heard.count + unheard.count - commands.count
        furtherCommands = left > 0 ? ["… and \(left) more"] : []
        history = view.history.prefix(WebLimits.historyEntries).map { past in
            HistoryRow(
                historyTime: TimeText(past.at, now: now), historyHead: past.head.short,
                historyHeadLink: links.commit(view.repository, past.head), historySign: past.outcome?.sign ?? "–",
                historyStyle: past.outcome?.style ?? "quiet", historyText: Prose(past.description),
                historyCause: past.because)
        }
        hasMissing = !missing.isEmpty
        hasDoubts = !doubts.isEmpty
        hasDiagnostics = !diagnostics.isEmpty
        hasGates = !gates.isEmpty
        hasCommands = !commands.isEmpty
        hasHistory = !history.isEmpty
    }

    private static func notices(_ view: PullView) -> [String] {
        var notices: [String] = []
        if view.isOutdated { notices.append("A newer head or another base was seen since; this is of the one before.") }
        if view.isDraft { notices.append("It is a draft: its statuses say so, whatever the gates say.") }
        if let holder = view.holder { notices.append("#\(holder) has the same head and base, and holds it.") }
        if let problem = view.problem { notices.append("The last look at it failed: \(problem)") }
        notices += view.notes
        return notices
    }
}
