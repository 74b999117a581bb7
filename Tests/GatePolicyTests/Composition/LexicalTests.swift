import Testing

@testable import GatePolicy

/// A name means what it means in the file that wrote it.
@Suite struct LexicalTests {
    private static func requirement(_ name: String, _ composed: PolicyComposition) -> Requirement? {
        composed.gate(name)?.require
    }

    /// `leads` is a group here and a team there.
    @Test func aGroupIsHiddenInOtherFiles() throws {
        let files = Files(["b.yml": text("gates: { theirs: { require: leads } }")])
        let composed = files.compose(
            text("include: [b.yml]", "groups: { leads: \"@alice\" }", "gates: { ours: { require: leads } }"))
        guard case .quota(let ours)? = Self.requirement("ours", composed),
            case .quota(let theirs)? = Self.requirement("theirs", composed)
        else {
            Issue.record("\(composed.diagnostics.rendered)")
            return
        }
        guard case .group("leads", .user("alice", _)) = ours.people else {
            Issue.record("\(ours)")
            return
        }
        guard case .organizationTeam("leads", _) = theirs.people else {
            Issue.record("\(theirs)")
            return
        }
    }

    @Test func aGroupOfAnIncludedFileIsHiddenHere() throws {
        let files = Files(["b.yml": text("groups: { leads: \"@mallory\" }", "gates: { theirs: { require: leads } }")])
        let composed = files.compose(text("include: [b.yml]", "gates: { ours: { require: leads } }"))
        guard case .quota(let ours)? = Self.requirement("ours", composed), case .organizationTeam = ours.people else {
            Issue.record("\(composed.diagnostics.rendered)")
            return
        }
    }

