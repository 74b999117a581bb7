import Foundation
import GatePolicy
import GateStore
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GateService
@testable import GateWeb
@testable import GiteaSimulator

/// Merges around the gates are kept for whoever asks later: who, when, which head, and what was missing.
@Suite(.simulatorOnly) struct BypassStories {
    /// How it went in without being green.
    enum Way: CaseIterable, Sendable {
        case byForce, byHand, byHandUnheard

        var isHeard: Bool { self != .byHandUnheard }
    }

    /// What the forge makes of a pushed head: a pull request that was merged by hand, whatever its checks say.
    private func mergeByHand(_ number: Int, _ story: Story) throws -> String {
        let world = try #require(story.simulator).world
        return try world.update { state in
            let pull = try #require(state.pulls.values.first { $0.number == number })
            let head = state.headSHA(of: pull)
            let doer = story.keeper.id
            let (base, now) = ((state.mergeBase(of: pull), state.baseSHA(of: pull)), state.now)
            state.pulls[pull.id]?.mergedBase = base.0
            state.pulls[pull.id]?.mergedBaseSHA = base.1
            state.push(pull.repository, pull.base, to: head, doer: doer)
            state.pulls[pull.id]?.mergedAt = now
            state.pulls[pull.id]?.mergedBy = doer
            state.pulls[pull.id]?.mergeCommit = head
            state.pulls[pull.id]?.isClosed = true
            state.pulls[pull.id]?.closedAt = now
            state.pulls[pull.id]?.updated = now
            state.addRow(pull.id, "merge_pull", by: doer)
            state.tellPull(pull.id, action: "closed", type: "pull_request", by: doer)
            return head
        }
    }

