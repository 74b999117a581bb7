import Foundation
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI

/// Faults of webhooks, without a service and with one that hears what comes in.
@Suite(.simulatorOnly) struct HookDoctorStories {
    private static let hookURL = "https://gate.example.org/hooks/forge"
    private static let hookArguments = ["--hook-url", hookURL]

    /// The organisation's webhook, to the service where one runs.
    private func hook(_ story: Story, _ surgery: Surgery) async throws {
        let url = surgery.hookURL.isEmpty ? Self.hookURL : surgery.hookURL
        try await story.forge.must(
            .POST, Self.ofOrganization(story), as: story.keeper,
            [
                "type": "gitea", "active": true, "events": ["push", "pull_request"],
                "config": [
                    "url": .string(url), "content_type": "json", "secret": .string(RunningService.secret),
                ],
            ])
    }

    private func change(hook changes: JSON?, _ story: Story) async throws {
        let path = Self.ofOrganization(story)
        let id = try await story.forge.must(.GET, path, as: story.keeper).array?.first?["id"]?.int
        try await story.forge.must(
            changes == nil ? .DELETE : .PATCH, "\(path)/\(try #require(id))", as: story.keeper, changes)
    }

    /// Who signs while nothing comes in is not undecided: where a service runs nobody decides meanwhile.
    @Test(arguments: [false, true]) func missingHook(hasService: Bool) async throws {
        try await Surgery.tell(
            arguments: hasService ? [] : Self.hookArguments, named: ["hook.missing"], hasService: hasService,
            checksMeanwhile: !hasService, signsLate: true, prepare: hook
        ) { story, _ in
            try await change(hook: nil, story)
        }
    }

