import GiteaSimulator
import Testing

@Suite struct GitTests {
    @Test func `trees come by page, recursively or not, and by the tree's own id`() async throws {
        try await Forge.run { forge in
            for name in ["a/one.txt", "a/b/two.txt", "c.txt"] { try await forge.write(name, "same\n", to: "main") }
            let path = "/repos/acme/widget/git/trees"
            let all = try await forge.root("GET", "\(path)/main?recursive=true").json
            let paths = all["tree"]?.array?.compactMap { $0["path"]?.string }
            #expect(paths == ["README.md", "a", "a/b", "a/b/two.txt", "a/one.txt", "c.txt"])
            #expect(all["truncated"] == false)
            #expect(all["total_count"] == 6)

            let page = try await forge.root("GET", "\(path)/main?recursive=true&per_page=4&page=1").json
            #expect(page["tree"]?.array?.count == 4)
            #expect(page["truncated"] == true)
            let rest = try await forge.root("GET", "\(path)/main?recursive=true&per_page=4&page=2").json
            #expect(rest["tree"]?.array?.count == 2)
            #expect(rest["truncated"] == false)

            let flat = try await forge.root("GET", "\(path)/main").json
            #expect(flat["tree"]?.array?.count == 3)
            let inner = flat["tree"]?.array?.first { $0["path"] == "a" }?["sha"]?.string ?? ""
            let folder = try await forge.root("GET", "\(path)/\(inner)").json
            #expect(folder["tree"]?.array?.compactMap { $0["path"]?.string } == ["b", "one.txt"])
            #expect(try await forge.root("GET", "\(path)/ffffffffff").status == 400)
        }
    }

    @Test func `ids are git's own`() async throws {
        try await Forge.run { forge in
            try await forge.write("hello.txt", "hello\n", to: "main")
            let file = try await forge.root("GET", "/repos/acme/widget/contents/hello.txt").json
            #expect(file["sha"] == "ce013625030ba8dba906f756967f9e9ca394464a")
        }
    }

    @Test func `a branch with a slash works encoded and plain`() async throws {
        try await Forge.run { forge in
            try await forge.branch("release/1.0")
            for name in ["release%2F1.0", "release/1.0"] {
                let answer = try await forge.root("GET", "/repos/acme/widget/branches/\(name)")
                #expect(answer.json["name"] == "release/1.0")
            }
        }
    }

    @Test func `an identical file that moved is renamed, a changed one is deleted and added`() async throws {
        try await Forge.run { forge in
            try await forge.write("old.txt", "stays\n", to: "main")
            try await forge.write("gone.txt", "one\n", to: "main")
            try await forge.branch("move")
            try forge.simulator.world.push(
                to: "move", of: "acme/widget", as: "alice",
                files: ["old.txt": nil, "new.txt": "stays\n", "gone.txt": nil, "fresh.txt": "two\n"])
            try await forge.call(
                "alice", "POST", "/repos/acme/widget/pulls", ["head": "move", "base": "main", "title": "move"])
            let files = try await forge.root("GET", "/repos/acme/widget/pulls/1/files").json.array ?? []
            let shown = files.map { "\($0["status"]?.string ?? "") \($0["filename"]?.string ?? "")" }
            #expect(shown == ["added fresh.txt", "deleted gone.txt", "renamed new.txt"])
            #expect(files.last?["previous_filename"] == nil)
            forge.simulator.world.version = ServerVersion("1.22.3")
            let told = try await forge.root("GET", "/repos/acme/widget/pulls/1/files").json.array ?? []
            #expect(told.last?["previous_filename"] == "old.txt")
        }
    }

    @Test func `everything that was made can be deleted`() async throws {
        try await Forge.run { forge in
            try await forge.open("one", file: "one.txt")
            #expect(try await forge.root("DELETE", "/orgs/acme").status == 500)
            #expect(try await forge.root("DELETE", "/repos/acme/widget").status == 204)
            #expect(try await forge.root("DELETE", "/teams/2").status == 204)
            #expect(try await forge.root("DELETE", "/orgs/acme").status == 204)
            #expect(try await forge.root("DELETE", "/admin/users/alice").status == 204)
            #expect(try await forge.root("GET", "/users/alice").status == 404)
            #expect(try await forge.root("GET", "/orgs/acme").status == 404)
        }
    }
}
