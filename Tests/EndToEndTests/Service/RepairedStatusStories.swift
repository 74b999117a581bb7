import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import Testing

/// What a commit shows in the contexts of a policy that broke, while another is on its way to mend it.
@Suite(.simulatorOnly) struct RepairedStatusStories {
    private static let policy = """
        version: 1
        gates:
          qa-review: { require: qa, context: review }
          security-review: { require: security }

        """
    private static let settings = GateSettings(
        deciding: DecidingSettings(
            usesOrganizationPolicy: false,
            allowedContexts: [DecidingSettings.AllowedContext(context: "review", branch: "main")]))

    @Test func nothingIsGreenBeforeAnAdministratorSigned() async throws {
        try await Service.tell(policy: Self.policy, settings: Self.settings) { story, service in
            try await story.forge.commit(
                [.update(".countersign.yml", Self.policy + "# another\n")], to: story.repository, branch: "main",
                newBranch: "feature/law", as: story.alice)
            let number = try await story.forge.pull(
                "Another policy", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            try await story.approve(number, as: story.bob)
            try await service.settle()
            #expect(try await service.statuses(number)["review"]?.0 == "success")
            #expect(try await service.statuses(number)["countersign/security-review: main"]?.0 == "pending")
            try await story.forge.commit(
                [.update(".countersign.yml", "version: 1\ngates:\n  qa: { requires: qa }\n")], to: story.repository,
                branch: "main", as: story.keeper)
            try await service.settle()
            let broken = try await service.statuses(number)
            #expect(broken["countersign: main"]?.0 != "success", "\(broken)")
            #expect(broken["review"]?.0 == "error")
            #expect(broken["countersign/security-review: main"]?.0 != "success")
            try await story.approve(number, as: story.keeper)
            try await service.settle()
            // What branch protection may ask for must not hold up what an administrator signed.
            #expect(try await service.statuses(number).allSatisfy { $0.value.0 == "success" })
        }
    }
}
