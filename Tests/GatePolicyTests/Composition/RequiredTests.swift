import Testing

@testable import GatePolicy

/// Gates that the organisation requires, and lines of other repositories' files.
@Suite struct RequiredTests {
    static let law = text(
        "groups: { lawyers: \"@carol\" }", "approvals: { stale: exact-head }", "required:",
        "  licence: { require: lawyers and gate(\"two\") }", "gates:", "  usual: { require: writers }",
        "parts:", "  two: { require: 2 of qa }", "  other: { require: 3 of qa }",
        "include: [\"acme/.countersign:more.yml@main\"]"
    ).replacing("usual: { require: writers }", with: "usual: { require: writers and gate(\"other\") }")

    private static func files(_ law: String = law) -> Files {
        var files = Files()
        files.organization = law
        return files
    }

    @Test func everyRepositoryGetsThem() throws {
        let composed = Self.files().compose(text("approvals: { author: true }", "gates: { own: { require: qa } }"))
        #expect(composed.gates == ["own", "licence"])
        #expect(composed.policy?.parts.map(\.name) == ["two"])
        let licence = try #require(composed.gate("licence"))
        #expect(licence.approvals == ApprovalRules(stale: .exactHead, author: false, committers: false))
        #expect(licence.require.description == "lawyers and gate(\"two\")")
    }

