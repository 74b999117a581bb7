import GatePolicy
import Testing

@testable import GateForge

/// The recorded answers as facts.
struct FactsTests {
    private let widget = RepositoryName(owner: "acme", name: "widget")
    private let alice = Account(id: 2, login: "alice")

    private func commit(_ text: String) throws -> CommitID { try #require(CommitID(text)) }

    /// A client of a forge that gives one recorded answer to everything.
    private func answering<Value: Sendable>(
        _ number: Int, _ body: (ForgeClient, CannedForge) async throws -> Value
    ) async throws -> Value {
        let answer = try Recordings.answer(number)
        return try await withForge({ $0.route == "/settings/api" ? .limits : answer }, body)
    }

    @Test func aPullRequest() async throws {
        let snapshot = try await answering(524) { [widget] in try await ($0.pullRequest(widget, 1), $1).0 }
        let pull = snapshot.pullRequest
        #expect(snapshot.repository.id == 1)
        #expect(snapshot.repository.name == widget)
        #expect(snapshot.repository.owner == Account(id: 15, login: "acme"))
        #expect(snapshot.repository.isPrivate)
        #expect(snapshot.repository.defaultBranch == "main")
        #expect(snapshot.repository.createdAt == Timestamp(seconds: 1_795_233_659))
        #expect(snapshot.repository.ownerIsOrganization.value == nil)
        #expect(pull.number == 1)
        #expect(pull.author == alice)
        #expect(pull.author?.isActive == nil)
        #expect(pull.head == CommitID("47bc05aba957b2f9e7d1d17924073f217f25085b"))
        #expect(pull.headBranch == "feature/one")
        #expect(pull.forkOwner == nil)
        #expect(pull.baseBranch == "main")
        #expect(pull.base == CommitID("681ee5e6991d06a3f71a3a15024db65bf3a16e34"))
        #expect(pull.mergeBase == CommitID("681ee5e6991d06a3f71a3a15024db65bf3a16e34"))
        #expect(pull.isOpen)
        #expect(!pull.isDraft)
    }

    @Test func aPullRequestFromAFork() async throws {
        let pull = try await answering(705) { [widget] client, _ in try await client.pullRequest(widget, 5) }
            .pullRequest
        #expect(pull.forkOwner == "alice")
        #expect(pull.headBranch == "from-fork")
    }

    /// Whoever may only read pushes to `refs/for/main`: the head is no branch of the repository's, and the forge shows the
    /// repository itself as its own.
    @Test func aPullRequestWithoutABranch() async throws {
        var answer = try Recordings.answer(524)
        answer.body = answer.body.replacing(#""label":"feature\/one""#, with: #""label":"""#)
            .replacing(#""ref":"feature\/one""#, with: #""ref":"refs\/pull\/1\/head""#)
        let agit = answer
        let pull = try await withForge({ _ in agit }) { [widget] client, _ in try await client.pullRequest(widget, 1) }
            .pullRequest
        #expect(pull.forkOwner == "alice")
        #expect(pull.headBranch == "refs/pull/1/head")
    }

    @Test func openPullRequests() async throws {
        let pulls = try await answering(714) { [widget] client, _ in try await client.openSnapshots(widget) }
            .map(\.pullRequest)
        #expect(pulls.map(\.number) == [6, 5, 4, 2])
        #expect(pulls.first?.forkOwner == "alice")
        #expect(pulls.first?.baseBranch == "staging")
    }

    @Test func reviewsWithHiddenDrafts() async throws {
        let (reviews, routes) = try await answering(570) { [widget] client, forge in
            (try await client.reviews(widget, 1), forge.routes.count)
        }
        #expect(reviews.map(\.id) == [1, 2, 3, 5, 6])
        #expect(reviews.map(\.state) == [.comment, .comment, .approved, .requestChanges, .approved])
        #expect(reviews.map(\.isDismissed) == [false, false, false, true, false])
        // Six are counted and five shown: the server's page size tells that the page was the last.
        #expect(routes == 2)
    }

    @Test func reviewsOfTeamsAndGhosts() async throws {
        let teams = try await answering(576) { [widget] client, _ in try await client.reviews(widget, 1) }
        #expect(teams.contains { $0.author == nil && $0.state == .requestReview })
        let ghosts = try await answering(776) { [widget] client, _ in try await client.reviews(widget, 4) }
        #expect(ghosts.map { $0.author?.id } == [-1, -1])
        #expect(ghosts.allSatisfy { $0.author?.isReal == false })
    }

    @Test func filesOfTheHead() async throws {
        let head = try commit("47bc05aba957b2f9e7d1d17924073f217f25085b")
        let files = try await answering(545) { [widget] client, _ in try await client.files(widget, 1, head: head) }
        #expect(files.files == [ChangedFile(path: "src/one.swift", additions: 1)])
        let other = try commit("681ee5e6991d06a3f71a3a15024db65bf3a16e34")
        try await answering(545) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.files(widget, 1, head: other) }
            #expect(kind == .moving("its files are now those of `47bc05aba9`"))
        }
    }

    @Test func commitsOfTheHead() async throws {
        let head = try commit("47bc05aba957b2f9e7d1d17924073f217f25085b")
        let commits = try await answering(546) { [widget] client, _ in
            try await client.commits(widget, 1, head: head)
        }
        #expect(commits.map(\.id) == [head])
        #expect(commits.first?.author == alice)
        #expect(commits.first?.parents == [try commit("681ee5e6991d06a3f71a3a15024db65bf3a16e34")])
        let other = try commit("681ee5e6991d06a3f71a3a15024db65bf3a16e34")
        try await answering(546) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.commits(widget, 1, head: other) }
            #expect(kind == .moving("its commits now begin with `47bc05aba957b2f9e7d1d17924073f217f25085b`"))
        }
    }

    @Test func theTimeline() async throws {
        let (rows, routes) = try await answering(598) { [widget] client, forge in
            (try await client.timeline(widget, 1), forge.routes)
        }
        let first = try commit("47bc05aba957b2f9e7d1d17924073f217f25085b")
        let second = try commit("d474916a2ecdcea080ccc2e3b2afcf894fe78f15")
        #expect(rows.map(\.id) == [1, 14])
        #expect(rows.map(\.actor) == [alice, alice])
        #expect(rows.map(\.event) == [.push(commits: [first], forced: false), .push(commits: [second], forced: false)])
        #expect(routes == ["GET /api/v1/repos/acme/widget/issues/1/timeline"])
    }

    @Test func labelsAndRetargetsInTheTimeline() async throws {
        let user = #""user":{"id":2,"login":"alice"},"created_at":"2026-11-21T04:01:07+08:00""#
        let rows = """
            [{"id":3,"type":"label","body":"","label":{"name":"hot"},\(user)},
             {"id":1,"type":"label","body":"1","label":{"name":"hot"},\(user)},
             {"id":2,"type":"change_target_branch","old_ref":"main","new_ref":"staging","user":null,"label":null,
              "created_at":"2026-11-21T04:01:07Z"},
             {"id":4,"type":"label","body":"1","label":null,\(user)}, {"id":5,"type":"something_new","label":null,\(user)}]
            """
        let entries = try await withForge({ _ in .json(rows) }) { [widget] client, _ in
            try await client.timeline(widget, 1)
        }
        #expect(
            entries.map(\.event) == [
                .labelAdded("hot"), .retarget(from: "main", to: "staging"), .labelRemoved("hot"),
            ])
        #expect(entries.map(\.actor) == [alice, nil, alice])
        #expect(entries[1].at.seconds - entries[0].at.seconds == 8 * 3600)
    }

    @Test func aPushThatCannotBeReadIsNotLeftOut() async throws {
        let row =
            #"[{"id":3,"type":"pull_push","body":"x","user":null,"label":null,"created_at":"2026-11-21T04:01:07Z"}]"#
        try await withForge({ _ in .json(row) }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.timeline(widget, 1) }
            #expect(kind == .malformed("the push in row 3 of the timeline cannot be read"))
        }
    }

    @Test func commentsComeAtOnce() async throws {
        let (comments, routes) = try await answering(692) { [widget] client, forge in
            (try await client.comments(widget, 4), forge.routes)
        }
        #expect(comments.count == 60)
        #expect(comments.map(\.id) == comments.map(\.id).sorted())
        #expect(routes == ["GET /api/v1/repos/acme/widget/issues/4/comments"])
    }

    @Test func newestStatuses() async throws {
        let sha = try commit("d474916a2ecdcea080ccc2e3b2afcf894fe78f15")
        let statuses = try await answering(632) { [widget] client, _ in try await client.statuses(widget, of: sha) }
        #expect(
            statuses.map { "\($0.id) \($0.context.prefix(14)) \($0.state.map(\.rawValue) ?? "-")" } == [
                "7 gates/security -", "8 gates/long success", "9 cccccccccccccc success", "10  success",
                "11 gates/url success", "12 gates/qa success",
            ])
        #expect(statuses.allSatisfy { $0.creator?.login == "bot-both" })
        let none = try await answering(635) { [widget] client, _ in try await client.statuses(widget, of: sha) }
        #expect(none.isEmpty)
    }
}
