import ArgumentParser
import GatePolicy

/// What is supposed to happen, as flags.
struct Suppositions: ParsableArguments {
    @Option(name: .long, help: "Suppose that this person approves the present head; may be repeated.")
    var approve: [String] = []

    @Option(name: .long, help: "Suppose that this person requests changes; may be repeated.")
    var requestChanges: [String] = []

    @Option(name: .long, help: "Suppose that this person's decisions are dismissed; may be repeated.")
    var dismiss: [String] = []

    @Option(
        name: .long, help: "Suppose a comment, as 'LOGIN: TEXT', commands included; may be repeated.")
    var comment: [String] = []

    @Option(name: .long, help: "Suppose that this label is put on; may be repeated.")
    var label: [String] = []

    @Option(name: .long, help: "Suppose that this label is taken off; may be repeated.")
    var unlabel: [String] = []

    @Option(name: .long, help: "Who puts the labels on or takes them off.")
    var labeller: String?

    @Option(name: .long, help: "Suppose this title.")
    var title: String?

    @Option(name: .long, help: "Suppose this description.")
    var body: String?

    func validate() throws {
        if labeller != nil, label.isEmpty, unlabel.isEmpty {
            throw ValidationError("`--labeller` says who puts a label on or takes it off: add `--label` or `--unlabel`")
        }
    }

    /// What is easily forgotten or mistyped.
    func hints(under policy: Policy) -> [String] {
        let needsLabeller = (!label.isEmpty || !unlabel.isEmpty) && labeller == nil
        let labelling =
            "nobody puts the label on or takes it off: say who by `--labeller LOGIN`, where the policy asks for that"
        let foreign = comment.flatMap { text in
            policy.foreignCommands(in: Self.parts(of: text)?.said ?? "").map { word, near in
                "`\(word)` is no command here and is passed over" + (near.map { ": did you mean `\($0)`?" } ?? "")
            }
        }
        return (needsLabeller ? [labelling] : []) + foreign
    }

    /// Who says what in `LOGIN: TEXT`.
    private static func parts(of comment: String) -> (person: String, said: String)? {
        guard let colon = comment.firstIndex(of: ":"), colon != comment.startIndex else { return nil }
        let said = comment[comment.index(after: colon)...].trimmingPrefix(while: { $0 == " " })
        return (String(comment[..<colon]), String(said))
    }

    /// A supposition by name, before its person is looked up.
    private struct Draft {
        var words: String
        var person: String?
        var make: (Account?) throws -> Hypothesis
    }

    var isEmpty: Bool { drafts.isEmpty && comment.isEmpty }

    private var drafts: [Draft] {
        func by(_ people: [String], _ words: String, _ make: @escaping (Account) -> Hypothesis) -> [Draft] {
            people.map { person in
                Draft(words: "\(person) \(words)", person: person) { account in
                    guard let account else { throw SettingsError("`\(person)` is nobody") }
                    return make(account)
                }
            }
        }
        let labels = label.map { label in
            Draft(words: "the label `\(label)` is put on", person: labeller) { .label(label, by: $0) }
        }
        let unlabels = unlabel.map { label in
            Draft(words: "the label `\(label)` is taken off", person: labeller) { .unlabel(label, by: $0) }
        }
        return by(dismiss, "'s decisions are dismissed") { .dismissal(of: $0) }
            + by(approve, "approves") { .approval(by: $0) }
            + by(requestChanges, "requests changes") { .requestForChanges(by: $0) } + labels + unlabels
            + (title.map { title in [Draft(words: "the title is `\(title)`") { _ in .title(title) }] } ?? [])
            + (body.map { body in [Draft(words: "the description is another") { _ in .description(body) }] } ?? [])
    }

    /// The suppositions with their people, and each in words.
    func hypotheses(
        _ account: (String) async throws -> Account
    ) async throws -> (hypotheses: [Hypothesis], words: [String]) {
        var hypotheses: [Hypothesis] = []
        var words: [String] = []
        for draft in drafts {
            var person: Account?
            if let login = draft.person { person = try await account(login) }
            hypotheses.append(try draft.make(person))
            words.append(draft.words.replacing(" 's", with: "'s"))
        }
        for text in comment {
            guard let (person, said) = Self.parts(of: text) else {
                throw SettingsError(
                    "`--comment` takes `LOGIN: TEXT`, for example `--comment 'alice: /waive qa reason'`")
            }
            hypotheses.append(.comment(said, by: try await account(person)))
            words.append("\(person) comments `\(said)`")
        }
        return (hypotheses, words)
    }
}
