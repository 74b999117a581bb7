import Testing

@testable import GatePolicy

/// Facts without what came after a moment.
@Suite struct PastTests {
    private static let merge = Timestamp(seconds: 100)
    private static let bob = Account(id: 2, login: "bob")

    private func facts() throws -> Facts {
        let head = try #require(CommitID(String(repeating: "a", count: 40)))
        let repository = Repository(
            id: 7, name: RepositoryName(owner: "acme", name: "widget"), owner: Account(id: 9, login: "acme"),
            ownerIsOrganization: .known(true), isPrivate: true, defaultBranch: "main",
            createdAt: Timestamp(seconds: 1))
        let pull = PullRequest(
            number: 3, title: "Add one", author: Account(id: 1, login: "alice"), head: head, headBranch: "topic",
            baseBranch: "main", labels: ["Risk", "kept"])
        return Facts(now: Timestamp(seconds: 1000), repository: repository, pullRequest: pull)
    }

    private func review(_ id: Int64, _ at: Int64, updated: Int64? = nil) -> Review {
        Review(
            id: id, author: Self.bob, state: .approved, commit: nil, submittedAt: Timestamp(seconds: at),
            updatedAt: updated.map { Timestamp(seconds: $0) })
    }

    @Test func whatCameLaterIsLeftOut() throws {
        var facts = try facts()
        facts.reviews = .known([review(1, 99), review(2, 100), review(3, 101)])
        facts.comments = .known(
            [100, 101].map {
                Comment(
                    id: $0, author: Self.bob, body: "", createdAt: Timestamp(seconds: $0),
                    updatedAt: Timestamp(seconds: $0))
            })
        let before = facts.before(Self.merge)
        #expect(before.reviews?.value?.map(\.id) == [1, 2])
        #expect(before.comments?.value?.map(\.id) == [100])
    }

    @Test func aReviewThatChangedLaterLeavesTheReviewsUnknown() throws {
        var facts = try facts()
        facts.reviews = .known([review(1, 99), review(2, 98, updated: 101)])
        #expect(facts.before(Self.merge).reviews?.value == nil)
        #expect(facts.before(Timestamp(seconds: 101)).reviews == facts.reviews)
    }

    /// Its text at the merge is told by nobody: it may have been the approval that was given then.
    @Test func aCommentThatWasEditedLaterLeavesTheCommentsUnknown() throws {
        func comment(_ author: Account?, _ at: Int64, _ edited: Int64) -> GatePolicy.Comment {
            GatePolicy.Comment(
                id: at, author: author, body: "LGTM", createdAt: Timestamp(seconds: at),
                updatedAt: Timestamp(seconds: edited))
        }
        var facts = try facts()
        facts.comments = .known([comment(Self.bob, 97, 97), comment(Self.bob, 98, 101)])
        guard case .unknown(let unknown)? = facts.before(Self.merge).comments else {
            Issue.record("the comments are known")
            return
        }
        #expect(unknown.subject == "what the comments said before the merge")
        #expect(unknown.reason == "comment #98 was edited after it")
        // Edited before, written after, or by whom no word counts: all is known.
        let service = Account(id: 9, login: "gate")
        facts.serviceAccount = service
        facts.comments = .known([
            comment(Self.bob, 97, 100), comment(Self.bob, 101, 102), comment(service, 98, 101), comment(nil, 99, 101),
        ])
        #expect(facts.before(Self.merge).comments?.value?.map(\.id) == [97, 98, 99])
    }

    @Test func labelsAreThoseOfThen() throws {
        var facts = try facts()
        let rows: [(Int64, TimelineEntry.Event)] = [
            (50, .labelAdded("kept")), (101, .labelAdded("risk")), (102, .labelRemoved("gone")),
        ]
        facts.timeline = .known(
            rows.map { TimelineEntry(id: $0.0, actor: Self.bob, at: Timestamp(seconds: $0.0), event: $0.1) })
        let before = facts.before(Self.merge)
        #expect(before.pullRequest.labels == ["kept", "gone"])
        #expect(before.timeline?.value?.map(\.id) == [50])
    }

    @Test func whatIsNotKnownStaysSo() throws {
        #expect(try facts().before(Self.merge) == facts())
    }
}
