import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI

/// What a commit shows, whatever others do to it.
@Suite(.simulatorOnly) struct PublishingStories {
    private func green(_ story: Story, _ service: Service) async throws -> Int {
        let number = try await story.pull()
        try await story.approve(number, as: story.bob)
        try await story.approve(number, as: story.carol)
        try await service.settle()
        #expect(try await service.summary(number).hasPrefix("success"))
        return number
    }

    @Test func aForgedGreenIsOverwrittenAndThenCalledForged() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            for turn in 1...3 {
                try await story.post("success", "countersign: main", on: number, as: story.dave)
                try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
                try await service.settle()
                let expected = turn < 3 ? "pending: waiting: " : "error: status forged by @dave"
                #expect(try await service.summary(number).hasPrefix(expected), "turn \(turn)")
            }
            let record = try await service.record(number)
            let forged = try await service.store.foreignStatuses(record.repository)
            #expect(forged.count == 3)
            #expect(!forged.contains { !$0.isFavourable })
            // It stays so whatever else is posted, and although everybody signs, until somebody clears it.
            _ = try await service.store.record(
                (1...200).map { extra in
                    ForeignStatus(
                        row: 1_000_000 + extra, number: record.number, head: record.head, context: "countersign: main",
                        state: .error, description: "", creator: nil, isFavourable: false, at: service.gate.now())
                }, of: record.repository)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            #expect(
                try await service.summary(number)
                    == "error: status forged by @dave: push, or an operator runs `countersign forget \(story.repository)#\(number)`"
            )
            #expect(
                try await service.store.clearForeignStatuses(
                    record.repository, number: record.number, at: service.gate.now()) > 3)
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    /// The forge numbers the statuses of each commit from 1: what was posted on one hides nothing on another.
    @Test func forgedGreensOfTwoCommits() async throws {
        try await Service.tell { story, service in
            let name = try #require(RepositoryName(story.repository))
            var numbers = [try await story.pull()]
            try await story.branch("feature/two")
            try await story.push("src/two.swift", to: "feature/two", as: story.alice)
            numbers.append(
                try await story.forge.pull("Two", from: "feature/two", of: story.repository, as: story.alice))
            try await service.settle()
            for turn in 1...3 {
                for number in numbers {
                    try await story.post("success", "countersign: main", on: number, as: story.dave)
                    try await service.gate.refire(name, .pull(Int64(number)))
                    try await service.settle()
                    let expected = turn < 3 ? "pending: waiting: " : "error: status forged by @dave"
                    #expect(try await service.summary(number).hasPrefix(expected), "turn \(turn) of #\(number)")
                }
            }
            let record = try await service.record(numbers[0])
            #expect(try await service.store.foreignStatuses(record.repository).count == 6)
        }
    }

    /// An outage is nobody's business where there never was a policy.
    @Test func nothingIsPostedWhereThereNeverWasAPolicy() async throws {
        try await Service.tell(policy: nil) { story, service in
            let number = try await story.pull()
            try await service.settle()
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(method: "GET", path: "*/orgs/acme*", kind: .status(502)))
            story.clock.advance(by: 600)
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(try await service.record(number).decision?.outcome == .undecided)
            #expect(!simulator.requests.all.contains { $0.method == "POST" && $0.path.contains("/statuses/") })
            simulator.faults.clear()
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(!simulator.requests.all.contains { $0.method == "POST" && $0.path.contains("/statuses/") })
        }
    }

    /// A mark is the commit's: whichever pull request of it an operator names, it is cleared.
    @Test(arguments: [true, false]) func aMarkThatAnotherPullRequestLeft(_ isClosed: Bool) async throws {
        try await Service.tell { story, service in
            let name = try #require(RepositoryName(story.repository))
            let first = try await story.pull()
            try await service.settle()
            for _ in 1...3 {
                try await story.post("success", "countersign: main", on: first, as: story.dave)
                try await service.gate.refire(name, .pull(Int64(first)))
                try await service.settle()
            }
            if isClosed {
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/pulls/\(first)", as: story.alice, ["state": "closed"])
            } else {
                try await story.forge.branch("again", from: "feature/one", of: story.repository, as: story.dave)
            }
            let second = try await story.forge.pull(
                "Again", from: isClosed ? "feature/one" : "again", of: story.repository, as: story.dave)
            try await service.settle()
            #expect(try await service.summary(second).hasPrefix("error: status forged by @dave"))
            let standing = try await service.store.standingForeignStatuses(limit: 10)
            #expect(Set(standing.map(\.status.number)) == [Int64(isClosed ? second : first)])
            let subject = Subject(repository: name, number: Int64(second))
            #expect(try await service.store.forget("\(subject)", now: service.gate.now()) != nil)
            #expect(try await service.store.standingForeignStatuses(limit: 10).isEmpty)
            let siblings = try await service.store.openSiblings(of: subject)
            #expect(siblings == (isClosed ? [second] : [first, second]).map(Int64.init))
            for number in siblings { try await service.gate.refire(name, .pull(number)) }
            try await service.settle()
            #expect(try await service.summary(second).hasPrefix("pending: "))
        }
    }

    /// A look before a green that took long to come is taken again: another check may know better by then.
    @Test func theLookBeforeAGreenIsNoOlderThanASecond() async throws {
        try await Service.tell { story, service in
            let number = try await service.lastApprovalHeard()
            let simulator = try #require(story.simulator)
            let head = try await story.forge.head(of: number, story.repository)
            let isSlow = Mutex(true)
            simulator.beforeResponse = { record, _ in
                guard record.method == "POST", record.path.hasSuffix("/statuses/\(head)"),
                    isSlow.withLock({ isSlow in
                        defer { isSlow = false }
                        return isSlow
                    })
                else { return }
                story.clock.advance(by: 5)
                try? await story.post("failure", "countersign: main", on: number, as: story.gate)
            }
            simulator.requests.reset()
            try await service.work()
            simulator.beforeResponse = nil
            let calls = simulator.requests.all.filter { $0.login == story.gate.login }.map(\.pattern)
            let posts = calls.indices.filter { calls[$0] == "POST /repos/*/statuses/*" }
            // The gate's, the other check's, and then nothing before another look.
            try #require(posts.count >= 3, "\(calls)")
            #expect(calls[posts[1]..<posts[2]].contains("GET /repos/*/commits/*/status"), "\(calls)")
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    @Test func noWarsOverWhatIsNotMoreFavourable() async throws {
        try await Service.tell { story, service in
            let number = try await green(story, service)
            for _ in 1...6 {
                try await story.post("failure", "countersign: main", on: number, as: story.dave)
                try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
                try await service.settle()
            }
            #expect(try await service.summary(number) == "failure: it is fine")
            let record = try await service.record(number)
            #expect(record.decision?.statuses.contains { $0.result == .left } == true)
        }
    }

    @Test func aNewHeadIsPendingBeforeAnythingElse() async throws {
        try await Service.tell { story, service in
            let number = try await green(story, service)
            let old = try await story.forge.head(of: number, story.repository)
            try await story.push("src/two.swift", as: story.alice)
            let log = try #require(story.simulator).requests
            log.reset()
            try await service.settle()
            let calls = log.all.filter { $0.path.contains("/pulls/") || $0.path.contains("/statuses/") }
            #expect(calls.prefix(2).map(\.method) == ["GET", "POST"], "\(calls.map(\.path))")
            #expect(try await service.summary(number).hasPrefix("pending: "))
            let before = try await story.forge.statuses(on: old, of: story.repository)
            #expect(before["countersign: main"]?.0 == "pending")
            #expect(before["countersign: main"]?.1 == "not the head of an open pull request into main")
        }
    }

    @Test func aRetargetedGreenDoesNotStay() async throws {
        try await Service.tell { story, service in
            let number = try await green(story, service)
            try await story.branch("next")
            try await story.forge.retarget(number, to: "next", of: story.repository, as: story.alice)
            try await service.settle()
            let shown = try await service.statuses(number)
            let left = try #require(shown["countersign: main"])
            #expect(left.0 == "pending")
            #expect(left.1 == "not the head of an open pull request into main", "it is one of another base")
            #expect(shown["countersign: next"] != nil)
        }
    }

    @Test func aClosedPullRequestKeepsNoGreen() async throws {
        try await Service.tell { story, service in
            let number = try await green(story, service)
            let path = "/repos/\(story.repository)/pulls/\(number)"
            try await story.forge.must(.PATCH, path, as: story.alice, ["state": "closed"])
            try await service.settle()
            #expect(try await service.summary(number) == "pending: not the head of an open pull request into main")
            try await story.forge.must(.PATCH, path, as: story.alice, ["state": "open"])
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    @Test func twoPullRequestsWithOneHeadShowTheLessFavourable() async throws {
        try await Service.tell { story, service in
            let number = try await green(story, service)
            try await story.forge.branch("feature/again", from: "feature/one", of: story.repository, as: story.dave)
            let second = try await story.forge.pull(
                "The same again", from: "feature/again", of: story.repository, as: story.dave)
            try await service.settle()
            let shown = try await service.summary(number)
            #expect(shown.hasPrefix("pending: held by #\(second), same commit"), "\(shown)")
            // Whoever is looked at, the commit shows the same: nobody posts over anybody.
            let log = try #require(story.simulator).requests
            log.reset()
            for one in [number, second] {
                try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(one)))
            }
            try await service.settle()
            #expect(!log.all.contains { $0.method == "POST" })
        }
    }

    /// No gate asks for comments, and those of one of two that share a commit cannot be read: nobody waits for them.
    @Test func unreadableCommentsOfASharedHead() async throws {
        try await Service.tell(policy: "version: 1\ngates:\n  review: { require: qa }\n") { story, service in
            let simulator = try #require(story.simulator)
            let number = try await story.pull()
            try await story.forge.branch("feature/again", from: "feature/one", of: story.repository, as: story.dave)
            let second = try await story.forge.pull(
                "The same again", from: "feature/again", of: story.repository, as: story.dave)
            simulator.faults.add(Fault(method: "GET", path: "*/issues/\(second)/comments", kind: .status(413)))
            try await service.settle()
            for one in [number, second] { try await story.approve(one, as: story.bob) }
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            let log = simulator.requests
            log.reset()
            story.clock.advance(by: 10)
            try await service.settle()
            #expect(log.all.isEmpty, "it is looked at again and again: \(log.all.map(\.path))")
        }
    }

    @Test func aMergeByForceIsRecorded() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await story.mergePastGates(number)
            try await service.settle()
            let record = try await service.record(number)
            #expect(record.state == .merged)
            let merge = try #require(try await service.store.merge(record.repository, record.number))
            #expect(merge.by?.login == story.keeper.login)
            let bypasses = try await service.store.bypasses()
            #expect(bypasses.map(\.kind) == [.merge])
            #expect(bypasses.first?.gates == ["qa-review", "security-review"])
        }
    }

    /// The list of open pull requests shows that the branch moved.
    @Test func aPushWhoseDeliveryIsLostIsRecorded() async throws {
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        try await Service.tell(settings: settings) { story, service in
            let number = try await green(story, service)
            _ = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await service.settle()
            try await service.reconcile()
            _ = try await story.forge.merge(number, of: story.repository, as: story.alice)
            service.loseDeliveries()
            try await service.reconcile()
            #expect(try await service.store.bypasses().isEmpty, "a merged pull request is none")
            try await story.forge.commit(
                [.create("other.md", "hello\n")], to: story.repository, branch: "main", as: story.keeper)
            service.loseDeliveries()
            try await service.reconcile()
            #expect(try await service.store.bypasses().map(\.kind) == [.push])
        }
    }

    @Test func aPushPastPullRequestsIsRecorded() async throws {
        try await Service.tell { story, service in
            let number = try await green(story, service)
            try await story.forge.commit(
                [.create("first.md", "hello\n")], to: story.repository, branch: "main", as: story.keeper)
            try await service.settle()
            #expect(try await service.store.bypasses().isEmpty, "the first look has nothing to compare with")
            _ = try await story.forge.merge(number, of: story.repository, as: story.alice)
            try await service.settle()
            #expect(try await service.store.bypasses().isEmpty, "a merged pull request is none")
            try await story.forge.commit(
                [.create("other.md", "hello\n")], to: story.repository, branch: "main", as: story.keeper)
            try await service.settle()
            let bypasses = try await service.store.bypasses()
            #expect(bypasses.map(\.kind) == [.push])
            #expect(bypasses.first?.gates == ["qa-review", "security-review"])
        }
    }
}
