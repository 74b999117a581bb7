import GiteaSimulator
import Testing

@Suite struct MergingTests {
    private static func merge(version: String, statuses: [String]) async throws -> Int {
        var options = GiteaSimulator.Options()
        options.version = ServerVersion(version)
        return try await Forge.run(options) { forge in
            try await forge.root(
                "POST", "/repos/acme/widget/branch_protections",
                ["rule_name": "main", "enable_status_check": true, "status_check_contexts": ["gate/*"]])
            let number = try await forge.open("feature/one", file: "one.txt")
            let pull = try await forge.root("GET", "/repos/acme/widget/pulls/\(number)").json
            let head = pull["head"]?["sha"]?.string ?? ""
            for context in statuses {
                try await forge.root(
                    "POST", "/repos/acme/widget/statuses/\(head)",
                    ["state": "success", "context": .string(context)])
            }
            return try await forge.call(
                "bob", "POST", "/repos/acme/widget/pulls/\(number)/merge", ["Do": "merge"]
            ).status
        }
    }

    @Test(arguments: [
        ("1.21.0", [], 405), ("1.21.0", ["ci/test"], 200), ("1.22.0+dev", ["ci/test"], 200),
        ("1.22.0", [], 405), ("1.22.0", ["ci/test"], 405), ("1.25.0", ["ci/test"], 405),
        ("7.0.4+gitea-1.22.0", ["ci/test"], 405), ("1.21.0", ["gate/a/b"], 200), ("1.22.0", ["gate/a/b"], 200),
    ])
    func `an absent required context blocks by version`(
        version: String, statuses: [String], expected: Int
    ) async throws {
        #expect(try await Self.merge(version: version, statuses: statuses) == expected)
    }

    @Test func `a merge is conditional on the head and refuses conflicts`() async throws {
        try await Forge.run { forge in
            let first = try await forge.open("one", file: "same.txt")
            let second = try await forge.open("two", file: "other.txt")
            let old = try await forge.root("GET", "/repos/acme/widget/pulls/\(second)").json["head"]?["sha"]
            try await forge.write("same.txt", "differently\n", to: "two")
            let stale = try await forge.call(
                "bob", "POST", "/repos/acme/widget/pulls/\(second)/merge",
                ["Do": "merge", "head_commit_id": old ?? .null])
            #expect(stale.status == 409)
            #expect(stale.json["message"] == "head out of date")
            let path = "/repos/acme/widget/pulls"
            #expect(try await forge.call("bob", "POST", "\(path)/\(first)/merge", ["Do": "squash"]).status == 200)
            #expect(try await forge.root("GET", "\(path)/\(second)").json["mergeable"] == false)
            #expect(try await forge.call("bob", "POST", "\(path)/\(second)/merge", ["Do": "merge"]).status == 409)
        }
    }

    @Test func `a rebase leaves merges out, and can be forbidden`() async throws {
        try await Forge.run { forge in
            let number = try await forge.open("one", file: "one.txt")
            let path = "/repos/acme/widget/pulls/\(number)"
            try await forge.write("base.txt", "moved on\n", to: "main")
            #expect(try await forge.call("bob", "POST", "\(path)/update").status == 200)
            func allow(_ isAllowed: Bool, _ more: JSON = true) async throws {
                try await forge.root(
                    "PATCH", "/repos/acme/widget",
                    [
                        "allow_rebase": .bool(isAllowed), "allow_rebase_explicit": .bool(isAllowed),
                        "has_pull_requests": more,
                    ])
            }
            try await allow(false, .null)
            #expect(try await forge.root("GET", "/repos/acme/widget").json["allow_rebase"] == true)
            try await allow(false)
            #expect(try await forge.root("GET", "/repos/acme/widget").json["allow_rebase"] == false)
            let refused = try await forge.call("bob", "POST", "\(path)/merge", ["Do": "rebase"])
            #expect(refused.status == 405)
            #expect(
                refused.json["message"] == "rebase is not allowed an allowed merge style for this repository")
            try await allow(true)
            #expect(try await forge.call("bob", "POST", "\(path)/merge", ["Do": "rebase"]).status == 200)
            let commits = try await forge.root("GET", "/repos/acme/widget/commits?sha=main").json.array ?? []
            #expect(commits.count == 3)
            #expect(commits.allSatisfy { ($0["parents"]?.array ?? []).count < 2 })
        }
    }

    @Test func `a scheduled merge runs when the checks are green`() async throws {
        try await Forge.run { forge in
            try await forge.root(
                "POST", "/repos/acme/widget/branch_protections",
                ["rule_name": "main", "enable_status_check": true, "status_check_contexts": ["gate"]])
            let number = try await forge.open("one", file: "one.txt")
            let path = "/repos/acme/widget/pulls/\(number)"
            let plan: JSON = ["Do": "merge", "merge_when_checks_succeed": true]
            #expect(try await forge.call("bob", "POST", "\(path)/merge", plan).status == 201)
            let head = try await forge.root("GET", path).json["head"]?["sha"]?.string ?? ""
            #expect(try await forge.root("GET", path).json["merged"] == false)
            try await forge.root(
                "POST", "/repos/acme/widget/statuses/\(head)", ["state": "success", "context": "gate"])
            #expect(try await forge.root("GET", path).json["merged"] == true)
        }
    }

    @Test func `a deleted account is a ghost or nobody by version`() async throws {
        for (version, expected) in [("1.22.0", JSON.string("Ghost")), ("1.24.0", JSON.null)] {
            var options = GiteaSimulator.Options()
            options.version = ServerVersion(version)
            try await Forge.run(options) { forge in
                let number = try await forge.open("one", file: "one.txt")
                let path = "/repos/acme/widget/pulls/\(number)/reviews"
                try await forge.call("bob", "POST", path, ["event": "APPROVED"])
                #expect(try await forge.root("DELETE", "/admin/users/bob?purge=true").status == 204)
                let review = try await forge.root("GET", path).json.array?.first
                #expect(review?["state"] == "APPROVED")
                #expect(review?["user"]?["login"] ?? review?["user"] == expected)
            }
        }
    }
}