    /// Two files mean different people by one name: what is said of them tells whose they are.
    @Test func groupsOfOneNameAreToldApart() {
        let files = Files([
            "b.yml": text(
                "groups: { leads: \"@olga\", same: \"@dave\" }",
                "gates: { theirs: { require: 2 of (leads | same), waive: { by: leads } } }")
        ])
        let composed = files.compose(
            text(
                "include: [b.yml]", "groups: { leads: \"@alice\", same: \"@dave\" }",
                "gates: { ours: { require: leads and same and gate(\"theirs\") } }"))
        #expect(
            composed.policy?.gates.map(\.require.description) == [
                "leads and same and gate(\"theirs\")", "2 of (leads of b.yml | same)",
            ])
        #expect(composed.policy?.gates.last?.waive?.by.description == "leads of b.yml")
    }

    @Test func approvalsAndBlockGoWithTheFile() throws {
        let files = Files([
            "b.yml": text(
                "approvals: { stale: exact-head, author: true }", "block: security",
                "gates: { theirs: { require: qa } }")
        ])
        let composed = files.compose(
            text(
                "include: [b.yml]", "approvals: { committers: true }", "block: none", "gates: { ours: { require: qa } }"
            ))
        let theirs = try #require(composed.gate("theirs"))
        let ours = try #require(composed.gate("ours"))
        #expect(theirs.approvals == ApprovalRules(stale: .exactHead, author: true, committers: false))
        #expect(ours.approvals == ApprovalRules(stale: .sameDiff, author: false, committers: true))
        #expect(theirs.block.by?.description == "security")
        #expect(ours.block.by == nil)
        // The summary's own blocker rule is that of the policy's own file.
        #expect(composed.policy?.block.by == nil)
    }

    // MARK: gate("…")

    @Test func aGateOfAnIncludedFileCanBeSpokenOf() {
        let files = Files([
            "b.yml": text("include: [c.yml]", "gates: { theirs: { require: qa } }"),
            "c.yml": text("gates: { deep: { require: qa } }"),
        ])
        let root = text("include: [b.yml]", "gates: { ours: { require: gate(\"theirs\") and clear(\"deep\") } }")
        #expect(files.compose(root).gates == ["ours", "theirs", "deep"])
    }

    @Test func anIncludedFileDoesNotSeeWhoIncludesIt() {
        let files = Files(["b.yml": text("gates: { theirs: { require: gate(\"ours\") } }")])
        #expect(
            files.mistakes(text("include: [b.yml]", "gates: { ours: { require: qa } }"))
                == ["b.yml:2: there is no gate or part `ours`"])
    }

    @Test func neighboursDoNotSeeEachOther() {
        let files = Files([
            "b.yml": text("gates: { b: { require: qa } }"), "c.yml": text("gates: { c: { require: gate(\"b\") } }"),
        ])
        #expect(files.mistakes(text("include: [b.yml, c.yml]")) == ["c.yml:2: there is no gate or part `b`"])
    }

    @Test func partsAreKnownInTheirFileOnly() {
        let files = Files([
            "b.yml": text("gates: { theirs: { require: gate(\"two\") } }", "parts: { two: { require: 2 of qa } }")
        ])
        #expect(files.compose(text("include: [b.yml]")).policy?.parts.map(\.name) == ["two"])
        #expect(
            files.mistakes(text("include: [b.yml]", "gates: { ours: { require: gate(\"two\") } }"))
                == [".countersign.yml:3: `two` is a part of `b.yml`"])
    }

    @Test func aPartIsUsedInItsOwnFile() {
        let files = Files(["b.yml": text("gates: { theirs: { require: qa } }", "parts: { two: { require: 2 of qa } }")])
        #expect(files.mistakes(text("include: [b.yml]")) == ["b.yml:3: no gate uses the part `two`"])
    }

    // MARK: Distinct names and contexts

    @Test(arguments: [
        ("gates: { one: { require: qa } }", "gates: { one: { require: ceo } }"),
        (
            "gates: { one: { require: gate(\"two\") } }\nparts: { two: { require: qa } }",
            "gates: { two: { require: ceo } }"
        ),
        (
            "gates: { two: { require: qa } }",
            "gates: { one: { require: gate(\"two\") } }\nparts: { two: { require: qa } }"
        ),
    ])
    func allNamesAreDistinct(_ theirs: String, _ ours: String) {
        let files = Files(["b.yml": text(theirs)])
        let mistakes = files.mistakes(text("include: [b.yml]", ours))
        #expect(mistakes.count == 1 && mistakes[0].contains("is taken by `b.yml:"), "\(mistakes)")
        #expect(mistakes.allSatisfy { $0.hasPrefix(".countersign.yml:") })
    }

    @Test func neighboursWithOneNameAreTheIncludersMistake() {
        let files = Files(["b.yml": IncludeTests.base, "c.yml": IncludeTests.base])
        #expect(
            files.mistakes(text("include:", "  - b.yml", "  - c.yml"))
                == [".countersign.yml:3: the name `qa-review` in `b.yml` is taken by `c.yml:2`"])
    }

    @Test func allContextsAreDistinct() {
        let files = Files(["b.yml": text("gates: { theirs: { context: old, require: qa } }")])
        let mistakes = files.mistakes(text("include: [b.yml]", "gates: { ours: { context: old, require: qa } }"))
        #expect(mistakes == [".countersign.yml:3: `ours` and `theirs` can post the same context `old`"])
    }

    @Test func contextsAreDistinctOverAllBases() {
        let policy = text(
            "gates:", "  qa-review: { context: \"gate/{base}\", require: qa }",
            "  release: { context: \"gate/release/{base}\", require: security }")
        #expect(
            Files([:]).mistakes(policy)
                == [
                    ".countersign.yml:4: `release` and `qa-review` can post the same context `gate/release/{base}`"
                ])
    }

    // MARK: override and locked

    static let theirs = text(
        "groups: { leads: \"@mallory\" }", "approvals: { author: true }",
        "gates:", "  review: { require: leads }", "  second: { require: gate(\"review\") }")

    @Test func anOverrideReplacesAGateWhole() throws {
        let composed = Files(["b.yml": Self.theirs]).compose(
            text("include: [b.yml]", "gates: { review: { override: true, require: leads } }"))
        #expect(composed.gates == ["review", "second"])
        let review = try #require(composed.gate("review"))
        #expect(review.approvals == .standard)
        guard case .quota(let quota) = review.require, case .organizationTeam = quota.people else {
            Issue.record("\(review.require)")
            return
        }
    }

    @Test func anOverrideReachesThroughFiles() {
        let files = Files(["a.yml": text("include: [b.yml]"), "b.yml": Self.theirs])
        let composed = files.compose(
            text("include: [a.yml]", "gates: { review: { override: true, mode: off, require: qa } }"))
        #expect(composed.gates == ["review", "second"])
    }

    @Test func aChainOfOverrides() {
        let files = Files([
            "a.yml": text("include: [b.yml]", "gates: { review: { override: true, require: a } }"),
            "b.yml": Self.theirs,
        ])
        let composed = files.compose(text("include: [a.yml]", "gates: { review: { override: true, require: root } }"))
        #expect(composed.gate("review")?.require.description == "root")
        #expect(files.compose(text("include: [a.yml]")).gate("review")?.require.description == "a")
    }

    @Test func withoutAWordOfItNothingIsReplaced() {
        let composed = Files(["b.yml": Self.theirs]).compose(
            text("include: [b.yml]", "gates: { review: { require: qa } }"))
        #expect(composed.diagnostics.first?.hint?.contains("`override: true`") == true)
        #expect(composed.policy == nil)
    }

    @Test func anOverrideOfNothingIsAnError() {
        let files = Files(["b.yml": Self.theirs])
        let mistakes = files.mistakes(text("include: [b.yml]", "gates: { reviw: { override: true, require: qa } }"))
        #expect(mistakes == [".countersign.yml:3: `reviw` overrides nothing: no included file has a gate of that name"])
        #expect(files.mistakes(text("gates: { review: { override: true, require: qa } }")).count == 1)
    }

    @Test func anIncludedFileDoesNotOverrideWhoIncludesIt() {
        let files = Files(["b.yml": text("gates: { ours: { override: true, mode: off, require: qa } }")])
        let mistakes = files.mistakes(text("include: [b.yml]", "gates: { ours: { require: qa } }"))
        #expect(mistakes.contains("b.yml:2: `ours` overrides nothing: no included file has a gate of that name"))
    }

    @Test func aNeighbourIsNotOverridden() {
        let files = Files([
            "b.yml": text("gates: { b: { require: qa } }"),
            "c.yml": text("gates: { b: { override: true, mode: off, require: qa } }"),
        ])
        #expect(files.mistakes(text("include: [b.yml, c.yml]")).contains { $0.contains("`b` overrides nothing") })
    }

    @Test(arguments: [[], ["a.yml"]])
    func aLockedGateIsNotOverridden(_ between: [String]) {
        var files = Files(["b.yml": text("gates: { review: { locked: true, require: qa } }")])
        files.answers["a.yml"] = Files(["a": text("include: [b.yml]")]).answers["a"]
        let mistakes = files.mistakes(
            text("include: [\(between.first ?? "b.yml")]", "gates: { review: { override: true, require: ceo } }"))
        #expect(mistakes.contains(".countersign.yml:3: `review` is locked by `b.yml:2` and cannot be overridden"))
    }

    /// Another gate in the place of one that a locked gate looks at would make the locked one another one, too.
    @Test(arguments: ["gate(\"review\")", "clear(\"review\") and leads", "gate(\"two\")", "gate(\"third\")"])
    func whatALockedGateLooksAtIsNotOverridden(_ look: String) {
        let files = Files([
            "b.yml": text(
                "gates:", "  review: { require: qa }", "  third: { require: gate(\"review\") }",
                "  release: { require: '\(look)', locked: true }", "parts: { two: { require: gate(\"review\") } }"),
            "a.yml": text("include: [b.yml]"),
        ])
        for between in ["a.yml", "b.yml"] {
            let root = text("include: [\(between)]", "gates: { review: { override: true, require: ceo } }")
            let told = "`review` cannot be overridden: `release`, which `b.yml:5` locks, looks at it"
            #expect(files.mistakes(root).contains(".countersign.yml:3: \(told)"), "\(files.mistakes(root))")
        }
    }

    /// A file beside the one that locks is no way around it.
    @Test func aFileBesideALockedGateOverridesNothingThatItLooksAt() {
        let files = Files([
            "b.yml": text(
                "include: [c.yml]", "gates: { release: { require: gate(\"review\") and leads, locked: true } }"),
            "c.yml": text("gates: { review: { require: qa } }"),
            "d.yml": text("include: [c.yml]", "gates: { review: { override: true, require: ceo } }"),
        ])
        let mistakes = files.mistakes(text("include: [b.yml, d.yml]"))
        #expect(
            mistakes.contains { $0.contains("`review` cannot be overridden: `release`, which `b.yml:3`") },
            "\(mistakes)")
    }

    /// A stranger's pull request may bring as many as fit into two files.
    @Test func manyLocksAndManyOverrides() {
        let looks = (0..<60).map { "gate(\\\"g\($0)\\\")" }.joined(separator: " and ")
        let locked = (0..<100).map { "  g\($0): { locked: true, require: \"\(looks)\" }" }
        let overrides = (0..<100).map { "  h\($0): { override: true, require: qa }" }
        let files = Files(["b.yml": text((["gates:"] + locked).joined(separator: "\n"))])
        let time = ContinuousClock().measure {
            let mistakes = files.mistakes(text((["include: [b.yml]", "gates:"] + overrides).joined(separator: "\n")))
            #expect(mistakes.count { $0.contains("overrides nothing") } > 0, "\(mistakes.prefix(3))")
        }
        #expect(time < .seconds(10))
    }

    @Test func whatNoLockedGateLooksAtIsOverridden() {
        let files = Files([
            "b.yml": text(
                "gates:", "  review: { require: qa }", "  second: { require: gate(\"review\") }",
                "  release: { require: leads, locked: true }")
        ])
        #expect(files.mistakes(text("include: [b.yml]", "gates: { review: { override: true, require: ceo } }")) == [])
    }

    /// Locking a gate on the way up keeps those above from overriding what was overridden.
    @Test func anOverrideCanLock() {
        let files = Files([
            "a.yml": text("include: [b.yml]", "gates: { review: { override: true, locked: true, require: a } }"),
            "b.yml": Self.theirs,
        ])
        #expect(files.compose(text("include: [a.yml]")).gates == ["review", "second"])
        let root = text("include: [a.yml]", "gates: { review: { override: true, require: root } }")
        #expect(files.mistakes(root).contains { $0.contains("is locked by `a.yml:3`") })
    }

    @Test func aPartIsNotOverridden() {
        let files = Files([
            "b.yml": text("gates: { theirs: { require: gate(\"two\") } }", "parts: { two: { require: 2 of qa } }")
        ])
        #expect(
            files.mistakes(text("include: [b.yml]", "gates: { two: { override: true, require: qa } }")).contains {
                $0.contains("`two` overrides nothing")
            })
    }

    /// A part has the name for itself: no override of a gate elsewhere takes it away, or it would stand in for the gate.
    @Test func aPartBesideAnOverriddenGateClashes() {
        let files = Files([
            "b.yml": text("gates: { theirs: { require: gate(\"x\") } }", "parts: { x: { require: qa } }"),
            "c.yml": text("gates: { x: { require: ceo } }"),
        ])
        let mistakes = files.mistakes(
            text("include: [b.yml, c.yml]", "gates: { x: { override: true, require: 2 of security } }"))
        #expect(
            mistakes.contains {
                $0.contains("the name `x` in `b.yml` is taken by") || $0.contains("the name `x` is taken")
            }, "\(mistakes)")
    }

    /// Only an override can make gates of two files wait for each other.
    @Test func aCircleThroughAnOverride() {
        let root = text("include: [b.yml]", "gates: { review: { override: true, require: gate(\"second\") } }")
        #expect(
            Files(["b.yml": Self.theirs]).mistakes(root).contains { $0.contains("this gate waits for itself") })
    }
}
