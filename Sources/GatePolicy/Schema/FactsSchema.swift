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
        definitions: [
            "account": .object([
                Property("id", .integer, required: true, "The numeric id: it decides who it is."),
                Property("login", filled, required: true),
                Property("isActive", .flag, "Left out where the forge does not tell."),
            ]),
            "repository": .object([
                Property("id", .integer, standard: 1),
                Property(
                    "name",
                    .object([Property("owner", .text(), required: true), Property("name", .text(), required: true)]),
                    required: true),
                Property("owner", account, required: true),
                Property("ownerIsOrganization", known(.flag), standard: ["known": true]),
                Property("isPrivate", .flag, standard: true),
                Property("defaultBranch", .text(), standard: "main"),
                Property("createdAt", .integer, "Rows older than this were migrated and count for nobody."),
            ]),
            "pullRequest": .object([
                Property("number", .count, required: true),
                Property("title", .text(), standard: ""),
                Property("body", .text(), standard: ""),
                Property("author", account, "Left out where the account is gone."),
                Property("head", commit, required: true),
                Property("headBranch", .text(), standard: "topic"),
                Property("forkOwner", .text(), "The owner of the fork; `?` of a deleted one."),
                Property("baseBranch", .text(), standard: "main"),
                Property("base", commit, "The base branch's commit."),
                Property("mergeBase", commit),
                Property("labels", .list(.text()), standard: []),
                Property("isOpen", .flag, standard: true),
                Property("isDraft", .flag, standard: false),
                Property("createdAt", .integer, standard: 0),
            ]),
            "review": .object([
                Property("id", .integer, required: true),
                Property("author", account, "Left out where the account is gone."),
                Property(
                    "state", .text(pattern: "^[A-Z_]*$"), required: true,
                    "The forge's word: APPROVED, REQUEST_CHANGES, COMMENT …"),
                Property("isDismissed", .flag, standard: false),
                Property("commit", commit, "The head it was given for."),
                Property("body", .text(), standard: ""),
                Property("submittedAt", .integer, standard: 0, "When it was begun."),
                Property("updatedAt", .integer, "When it was last submitted, dismissed or taken up again."),
            ]),
            "file": .object([
                Property("path", filled, required: true),
                Property(
                    "previousPath", .text(),
                    "The path it was renamed from; before Gitea 1.22.3 perhaps that of another renamed file."),
                Property("additions", .count, standard: 0),
                Property("deletions", .count, standard: 0),
                Property("mayBeBinary", .flag, standard: false),
                Property("isCounted", .flag, standard: true),
            ]),
            "commit": .object([
                Property("id", commit, required: true),
                Property("author", account, "The account of the author's address; left out where there is none."),
                Property("committer", account, "The account of the committer's address."),
                Property("parents", .list(commit), standard: []),
            ]),
            "verification": .object([
                Property("commit", commit, required: true),
                Property("isVerified", .flag, required: true),
                Property("signer", .text(), "The login of the key's owner."),
                Property("key", .text(), "The id of a GPG key, or the fingerprint of an SSH key."),
            ]),
            "event": .object([
                Property("id", .integer, required: true),
                Property("actor", account, "Who did it; left out where the account is gone."),
                Property("at", .integer, standard: 0),
                Property(
                    "event",
                    .either([
                        .object([
                            Property("kind", .choice(["push"]), required: true),
                            Property("commits", .list(commit), required: true, "Oldest first."),
                            Property("forced", .flag, standard: false),
                        ]),
                        .object([
                            Property("kind", .choice(["retarget"]), required: true),
                            Property("from", .text(), required: true), Property("to", .text(), required: true),
                        ]),
                        .object([
                            Property("kind", .choice(["label-added", "label-removed"]), required: true),
                            Property("label", .text(), required: true),
                        ]),
                        .object([Property("kind", .choice(["closed", "reopened"]), required: true)]),
                    ]), required: true),
            ]),
            "comment": .object([
                Property("id", .integer, required: true, "Comments and timeline rows share one sequence."),
                Property("author", account),
                Property("body", .text(), required: true),
                Property("createdAt", .integer, standard: 0),
                Property("updatedAt", .integer, standard: 0, "Differs from `createdAt` when it was edited."),
            ]),
            "status": .object([
                Property("id", .integer, required: true, "Of one context, the largest id is the newest row."),
                Property("context", .text(), required: true),
                Property("state", .choice(StatusState.allCases.map { .text($0.rawValue) })),
                Property("description", .text(), standard: ""),
                Property("targetURL", .text(), standard: ""),
                Property("creator", account, "Left out for the forge's Actions."),
            ]),
            "members": .object([
                Property("listed", accounts, required: true),
                Property("incomplete", .named("unknown"), "Why there may be more."),
            ]),
            "holders": .object([
                Property("proven", accounts, required: true, "Proven to hold the right."),
                Property("possible", accounts, "Everybody who may hold it; left out where no such list could be had."),
                Property(
                    "unknown", .named("unknown"),
                    standard: [
                        "cause": "not-told", "subject": "who holds the right", "reason": "the facts do not say it",
                        "cure": "name everybody in `proven` and `possible`",
                    ], "Why an account that is in neither list cannot be judged."),
            ]),
            "entry": .object([
                Property("path", .text(), required: true),
                Property("before", .text(), "`mode blob` at the merge base; left out where the path is not there."),
                Property("after", .text(), "`mode blob` at the head; left out where the path is not there."),
            ]),
            "waiver": .object([
                Property("gate", .text(), required: true),
                Property("author", account, required: true),
                Property("reason", .text(), standard: ""),
                Property("commit", commit, "The head it was given for."),
                Property("givenAt", .integer, standard: 0),
            ]),
            "memory": .object([
                Property(
                    "pushes", .list(.named("event")), standard: [], "Pushes that the timeline may not show any more."),
                Property(
                    "withdrawals",
                    .list(
                        .object([
                            Property("author", account, required: true), Property("target", target, required: true),
                            Property("comment", .integer, required: true), Property("place", .integer, standard: 0),
                            Property("editedAt", .integer),
                        ])), standard: [], "Revokes, whether or not their comments are still there."),
                Property(
                    "objections",
                    .list(
                        .object([
                            Property("comment", .integer, required: true), Property("author", account, required: true),
                            Property("givenAt", .integer, standard: 0),
                            Property("isEdited", .flag),
                            Property("patterns", .list(.text()), standard: []),
                        ])), standard: [], "Comments that asked for changes, whether or not they still do."),
                Property(
                    "sightings",
                    .list(
                        .object([
                            Property("comment", .integer, required: true), Property("head", commit, required: true),
                        ])), standard: [], "The heads that comments were written for."),
                Property(
                    "lastLook",
                    .object([Property("head", commit, required: true), Property("comment", .integer, required: true)])),
            ]),
            "unknown": .object([
                Property("cause", .choice(Unknown.Cause.allCases.map { .text($0.rawValue) }), required: true),
                Property("subject", .text(), required: true, "What is not known."),
                Property("reason", .text(), required: true), Property("cure", .text(), required: true),
            ]),
        ])

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

    private static let target: Form = {
        let name = Form.object([Property("_0", .text(), required: true)])
        return .either([
            .object([Property("gate", name, required: true)]), .object([Property("item", name, required: true)]),
        ])
    }()
    /// A text that is not empty.
    private static let filled = Form.text(pattern: #"[\s\S]"#)
    private static let account = Form.named("account")
    private static let accounts = Form.list(.named("account"))
    private static let commit = Form.text(pattern: "^([0-9a-f]{40}|[0-9a-f]{64})$")

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
    private static func known(_ form: Form) -> Form {
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
