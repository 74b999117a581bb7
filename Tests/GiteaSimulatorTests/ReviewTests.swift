import GiteaSimulator
import Testing

@Suite struct ReviewTests {
    private func states(_ forge: Forge, _ number: Int) async throws -> [Bool] {
        let list = try await forge.root("GET", "/repos/acme/widget/pulls/\(number)/reviews").json.array ?? []
        return list.compactMap { $0["stale"]?.bool }
    }

    @Test func `a review is stale when the proposal changed, not when the base was merged in`() async throws {
        try await Forge.run { forge in
            let number = try await forge.open("one", file: "one.txt")
            let approval = try await forge.call(
                "bob", "POST", "/repos/acme/widget/pulls/\(number)/reviews", ["event": "APPROVED"])
            let approved = approval.json["commit_id"]?.string ?? ""
            #expect(try await states(forge, number) == [false])

            try await forge.write("unrelated.txt", "x\n", to: "main")
            let update = try await forge.call("alice", "POST", "/repos/acme/widget/pulls/\(number)/update")
            #expect(update.status == 200)
            #expect(try await states(forge, number) == [false])

            try await forge.write("two.txt", "two\n", to: "one")
            #expect(try await states(forge, number) == [true])

            try forge.simulator.world.move("one", of: "acme/widget", to: approved, as: "alice")
            #expect(try await states(forge, number) == [false])
        }
    }

    @Test func `a force push stands in the timeline under who pushed`() async throws {
        try await Forge.run { forge in
            let number = try await forge.open("one", file: "one.txt")
            let path = "/repos/acme/widget/pulls/\(number)"
            let before = try await forge.root("GET", path).json["head"]?["sha"]?.string ?? ""
            let after = try forge.simulator.world.forcePush(
                to: "one", of: "acme/widget", as: "bob", files: ["one.txt": "rewritten\n"])
            let rows = try await forge.root("GET", "/repos/acme/widget/issues/\(number)/timeline").json.array
            let row = rows?.last { $0["type"] == "pull_push" }
            #expect(row?["user"]?["login"] == "bob")
            #expect(
                row?["body"]?.string == "{\"is_force_push\":true,\"commit_ids\":[\"\(before)\",\"\(after)\"]}")
            #expect(try await forge.root("GET", path).json["head"]?["sha"]?.string == after)
            let tree = try await forge.root("GET", "/repos/acme/widget/git/trees/\(before)?recursive=true")
            #expect(tree.status == 200, "a commit that was pushed away stays readable")
        }
    }

    @Test func `stale approvals are dismissed where the protection says so`() async throws {
        try await Forge.run { forge in
            try await forge.root(
                "POST", "/repos/acme/widget/branch_protections",
                ["rule_name": "main", "dismiss_stale_approvals": true, "required_approvals": 1])
            let number = try await forge.open("one", file: "one.txt")
            let path = "/repos/acme/widget/pulls/\(number)"
            try await forge.call("bob", "POST", "\(path)/reviews", ["event": "APPROVED"])
            try await forge.write("two.txt", "two\n", to: "one")
            let review = try await forge.root("GET", "\(path)/reviews").json.array?.first
            #expect(review?["dismissed"] == true)
            let merge = try await forge.call("bob", "POST", "\(path)/merge", ["Do": "merge"])
            #expect(merge.json["message"] == "not allowed to merge [reason: Does not have enough approvals]")
        }
    }
}
