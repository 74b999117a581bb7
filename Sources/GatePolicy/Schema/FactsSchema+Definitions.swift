extension Schema {
    /// The parts of a facts file.
    static let factsDefinitions: [String: Form] = [
        "account": .object([
            Property("id", .integer, required: true, "The numeric id: it decides who it is."),
            Property("login", nonEmpty, required: true),
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
            Property("path", nonEmpty, required: true),
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
    ]
}
