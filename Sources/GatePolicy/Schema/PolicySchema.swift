extension Schema {
    /// The form of a policy file, for editors; the reader decides what a policy is, and says much more about mistakes.
    public static let policy = Schema(
        title: "Countersign policy",
        root: .object([
            Property("version", .choice([1, "1"]), required: true, "The version of the language: 1."),
            Property("groups", names(people), "Names and the people they stand for."),
            Property(
                "gates", names(.named("gate"), atLeast: 1),
                "What must be given before a pull request may enter."),
            Property(
                "parts", names(.named("part")),
                "Building blocks for gate(\"…\"): they post nothing and are not in the summary."),
            Property(
                "distinct", .either([filled(text, atLeast: 2), filled(filled(text, atLeast: 2))]),
                "Gates of which nobody may fill places in two: one list, or several."),
            Property("approvals", .named("approvals"), "Which signatures count, for all gates of this file."),
            Property("block", block, "Whose request for changes holds everything back."),
            Property(
                "commands",
                .object([Property("aliases", .object([], others: text), "Words and the commands they mean.")]),
                "Words of one's own for commands in comments."),
            Property(
                "policy",
                .object([
                    Property(
                        "require", requirement, required: true,
                        "Who must sign a change of the policy itself, or nobody.")
                ]), "What a change of the policy itself needs."),
            Property("include", filled(text), "Other policy files whose gates belong to this policy."),
            Property(
                "required", names(.named("gate"), atLeast: 1),
                "Gates that every repository of the organisation gets."),
        ]),
        definitions: [
            "gate": .limited(
                .object([
                    Property("description", .word, "What the gate is for, shown with it."),
                    Property("context", .word, "The status context; none posts no status of its own."),
                    Property("when", condition, "The condition under which the gate applies."),
                    Property("require", requirement, "Who must sign."),
                    Property(
                        "checklist", filled(.named("item")), "What the description answers and others acknowledge."),
                    Property("block", block, "Whose request for changes rejects this gate."),
                    Property(
                        "waive",
                        .object([
                            Property(
                                "by", requirement, required: true, "Who may waive the gate by /waive in a comment."),
                            Property("reason", .choice(["required", "optional"]), standard: "required"),
                        ]), "Who may let the gate go unmet."),
                    Property(
                        "mode", .choice(["enforce", "advisory", "off", false]), standard: "enforce",
                        "Whether it blocks, is only shown, or is switched off."),
                    Property("advisory", condition, "The condition under which it is only shown."),
                    Property(
                        "until", .text(pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
                        "The day from which it enforces, as in 2026-12-01."),
                    Property("approvals", .named("approvals"), "Which signatures count for this gate."),
                    Property("open", flag, standard: false, "Whether anyone and readers may be asked."),
                    Property("distinct", flag, standard: false, "Whether nobody may fill two of its places."),
                    Property("override", flag, standard: false, "Whether it stands in place of an included gate."),
                    Property("locked", flag, standard: false, "Whether an including file may not override it."),
                ]), Limits(oneOf: ["require", "checklist"])),
            "item": .object([
                Property("item", .either([.text(pattern: name), .flag, .decimal]), required: true, "The item's name."),
                Property(
                    "number", .either([.between(1, 999_999_999), .text(pattern: "^0{0,8}[1-9][0-9]{0,8}$")]),
                    "A number that commands may use in its place."),
                Property("ask", .word, "The line of the description that must be answered."),
                Property("by", requirement, required: true, "Who acknowledges it by /ack in a comment."),
                Property("when", condition, "The condition under which it is asked for."),
            ]),
            "part": .object([
                Property("when", condition, "The condition under which the part asks for anything."),
                Property("require", requirement, required: true, "Who must sign."),
                Property("approvals", .named("approvals"), "Which signatures count for this part."),
                Property("open", flag, standard: false, "Whether anyone and readers may be asked."),
            ]),
            "approvals": .object([
                Property(
                    "stale", .choice(["exact-head", "same-diff", "same-files", "keep"]), standard: "same-diff",
                    "What becomes of a signature when commits arrive."),
                Property("author", flag, standard: false, "Whether the opener's own signature counts."),
                Property(
                    "committers", .choice([true, false, "true", "false", "strict"]), standard: false,
                    "Whether the signature of somebody who pushed or wrote a commit counts."),
                Property(
                    "ignore_commits_by", .either([people, .list(people)]),
                    "Whose commits exclude nobody and age nothing."),
                Property(
                    "reviews", reviews, standard: true,
                    "Whether approving reviews count, or patterns on their text."),
                Property("comments", patterns, "Patterns of comments that approve as a review does."),
            ]),
        ])

    /// YAML gives `true` and `"true"` to an editor as different values; the reader takes both.
    private static let flag = Form.choice([true, false, "true", "false"])

    /// A text that says something; what it says the reader alone reads.
    private static let text = Form.text(pattern: notBlank)

    /// A set of people: a name like `2.5` is a number to an editor; `null` is no value to anybody.
    private static let people = Form.either([text, .decimal])

    /// Whom a gate asks; `false` asks for what never holds.
    private static let requirement = Form.either([text, .decimal, .choice([false])])

    /// An editor sees a flag in `true`, and the reader a condition.
    private static let condition = Form.either([text, .flag])

    /// What names gates, parts, groups and items, as `Vocabulary.isName` has it.
    private static let name = "^([A-Za-z]|[0-9]+[A-Za-z_.-])[A-Za-z0-9_.-]*$"

    /// Names of one's own, each with the same form.
    private static func names(_ form: Form, atLeast: Int = 0) -> Form {
        .limited(.object([], others: form), Limits(atLeast: atLeast, names: name))
    }

    private static func filled(_ element: Form, atLeast: Int = 1) -> Form {
        .limited(.list(element), Limits(atLeast: atLeast))
    }

    private static let pattern = Form.either([.text(pattern: "."), .number, .flag])
    private static let patterns = Form.either([text, .number, .list(pattern)])
    /// A pattern alone stands in quotes, which an editor does not see.
    private static let reviews = Form.either([flag, text, filled(pattern)])

    private static let block = Form.either([
        people,
        .object([
            Property("by", people, required: true, "Whose request for changes holds it back."),
            Property("stale", .choice(["exact-head"]), "Whether the request ends with the head it was made for."),
            Property(
                "reviews", reviews, standard: true, "Which requests for changes count, or patterns on their text."),
            Property("comments", patterns, "Patterns of comments that ask for changes as a review does."),
            Property(
                "revoke",
                .object([
                    Property("reviews", reviews, standard: true, "Which approving reviews take all requests back."),
                    Property("comments", patterns, "Patterns of comments that take all requests back."),
                ]), "How each of them takes the requests of all back."),
        ]),
    ])
}
