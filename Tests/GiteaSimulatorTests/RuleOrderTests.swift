import GiteaSimulator
import Testing

/// Which rule of protection is in force, as Gitea's own tests have it (by name, and from 1.23 on by priority).
@Suite struct RuleOrderTests {
    @Test(arguments: [
        ("1.22.0", ["release/*", "release/v1.17"], "release/v1.17", "release/v1.17"),
        ("1.22.0", ["release/**/v1.17", "release/test/v1.17"], "release/test/v1.17", "release/test/v1.17"),
        ("1.22.0", ["release/**", "release/v1.0.0"], "release/v2.0.0", "release/**"),
        ("1.22.0", ["release/*", "release/v1.0.0"], "release/1/v2.0.0", ""), ("1.22.0", ["*", "Main"], "main", "Main"),
        ("7.0.4+gitea-1.22.0", ["*", "main"], "main", "main"),
        // The rule that was made first has the least priority.
        ("1.23.0", ["*", "main"], "main", "*"), ("1.23.0", ["Main", "*"], "main", "Main"),
        ("1.23.0", ["*", "release/**"], "release/1/2", "release/**"),
    ])
    func inForce(version: String, rules: [String], branch: String, expected: String) async throws {
        var options = GiteaSimulator.Options()
        options.version = ServerVersion(version)
        try await Forge.run(options) { forge in
            if branch != "main" {
                try await forge.root(
                    "POST", "/repos/acme/widget/branches",
                    ["new_branch_name": .string(branch), "old_branch_name": "main"])
            }
            for rule in rules {
                try await forge.root("POST", "/repos/acme/widget/branch_protections", ["rule_name": .string(rule)])
            }
            let path = "/repos/acme/widget/branches/\(branch)"
            let shown = try await forge.root("GET", path).json
            #expect(shown["effective_branch_protection_name"]?.string == expected)
            #expect(shown["protected"]?.bool == !expected.isEmpty)
        }
    }

    /// A rule's place can be changed, and one in place 0 comes before all that were made so far.
    @Test func changedPlace() async throws {
        var options = GiteaSimulator.Options()
        options.version = ServerVersion("1.23.0")
        try await Forge.run(options) { forge in
            let path = "/repos/acme/widget/branch_protections"
            for rule in ["*", "main"] { try await forge.root("POST", path, ["rule_name": .string(rule)]) }
            #expect(try await forge.root("GET", path).json.array?.compactMap { $0["priority"]?.int } == [1, 2])
            try await forge.root("PATCH", "\(path)/main", ["priority": 1])
            let shown = try await forge.root("GET", "/repos/acme/widget/branches/main").json
            #expect(shown["effective_branch_protection_name"]?.string == "main")
        }
    }
}
