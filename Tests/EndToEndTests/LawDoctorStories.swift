import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Branches that policies of others are read from, and branches that a policy names by patterns.
@Suite(.simulatorOnly) struct LawDoctorStories {
    private static let including = "include: [ \"acme/.countersign:base.yml@main\" ]\n" + Story.policy
    private static let base = "version: 1\ngates:\n  usual: { require: qa or security }\n"

    private func rule(_ method: HTTPMethod, _ changes: JSON?, of repository: String, _ story: Story) async throws {
        try await story.forge.must(
            method, "/repos/\(repository)/branch_protections/main", as: story.keeper, changes)
    }

    /// The organisation's own repository, where nobody changes anything alone.
    private func share(_ files: [String: String], _ story: Story) async throws {
        try await story.share(files)
        try await story.forge.protect("main", of: story.shared, contexts: [], as: story.keeper)
        try await rule(
            .PATCH, ["required_approvals": 1, "block_admin_merge_override": true], of: story.shared, story)
    }

    private func write(_ policy: String, _ story: Story) throws {
        try story.simulator?.world.push(
            to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": policy])
    }

    private static let faults: [(HTTPMethod, JSON?, String)] = [
        (.DELETE, nil, "the branch is not protected"),
        (.PATCH, ["required_approvals": 0], "the branch requires no approval"),
        (.PATCH, ["enable_push": true], "`enable_push` is on for everybody"),
        (.PATCH, ["unprotected_file_patterns": "*.yml"], "`unprotected_file_patterns`: `*.yml`"),
    ]

    /// Whoever may write there changed the gates of all who read it, and the doctor called that sound.
    @Test(arguments: 0..<4) func branchThatPoliciesAreReadFrom(number: Int) async throws {
        let (method, changes, answer) = Self.faults[number]
        try await Surgery.tell(
            named: ["protection.law"], policy: Self.including,
            prepare: { story, _ in try await share(["base.yml": Self.base], story) },
            fault: { story, surgery in
                try await rule(method, changes, of: story.shared, story)
                let seen = await surgery.run([
                    "doctor", story.repository, "--administrator-token-file", "/administrator",
                ])
                #expect(seen.output.contains("BLOCKS protection.law: acme/.countersign: main\n"), "\(seen)")
                #expect(seen.output.contains(answer), "\(seen)")
                #expect(seen.output.contains("blocks    acme/widget: every gate\n"), "\(seen)")
            })
    }

    /// The summary is required there, and is green before anybody has seen the change.
    @Test func gatesThatHoldNothing() async throws {
        try await Surgery.tell(
            named: ["protection.law"], policy: Self.including,
            prepare: { story, _ in
                let idle = "version: 1\ngates:\n  all: { require: qa, mode: advisory }\n"
                try await share(["base.yml": Self.base, ".countersign.yml": idle], story)
                try await rule(
                    .PATCH, ["enable_status_check": true, "status_check_contexts": ["countersign: main"]],
                    of: story.shared, story)
            },
            fault: { story, surgery in
                try await rule(.PATCH, ["required_approvals": 0], of: story.shared, story)
                let seen = await surgery.run([
                    "doctor", story.repository, "--administrator-token-file", "/administrator",
                ])
                #expect(seen.output.contains("its gates ask nobody to sign a change of `base.yml`"), "\(seen)")
            })
    }

    /// Administrators who may go past it change the gates of others alone.
    @Test func administratorsWhoMayGoPast() async throws {
        try await Surgery.tell(
            warned: ["protection.administrators"], policy: Self.including, version: ServerVersion("1.23.0"),
            prepare: { story, _ in try await share(["base.yml": Self.base], story) },
            fault: { story, _ in
                try await rule(.PATCH, ["block_admin_merge_override": false], of: story.shared, story)
            })
    }

    /// The organisation's policy is law, too, where a single repository is named.
    @Test func organizationPolicyThatEverybodyWrites() async throws {
        try await Surgery.tell(
            named: ["protection.law"],
            prepare: { story, _ in
                try await share(
                    ["countersign.yml": "version: 1\nrequired:\n  usual: { require: qa or security }\n"], story)
            },
            fault: { story, _ in try await rule(.DELETE, nil, of: story.shared, story) })
    }

    /// The same where the whole organisation is looked at: the repository has gates itself, and the cause is told once,
    /// with all whose gates they are.
    @Test func organizationPolicyBesideItsOwnGates() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            try await share(
                [
                    "countersign.yml":
                        "version: 1\ngates:\n  all: { require: qa }\nrequired:\n  usual: { require: qa }\n"
                ],
                story)
            try await rule(.DELETE, nil, of: story.shared, story)
            let seen = await surgery.run(["doctor", "acme", "--administrator-token-file", "/administrator"])
            #expect(
                seen.output.contains("protection.law: acme/.countersign: main: see `protection.not-required`"),
                "\(seen)")
            #expect(!seen.output.contains("BLOCKS protection.law"), "\(seen)")
            let blocks = "blocks    acme/.countersign: every gate\n              acme/widget: every gate\n"
            #expect(seen.output.contains(blocks), "\(seen)")
        }
    }

    /// Without an administrator's eyes nobody knows who may push there; a commit nobody can change.
    @Test func lawThatIsNotShown() async throws {
        try await Story.tell(policy: nil) { story in
            let surgery = Surgery(story)
            try await share(["base.yml": Self.base], story)
            try write(Self.including, story)
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            let unknown =
                "checks: rules of protection are shown to administrators only: lend one's token: protection.push, "
            let unseen = await surgery.run(["doctor", story.repository])
            #expect(
                unseen.output.contains("3 \(unknown)protection.law, protection.administrators\n"), "\(unseen)")
            let commit = try await story.tip(of: story.shared)
            try write(Self.including.replacing("@main", with: "@\(commit)"), story)
            let fixed = await surgery.run(["doctor", story.repository])
            #expect(!fixed.output.contains(unknown), "\(fixed)")
            #expect(fixed.output.contains("protection.push: rules of protection are shown"), "\(fixed)")
        }
    }

    /// A base that a policy names by a pattern: the branches are read, also where nobody has opened anything into them.
    @Test func branchOfAPattern() async throws {
        let policy = Story.policy + "  release: { when: 'base(\"release/*\")', require: security }\n"
        try await Surgery.tell(
            named: ["protection.not-required"], policy: policy,
            prepare: { story, _ in
                try await story.forge.branch("release/1", from: "main", of: story.repository, as: story.keeper)
                try await story.forge.branch("topic/1", from: "main", of: story.repository, as: story.keeper)
                try await story.forge.protect(
                    "release/1", of: story.repository, contexts: ["countersign: release/1"], as: story.keeper)
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/branch_protections/release%2F1", as: story.keeper,
                    ["block_admin_merge_override": true])
            },
            fault: { story, _ in
                try await story.forge.must(
                    .DELETE, "/repos/\(story.repository)/branch_protections/release%2F1", as: story.keeper)
            })
    }

    /// More of them than are looked at, or a list that cannot be had: that is told, and those that hold nobody back are
    /// found first.
    @Test func branchesThatWereNotLookedAt() async throws {
        let policy = Story.policy + "  release: { when: 'base(\"release/*\")', require: security }\n"
        try await Story.tell(policy: policy) { story in
            let surgery = Surgery(story)
            for number in 10..<21 {
                let name = "release/\(number)"
                try await story.forge.branch(name, from: "main", of: story.repository, as: story.keeper)
                guard number < 20 else { continue }
                try await story.forge.protect(
                    name, of: story.repository, contexts: ["countersign: \(name)"], as: story.keeper)
            }
            let seen = await surgery.run(["doctor", story.repository])
            #expect(seen.output.contains("acme/widget: 1 branches more that its policy speaks of"), "\(seen)")
            #expect(seen.output.contains("BLOCKS protection.not-required: acme/widget: release/20\n"), "\(seen)")
            story.simulator?.faults.add(Fault(path: "/repos/acme/widget/branches", kind: .status(500)))
            let blind = await surgery.run(["doctor", story.repository])
            #expect(
                blind.output.contains("acme/widget: which of its branches its policy speaks of: the forge failed"),
                "\(blind)")
        }
    }
}
