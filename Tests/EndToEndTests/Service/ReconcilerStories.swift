import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// What no webhook tells is found by looking again.
@Suite(.simulatorOnly) struct ReconcilerStories {
    private func settings() throws -> GateSettings {
        GateSettings(repositories: try RepositorySelection(["acme/*", "!acme/sandbox"]))
    }

    @Test func withoutAnyWebhookEverythingIsFound() async throws {
        try await Service.tell(settings: settings()) { story, service in
            let number = try await story.pull()
            try await service.reconcile()
            #expect(try await service.summary(number).hasPrefix("pending: waiting: "))
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            service.loseDeliveries()
            try await service.reconcile()
            #expect(try await service.summary(number) == "success: passed: qa-review, security-review")
        }
    }

    /// Nothing changed, whichever policy there is or is not: the list makes nothing due.
    @Test(arguments: [nil, "version: 1\ngates:\n  qa: { requires: qa }\n", Story.policy])
    func aListThatShowsNothingNew(_ policy: String?) async throws {
        try await Service.tell(policy: policy, settings: settings()) { story, service in
            _ = try await story.pull()
            try await story.forge.commit(
                [policy == nil ? .create("b.txt", "b\n") : .update(".countersign.yml", Story.policy + "# more\n")],
                to: story.repository, branch: "main", newBranch: "feature/law", as: story.alice)
            _ = try await story.forge.pull(
                "Mend it", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            try await service.settle()
            try await service.reconcile()
            story.clock.advance(by: 61)
            await service.gate.reconcile()
            let backlog = try await service.store.backlog(service.gate.now())
            #expect(backlog.events == 0 && backlog.background == 0)
        }
    }

    /// What went wrong with a list is told until the next one that goes right.
    @Test func aListThatFailedOnce() async throws {
        try await Service.tell(settings: settings()) { story, service in
            try await service.reconcile()
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(path: "*/pulls", kind: .status(502)))
            try await service.reconcile()
            #expect(try await service.store.repositories().first?.problem?.contains("502") == true)
            simulator.faults.clear()
            try await service.reconcile()
            #expect(try await service.store.repositories().map(\.problem) == [nil])
        }
    }

    /// Greens may be wanted fresher than a minute: they are, and are not looked at in between.
    @Test func aShortPeriodIsKept() async throws {
        var settings = try settings()
        settings.periods = ReconcilePeriods(green: .seconds(10))
        settings.backgroundCalls = 50
        try await Service.tell(settings: settings) { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            try await service.reconcile()
            let simulator = try #require(story.simulator)
            simulator.requests.reset()
            for second in 1...60 {
                // One list that fails makes nothing busy.
                if second == 30 { simulator.faults.add(Fault(path: "*/pulls", kind: .status(502))) }
                if second == 31 { simulator.faults.clear() }
                story.clock.advance(by: 1)
                await service.gate.reconcile()
                while try await service.gate.processNext() != nil {}
                #expect(try await service.gate.freshness().age <= .seconds(11))
            }
            let looks = simulator.requests.all.count { $0.path.hasSuffix("/reviews") }
            #expect((6...8).contains(looks), "\(looks)")
        }
    }

    /// Closed pull requests are kept as long as the settings say, open ones always.
    @Test func whatIsOldIsForgotten() async throws {
        var settings = try settings()
        settings.retention = Retention(closedPulls: .seconds(86_400))
        try await Service.tell(settings: settings) { story, service in
            let number = try await story.pull()
            let open = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await service.settle()
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice, ["state": "closed"])
            try await service.settle()
            let id = try await service.record(number).repository
            for isKept in [true, false] {
                try await service.reconcile(after: 50_000)
                #expect(try await (service.store.pull(id, Int64(number)) != nil) == isKept)
            }
            #expect(try await service.store.pull(id, Int64(open)) != nil)
        }
    }

    @Test func aDismissedReviewIsFound() async throws {
        try await Service.tell(settings: settings()) { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            let review = try await story.forge.review("APPROVED", number, of: story.repository, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            try await story.forge.dismiss(review, of: number, story.repository, as: story.keeper)
            try await service.settle()
            try await service.reconcile()
            #expect(try await service.summary(number).hasPrefix("pending: waiting: security-review"))
        }
    }

    /// A day that is to come keeps nobody from looking before it.
    @Test func aDismissedReviewIsFoundBeforeAnAdvisoryGateEnforces() async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { require: qa }
              later: { require: security, mode: advisory, until: 2030-01-01 }

            """
        try await Service.tell(policy: policy, settings: settings()) { story, service in
            let number = try await story.pull()
            let review = try await story.forge.review("APPROVED", number, of: story.repository, as: story.bob)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            try await story.forge.dismiss(review, of: number, story.repository, as: story.keeper)
            service.loseDeliveries()
            try await service.reconcile()
            #expect(try await service.summary(number).hasPrefix("pending: waiting: qa-review"))
        }
    }

    @Test func anotherPolicyOnTheBaseIsFound() async throws {
        try await Service.tell(settings: settings()) { story, service in
            let number = try await story.pull()
            try await service.reconcile()
            try await story.forge.commit(
                [.update(".countersign.yml", "version: 1\ngates:\n  qa-review: { require: qa }\n")],
                to: story.repository,
                branch: "main", as: story.keeper)
            service.loseDeliveries()
            try await service.reconcile()
            let shown = try await service.statuses(number)
            #expect(shown["countersign: main"]?.1.contains("security-review") == false)
            #expect(shown["countersign/security-review: main"]?.0 == "success")
            #expect(shown["countersign/security-review: main"]?.1 == "no longer required by the policy")
        }
    }

    @Test func aPolicyThatIsGoneIsAnErrorUntilSomebodySaysForget() async throws {
        try await Service.tell(settings: settings()) { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            try await story.forge.commit(
                [.delete(".countersign.yml")], to: story.repository, branch: "main", as: story.keeper)
            try await service.settle()
            let shown = try await service.summary(number)
            #expect(shown.hasPrefix("error: ") && shown.contains("had a policy for `main`, and it is gone"), "\(shown)")
            #expect(try await service.statuses(number)["countersign/qa-review: main"]?.0 == "error")
            let name = try #require(RepositoryName(story.repository))
            #expect(try await service.store.forget(name))
            try await service.gate.refire(name, .repository)
            try await service.settle()
            #expect(try await service.record(number).decision?.outcome == nil)
            // What it says is not true any more, and nothing of it goes green.
            for (context, status) in try await service.statuses(number) {
                #expect(
                    status.0 == "pending" && status.1.hasPrefix("no policy applies here, "), "\(context): \(status)")
            }
            let requests = try #require(story.simulator).requests
            let posts = requests.all.count { $0.method == "POST" }
            try await service.reconcile(after: 901)
            #expect(requests.all.count { $0.method == "POST" } == posts)
        }
    }
}