    @Test(arguments: ["licence", "two"])
    func aClashingNameIsAMistakeOfTheRepository(_ name: String) {
        for lock in ["", "override: true, "] {
            let mistakes = Self.files().mistakes(text("gates: { \(name): { \(lock)mode: off, require: qa } }"))
            #expect(
                mistakes.contains { $0.hasPrefix(".countersign.yml:2: the name `\(name)` is taken by") }, "\(mistakes)")
        }
    }

    /// What the organisation's own gates look at is none of a repository's business, whatever it calls its gates.
    @Test func looksOfGatesThatAreNotInForceAreNotJudged() {
        let own = text("gates: { own: { require: qa }, other: { when: label(\"x\"), require: qa } }")
        #expect(Self.files().compose(own).gates == ["own", "other", "licence"])
        let asked = Self.law.replacing(
            "  two: { require: 2 of qa }", with: "  two: { when: label(\"x\"), require: 2 of qa }")
        let mistakes = Self.files(asked).mistakes(text("gates: { own: { require: qa } }"))
        #expect(mistakes.contains { $0.contains("`two` must apply for this to pass") }, "\(mistakes)")
    }

    /// It is there, and yet no gate of the repository sees it.
    @Test func aRequiredGateIsOutOfReach() throws {
        let composed = Self.files().compose(text("gates: { own: { require: gate(\"licence\") } }"))
        let mistake = try #require(composed.diagnostics.first { $0.message.hasPrefix("there is no gate or part") })
        #expect(mistake.hint?.contains("`licence` is a gate that `") == true, "\(mistake)")
        #expect(mistake.hint?.hasSuffix("none of them can look at it") == true, "\(mistake)")
    }

    @Test func namesThatTheRequiredGatesDoNotNeedAreFree() {
        #expect(Self.files().compose(text("gates: { usual: { require: qa } }")).gates == ["usual", "licence"])
    }

    @Test func aClashingContextIsAMistakeOfTheRepository() {
        let law = text("required: { licence: { context: old, require: qa } }")
        #expect(
            Self.files(law).mistakes(text("gates: { own: { context: old, require: qa } }"))
                == [".countersign.yml:2: `own` and `licence` can post the same context `old`"])
    }

    @Test func theRepositoryDoesNotSeeThem() {
        #expect(
            Self.files().mistakes(text("gates: { own: { require: gate(\"licence\") } }"))
                == [".countersign.yml:2: there is no gate or part `licence`"])
    }

    @Test func inOtherFilesTheyAreRefused() {
        let own = Files().mistakes(text("required: { x: { require: qa } }", "gates: { y: { require: qa } }"))
        #expect(
            own == [
                ".countersign.yml:2: `required` is for the organisation's own `countersign.yml`, and this is another file"
            ])
        let files = Files(["acme/.countersign:countersign.yml@main": text("required: { x: { require: qa } }")])
        #expect(!files.mistakes(text("include: [\"acme/.countersign:countersign.yml@main\"]")).isEmpty)
    }

    @Test func theOrganisationsPolicyHasThemToo() {
        let composed = Files(["acme/.countersign:more.yml@main": IncludeTests.base]).compose(
            Self.law, role: .organization)
        #expect(composed.gates == ["usual", "qa-review", "licence"])
    }

    @Test func theOrganisationsFileMayOnlyRequire() {
        let law = text("required: { licence: { require: qa } }")
        #expect(Files().compose(law, role: .organization).gates == ["licence"])
    }

    @Test(arguments: [
        ("required: {}", "names no gate"), ("required: { x: { require: qa, override: true } }", "overrides nothing"),
        ("required: { x: { require: qa, locked: false } }", "always locked"),
        ("required: { x: { require: gate(\"usual\") } }\ngates: { usual: { require: qa } }", "cannot look at `usual`"),
        (
            "required: { x: { require: gate(\"p\") } }\ngates: { usual: { require: qa } }\n"
                + "parts: { p: { require: gate(\"usual\") } }", "cannot look at `usual`"
        ),
        ("required: { x: { require: qa } }\ngates: { x: { require: qa } }", "is taken on line 2"),
    ])
    func mistakesOfTheOrganisation(_ law: String, _ message: String) {
        let alone = Files().mistakes(text(law), role: .organization)
        #expect(alone.contains { $0.contains(message) }, "\(alone)")
        let beside = Self.files(text(law)).mistakes(text("gates: { own: { require: qa } }"))
        #expect(beside.contains { $0.contains(message) }, "\(beside)")
    }

    /// Whether something is required cannot be told from a file that cannot be read.
    @Test(arguments: ["{", "", "- a", "version: 1\nrequired: [a]\n", "gates: { x: { require: qa } }\n"])
    func aFileThatCannotBeReadIsNoProof(_ law: String) {
        #expect(Self.files(law).compose(text("gates: { own: { require: qa } }")).policy == nil)
    }

    /// What is wrong in gates that only repositories without a policy get does not concern the others.
    @Test func mistakesElsewhereInAFileThatRequiresNothing() {
        let composed = Self.files(text("gates: { usual: { require: 0 of qa } }")).compose(
            text("gates: { own: { require: qa } }"))
        #expect(composed.gates == ["own"])
        #expect(composed.policy?.digest.hasPrefix("sha-of-") == true)
    }

    @Test func theDigestChangesWithWhatIsRequired() {
        let root = text("gates: { own: { require: qa } }")
        let one = Self.files().compose(root).policy?.digest
        #expect(one != nil && one != Self.files(Self.law + "# more\n").compose(root).policy?.digest)
        #expect(one == Self.files().compose(root).policy?.digest)
    }

    // MARK: Other repositories' lines

    static let secret = "hunter2-the-secret"

    @Test(arguments: [
        text("gates: { x: { require: qa and \(secret) or b } }"), text("gates: { x: { \(secret): qa } }"),
        text("gates: { x: { require: @\(secret) } }"), "password: \(secret)\n", secret, "- \(secret)\n",
        "version: 1\n\(secret)\n", "a: b: \(secret)\n", "key: @\(secret)\nversion: 1\n", "token: \"\(secret)",
        "version: [\(secret)\n",
    ])
    func anotherRepositorysLineIsNotQuoted(_ content: String) {
        for role in [PolicyFileRole.repository, .organization] {
            let files = Files(["acme/.countersign:x.yml@main": content])
            let composed = files.compose(text("include: [\"acme/.countersign:x.yml@main\"]"), role: role)
            let foreign = composed.diagnostics.filter { $0.span.file != ".countersign.yml" }
            #expect(!foreign.isEmpty)
            #expect(foreign.allSatisfy { $0.sourceLine == nil && $0.hint == nil })
            if !content.hasPrefix("version: 1\ngates") {
                #expect(!composed.diagnostics.rendered.contains(Self.secret), "\(composed.diagnostics.rendered)")
            }
        }
    }

    @Test func ourOwnLinesAreQuoted() throws {
        let composed = Files(["b.yml": text("gates: { x: { require: 0 of qa } }")]).compose(text("include: [b.yml]"))
        #expect(composed.diagnostics.first?.sourceLine == "gates: { x: { require: 0 of qa } }")
    }
}
