import GiteaSimulator
import NIOHTTP1
import Testing

@testable import CountersignCLI

/// Two things are wrong with one rule: whatever they are, the cures together put both right.
@Suite(.simulatorOnly) struct ProtectionCureStories {
    /// A rule of protection, as a request makes it.
    private struct Draft {
        var name = "main"
        var contexts = ["countersign: main"]
        var settings: JSON = ["enable_status_check": true, "block_admin_merge_override": true]
    }

    private static let faults: [(name: String, apply: @Sendable (inout Draft) -> Void)] = [
        ("nobody posts", { $0.contexts.append("build / linux (push)") }),
        ("in another case", { $0.contexts.append("Countersign: main") }),
        ("not required", { $0.contexts.removeAll { $0 == "countersign: main" } }),
        ("any base", { $0.contexts.append("qa / review") }),
        ("a workflow", { $0.contexts.append("countersign*") }),
        ("bad pattern", { $0.contexts.append("countersign: [main") }),
        ("switched off", { $0.settings["enable_status_check"] = false }),
        ("administrators", { $0.settings["block_admin_merge_override"] = false }),
        ("push", { $0.settings["enable_push"] = true }),
        (
            "named push",
            {
                $0.settings["enable_push"] = true
                $0.settings["enable_push_whitelist"] = true
                $0.settings["push_whitelist_usernames"] = ["dave"]
            }
        ),
        ("files", { $0.settings["unprotected_file_patterns"] = "docs/**" }),
    ]

    @Test(
        arguments: [("1.22.0", "main"), ("1.23.0", "main"), ("1.22.0", "m*"), ("1.23.0", "m*")] as [(String, String)])
    func everyPair(version: String, rule: String) async throws {
        let policy = Story.policy.replacing(
            "    require: qa\n", with: "    require: qa\n    context: \"qa / review\"\n")
        try await Story.tell(policy: policy, version: ServerVersion(version)) { story in
            let surgery = Surgery(story)
            surgery.set("COUNTERSIGN_CONTEXTS_ALLOW", "qa / review = main")
            for number in 1...2 {
                _ = try await story.pull("Add \(number)", file: "src/\(number).swift", branch: "feature/\(number)")
            }
            let ready = await surgery.run(["refire", story.repository])
            #expect(ready.status == 0, "\(ready)")
            for (index, first) in Self.faults.enumerated() {
                for second in Self.faults[(index + 1)...] {
                    var draft = Draft(name: rule)
                    first.apply(&draft)
                    second.apply(&draft)
                    try await expectCured(draft, "\(first.name), \(second.name)", story, surgery)
                }
            }
        }
    }

