extension Schema {
    /// The form of a facts file: everything an evaluation looks at, written by hand or by `countersign facts`.
    public static let facts = Schema(
        title: "Facts of a pull request",
        root: .object([
            Property("version", .choice([1]), required: true, "The version of this form."),
            Property("now", .integer, required: true, "The moment of the evaluation, in seconds since 1970."),
            Property("repository", .named("repository"), required: true),
            Property("pullRequest", .named("pullRequest"), required: true),
            Property("serviceAccount", account, "The account that posts the statuses; it never signs."),
            Property("reviews", known(rows(of: "review")), "The reviews, in the order of their ids."),
            Property(
                "files", known(rows(of: "file", by: "path", atMost: PolicyLimits.changedFiles)), "The changed files."),
            Property(
                "commits", known(rows(of: "commit", atMost: PolicyLimits.commits)), "The commits, newest first."),
            Property(
                "verifications", known(.list(.named("verification"))),
                "What the forge says of the commits' signatures, of every commit one."),
            Property("timeline", known(rows(of: "event")), "What happened, in the order of the ids."),
            Property("comments", known(rows(of: "comment")), "The comments of the conversation."),
            Property(
                "templates",
                known(
                    .list(
                        .object([
                            Property("path", .text(), required: true), Property("text", .text(), required: true),
                        ]))), "The templates of descriptions; `[]`: there are none."),
            Property(
                "answersSeen",
                .list(
                    .object([
                        Property("comment", .integer, required: true), Property("item", .text(), required: true),
                        Property("digest", .text(), required: true),
                    ])), "Which answers acknowledgements were first seen with; left out where nobody keeps that."),
            Property("statuses", known(rows(of: "status")), "The status rows on the head."),
            Property(
                "directories",
                .object(
                    [],
                    others: known(.object([Property("ids", .object([], others: .integer), required: true)]))),
                standard: [:], "Team ids by lower-case name, by lower-case organisation."),
            Property(
                "teamMembers", rows(key: .integer, known(.named("members"))), standard: [], "Members by team id."),
            Property(
                "users", .object([], others: known(.either([account, .nothing]))), standard: [:],
                "Accounts by lower-case login; null is nobody."),
            Property("organizationMembers", known(accounts), "Members of the repository's organisation."),
            Property(
                "writers", .named("holders"), standard: leftOut("writers", "who may write the code"),
                "Who may write the code."),
            Property(
                "admins", .named("holders"), standard: leftOut("admins", "who administers the repository"),
                "Who administers the repository."),
            Property(
                "codeOwners",
                known(
                    .either([
                        .object([
                            Property("path", .text(), required: true), Property("text", .text(), required: true),
                        ]), .nothing,
                    ])), "The CODEOWNERS file of the default branch; null: there is none."),
            Property(
                "rememberedIdentities", .object([], others: .integer), standard: [:],
                "The ids that were behind `@alice` or `@acme/qa` when they were first seen."),
            Property(
                "effectiveChanges",
                rows(
                    key: .object([
                        Property("commit", commit, required: true), Property("baseBranch", .text(), required: true),
                    ]), known(.either([.list(.named("entry")), .nothing]))),
                standard: [], "What heads change against their merge bases; null: the forge no longer has the commit."),
            Property(
                "protectedBranches", .object([], others: known(.flag)), standard: [:],
                "Which branches are protected, or the default one."),
            Property(
                "branches", .object([], others: known(.flag)), standard: [:], "Which branches there are."),
            Property(
                "watchedFiles",
                known(
                    .object([
                        Property("same", .list(.text()), standard: []),
                        Property("different", .list(.text()), standard: []),
                    ])), "Paths of the policy's files where head and base branch have the same, or not."),
            Property(
                "policyFiles",
                rows(
                    key: .object([
                        Property("path", .text(), required: true), Property("commit", commit, required: true),
                    ]), known(policyFile)),
                standard: [], "What stands at the policy's paths of commits."),
            Property("waivers", .list(.named("waiver")), standard: [], "Waivers besides those of the comments."),
            Property("remembered", .named("memory"), "What was once seen of it and may be gone by now."),
        ]),
        definitions: factsDefinitions)

    private static let policyFile: Form = {
        let span = Form.object([
            Property("file", .text(), required: true), Property("line", .integer, required: true),
            Property("column", .integer, required: true), Property("length", .integer, standard: 1),
        ])
        let mistake = Form.object([
            Property("severity", .choice(["error", "warning"]), standard: "error"),
            Property("span", span, required: true), Property("message", .text(), required: true),
            Property("hint", .text()), Property("sourceLine", .text()),
        ])
        return .either([
            .object([
                Property(
                    "valid",
                    .object([
                        Property(
                            "includes", .list(.text()), required: true,
                            "The files of the repository that it includes, but for those of one commit.")
                    ]), required: true)
            ]),
            .object([Property("absent", .object([]), required: true)]),
            .object([
                Property("notAFile", .object([Property("_0", .text(), required: true)]), required: true)
            ]),
            .object([
                Property("broken", .object([Property("_0", .list(mistake), required: true)]), required: true)
            ]),
        ])
    }()

    static let target: Form = {
        let name = Form.object([Property("_0", .text(), required: true)])
        return .either([
            .object([Property("gate", name, required: true)]), .object([Property("item", name, required: true)]),
        ])
    }()
    /// A text that is not empty.
    static let nonEmpty = Form.text(pattern: #"[\s\S]"#)
    static let account = Form.named("account")
    static let accounts = Form.list(.named("account"))
    static let commit = Form.text(pattern: "^([0-9a-f]{40}|[0-9a-f]{64})$")

    /// Of whom the file does not say whether they hold a right.
    private static func leftOut(_ key: String, _ subject: String) -> JSONValue {
        [
            "proven": [],
            "unknown": [
                "cause": "not-told", "subject": .text(subject), "reason": "the facts do not say it",
                "cure": .text("add `\(key)` to the file"),
            ],
        ]
    }

    /// A value that was had, or the reason why not.
    static func known(_ form: Form) -> Form {
        .either([
            .object([Property("known", form, required: true)]),
            .object([Property("unknown", .named("unknown"), required: true)]),
        ])
    }

    /// A list in which no two have the same id.
    private static func rows(of name: String, by key: String = "id", atMost most: Int? = nil) -> Form {
        .limited(.list(.named(name)), Limits(atMost: most, unique: key))
    }

    private static func rows(key: Form, _ value: Form) -> Form {
        .list(.object([Property("key", key, required: true), Property("value", value, required: true)]))
    }
}
