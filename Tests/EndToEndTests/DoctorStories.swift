import CountersignCLI
import Foundation
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// Every fault that the doctor promises to name: it names that one and no other, what it prints cures it, and then
/// every open pull request is turned to what it should be.
@Suite(.simulatorOnly) struct DoctorStories {
    /// What a person reads; the names of new tokens have the time in them.
    private func expectRead(_ text: String, _ name: String, _ story: Story) throws {
        let told = story.forge.told(text).replacing(/(countersign-(?:directory-)?)[0-9]+/) { "\($0.output.1)<time>" }
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
            let seen = await surgery.run(["doctor", "--hook-url", "https://gate.example.org/hooks/forge"])
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
        try await Surgery.tell(named: ["proof.organization"], fault: directory(\.erin))
    }

    @Test func directoryTokenOfAnotherTeam() async throws {
        try await Surgery.tell(named: ["proof.team"], fault: directory(\.dave))
    }

    @Test func directoryTokenWithoutTheScope() async throws {
        try await Surgery.tell(named: ["token.scope"]) { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN",
                try await story.forge.token(story.keeper, named: "blind", scopes: ["read:repository"]))
        }
    }

    /// A slip of the pen, both settings name one file, or one secret is behind both: the token that is right stays.
    @Test(arguments: [
        "service in a file", "directory in a file", "service in a linked file", "directory in a linked file",
        "service in a secret", "directory in a secret",
    ])
    func onePlaceForBothTokens(what: String) async throws {
        try await Surgery.tell(named: ["token.scope"]) { story, surgery in
            let right = what.hasPrefix("service") ? story.gate.token : story.directoryToken
            for name in ["COUNTERSIGN_FORGE_TOKEN", "COUNTERSIGN_FORGE_DIRECTORY_TOKEN"] {
                surgery.set(name, what.hasSuffix("secret") ? right : nil)
                if what.hasSuffix("file") { surgery.set(name + "_FILE", "/shared") }
            }
            if what.hasSuffix("linked file") {
                surgery.links.withLock { $0["/link"] = "/shared" }
                surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN_FILE", "/link")
            }
            if what.hasSuffix("file") { surgery.files.withLock { $0["/shared"] = right + "\n" } }
            // Somebody's, who is not asked.
            for path in ["/forge-token", "/forge-directory-token"] { surgery.files.withLock { $0[path] = "another\n" } }
            let told = try await surgery.doctor(isRead: true)
            #expect(
                told.text.contains(
                    what.hasSuffix("file")
                        ? "`forge.token_file` and `forge.directory_token_file` name one file, `/shared`"
                            + (what.hasSuffix("linked file") ? ", which is `/link`, too" : "")
                        : "`COUNTERSIGN_FORGE_TOKEN` and `COUNTERSIGN_FORGE_DIRECTORY_TOKEN` have the same text"),
                "\(told.text)")
            let own = what.hasPrefix("service") ? "/forge-directory-token-2" : "/forge-token-2"
            #expect(told.text.contains("`\(own)`, a new file ") == what.hasSuffix("file"), "\(told.text)")
        }
    }

    @Test func deletedDirectoryToken() async throws {
        try await Surgery.tell(named: ["token.rejected"]) { story, _ in
            try await story.forge.deleteToken(story.keeper, named: "directory")
        }
    }

    /// Who of a team is active only a site administrator is told: where one lends a credential it is known.
    @Test func teamOfNobodyActive() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let ask = ["doctor", story.repository]
            let lent = ["--administrator", "root1", "--administrator-password-file", "/password"]
            surgery.files.withLock { $0["/password"] = "secret123" }
            let known = await surgery.run(ask + lent)
            #expect(known.output.contains("acme/qa: 1 in it, 1 active, by `forge.directory_token`"), "\(known)")
            try await story.forge.must(
                .PATCH, "/admin/users/\(story.bob.login)", as: nil,
                ["active": false, "login_name": .string(story.bob.login), "source_id": 0])
            let unknown = await surgery.run(ask + ["--administrator-token-file", "/administrator"])
            #expect(
                unknown.output.contains("acme/qa: 1 in it, of whom only a site administrator is told"), "\(unknown)")
            for check in ["team.empty", "policy.deadlock"] {
                #expect(!unknown.output.contains("    \(check): \(check == "team.empty" ? "somebody" : "every")"))
                let reason =
                    "\(check): whether those who may sign are active is told to site administrators only: whoever lent a "
                    + "credential is none of them: `acme/qa`, `acme/security`\n"
                #expect(unknown.output.contains(reason), "\(unknown)")
            }
            let found = await surgery.run(ask + lent)
            #expect(found.status == 2, "\(found)")
            #expect(found.output.contains("BLOCKS team.empty: acme/qa"), "\(found)")
            #expect(found.output.contains("its 1 members are deactivated, or may not sign in"), "\(found)")
            // Active, and not let in.
            try await story.forge.must(
                .PATCH, "/admin/users/\(story.bob.login)", as: nil,
                ["active": true, "prohibit_login": true, "login_name": .string(story.bob.login), "source_id": 0])
            #expect(try await story.forge.call(.GET, "/user", as: story.bob).status == 403)
            let prohibited = await surgery.run(ask + lent)
            #expect(prohibited.output.contains("BLOCKS team.empty: acme/qa"), "\(prohibited)")
        }
    }

    /// A credential that was lent and is refused: it is not said that one should be lent.
    @Test func refusedAdministrator() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            surgery.files.withLock { $0["/password"] = "wrong" }
            let seen = await surgery.run([
                "doctor", story.repository, "--administrator", "root1", "--administrator-password-file", "/password",
                "--hook-url", "https://gate.example.org/hooks/gitea",
            ])
            #expect(seen.output.contains("the forge does not accept what the administrator lent: check "), "\(seen)")
            #expect(!seen.output.contains("lend one's token"), "\(seen)")
        }
    }

    /// Tokens in files that the settings name: the cure names the file, and not a setting that would be refused.
    @Test(arguments: ["TOKEN", "DIRECTORY_TOKEN"]) func deletedTokenOfAFile(key: String) async throws {
        try await Surgery.tell(
            named: ["token.rejected"],
            prepare: { _, surgery in
                surgery.files.withLock { $0["/etc/countersign/token"] = surgery.value("COUNTERSIGN_FORGE_\(key)") }
                surgery.set("COUNTERSIGN_FORGE_\(key)", nil)
                surgery.set("COUNTERSIGN_FORGE_\(key)_FILE", "/etc/countersign/token")
            },
            fault: { story, _ in
                let (person, name) = key == "TOKEN" ? (story.gate, "story") : (story.keeper, "directory")
                try await story.forge.deleteToken(person, named: name)
            })
    }

    @Test func deletedServiceToken() async throws {
        try await Surgery.tell(named: ["token.rejected"]) { story, _ in
            try await story.forge.deleteToken(story.gate, named: "story")
        }
    }

    /// The account of the service is deactivated; the directory's owner is the administrator of this story.
    @Test func deactivatedAccount() async throws {
        try await Surgery.tell(named: ["token.deactivated"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/admin/users/\(story.gate.login)", as: nil,
                ["active": false, "login_name": .string(story.gate.login), "source_id": 0])
        }
    }

    /// The directory token's owner has left: another one makes a token.
    @Test func deactivatedOwner() async throws {
        try await Surgery.tell(
            named: ["token.deactivated"],
            prepare: { story, surgery in
                let owners = try await team("Owners", story)
                try await story.forge.must(.PUT, "/teams/\(owners)/members/\(story.dave.login)", as: story.keeper)
                try await directory(\.dave)(story, surgery)
            },
            fault: { story, _ in
                try await story.forge.must(
                    .PATCH, "/admin/users/\(story.dave.login)", as: nil,
                    ["active": false, "login_name": .string(story.dave.login), "source_id": 0])
            })
    }

    @Test func emptySecret() async throws {
        try await Surgery.tell(named: ["token.empty"]) { _, surgery in
            surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", "")
        }
    }

    @Test func emptyServiceSecret() async throws {
        try await Surgery.tell(named: ["token.empty"]) { _, surgery in surgery.set("COUNTERSIGN_FORGE_TOKEN", "") }
    }

    /// A file that the settings name, and that is empty or not there: the cure fills it.
    @Test(arguments: [("TOKEN", ""), ("TOKEN", nil), ("DIRECTORY_TOKEN", " \n"), ("DIRECTORY_TOKEN", nil)])
    func fileWithoutAToken(key: String, content: String?) async throws {
        let file = "/etc/countersign/token"
        try await Surgery.tell(
            named: ["token.empty"],
            prepare: { _, surgery in
                surgery.files.withLock { $0[file] = surgery.value("COUNTERSIGN_FORGE_\(key)") }
                surgery.set("COUNTERSIGN_FORGE_\(key)", nil)
                surgery.set("COUNTERSIGN_FORGE_\(key)_FILE", file)
            },
            fault: { _, surgery in surgery.files.withLock { $0[file] = content } })
    }

    /// `secrets.GATE_TOKEN || secrets.GITHUB_TOKEN`: the token of the run is sent.
    @Test func fallbackUsed() async throws {
        try await Surgery.tell(named: ["token.fallback"]) { story, surgery in
            let token = try await story.forge.token(story.erin, named: "run", scopes: StoryForge.serviceScopes)
            surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", token)
            surgery.set("GITHUB_TOKEN", token)
        }
    }

    /// The token of somebody else, or of the Actions: the account that posts statuses makes the right one.
    @Test func fallbackUsedForStatuses() async throws {
        try await Surgery.tell(named: ["token.fallback"]) { story, surgery in
            let token = try await story.forge.token(story.erin, named: "run", scopes: StoryForge.serviceScopes)
            surgery.set("COUNTERSIGN_FORGE_TOKEN", token)
            surgery.set("GITEA_TOKEN", token)
        }
    }

    @Test func serviceAccountWithoutWriteAccess() async throws {
        try await Surgery.tell(named: ["access.write"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/teams/\(team("gates", story))", as: story.keeper,
                [
                    "name": "gates", "permission": "read",
                    "units_map": ["repo.code": "read", "repo.pulls": "read", "repo.issues": "read"],
                ])
        }
    }

    @Test func serviceAccountThatSeesNothing() async throws {
        try await Surgery.tell(named: ["access.write"]) { story, _ in
            try await story.forge.must(
                .DELETE, "/teams/\(team("gates", story))/members/\(story.gate.login)", as: story.keeper)
        }
    }

    /// Everything is private, and the organisation is what is named: what an administrator is shown tells of gates.
    @Test func serviceAccountThatSeesNothingOfAnOrganization() async throws {
        try await Surgery.tell(target: "acme", named: ["access.write"]) { story, _ in
            try await story.forge.repository("free", of: "acme", as: story.keeper)
            try await story.forge.must(
                .DELETE, "/teams/\(team("gates", story))/members/\(story.gate.login)", as: story.keeper)
        }
    }

    /// The same without an administrator: nobody knows, and it is said what would tell.
    @Test func serviceAccountThatSeesNothingAndNobodyElseDoes() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            try await story.forge.must(
                .DELETE, "/teams/\(team("gates", story))/members/\(story.gate.login)", as: story.keeper)
            let seen = await surgery.run(["doctor", "acme"])
            #expect(seen.status == 1, "\(seen)")
            #expect(
                seen.output.contains(
                    "access.write: 1 repository that `gate` is not shown, so that nobody knows whether gates wait there: "
                        + "`acme/widget`: lend one's token, who is shown it, or let `gate` write"), "\(seen)")
        }
    }

    @Test func serviceTokenWithoutWriteIssue() async throws {
        try await Surgery.tell(named: ["token.scope"]) { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_TOKEN",
                try await story.forge.token(
                    story.gate, named: "narrow", scopes: ["write:repository", "read:issue", "read:user"]))
        }
    }

    /// A token that lacks everything is told so in one run.
    @Test func serviceTokenWithoutAnyScope() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            surgery.set(
                "COUNTERSIGN_FORGE_TOKEN",
                try await story.forge.token(story.gate, named: "other", scopes: ["read:organization"]))
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking == ["token.scope"], "\(found.text)")
            let answer = "the token lacks `read:user`, `write:repository`, `write:issue`"
            #expect(found.text.contains(answer), "\(found.text)")
        }
    }

    /// What is named twice is looked at once.
    @Test func namedTwice() async throws {
        try await Story.tell { story in
            let name = story.forge.name("acme")
            let once = try await Surgery(story, target: name).doctor()
            #expect(once.blocking == ["protection.not-required"], "\(once.text)")
            let twice = try await Surgery(story, target: name, arguments: [name.uppercased(), story.repository])
                .doctor()
            #expect(twice.cures.map(\.check) == once.cures.map(\.check), "\(twice.text)")
        }
    }

    @Test func renamedTeam() async throws {
        try await Surgery.tell(named: ["team.renamed"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/teams/\(team("qa", story))", as: story.keeper, ["name": "qa-team"])
        }
    }

    /// To a name that is not like the old one: nobody can tell it from a deletion, and it is not told as one.
    @Test func renamedTeamToAnotherName() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            let path = try await "/teams/\(team("qa", story))"
            try await story.forge.must(.PATCH, path, as: story.keeper, ["name": "quality"])
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking == ["team.missing"], "\(found.text)")
            #expect(found.text.contains("it was renamed, deleted, or never made, and the forge does not tell which"))
            let first = found.cures.first { $0.check == "team.missing" }?.lines.first
            #expect(first?.hasPrefix("if it is one of `engineers`, `gates`, `quality` under a new name, ") == true)
            #expect(first?.contains(", and only then, rename it back, ") == true)
            try await story.forge.must(.PATCH, path, as: story.keeper, ["name": "qa"])
            #expect(try await surgery.doctor().blocking.isEmpty)
        }
    }

    /// Policies name teams of two organisations: one token reads both, and the cure does not go from one to the other.
    @Test func teamsOfTwoOrganizations() async throws {
        let policy = Story.policy + "  legal: { require: \"@partner/legal\" }\n"
        func ofPartner(_ method: HTTPMethod, _ story: Story) async throws {
            let teams = try await story.forge.must(.GET, "/orgs/partner/teams", as: nil).array ?? []
            let owners = try #require(teams.first { $0["name"]?.string == "Owners" }?["id"]?.int)
            try await story.forge.must(method, "/teams/\(owners)/members/\(story.keeper.login)", as: nil)
        }
        try await Surgery.tell(
            named: ["proof.organization"], policy: policy,
            prepare: { story, _ in
                let frank = try await story.forge.person("frank", scopes: StoryForge.ownerScopes)
                try await story.forge.organization("partner", owner: frank)
                try await story.forge.team("legal", of: "partner", owner: frank, [story.carol])
                try await ofPartner(.PUT, story)
            }, fault: { story, _ in try await ofPartner(.DELETE, story) })
    }

    @Test func deletedTeam() async throws {
        try await Surgery.tell(named: ["team.missing"], members: ["bob"]) { story, _ in
            try await story.forge.must(.DELETE, "/teams/\(team("qa", story))", as: story.keeper)
        }
    }

    @Test func emptyTeam() async throws {
        try await Surgery.tell(named: ["team.empty"], members: ["bob"]) { story, _ in
            try await story.forge.must(
                .DELETE, "/teams/\(team("qa", story))/members/\(story.bob.login)", as: story.keeper)
        }
    }

    private func team(_ name: String, _ story: Story) async throws -> Int {
        let teams = try await story.forge.must(.GET, "/orgs/\(story.forge.name("acme"))/teams", as: story.keeper)
        return try #require(teams.array?.first { $0["name"]?.string == name }?["id"]?.int)
    }

    @Test func requiredContextThatNobodyPosts() async throws {
        try await Surgery.tell(named: ["protection.nobody-posts"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["status_check_contexts": ["countersign: main", "build / linux (push)"]])
        }
    }

    @Test func gateThatIsNotRequired() async throws {
        try await Surgery.tell(named: ["protection.not-required"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["enable_status_check": false, "status_check_contexts": []])
        }
    }

    /// Gates for release branches, and a release branch that nothing protects.
    @Test func anotherBranchWithoutProtection() async throws {
        let policy =
            Story.policy + """
                  release:
                    when: base("release/*", "stable")
                    require: security

                """
        try await Surgery.tell(
            named: ["protection.not-required"], policy: policy,
            prepare: { story, surgery in
                for branch in ["stable", "release/1"] {
                    try await story.forge.branch(branch, from: "main", of: story.repository, as: story.keeper)
                    try await story.forge.protect(
                        branch, of: story.repository, contexts: ["countersign: \(branch)"], as: story.keeper)
                    try await story.forge.must(
                        .PATCH, "/repos/\(story.repository)/branch_protections/\(branch.replacing("/", with: "%2F"))",
                        as: story.keeper, ["block_admin_merge_override": true])
                }
            },
            fault: { story, _ in
                try await story.forge.must(
                    .DELETE, "/repos/\(story.repository)/branch_protections/stable", as: story.keeper)
            })
    }

    /// A rule for many branches asks for no status of one of them: that one gets a rule of its own.
    @Test(arguments: [ServerVersion.promised, ServerVersion("1.23.0")])
    func branchUnderAGlob(version: ServerVersion) async throws {
        let policy =
            Story.policy + """
                  release:
                    when: base("release/1")
                    require: security

                """
        try await Surgery.tell(
            named: ["protection.not-required"], policy: policy, version: version,
            prepare: { story, _ in
                try await story.forge.branch("release/1", from: "main", of: story.repository, as: story.keeper)
                try await story.forge.protect(
                    "release/*", of: story.repository, contexts: ["countersign: release/1"], as: story.keeper)
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/branch_protections/release%2F*", as: story.keeper,
                    ["block_admin_merge_override": true])
            },
            fault: { story, _ in
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/branch_protections/release%2F*", as: story.keeper,
                    ["status_check_contexts": ["ci/build"]])
            })
    }

    @Test func branchWithoutProtection() async throws {
        try await Surgery.tell(named: ["protection.not-required"]) { story, _ in
            try await story.forge.must(
                .DELETE, "/repos/\(story.repository)/branch_protections/main", as: story.keeper)
        }
    }

    /// Everybody who writes, or some.
    @Test(arguments: [true, false]) func branchThatPeoplePushTo(isForAll: Bool) async throws {
        try await Surgery.tell(
            named: isForAll ? ["protection.push"] : [], warned: isForAll ? [] : ["protection.push", "protection.push"]
        ) { story, _ in
            var settings: JSON = ["enable_push": true]
            if !isForAll {
                settings["enable_push_whitelist"] = true
                settings["push_whitelist_usernames"] = .array([.string(story.dave.login)])
                settings["unprotected_file_patterns"] = "docs/**"
            }
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper, settings)
        }
    }

    @Test func pullRequestsThatNobodyLookedAt() async throws {
        try await Surgery.tell(warned: ["protection.unjudged"], checksMeanwhile: false) { story, _ in
            _ = try await story.pull("Add three", file: "src/three.swift", branch: "feature/three")
        }
    }

    @Test func proxyThatAnswersAPage() async throws {
        try await Surgery.tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(kind: .html(403)))
        }
    }

    /// The proxy lets everything pass but the calls about teams.
    @Test func proxyThatAnswersAPageForTeams() async throws {
        try await Surgery.tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(path: "/teams/*", kind: .html(403)))
        }
    }

    @Test func limitedCalls() async throws {
        try await Surgery.tell(named: ["reach.limits"]) { story, _ in
            story.simulator?.faults.add(Fault(kind: .status(429)))
        }
    }

    /// A 403 without a word, to a question, is no forge's: nothing is to be let go of because of it.
    @Test func proxyThatRefusesWithoutAWord() async throws {
        try await Surgery.tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(path: "/teams/*", kind: .empty(403)))
        }
    }

    /// A gateway that refuses in JSON, for every call or for some.
    @Test(arguments: ["*", "/teams/*"]) func proxyThatRefusesInJSON(path: String) async throws {
        try await Surgery.tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(path: path, kind: .gateway(403)))
        }
    }

    @Test func proxyThatTakesTheTokenAway() async throws {
        try await Surgery.tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(kind: .withoutAuthorization))
        }
    }

    @Test(arguments: ["/user/login", "http://sso.example.org/login"])
    func proxyThatAsksToSignIn(place: String) async throws {
        try await Surgery.tell(named: ["reach.proxy"]) { story, _ in
            story.simulator?.faults.add(Fault(kind: .redirect(place)))
        }
    }

    /// Another application, or the forge under another path, says 404.
    @Test func anotherPath() async throws {
        try await Surgery.tell(named: ["reach.unreachable"]) { story, surgery in
            surgery.set("COUNTERSIGN_FORGE_URL", story.forge.baseAddress + "/git")
        }
    }

    @Test func anotherAddress() async throws {
        try await Surgery.tell(named: ["reach.unreachable"]) { _, surgery in
            surgery.set("COUNTERSIGN_FORGE_URL", "http://127.0.0.1:1")
        }
    }

    @Test func olderServer() async throws {
        try await Surgery.tell(named: ["reach.version"]) { story, _ in
            story.simulator?.world.version = ServerVersion("1.21.11")
        }
    }

    @Test func tokenThatMayDoMore() async throws {
        try await Surgery.tell(named: [], warned: ["token.broad"]) { story, surgery in
            surgery.set(
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN",
                try await story.forge.token(
                    story.keeper, named: "wide",
                    scopes: ["write:organization", "read:repository", "write:issue", "write:package"]))
        }
    }

    @Test func serviceAccountThatSigns() async throws {
        try await Surgery.tell(named: [], warned: ["token.signer"]) { story, _ in
            try await story.forge.must(
                .PUT, "/teams/\(team("qa", story))/members/\(story.gate.login)", as: story.keeper)
        }
    }

    /// Two file names, or two secrets of the CI, that were taken for each other.
    @Test(arguments: [true, false]) func tokensInEachOthersPlace(areFiles: Bool) async throws {
        let keys = ["COUNTERSIGN_FORGE_TOKEN", "COUNTERSIGN_FORGE_DIRECTORY_TOKEN"]
        try await Surgery.tell(
            named: ["token.scope"],
            prepare: { _, surgery in
                guard areFiles else { return }
                for key in keys {
                    surgery.files.withLock { $0["/etc/countersign/\(key)"] = surgery.value(key) }
                    surgery.set(key, nil)
                    surgery.set("\(key)_FILE", "/etc/countersign/\(key)")
                }
            },
            fault: { story, surgery in
                let files = keys.map { "/etc/countersign/\($0)" }
                try surgery.exchange(areFiles ? files[0] : keys[0], areFiles ? files[1] : keys[1])
                let found = try await surgery.doctor(isRead: true)
                #expect(found.text.contains("each is in the other's place"), "\(found.text)")
            })
    }

    @Test func oneTokenForEverything() async throws {
        try await Surgery.tell(named: [], warned: ["proof.arrangement"]) { story, surgery in
            try await story.forge.must(
                .PUT, "/teams/\(team("Owners", story))/members/\(story.gate.login)", as: story.keeper)
            surgery.set(
                "COUNTERSIGN_FORGE_TOKEN",
                try await story.forge.token(story.gate, named: "wide", scopes: StoryForge.serviceScopes))
            surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", nil)
        }
    }

    @Test func patternThatAWorkflowSatisfies() async throws {
        try await Surgery.tell(named: ["protection.author-can-post"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["status_check_contexts": ["countersign*"]])
        }
    }

    @Test func patternThatDoesNotCompile() async throws {
        try await Surgery.tell(named: [], warned: ["protection.bad-pattern"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["status_check_contexts": ["countersign: main", "build [x"]])
        }
    }

    @Test func administratorsWhoMayGoPast() async throws {
        try await Surgery.tell(warned: ["protection.administrators"], version: ServerVersion("1.23.0")) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["block_admin_merge_override": false])
        }
    }

    @Test func approvalsThatAreCountedTwice() async throws {
        try await Surgery.tell(noted: ["protection.approvals"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["required_approvals": 2])
        }
    }

    @Test func mergingByRebase() async throws {
        try await Surgery.tell(warned: ["protection.rebase"]) { story, _ in
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)", as: story.keeper,
                ["has_pull_requests": true, "allow_rebase_explicit": true])
        }
    }

    @Test func requiredContextOfAnyBase() async throws {
        let policy = Story.policy.replacing(
            "    require: qa\n", with: "    require: qa\n    context: \"qa / review\"\n")
        try await Surgery.tell(
            warned: ["protection.any-base"], policy: policy,
            prepare: { _, surgery in surgery.set("COUNTERSIGN_CONTEXTS_ALLOW", "qa / review = main") },
            fault: { story, _ in
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                    ["status_check_contexts": ["countersign: main", "qa / review"]])
            })
    }

    @Test func gateThatNobodyCanMeet() async throws {
        try await Surgery.tell(named: ["policy.deadlock"], members: ["bob"]) { story, _ in
            let policy = Story.policy.replacing("    require: security\n", with: "    require: 2 of security\n")
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": policy])
        }
    }

    /// People named by login are looked up: one whom the forge does not know signs nothing.
    @Test func gateOfNobody() async throws {
        try await Surgery.tell(named: ["policy.deadlock"]) { story, _ in
            let policy = Story.policy.replacing("    require: security\n", with: "    require: \"@nobodyhere\"\n")
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": policy])
        }
    }

    /// The organisation has a file for all repositories, in a repository that the service's account does not see.
    @Test func organizationPolicyThatIsNotShown() async throws {
        try await Surgery.tell(named: ["policy.organization"]) { story, _ in
            try await hideFromGates(story) {
                try await story.share(["countersign.yml": "version: 1\nrequired:\n  usual: { require: qa }\n"])
                try await guardLaw(story)
            }
        }
    }

    /// What the organisation requires counts: a team that only it names is one that policies name.
    @Test func requiredGateOfATeamThatIsGone() async throws {
        try await Surgery.tell(
            named: ["team.missing"], members: ["carol"],
            prepare: { story, _ in
                try await story.forge.team("lawyers", of: "acme", owner: story.keeper, [story.bob, story.carol])
                try await story.share([
                    "countersign.yml": "version: 1\nrequired:\n  licence-review: { require: lawyers or qa }\n"
                ])
                try await guardLaw(story)
            },
            fault: { story, _ in
                try await story.forge.must(.DELETE, "/teams/\(team("lawyers", story))", as: story.keeper)
            })
    }

    /// Nobody changes alone what the organisation asks.
    private func guardLaw(_ story: Story) async throws {
        try await story.forge.protect("main", of: story.shared, contexts: [], as: story.keeper)
        try await story.forge.must(
            .PATCH, "/repos/\(story.shared)/branch_protections/main", as: story.keeper, ["required_approvals": 1])
    }

    /// The service's account keeps its repository, and is shown nothing that comes meanwhile.
    private func hideFromGates(_ story: Story, _ body: () async throws -> Void) async throws {
        let gates = try await team("gates", story)
        try await body()
        try await story.forge.must(.PUT, "/teams/\(gates)/repos/\(story.repository)", as: story.keeper)
        try await story.forge.must(
            .PATCH, "/teams/\(gates)", as: story.keeper, ["name": "gates", "includes_all_repositories": false])
    }

    /// The policy is gone, and the branch goes on requiring what nobody posts without one: what is shown is older.
    ///
    /// The starter policy is offered as a pull request, and gates once it is merged.
    @Test func nothingIsGated() async throws {
        try await Surgery.tell(named: ["policy.missing"]) { story, _ in
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": nil])
        }
    }

    /// What is printed is pasted into a shell that knows nothing: each command has what the doctor was given, and
    /// nothing is made besides what is asked for.
    @Test(arguments: [true, false]) func whatIsPrintedCanBePasted(bySettings: Bool) async throws {
        try await Story.tell(policy: nil) { story in
            let folder = "/etc/counter sign"
            let tokens = ["--token-file", "\(folder)/forge-token", "--directory-token-file", "\(folder)/directory"]
            let surgery = Surgery(
                story, target: "acme",
                arguments: bySettings
                    ? ["--settings", "\(folder)/settings.yml"] : ["--forge", story.forge.baseAddress] + tokens)
            surgery.environment.withLock { $0 = [:] }
            surgery.files.withLock { files in
                files["\(folder)/forge-token"] = story.gate.token
                files["\(folder)/directory"] = story.directoryToken
                if bySettings {
                    files["\(folder)/settings.yml"] = """
                        forge:
                          url: \(story.forge.baseAddress)
                          token_file: \(tokens[1])
                          directory_token_file: \(tokens[3])
                        """
                }
            }
            let number = try await story.pull()
            func made() throws -> [String] {
                try #require(story.simulator).world.inventory.filter {
                    $0.hasPrefix("token ") || $0.hasPrefix("account ")
                }
            }
            let files = surgery.files.withLock { $0 }
            let before = try made()
            #expect(!before.isEmpty)

            let found = try await surgery.doctor(isRead: true)
            #expect(found.warnings == ["policy.missing"], "\(found.text)")
            for cure in found.cures { try await surgery.carryOut(cure.lines, of: cure.check) }
            #expect(try await surgery.summary(number) == "pending")
            #expect(surgery.files.withLock { $0 } == files)
            #expect(try made() == before)
        }
    }

    @Test func policyThatMayMeanMore() async throws {
        try await Surgery.tell(warned: ["policy.doubt"]) { story, _ in
            let policy = Story.policy.replacing(#""docs/**""#, with: #""re:docs/.*""#)
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": policy])
        }
    }

    /// A line of CODEOWNERS names nobody: whoever waits is undecided, and the line is named.
    @Test func ownerWhoIsNotThere() async throws {
        func own(_ text: String, _ story: Story) throws {
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: ["CODEOWNERS": story.named(text)])
        }
        try await Surgery.tell(
            warned: ["policy.deadlock"], policy: Story.policy + "  owners: { require: owners_of_each_file }\n",
            prepare: { story, _ in try own(".* @ORG/qa @CAROL\n", story) },
            fault: { story, _ in try own(".* @ORG/qa @CAROL @nobody-there\n", story) })
    }

    @Test func skewedClock() async throws {
        try await Surgery.tell(named: ["reach.clock"]) { _, surgery in surgery.skew.withLock { $0 = 3600 } }
    }

    @Test func twoServicesWithTheSameContext() async throws {
        try await Surgery.tell(named: ["protection.foreign-status"], checksMeanwhile: false) { story, surgery in
            // The service that runs beside ours posts last, and then it is stopped.
            surgery.set("COUNTERSIGN_FORGE_TOKEN", story.dave.token)
            let beside = await surgery.run(["refire", story.repository, "--all"])
            #expect(beside.status == 0, "\(beside)")
            surgery.set("COUNTERSIGN_FORGE_TOKEN", story.gate.token)
        }
    }

    /// One of five policies is not valid: the other four keep working, and it is the one that is named.
    @Test func invalidPolicyOfOneRepositoryOfFive() async throws {
        try await Surgery.tell(
            target: "acme", named: ["policy.invalid"],
            prepare: { story, _ in
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
    /// A mistake in what all repositories of an organisation share is mended where it is.
    @Test func invalidPolicyOfTheOrganization() async throws {
        let shared = "version: 1\ngates:\n  shared:\n    description: For all\n    require: qa\n"
        try await Surgery.tell(
            target: "acme", named: ["policy.invalid"],
            prepare: { story, _ in
                try await story.share(["countersign.yml": shared])
                try await story.forge.protect(
                    "main", of: story.shared, contexts: ["countersign: main"], as: story.keeper)
            }
        ) { story, surgery in
            try story.simulator?.world.push(
                to: "main", of: story.shared, as: story.keeper.login,
                files: ["countersign.yml": shared.replacing("description:", with: "descripton:")])
            let found = try await surgery.doctor()
            #expect(found.blocking == ["policy.invalid"], "\(found.text)")
            let cure = found.cures.first { $0.check == "policy.invalid" }?.lines
            let place = "in `countersign.yml` on `main` of `\(story.shared)`, line 4: "
            #expect(cure?.count == 1 && cure?.first?.hasPrefix(place) == true, "\(found.text)")
        }
    }
}
