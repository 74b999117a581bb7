import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// Whether there is a policy cannot be told: silence is for where there provably was none, and for nowhere else.
@Suite(.simulatorOnly) struct WithoutPolicyStories {
    private static let qa = "version: 1\ngates:\n  qa-review: { require: qa }\n"

    private func look(_ number: Int, _ story: Story, _ service: Service) async throws {
        try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
        try await service.settle()
    }

    /// All that anybody reads of the organisation's repositories fails.
    private func outage(_ status: Int, _ story: Story) throws {
        try #require(story.simulator).faults.add(Fault(method: "GET", path: "*/orgs/acme*", kind: .status(status)))
        // What was answered before is not believed any more.
        story.clock.advance(by: 600)
    }

    private func posts(_ story: Story) throws -> Int {
        try #require(story.simulator).requests.all.count { $0.method == "POST" && $0.path.contains("/statuses/") }
    }

    /// One that is opened while it lasts, into a base of which it was proven for another one, is left alone, too.
    @Test func whatIsOpenedDuringAnOutage() async throws {
        try await Service.tell(policy: nil) { story, service in
            _ = try await story.pull()
            try await service.settle()
            try outage(502, story)
            let second = try await story.pull(file: "src/two.swift", branch: "feature/two")
            try await look(second, story, service)
            #expect(try await service.record(second).decision?.outcome == .undecided)
            #expect(try posts(story) == 0)
        }
    }

    /// The first policy has come; of two pull requests of one commit the one that may hold it cannot be decided.
    @Test func aSiblingThatNobodyCanDecide() async throws {
        try await Service.tell(policy: nil) { story, service in
            let held = try await story.pull()
            try await story.forge.branch("again", from: "feature/one", of: story.repository, as: story.dave)
            let other = try await story.forge.pull("Again", from: "again", of: story.repository, as: story.dave)
            try await service.settle()
            try await story.forge.review("REQUEST_CHANGES", held, of: story.repository, as: story.bob)
            try await story.approve(other, as: story.bob)
            try await story.forge.commit(
                [.create(".countersign.yml", Self.qa)], to: story.repository, branch: "main", as: story.keeper)
            service.loseDeliveries()
            // As often as one look asks.
            let simulator = try #require(story.simulator)
            simulator.faults.add(
                Fault(method: "GET", path: "*/contents/.countersign.yml", times: 3, kind: .status(502)))
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(held)))
            try await service.work()
            #expect(try await service.record(held).decision?.outcome == .undecided)
            #expect(try await service.summary(held).hasPrefix("error: "))
            try await look(held, story, service)
            #expect(try await service.summary(held).hasPrefix("failure: "))
        }
    }

    /// What makes a policy is there, and not all of it is shown to the service.
    @Test(arguments: [true, false]) func aFirstPolicyThatIsNotShown(_ isOrganizations: Bool) async throws {
        let rules = RepositoryName(owner: "acme", name: isOrganizations ? ".countersign" : "rules")
        let settings = GateSettings(deciding: DecidingSettings(allowedIncludes: [rules]))
        try await Service.tell(policy: nil, settings: settings) { story, service in
            let number = try await story.pull()
            try await service.settle()
            #expect(try await service.summary(number) == "nothing")
            try #require(story.simulator).faults.add(
                Fault(path: "/repos/\(rules)*", as: story.gate.login, kind: .status(404)))
            try await story.share(
                [isOrganizations ? "countersign.yml" : "base.yml": Self.qa], in: rules.name)
            if !isOrganizations {
                try await story.forge.commit(
                    [.create(".countersign.yml", Story.including("acme/rules:base.yml@main"))], to: story.repository,
                    branch: "main", as: story.keeper)
            }
            story.clock.advance(by: 600)
            try await look(number, story, service)
            let summary = try await service.summary(number)
            #expect(summary.hasPrefix("error: ") && summary.contains("\(rules)"), "\(summary)")
        }
    }

    /// A first policy longer than anything that is read, and what is no file where the organisation's would be: they are
    /// there, and it does not pass by itself.
    @Test(arguments: [true, false]) func aFirstPolicyThatNobodyCanRead(_ isOrganizations: Bool) async throws {
        try await Service.tell(policy: nil) { story, service in
            let number = try await story.pull()
            try await service.settle()
            #expect(try await service.summary(number) == "nothing")
            if isOrganizations {
                try await story.share(["countersign.yml/qa.yml": Self.qa], in: ".countersign")
            } else {
                let long = Self.qa + String(repeating: "# all that matters\n", count: 60_000)
                try await story.forge.commit(
                    [.create(".countersign.yml", long)], to: story.repository, branch: "main", as: story.keeper)
            }
            story.clock.advance(by: 600)
            try await look(number, story, service)
            let summary = try await service.summary(number)
            #expect(summary.hasPrefix("error: "), "\(summary)")
        }
    }

    /// That a protected branch has no policy says nothing of the others.
    @Test func anotherBranchWithoutAPolicy() async throws {
        try await Service.tell(policy: nil) { story, service in
            try await story.branch("release/1")
            try await story.forge.protect("release/1", of: story.repository, contexts: [], as: story.keeper)
            try await story.forge.commit(
                [.create(".countersign.yml", Self.qa)], to: story.repository, branch: "main", as: story.keeper)
            let release = try await story.pull(to: "release/1")
            let main = try await story.pull(file: "src/two.swift", branch: "feature/two")
            service.loseDeliveries()
            try await look(release, story, service)
            #expect(try await service.record(release).decision?.outcome == nil)
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(method: "GET", path: "*/contents/.countersign.yml", kind: .status(502)))
            try await look(main, story, service)
            #expect(try await service.summary(main).hasPrefix("error: "))
        }
    }

    /// The token of the directory has expired: whoever merges where there never was a policy goes around nothing.
    @Test func aMergeDuringAnOutage() async throws {
        let told = Mutex(0)
        var settings = GateSettings(commentsOnBypass: true)
        settings.tellOfBypass = { _ in told.withLock { $0 += 1 } }
        try await Service.tell(policy: nil, settings: settings) { story, service in
            let number = try await story.pull()
            try await service.settle()
            try outage(401, story)
            try await story.mergePastGates(number)
            try await service.settle()
            let record = try await service.record(number)
            #expect(record.state == .merged)
            #expect(try await service.store.bypass(record.repository, record.number) == nil)
            #expect(told.withLock { $0 } == 0)
            let comments = try #require(story.simulator).requests.all.count {
                $0.method == "POST" && $0.path.hasSuffix("/comments")
            }
            #expect(comments == 0)
        }
    }
}
