import CountersignCLI
import Foundation
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// Every fault that the doctor promises to name: it names that one and no other, what it prints cures it, and then
/// every open pull request is turned to what it should be.
@Suite(.simulatorOnly) struct DoctorStories {
    /// Tells a story of a fault.
    /// - Parameters:
    ///   - fault: breaks something after pull requests were green or pending as they should.
    ///   - named: the checks that name it.
    private func tell(
        target: String? = nil, arguments: [String] = [], named: [String], warned: [String] = [], members: [String] = [],
        checksMeanwhile: Bool = true, prepare: (Story) async throws -> Void = { _ in },
        fault: (Story, Surgery) async throws -> Void
    ) async throws {
        try await Story.tell { story in
            let surgery = Surgery(story, target: target, arguments: arguments)
            let signed = try await story.pull()
            try await story.approve(signed, as: story.bob)
            try await story.approve(signed, as: story.carol)
            let waiting = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await prepare(story)
            let ready = await surgery.run(["refire", story.repository])
            #expect(ready.status == 0, "\(ready)")
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            let sound = try await surgery.doctor()
            #expect(sound.blocking.isEmpty && sound.warnings.isEmpty, "\(sound.text)")
            #expect(sound.exitStatus <= 1, "\(sound.text)")

            try await fault(story, surgery)
            // What checks in between posted, as far as they could post anything.
            if checksMeanwhile { _ = await surgery.run(["refire", story.repository, "--all"]) }
            let found = try await surgery.doctor()
            #expect(Set(found.blocking) == Set(named), "\(found.text)")
            #expect(found.warnings == warned, "\(found.text)")
            #expect(found.exitStatus == (named.isEmpty ? 1 : 2))

            let everybody = [story.bob, story.carol]
            try await surgery.carryOut(
                found.cure, members: everybody.filter { members.contains($0.name) })
            let cured = try await surgery.doctor()
            #expect(cured.blocking.isEmpty && cured.warnings.isEmpty, "\(cured.text)")

            let turned = await surgery.run(["refire", story.repository])
            #expect(turned.status == 0, "\(turned)")
            #expect(try await surgery.summary(signed) == "success", "\(turned)")
            #expect(try await surgery.summary(waiting) == "pending", "\(turned)")
            let printed = surgery.printed.withLock { $0 }
            for secret in surgery.environment.withLock({ $0 }).filter({ $0.key.hasSuffix("TOKEN") }).values
            where !secret.isEmpty {
                #expect(!printed.contains(secret), "a token was printed")
            }
        }
    }

    /// What a person reads; the names of new tokens have the time in them.
    private func expectRead(_ text: String, _ name: String, _ story: Story) throws {
        let told = story.forge.told(text).replacing(/countersign-[0-9]+/, with: "countersign-<time>")
        try expectTold(told, "doctor/\(name).txt")
    }

