import GateForge
import GatePolicy
import GateStore
import Testing

@testable import GateService

/// What the last lists showed, by the names that repositories have now.
struct ListedPullsTests {
    private let pulls = ListedPulls()

    private func keep(_ repository: Int64, _ name: String, _ numbers: [Int64], _ milliseconds: Int64) throws {
        let name = RepositoryName(owner: "acme", name: name)
        let head = try #require(CommitID(String(repeating: "a", count: 40)))
        let snapshots = numbers.map { number in
            PullRequestSnapshot(
                repository: Repository(
                    id: repository, name: name, owner: Account(id: 1, login: "acme"), ownerIsOrganization: .known(true),
                    isPrivate: true, defaultBranch: "main"),
                pullRequest: PullRequest(
                    number: number, title: "Something", author: nil, head: head, headBranch: "one", baseBranch: "main"))
        }
        pulls.keep(repository, name, snapshots, at: Moment(milliseconds: milliseconds), seen: .zero)
    }

    private func listed(_ name: String, _ number: Int64 = 1) -> PullRequestSnapshot? {
        pulls[Subject(repository: RepositoryName(owner: "acme", name: name), number: number)]?.snapshot
    }

    @Test func aRepositoryThatWasRenamedHasOneName() throws {
        try keep(7, "widget", [1, 2], 1)
        #expect(listed("WIDGET")?.repository.id == 7, "names are the same in any case")
        try keep(7, "gadget", [1], 2)
        #expect(pulls.listed.map(\.name) == ["gadget"])
        #expect(listed("widget") == nil && listed("gadget") != nil && listed("gadget", 2) == nil)
        // Another one takes the name that is free: what is asked for under it is its own.
        try keep(8, "widget", [2], 3)
        #expect(listed("widget") == nil && listed("widget", 2)?.repository.id == 8)
        #expect(Set(pulls.listed.map(\.name)) == ["gadget", "widget"])
        // And back again, while the other one is called something else.
        try keep(8, "other", [2], 4)
        try keep(7, "widget", [1], 5)
        #expect(listed("widget")?.repository.id == 7 && listed("gadget") == nil)
        #expect(listed("other", 2)?.repository.id == 8)
    }
}