    @Test(arguments: Way.allCases) func isKeptShownAndTold(_ way: Way) async throws {
        let told = Mutex<[Bypass]>([])
        var settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        settings.tellOfBypass = { bypass in told.withLock { $0.append(bypass) } }
        try await PageStories.tell(settings: settings) { story, service, web in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending: waiting: security-review"))
            let head = try await story.forge.head(of: number, story.repository)
            let merged = Timestamp(seconds: Int64(story.clock.now.timeIntervalSince1970))
            switch way {
            case .byForce:
                try await story.mergePastGates(number)
            case .byHand, .byHandUnheard: #expect(try mergeByHand(number, story) == head)
            }
            if way.isHeard {
                try await service.settle()
            } else {
                service.loseDeliveries()
                try await service.reconcile(after: 301)
            }
            let record = try await service.record(number)
            #expect(record.state == .merged)
            let merge = try #require(try await service.store.merge(record.repository, record.number))
            #expect(merge.head.text == head && merge.by?.id == Int64(story.keeper.id) && merge.at.timestamp == merged)
            #expect(merge.decision.openGates == ["security-review"])
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.kind == .merge && bypass.commit.text == head && bypass.gates == ["security-review"])
            #expect(bypass.by?.login == story.keeper.login && bypass.at.timestamp == merged)
            #expect(told.withLock { $0.filter { $0.kind == .merge } } == [bypass])
            let shown = try await web.application(.operators).test(.router) { client in
                try await client.execute(uri: "/\(story.repository)/pulls/\(number)", method: .get) {
                    String(buffer: $0.body)
                }
            }
            let exact = Date(timeIntervalSince1970: Double(merged.seconds)).formatted(.iso8601)
            for text in [
                "keeper merged <code>\(head.prefix(10))</code> into <code>main</code>", exact,
                "; without <code>security-review</code>", "It was merged around the gates",
            ] {
                #expect(shown.contains(text), "\(text)")
            }
        }
    }

    /// What holds a commit whose own verdict passes.
    enum Hold: CaseIterable, Sendable { case sibling, forgery, blindness, unposted, closure }

    /// The forge lets in by what it shows: a verdict that passed was not what let it in.
    @Test(arguments: Hold.allCases) func thoughItsVerdictPassed(_ hold: Hold) async throws {
        try await Service.tell(settings: GateSettings(commentsOnBypass: true)) { story, service in
            let number = try await story.pull()
            let isSignedFirst = [.sibling, .blindness, .closure].contains(hold)
            if isSignedFirst { for person in [story.bob, story.carol] { try await story.approve(number, as: person) } }
            try await service.settle()
            let shown: String
            switch hold {
            case .sibling:
                try await story.forge.branch("again", from: "feature/one", of: story.repository, as: story.dave)
                let other = try await story.forge.pull("Same", from: "again", of: story.repository, as: story.dave)
                shown = "held by #\(other), same commit"
            case .forgery:
                for _ in 0..<3 {
                    try await story.post("success", "countersign: main", on: number, as: story.dave)
                    try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
                    try await service.settle()
                }
                for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
                shown = "status forged by @dave"
            case .blindness:
                story.simulator?.faults.add(
                    Fault(path: "/repos/\(story.repository)/pulls/\(number)", as: story.gate.login, kind: .status(502)))
                try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
                for _ in 0..<4 { try await service.reconcile(after: 61) }
                story.simulator?.faults.clear()
                shown = "cannot be read"
            case .unposted:
                let head = try await story.forge.head(of: number, story.repository)
                story.simulator?.faults.add(
                    Fault(
                        method: "POST", path: "/repos/\(story.repository)/statuses/\(head)", as: story.gate.login,
                        kind: .status(502)))
                for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
                try await service.settle()
                story.simulator?.faults.clear()
                shown = "could not be posted"
            case .closure:
                let path = "/repos/\(story.repository)/pulls/\(number)"
                try await story.forge.must(.PATCH, path, as: story.alice, ["state": "closed"])
                try await service.settle()
                shown = "not the head of an open pull request"
                #expect(try await service.summary(number).contains(shown))
                try await story.forge.must(.PATCH, path, as: story.alice, ["state": "open"])
                service.loseDeliveries()
            }
            if hold == .unposted {
                #expect(try await service.summary(number).hasPrefix("pending"))
            } else {
                if hold != .blindness, hold != .closure { try await service.settle() }
                #expect(try await service.summary(number).contains(shown))
            }
            story.clock.advance(by: 5)
            try await story.mergePastGates(number)
            try await service.settle()
            try await service.reconcile(after: 301)
            let record = try await service.record(number)
            #expect(try await service.store.merge(record.repository, record.number)?.decision.outcome == .approved)
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.gates == [] && bypass.summary.contains(shown), "\(bypass)")
            let said = try await story.forge.must(.GET, "/repos/\(story.repository)/issues/\(number)/comments").array
            #expect(said?.map { $0["body"]?.string } == ["Merged although its status was not green."])
        }
    }

    /// A green whose words could not be renewed is green.
    @Test func aTextThatCouldNotBeRenewedIsNone() async throws {
        let policy = """
            version: 1
            gates:
              first: { require: qa }
              second: { when: 'not label("small" by qa)', require: security }
            """
        try await Service.tell(policy: policy) { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            let green = try await service.summary(number)
            #expect(green.hasPrefix("success"))
            let head = try await story.forge.head(of: number, story.repository)
            story.simulator?.faults.add(
                Fault(
                    method: "POST", path: "/repos/\(story.repository)/statuses/\(head)", as: story.gate.login,
                    kind: .status(502)))
            let small = try await story.label("small")
            try await story.label(number, small, as: story.bob)
            try await service.settle()
            story.simulator?.faults.clear()
            #expect(try await service.record(number).decision?.summaryStatus?.stands == false)
            #expect(try await service.summary(number) == green)
            story.clock.advance(by: 5)
            _ = try await story.forge.merge(number, of: story.repository, as: story.alice)
            try await service.settle()
            try await service.reconcile(after: 301)
            let record = try await service.record(number)
            #expect(try await service.store.merge(record.repository, record.number)?.decision.outcome == .approved)
            #expect(try await service.store.bypass(record.repository, record.number) == nil)
        }
    }

    /// A red that the forge took, though its answer was lost, stands until a green is posted over it.
    @Test func pastARedWhoseAnswerWasLost() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            let head = try await story.forge.head(of: number, story.repository)
            let path = "/repos/\(story.repository)/statuses/\(head)"
            func lose(_ takesEffect: Bool) {
                story.simulator?.faults.clear()
                story.simulator?.faults.add(
                    Fault(
                        method: "POST", path: path, as: story.gate.login, kind: .status(502), takesEffect: takesEffect))
            }
            lose(true)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("failure"))
            lose(false)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            try await service.reconcile(after: 61)
            story.simulator?.faults.clear()
            #expect(try await service.summary(number).hasPrefix("failure"))
            story.clock.advance(by: 5)
            try await story.mergePastGates(number)
            try await service.settle()
            try await service.reconcile(after: 301)
            let record = try await service.record(number)
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.gates == [] && bypass.summary.contains("could not be posted"), "\(bypass)")
        }
    }

    /// What a commit shows after its merge does not say what it was merged by.
    @Test func whatIsShownSinceIsNone() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            _ = try await story.forge.merge(number, of: story.repository, as: story.alice)
            story.simulator?.faults.add(
                Fault(path: "/repos/\(story.repository)/pulls/\(number)", as: story.gate.login, kind: .status(502)))
            try await service.hear()
            for _ in 0..<4 { try await service.reconcile(after: 61) }
            #expect(try await service.summary(number).contains("cannot be read"))
            story.simulator?.faults.clear()
            try await service.reconcile(after: 901)
            let record = try await service.record(number)
            #expect(try await service.store.merge(record.repository, record.number)?.decision.outcome == .approved)
            #expect(try await service.store.bypass(record.repository, record.number) == nil)
        }
    }

    /// What a merge is judged by is over: it says nothing of the branch as it is now.
    @Test func theFirstPolicyBesideAnotherPullRequest() async throws {
        try await Service.tell(policy: nil) { story, service in
            let name = try #require(RepositoryName(story.repository))
            try await story.forge.commit(
                [.create(".countersign.yml", Story.policy)], to: story.repository, branch: "main",
                newBranch: "feature/law", as: story.alice)
            let law = try await story.forge.pull(
                "A law", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            let other = try await story.pull()
            try await service.settle()
            // Nobody saw its last commit while it was open.
            try await story.forge.commit(
                [.create("more.md", "more\n")], to: story.repository, branch: "feature/law", as: story.alice)
            _ = try await story.forge.merge(law, of: story.repository, as: story.alice)
            service.loseDeliveries()
            for number in [other, law] {
                try await service.gate.refire(name, .pull(Int64(number)))
                try await service.work()
            }
            #expect(try await service.record(law).state == .merged)
            #expect(try await service.store.repositories().map(\.state) == [.managed])
            #expect(try await service.store.bypasses() == [])
        }
    }

    /// `countersign forget` holds, although the merge that took the policy away is recorded after it.
    @Test func thePolicyThatWasForgottenBeforeItsMergeWasSeen() async throws {
        try await Service.tell { story, service in
            let name = try #require(RepositoryName(story.repository))
            try await story.forge.commit(
                [.delete(".countersign.yml")], to: story.repository, branch: "main", newBranch: "feature/law",
                as: story.alice)
            let law = try await story.forge.pull(
                "No law", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            let other = try await story.pull()
            try await service.settle()
            try await story.mergePastGates(law)
            service.loseDeliveries()
            #expect(try await service.store.forget(name))
            for number in [law, other] {
                try await service.gate.refire(name, .pull(Int64(number)))
                try await service.work()
            }
            let record = try await service.record(law)
            #expect(try await service.store.bypass(record.repository, record.number)?.gates.contains("policy") == true)
            #expect(try await !service.store.wasManaged("main", of: record.repository))
            #expect(try await !service.summary(other).hasPrefix("error"))
        }
    }

    /// The policy was taken away, and somebody merges past the error that this is.
    @Test func pastAPolicyThatIsGone() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await story.forge.commit(
                [.delete(".countersign.yml")], to: story.repository, branch: "main", as: story.keeper)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("error: "))
            try await story.mergePastGates(number)
            try await service.settle()
            let record = try await service.record(number)
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.summary.contains("had a policy for `main`, and it is gone"), "\(bypass)")
            #expect(try await service.store.merge(record.repository, record.number) != nil)
        }
    }

    /// What was approved, changed and merged by force before anybody looked is no pass, though the branch holds all of it.
    @Test func whatWasPushedAfterTheApprovalsIsSeen() async throws {
        try await PageStories.tell(settings: GateSettings(repositories: try RepositorySelection(["acme/*"]))) {
            story, service, _ in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            try await story.push("src/late.swift", as: story.alice)
            try await story.mergePastGates(number)
            service.loseDeliveries()
            try await service.reconcile(after: 301)
            let record = try await service.record(number)
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.gates == ["qa-review", "security-review"])
        }
    }

    /// Whoever asks later who signed finds what there was to see, and judges it again without the forge.
    @Test func whatAMergeWasJudgedByIsKept() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            let subject = "\(story.repository)#\(number)"
            let name = try #require(RepositoryName(story.repository))
            try await RunningService.run(story) { running in
                let door = ["COUNTERSIGN_CONTROL_SOCKET": running.socket]
                try await running.assembly.gates.current.refire(name, .repository)
                try await running.step()
                let open = try await story.run(["facts", subject, "--merged"], environment: door)
                #expect(open.exitStatus == CountersignCLI.ExitStatus.usage.rawValue)
                #expect(open.told.contains("the service kept no facts of `acme/widget#1`: it did not see it merged"))
                _ = try await story.forge.merge(number, of: story.repository, as: story.alice)
                try await running.assembly.gates.current.refire(name, .pull(Int64(number)))
                try await running.step()
                story.simulator?.requests.reset()
                let kept = try await story.run(["facts", subject, "--merged"], environment: door)
                #expect(kept.exitStatus == 0, "\(kept.told)")
                let explained = try await story.run(
                    ["explain", "--facts", "facts.json", "--policy", "policy.yml"],
                    files: [
                        "facts.json": await running.assembly.answer(.merged, subject).text, "policy.yml": Story.policy,
                    ])
                #expect(explained.exitStatus == 0, "\(explained.told)")
                let other = ["facts", subject, "--merged", "--policy", "policy.yml"]
                #expect(try await story.run(other, environment: door).exitStatus == 64)
                for signer in ["bob", "carol"] { #expect(explained.told.contains(signer), "\(explained.told)") }
                #expect(story.simulator?.requests.all.isEmpty == true)
            }
        }
    }

    /// The policy that a merge brought, or took away, does not say whether it went around the gates.
    @Test(arguments: [
        nil, "version: 1\npolicy: { require: nobody }\ngates:\n  qa-review: { when: fork, require: qa }\n",
    ])
    func aMergeThatBringsItsOwnPolicy(_ policy: String?) async throws {
        try await Service.tell { story, service in
            let path = ".countersign.yml"
            try await story.forge.commit(
                [policy.map { .update(path, $0) } ?? .delete(path)], to: story.repository, branch: "main",
                newBranch: "feature/law", as: story.alice)
            let number = try await story.forge.pull(
                "A law of my own", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            try await service.settle()
            try await story.mergePastGates(number)
            try await service.settle()
            let record = try await service.record(number)
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.gates.contains("policy"))
        }
    }

    /// What cannot be read of a merge that had passed is tried a few times, and then the merge is recorded with what is known.
    @Test func aMergeOfWhichNothingCanBeRead() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            _ = try await story.forge.merge(number, of: story.repository, as: story.alice)
            let record = try await service.record(number)
            story.simulator?.faults.add(
                Fault(
                    path: "/repos/\(story.repository)/pulls/\(number)/reviews", as: story.gate.login, kind: .status(503)
                ))
            try await service.settle()
            #expect(try await service.store.merge(record.repository, record.number) == nil, "it is tried again")
            try await service.reconcile(after: 301)
            try await service.reconcile(after: 301)
            try await service.reconcile(after: 301)
            #expect(try await service.store.merge(record.repository, record.number)?.decision.openGates == [])
            let facts = try #require(try await service.store.facts(ofMerge: record.repository, record.number))
            #expect(facts.reviews != nil && facts.reviews?.value == nil, "that they are not known is kept, too")
            #expect(try await service.store.bypass(record.repository, record.number) == nil)
        }
    }

    /// A merge that was green is none, and a hundred later ones push nothing from the page.
    @Test func whatWasGreenIsNone() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            _ = try await story.forge.merge(number, of: story.repository, as: story.alice)
            try await service.settle()
            let record = try await service.record(number)
            var merge = try #require(try await service.store.merge(record.repository, record.number))
            #expect(merge.decision.openGates == [])
            #expect(try await service.store.bypass(record.repository, record.number) == nil)
            var other = Bypass(
                kind: .merge, repository: RepositoryName(owner: "acme", name: "widget"), number: 1000, branch: "main",
                commit: record.head, by: nil, at: service.gate.now(), gates: [], summary: "")
            for index in 1000..<1150 {
                other.number = Int64(index)
                other.at = service.gate.now() + .seconds(index)
                merge.number = Int64(index)
                _ = try await service.store.record(merge, of: record.repository, facts: nil, bypass: other)
            }
            #expect(try await service.store.bypass(record.repository, 1000)?.number == 1000)
        }
    }
}