    /// Without an administrator's credential and without naming anything: it says what it did not see.
    @Test func withoutAnAdministrator() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            _ = try await story.pull()
            _ = await surgery.run(["refire"])
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            let seen = await surgery.run(["doctor", "--hook-url", Self.hookURL])
            #expect(seen.status == 1, "\(seen)")
            try expectRead(seen.output + seen.talk, "without-an-administrator", story)
        }
    }

    @Test func whatAPersonReads() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            _ = try await story.pull()
            _ = await surgery.run(["refire"])
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            try await directory(\.dave)(story, surgery)
            let seen = await surgery.run(
                ["doctor", story.repository, "--administrator-token-file", "/administrator"])
            #expect(seen.status == 2, "\(seen)")
            try expectRead(seen.output + seen.talk, "another-team", story)
        }
    }

    private func directory(_ person: KeyPath<Story, Story.Person>) -> (Story, Surgery) async throws -> Void {
        { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN",
                try await story.forge.token(
                    story[keyPath: person], named: "directory-2", scopes: StoryForge.directoryScopes))
        }
    }

    @Test func directoryTokenOfSomebodyOutside() async throws {
        try await tell(named: ["proof.organization"], fault: directory(\.erin))
    }

    @Test func directoryTokenOfAnotherTeam() async throws {
        try await tell(named: ["proof.team"], fault: directory(\.dave))
    }

    @Test func directoryTokenWithoutTheScope() async throws {
        try await tell(named: ["token.scope"]) { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN",
                try await story.forge.token(story.keeper, named: "blind", scopes: ["read:repository"]))
        }
    }

    @Test func deletedDirectoryToken() async throws {
        try await tell(named: ["token.rejected"]) { story, _ in
            try await story.forge.deleteToken(story.keeper, named: "directory")
        }
    }

    @Test func deletedServiceToken() async throws {
        try await tell(named: ["token.rejected"]) { story, _ in
            try await story.forge.deleteToken(story.gate, named: "story")
        }
    }

    /// The account of the service is deactivated; the directory's owner is the administrator of this story.
    @Test func deactivatedAccount() async throws {
        try await tell(named: ["token.deactivated"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/admin/users/\(story.gate.login)", as: nil,
                ["active": false, "login_name": .string(story.gate.login), "source_id": 0])
        }
    }

    @Test func emptySecret() async throws {
        try await tell(named: ["token.empty"]) { _, surgery in
            surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", "")
        }
    }

    @Test func emptyServiceSecret() async throws {
        try await tell(named: ["token.empty"]) { _, surgery in surgery.set("COUNTERSIGN_FORGE_TOKEN", "") }
    }

    /// `secrets.GATE_TOKEN || secrets.GITHUB_TOKEN`: the token of the run is sent.
    @Test func fallbackUsed() async throws {
        try await tell(named: ["token.fallback"]) { story, surgery in
            let token = try await story.forge.token(story.erin, named: "run", scopes: StoryForge.serviceScopes)
            surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", token)
            surgery.set("GITHUB_TOKEN", token)
        }
    }

    @Test func serviceAccountWithoutWriteAccess() async throws {
        try await tell(named: ["access.write"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/teams/\(team("gates", story))", as: story.keeper,
                [
                    "name": "gates", "permission": "read",
                    "units_map": ["repo.code": "read", "repo.pulls": "read", "repo.issues": "read"],
                ])
        }
    }

    @Test func serviceAccountThatSeesNothing() async throws {
        try await tell(named: ["access.write"]) { story, _ in
            try await story.forge.must(
                .DELETE, "/teams/\(team("gates", story))/members/\(story.gate.login)", as: story.keeper)
        }
    }

    @Test func serviceTokenWithoutWriteIssue() async throws {
        try await tell(named: ["token.scope"]) { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_TOKEN",
                try await story.forge.token(
                    story.gate, named: "narrow", scopes: ["write:repository", "read:issue", "read:user"]))
        }
    }

    @Test func renamedTeam() async throws {
        try await tell(named: ["team.renamed"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/teams/\(team("qa", story))", as: story.keeper, ["name": "qa-team"])
        }
    }

    @Test func deletedTeam() async throws {
        try await tell(named: ["team.missing"], members: ["bob"]) { story, _ in
            try await story.forge.must(.DELETE, "/teams/\(team("qa", story))", as: story.keeper)
        }
    }

    @Test func emptyTeam() async throws {
        try await tell(named: ["team.empty"], members: ["bob"]) { story, _ in
            try await story.forge.must(
                .DELETE, "/teams/\(team("qa", story))/members/\(story.bob.login)", as: story.keeper)
        }
    }

    private func team(_ name: String, _ story: Story) async throws -> Int {
        let teams = try await story.forge.must(.GET, "/orgs/\(story.forge.name("acme"))/teams", as: story.keeper)
        return try #require(teams.array?.first { $0["name"]?.string == name }?["id"]?.int)
    }

    @Test func requiredContextThatNobodyPosts() async throws {
        try await tell(named: ["protection.nobody-posts"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["status_check_contexts": ["countersign: main", "build / linux (push)"]])
        }
    }

    @Test func gateThatIsNotRequired() async throws {
        try await tell(named: ["protection.not-required"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["enable_status_check": false, "status_check_contexts": []])
        }
    }

    @Test func branchWithoutProtection() async throws {
        try await tell(named: ["protection.not-required"]) { story, _ in
            try await story.forge.must(
                .DELETE, "/repos/\(story.repository)/branch_protections/main", as: story.keeper)
        }
    }

    private static let hookURL = "https://gate.example.org/hooks/forge"
    private static let hookArguments = ["--hook-url", hookURL]

    private func hook(_ changes: JSON = [:]) -> (Story) async throws -> Void {
        { story in
            var hook: JSON = [
                "type": "gitea", "active": true, "events": ["push", "pull_request"],
                "config": ["url": .string(Self.hookURL), "content_type": "json", "secret": "s"],
            ]
            for member in changes.members ?? [] { hook[member.key] = member.value }
            try await story.forge.must(.POST, "/orgs/\(story.forge.name("acme"))/hooks", as: story.keeper, hook)
        }
    }

    private func change(hook changes: JSON) -> (Story, Surgery) async throws -> Void {
        { story, _ in
            let path = "/orgs/\(story.forge.name("acme"))/hooks"
            let id = try await story.forge.must(.GET, path, as: story.keeper).array?.first?["id"]?.int
            try await story.forge.must(.PATCH, "\(path)/\(try #require(id))", as: story.keeper, changes)
        }
    }

    @Test func missingHook() async throws {
        try await tell(arguments: Self.hookArguments, named: ["hook.missing"], prepare: hook()) { story, _ in
            let path = "/orgs/\(story.forge.name("acme"))/hooks"
            let id = try await story.forge.must(.GET, path, as: story.keeper).array?.first?["id"]?.int
            try await story.forge.must(.DELETE, "\(path)/\(try #require(id))", as: story.keeper)
        }
    }

    @Test func inactiveHook() async throws {
        try await tell(
            arguments: Self.hookArguments, named: ["hook.inactive"], prepare: hook(),
            fault: change(hook: ["active": false]))
    }

    @Test func hookWithoutAnEvent() async throws {
        try await tell(
            arguments: Self.hookArguments, named: ["hook.events"], prepare: hook(),
            fault: change(hook: ["events": ["push", "pull_request_only"]]))
    }

    @Test func hookWithAnotherAddress() async throws {
        try await tell(
            arguments: Self.hookArguments, named: ["hook.address"], prepare: hook(),
            fault: change(hook: ["config": ["url": "https://gate.example.org/hook", "content_type": "json"]]))
    }

    @Test func proxyThatAnswersAPage() async throws {
        try await tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(kind: .html(403)))
        }
    }

    /// The proxy lets everything pass but the calls about teams.
    @Test func proxyThatAnswersAPageForTeams() async throws {
        try await tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(path: "/teams/*", kind: .html(403)))
        }
    }

    @Test func limitedCalls() async throws {
        try await tell(named: ["reach.limits"]) { story, _ in
            story.simulator?.faults.add(Fault(kind: .status(429)))
        }
    }

    @Test func anotherAddress() async throws {
        try await tell(named: ["reach.unreachable"]) { _, surgery in
            surgery.set("COUNTERSIGN_FORGE_URL", "http://127.0.0.1:1")
        }
    }

    @Test func olderServer() async throws {
        try await tell(named: ["reach.version"]) { story, _ in
            story.simulator?.world.version = ServerVersion("1.21.11")
        }
    }

    @Test func tokenThatMayDoMore() async throws {
        try await tell(named: [], warned: ["token.broad"]) { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN",
                try await story.forge.token(
                    story.keeper, named: "wide", scopes: ["write:organization", "read:repository"]))
        }
    }

    @Test func serviceAccountThatSigns() async throws {
        try await tell(named: [], warned: ["token.signer"]) { story, _ in
            try await story.forge.must(
                .PUT, "/teams/\(team("qa", story))/members/\(story.gate.login)", as: story.keeper)
        }
    }

    @Test func oneTokenForEverything() async throws {
        try await tell(named: [], warned: ["proof.arrangement"]) { story, surgery in
            try await story.forge.must(
                .PUT, "/teams/\(team("Owners", story))/members/\(story.gate.login)", as: story.keeper)
            surgery.set(
                "COUNTERSIGN_FORGE_TOKEN",
                try await story.forge.token(story.gate, named: "wide", scopes: StoryForge.serviceScopes))
            surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", nil)
        }
    }

    @Test func patternThatAWorkflowSatisfies() async throws {
        try await tell(named: ["protection.author-can-post"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["status_check_contexts": ["countersign*"]])
        }
    }

    @Test func patternThatDoesNotCompile() async throws {
        try await tell(named: [], warned: ["protection.bad-pattern"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["status_check_contexts": ["countersign: main", "build [x"]])
        }
    }

    @Test func skewedClock() async throws {
        try await tell(named: ["reach.clock"]) { _, surgery in surgery.skew.withLock { $0 = 3600 } }
    }

    @Test func twoServicesWithTheSameContext() async throws {
        try await tell(named: ["protection.foreign-status"], checksMeanwhile: false) { story, surgery in
            // The service that runs beside ours posts last, and then it is stopped.
            surgery.set("COUNTERSIGN_FORGE_TOKEN", story.dave.token)
            let beside = await surgery.run(["refire", story.repository, "--all"])
            #expect(beside.status == 0, "\(beside)")
            surgery.set("COUNTERSIGN_FORGE_TOKEN", story.gate.token)
        }
    }

    /// One of five policies is not valid: the other four keep working, and it is the one that is named.
    @Test func invalidPolicyOfOneRepositoryOfFive() async throws {
        try await tell(
            target: "acme", named: ["policy.invalid"],
            prepare: { story in
                for name in ["one", "two", "three", "four"] {
                    try await story.forge.repository(name, of: "acme", as: story.keeper)
                    let repository = "\(story.forge.name("acme"))/\(name)"
                    try await story.forge.commit(
                        [.create(".countersign.yml", Story.policy)], to: repository, branch: "main", as: story.keeper)
                    try await story.forge.protect(
                        "main", of: repository, contexts: ["countersign: main"], as: story.keeper)
                }
            }
        ) { story, _ in
            let policy = Story.policy.replacing("description:", with: "descripton:")
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": policy])
        }
    }
}
