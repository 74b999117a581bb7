import Foundation
import GiteaSimulator
import Testing

@Suite struct ContentTests {
    private static func file(_ operation: String, _ path: String, _ text: String, sha: String? = nil) -> JSON {
        var json: JSON = [
            "operation": .string(operation), "path": .string(path),
            "content": .string(Data(text.utf8).base64EncodedString()),
        ]
        if let sha { json["sha"] = .string(sha) }
        return json
    }

    @Test func `several files change in one commit, or none does`() async throws {
        try await Forge.run { forge in
            let path = "/repos/acme/widget/contents"
            let made = try await forge.call(
                "alice", "POST", path,
                [
                    "branch": "main", "new_branch": "work", "message": "two files",
                    "files": [Self.file("create", "a/one.txt", "one\n"), Self.file("create", "two.txt", "two\n")],
                ])
            #expect(made.status == 201)
            #expect(made.json["files"]?.array?.count == 2)
            let listed = try await forge.root("GET", "\(path)?ref=work").json.array ?? []
            #expect(listed.map { $0["type"]?.string ?? "" } == ["file", "dir", "file"])
            let sha = try await forge.root("GET", "\(path)/two.txt?ref=work").json["sha"]?.string ?? ""
            let refused = try await forge.call(
                "alice", "POST", path,
                [
                    "branch": "work",
                    "files": [
                        Self.file("update", "two.txt", "2\n", sha: sha),
                        Self.file("delete", "a/one.txt", "", sha: sha),
                    ],
                ])
            #expect(refused.status == 422)
            #expect(refused.json["message"]?.string?.hasPrefix("sha does not match") == true)
            #expect(try await forge.root("GET", "/repos/acme/widget/raw/two.txt?ref=work").text == "two\n")
        }
    }

    @Test func `a branch is replaced only when that is asked for`() async throws {
        try await Forge.run { forge in
            let number = try await forge.open("work", file: "one.txt")
            let body: JSON = [
                "branch": "main", "new_branch": "work", "files": [Self.file("create", "one.txt", "again\n")],
            ]
            #expect(try await forge.call("alice", "POST", "/repos/acme/widget/contents", body).status == 422)
            var forced = body
            forced["force_push"] = true
            #expect(try await forge.call("alice", "POST", "/repos/acme/widget/contents", forced).status == 201)
            let rows = try await forge.root("GET", "/repos/acme/widget/issues/\(number)/timeline").json.array ?? []
            #expect(rows.last?["body"]?.string?.hasPrefix("{\"is_force_push\":true") == true)
        }
    }

    @Test func `a protected branch takes no commits from its writers`() async throws {
        try await Forge.run { forge in
            try await forge.root("POST", "/repos/acme/widget/branch_protections", ["rule_name": "main"])
            #expect(try await forge.write("one.txt", "one\n", to: "main") == "status 403")
        }
    }

    @Test func `a missing file is told from a repository that one may not see`() async throws {
        try await Forge.run { forge in
            try await forge.root(
                "POST", "/admin/users",
                ["username": "eve", "email": "eve@example.com", "password": "secret", "must_change_password": false])
            let path = "/repos/acme/widget/contents/none.txt"
            #expect(try await forge.call("alice", "GET", path).json["message"] == "GetContentsOrList")
            #expect(try await forge.call("eve", "GET", path).json["message"] == "The target couldn't be found.")
        }
    }
}