    private func expectCured(_ draft: Draft, _ name: String, _ story: Story, _ surgery: Surgery) async throws {
        let rules = "/repos/\(story.repository)/branch_protections"
        for rule in try await story.forge.must(.GET, rules, as: story.keeper).array ?? [] {
            let name = (rule["rule_name"]?.string ?? "").replacing("*", with: "%2A")
            try await story.forge.must(.DELETE, "\(rules)/\(name)", as: story.keeper)
        }
        var body = draft.settings
        body["rule_name"] = .string(draft.name)
        body["status_check_contexts"] = .array(draft.contexts.map { .string($0) })
        try await story.forge.must(.POST, rules, as: story.keeper, body)

        let found = try await surgery.doctor()
        for cure in found.cures where (found.blocking + found.warnings).contains(cure.check) {
            try await surgery.carryOut(cure.lines, of: cure.check)
        }
        let cured = try await surgery.doctor()
        // A copy keeps whom the rule lets push by name: that is somebody's wish, and stays a warning.
        let kept: Set<String> = draft.settings["push_whitelist_usernames"] == nil ? [] : ["protection.push"]
        #expect(
            cured.blocking.isEmpty && Set(cured.warnings).isSubset(of: kept), "\(name): \(found.text)\n\(cured.text)")
        let branch = try await story.forge.must(.GET, "/repos/\(story.repository)/branches/main", as: story.keeper)
        #expect(branch["enable_status_check"]?.bool == true, "\(name)")
        // What else such a pattern asks for stays asked for.
        let isOn = draft.settings["enable_status_check"]?.bool == true
        let globs = draft.contexts.filter { isOn && $0 == "countersign*" }
        let contexts = branch["status_check_contexts"]?.strings ?? []
        #expect(Set(contexts) == Set(globs + ["countersign: main"]), "\(name): \(found.text)")
    }

    /// A glob that the summary is held by asks for tests, too: what is red stays out, before the cures and after them,
    /// and a workflow of the pull request's own does not stand in for the gates.
    @Test(arguments: [(["countersign: main", "*"], true), (["*"], false), (["c*"], false)])
    func redStaysRed(contexts: [String], isSound: Bool) async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let red = try await story.pull()
            let waiting = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await story.approve(red, as: story.bob)
            try await story.approve(red, as: story.carol)
            let ready = await surgery.run(["refire", story.repository])
            #expect(ready.status == 0, "\(ready)")
            try await story.post("failure", "ci / build (pull_request)", on: red, as: story.dave)
            try await story.post("success", "ci / build (pull_request)", on: waiting, as: story.dave)
            try await story.forge.protect("main", of: story.repository, contexts: contexts, as: story.keeper)
            func expectRefused() async throws {
                for number in [red, waiting] {
                    let answer = try await story.forge.merge(number, of: story.repository, as: story.alice)
                    #expect(answer.status == 405, "\(contexts): #\(number)")
                }
            }
            try await expectRefused()
            let found = try await surgery.doctor()
            #expect(found.blocking == (isSound ? [] : ["protection.author-can-post"]), "\(found.text)")
            for cure in found.cures where (found.blocking + found.warnings).contains(cure.check) {
                try await surgery.carryOut(cure.lines, of: cure.check)
            }
            try await expectRefused()
            let cured = try await surgery.doctor()
            #expect(cured.blocking.isEmpty && cured.warnings.isEmpty, "\(cured.text)")
            try await story.post("success", "ci / build (pull_request)", on: red, as: story.dave)
            let merged = try await story.forge.merge(red, of: story.repository, as: story.alice)
            #expect(merged.status == 200, "\(contexts)")
        }
    }

    /// One rule for many branches, and several things wrong with it: each branch gets one rule of its own, made once.
    @Test(arguments: ["1.22.0", "1.24.0"])
    func oneRuleForManyBranches(version: String) async throws {
        let policy = "version: 1\ngates:\n  a: { when: 'base(\"main\", \"release-1\")', require: qa }\n"
        try await Story.tell(policy: policy, version: ServerVersion(version)) { story in
            let surgery = Surgery(story)
            try await story.branch("release-1")
            _ = try await story.pull()
            _ = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two", to: "release-1")
            let ready = await surgery.run(["refire", story.repository])
            #expect(ready.status == 0, "\(ready)")
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/branch_protections", as: story.keeper,
                [
                    "rule_name": "*", "enable_status_check": true, "status_check_contexts": ["ci"],
                    "required_approvals": 1, "enable_push": true, "enable_push_whitelist": true,
                    "push_whitelist_usernames": ["dave"],
                ])
            let found = try await surgery.doctor()
            #expect(Set(found.blocking) == ["protection.not-required"], "\(found.text)")
            #expect(
                Set(found.warnings).isSuperset(of: ["protection.nobody-posts", "protection.push"]), "\(found.text)")
            for cure in found.cures where (found.blocking + found.warnings).contains(cure.check) {
                try await surgery.carryOut(cure.lines, of: cure.check)
            }
            let cured = try await surgery.doctor()
            // Who pushes by name still may: that is somebody's wish, and stays a warning.
            #expect(
                cured.blocking.isEmpty && Set(cured.warnings).isSubset(of: ["protection.push"]),
                "\(found.text)\n\(cured.text)")
        }
    }
}