    /// What takes other scopes is looked at in the same run: the second fault is not found after the first is cured.
    @Test(arguments: [["write:repository", "read:issue"], ["read:repository", "write:issue"]])
    func missingHookBesideATokenWithoutAScope(scopes: [String]) async throws {
        try await Surgery.tell(
            arguments: Self.hookArguments, named: ["token.scope", "hook.missing"], prepare: hook
        ) { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_TOKEN",
                try await story.forge.token(story.gate, named: "narrow", scopes: scopes + ["read:user"]))
            try await change(hook: nil, story)
        }
    }

    @Test(arguments: [false, true]) func inactiveHook(hasService: Bool) async throws {
        try await Surgery.tell(
            arguments: hasService ? [] : Self.hookArguments, named: ["hook.inactive"], hasService: hasService,
            checksMeanwhile: !hasService, signsLate: true, prepare: hook
        ) { story, _ in
            try await change(hook: ["active": false, "events": ["push", "pull_request"]], story)
        }
    }

    /// One that a chat would read: the service reads none of it.
    @Test func hookOfAChat() async throws {
        try await Surgery.tell(arguments: Self.hookArguments, named: ["hook.type"], prepare: hook) { story, _ in
            try await change(hook: nil, story)
            try await story.forge.must(
                .POST, Self.ofOrganization(story), as: story.keeper,
                [
                    "type": "slack", "active": true, "events": ["push", "pull_request"],
                    "config": ["url": .string(Self.hookURL), "content_type": "json", "channel": "#reviews"],
                ])
        }
    }

    @Test(arguments: [false, true]) func hookWithoutAnEvent(hasService: Bool) async throws {
        try await Surgery.tell(
            arguments: hasService ? [] : Self.hookArguments, named: ["hook.events"], hasService: hasService,
            checksMeanwhile: !hasService, signsLate: true, prepare: hook
        ) { story, _ in
            try await change(hook: ["events": ["push", "pull_request_only"]], story)
        }
    }

    @Test(arguments: [false, true]) func hookWithAnotherAddress(hasService: Bool) async throws {
        try await Surgery.tell(
            arguments: hasService ? [] : Self.hookArguments, named: ["hook.address"], hasService: hasService,
            checksMeanwhile: !hasService, signsLate: true, prepare: hook
        ) { story, surgery in
            let url = hasService ? surgery.hookURL.replacing("/gitea", with: "/gitee") : "https://gate.example.org/hook"
            try await change(
                hook: [
                    "events": ["push", "pull_request"], "config": ["url": .string(url), "content_type": "json"],
                ], story)
        }
    }

    /// A webhook to the running service.
    private func serviceHook(
        at place: @escaping @Sendable (Story) -> String, secret: String = RunningService.secret
    ) -> (Story, Surgery) async throws -> Void {
        { story, surgery in
            try await story.forge.must(
                .POST, place(story), as: story.keeper,
                [
                    "type": "gitea", "active": true, "events": ["push", "pull_request"],
                    "config": [
                        "url": .string(surgery.hookURL), "content_type": "json", "secret": .string(secret),
                    ],
                ])
        }
    }

    private static func ofRepository(_ story: Story) -> String { "/repos/\(story.repository)/hooks" }
    private static func ofOrganization(_ story: Story) -> String { "/orgs/\(story.forge.name("acme"))/hooks" }

    private func changeServiceHook(
        at place: @escaping @Sendable (Story) -> String, secret: String
    ) -> (Story, Surgery) async throws -> Void {
        { story, surgery in
            let path = place(story)
            let id = try await story.forge.must(.GET, path, as: story.keeper).array?.first?["id"]?.int
            try await story.forge.must(.DELETE, "\(path)/\(try #require(id))", as: story.keeper)
            try await serviceHook(at: place, secret: secret)(story, surgery)
        }
    }

    /// The forge is asked for a test delivery, which the service refuses.
    @Test(arguments: ["another secret, as long", ""]) func wrongSecret(secret: String) async throws {
        try await Surgery.tell(
            named: ["hook.secret"], hasService: true, checksMeanwhile: false, signsLate: true,
            prepare: serviceHook(at: Self.ofRepository),
            fault: changeServiceHook(at: Self.ofRepository, secret: secret))
    }

    /// What is in front of the service asks for an `Authorization`: the one that comes in the place of the other has it,
    /// and one that is changed keeps it.
    @Test(arguments: [true, false]) func somethingInFront(isSecret: Bool) async throws {
        func make(_ story: Story, _ surgery: Surgery, isRight: Bool) async throws {
            let path = Self.ofRepository(story)
            for hook in try await story.forge.must(.GET, path, as: story.keeper).array ?? [] {
                try await story.forge.must(.DELETE, "\(path)/\(try #require(hook["id"]?.int))", as: story.keeper)
            }
            let secret = isRight || !isSecret ? RunningService.secret : "another secret, as long"
            try await story.forge.must(
                .POST, path, as: story.keeper,
                [
                    "type": "gitea", "active": .bool(isRight || isSecret), "events": ["push", "pull_request", "fork"],
                    "authorization_header": .string(Surgery.authorization),
                    "config": [
                        "url": .string(surgery.hookURL), "content_type": "json", "secret": .string(secret),
                    ],
                ])
        }
        try await Surgery.tell(
            named: [isSecret ? "hook.secret" : "hook.inactive"], hasService: true, checksMeanwhile: false,
            signsLate: true, prepare: { try await make($0, $1, isRight: true) },
            fault: { try await make($0, $1, isRight: false) },
            after: { story in
                let hooks = try await story.forge.must(.GET, Self.ofRepository(story), as: story.keeper).array ?? []
                #expect(hooks.map { $0["authorization_header"]?.string } == [Surgery.authorization])
                #expect(hooks.first?["events"]?.strings?.contains("fork") == true)
            })
    }

    /// One beside it is right: nothing is held up, and the wrong one goes.
    @Test func wrongSecretBesideARightOne() async throws {
        try await Surgery.tell(
            warned: ["hook.secret"], hasService: true, checksMeanwhile: false, signsLate: true,
            prepare: serviceHook(at: Self.ofRepository),
            fault: serviceHook(at: Self.ofRepository, secret: "another secret, as long"))
    }

    /// The forge tests no webhook of an organisation: that a pull request was opened and not told of tells it.
    @Test func wrongSecretOfAnOrganizationsHook() async throws {
        try await Surgery.tell(
            named: ["hook.secret"], hasService: true, checksMeanwhile: false, signsLate: true,
            prepare: { story, surgery in
                try await serviceHook(at: Self.ofOrganization)(story, surgery)
                _ = try await story.pull("Add three", file: "src/three.swift", branch: "feature/three")
                try await surgery.step()
            },
            fault: { story, surgery in
                try await changeServiceHook(at: Self.ofOrganization, secret: "another secret, as long")(story, surgery)
                story.clock.advance(by: 60)
                _ = try await story.pull("Add four", file: "src/four.swift", branch: "feature/four")
                try await surgery.step()
            })
    }

    /// Nobody opens anything: a pull request that moved when a delivery was refused tells as much.
    @Test func refusedSinceTheSecretIsAnotherOne() async throws {
        try await Surgery.tell(
            named: ["hook.secret"], hasService: true, checksMeanwhile: false, signsLate: true,
            prepare: { story, surgery in
                try await serviceHook(at: Self.ofOrganization)(story, surgery)
                try await comment(story, surgery)
            },
            fault: { story, surgery in
                try await changeServiceHook(at: Self.ofOrganization, secret: "another secret, as long")(story, surgery)
                story.clock.advance(by: 60)
                try await comment(story, surgery)
            })
    }

    private func comment(_ story: Story, _ surgery: Surgery) async throws {
        try await story.forge.must(
            .POST, "/repos/\(story.repository)/issues/1/comments", as: story.alice, ["body": "Does it come in?"])
        try await surgery.step()
    }

    /// What came in under another secret, by another webhook, or before the last one was refused proves nothing.
    @Test func proofThatIsNone() async throws {
        try await withServiceAndHook { story, surgery in
            func secret() async throws -> String {
                let seen = try await surgery.doctor(isRead: true)
                #expect(seen.exitStatus == 1, "\(seen.text)")
                return String(seen.text.split(separator: "\n").first { $0.contains("hook.secret: ") } ?? "")
            }
            #expect(
                try await secret() == "    hook.secret: deliveries are signed with the service's secret (1 looked at)")
            let running = try #require(surgery.running.withLock { $0 })
            running.environment.set("COUNTERSIGN_HOOK_SECRET", "another secret, as long")
            try running.assembly.reload()
            #expect(try await secret().contains("nothing is known to have come in by webhook "))
            running.environment.set("COUNTERSIGN_HOOK_SECRET", RunningService.secret)
            try running.assembly.reload()
            try await comment(story, surgery)
            #expect(try await secret().contains("are signed with"))
            // The same settings once more.
            try running.assembly.reload()
            #expect(try await secret().contains("are signed with"))
            try await serviceHook(at: Self.ofOrganization, secret: "another secret, as long")(story, surgery)
            try await comment(story, surgery)
            #expect(try await secret().contains("both call the service: what came in proves neither of them"))
        }
    }

    /// The forge calls no private addresses unless it is told to: nothing comes in.
    @Test func blockedOnTheWay() async throws {
        try await Surgery.tell(
            named: ["hook.silent"], hasService: true, checksMeanwhile: false, signsLate: true,
            prepare: serviceHook(at: Self.ofRepository)
        ) { story, _ in
            story.simulator?.faults.webhooks.drops = .max
        }
    }

    /// Everything can be checked, everything is well, and that is what it ends with.
    @Test(arguments: [Story.policy, "version: 1\ngates:\n  review: { require: writers }\n"]) func everythingIsSound(
        policy: String
    ) async throws {
        try await withServiceAndHook(policy) { story, surgery in
            // An owner is not told who is active, and that is all that is missing.
            let seen = try await surgery.doctor(isRead: true)
            #expect(seen.exitStatus == 1, "\(seen.text)")
            #expect(seen.blocking.isEmpty && seen.warnings.isEmpty, "\(seen.text)")
            let parts = seen.text.components(separatedBy: "not checked:\n")
            let reasons = parts.last?.components(separatedBy: "\n\n").first?.split(separator: "\n") ?? []
            #expect(parts.count == 2 && reasons.count == (policy == Story.policy ? 2 : 1), "\(seen.text)")
            for reason in reasons { #expect(reason.contains("told to site administrators only"), "\(reason)") }

            surgery.files.withLock { $0["/password"] = "secret123" }
            let lent = ["--administrator", "root1", "--administrator-password-file", "/password"]
            let sound = await surgery.run(["doctor", story.repository, "--hook-url", surgery.hookURL] + lent)
            #expect(sound.status == 0, "\(sound)")
            #expect(!sound.output.contains("not checked"), "\(sound)")
        }
    }

    /// The service's account has lost its rights in a repository: whoever names nothing, or the organisation, is told of
    /// it all the same, and so is who lends no credential; and `refire` does not end as if nothing waited.
    @Test func aRepositoryThatWasLost() async throws {
        try await withServiceAndHook { story, surgery in
            let teams = try await story.forge.must(.GET, "/orgs/\(story.forge.name("acme"))/teams", as: story.keeper)
            let gates = teams.array?.first { $0["name"]?.string == "gates" }?["id"]?.int
            try await story.forge.must(
                .DELETE, "/teams/\(try #require(gates))/members/\(story.gate.login)", as: story.keeper)
            for target in [[], ["acme"]] {
                for lent in [[], ["--administrator-token-file", "/administrator"]] {
                    let seen = await surgery.run(["doctor"] + target + lent + ["--hook-url", surgery.hookURL])
                    #expect(seen.status == 2, "\(seen)")
                    #expect(seen.output.contains("BLOCKS access.write: \(story.repository)"), "\(seen)")
                }
            }
            let fired = await surgery.run(["refire"])
            #expect(fired.status == 2, "\(fired)")
            #expect(
                fired.output
                    == "NOT LOOKED AT \(story.repository): it has gates, and the service account has no part in "
                    + "it: nothing can be posted\n", "\(fired)")
        }
    }

    /// Where a service runs, webhooks that nobody looked at are not passed over in silence.
    @Test func nobodySaysWhereWebhooksComeIn() async throws {
        try await withServiceAndHook { story, surgery in
            let seen = await surgery.run(["doctor", story.repository, "--administrator-token-file", "/administrator"])
            #expect(seen.status == 1, "\(seen)")
            let checks = ["missing", "address", "type", "inactive", "events", "silent", "secret"].map { "hook.\($0)" }
            let line =
                "7 checks: nobody says where webhooks come in: give `--hook-url URL`: "
                + checks.joined(separator: ", ")
            #expect(seen.output.contains(line), "\(seen)")
        }
    }

    /// A service that has heard of a pull request through the organisation's webhook.
    private func withServiceAndHook(
        _ policy: String = Story.policy, _ body: (Story, Surgery) async throws -> Void
    ) async throws {
        try await Story.tell(policy: policy) { story in
            let surgery = Surgery(story)
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["block_admin_merge_override": true])
            try await RunningService.run(story) { running in
                surgery.listen(to: running)
                try await serviceHook(at: Self.ofOrganization)(story, surgery)
                _ = try await story.pull()
                try await surgery.step()
                try await body(story, surgery)
                surgery.listen(to: nil)
            }
        }
    }

    /// Without a service nobody can say what came in; it is said how to have one.
    @Test func noServiceRuns() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story, arguments: Self.hookArguments)
            try await hook(story, surgery)
            let seen = try await surgery.doctor(isRead: true)
            let unheard = "8 checks: no service runs here: see `service.running`: hook.silent, hook.secret, "
            #expect(seen.text.contains(unheard), "\(seen.text)")
            #expect(seen.text.contains("start it with `countersign serve`"), "\(seen.text)")
            #expect(story.simulator?.requests.all.contains { $0.path.hasSuffix("/tests") } == false)
        }
    }
}
