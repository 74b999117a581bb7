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
        #expect(cured.blocking.isEmpty && cured.warnings.isEmpty, "\(name): \(found.text)\n\(cured.text)")
        let branch = try await story.forge.must(.GET, "/repos/\(story.repository)/branches/main", as: story.keeper)
        #expect(branch["enable_status_check"]?.bool == true, "\(name)")
        #expect(branch["status_check_contexts"]?.strings == ["countersign: main"], "\(name): \(found.text)")
    }
}
