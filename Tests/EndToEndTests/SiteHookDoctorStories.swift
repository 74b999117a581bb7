import Foundation
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI

/// A webhook of the whole site is all there is: site administrators are shown it, and nobody else.
@Suite(.simulatorOnly) struct SiteHookDoctorStories {
    private static let path = "/admin/hooks"
    private static let hookURL = "https://gate.example.org/hooks/forge"

    private static func make(_ story: Story, _ surgery: Surgery) async throws {
        let url = surgery.hookURL.isEmpty ? hookURL : surgery.hookURL
        try await story.forge.must(
            .POST, path, as: nil,
            [
                "type": "gitea", "active": true, "events": ["push", "pull_request"],
                "config": [
                    "url": .string(url), "content_type": "json", "secret": .string(RunningService.secret),
                    "is_system_webhook": "true",
                ],
            ])
    }

    private static func change(_ changes: JSON, _ story: Story) async throws {
        let id = try #require(try await story.forge.must(.GET, path).array?.first?["id"]?.int)
        try await story.forge.must(.PATCH, "\(path)/\(id)", as: nil, changes)
    }

    /// It is sound before and after: what is printed is carried out by a site administrator.
    @Test(arguments: [
        ("hook.inactive", ["active": false, "events": ["push", "pull_request"]] as JSON),
        ("hook.events", ["events": ["push", "pull_request_only"]] as JSON),
        (
            "hook.address",
            [
                "events": ["push", "pull_request"],
                "config": ["url": "https://gate.example.org/hook", "content_type": "json"],
            ] as JSON
        ),
    ])
    func spoilt(check: String, changes: JSON) async throws {
        try await Surgery.tell(
            arguments: ["--hook-url", Self.hookURL], named: [check], signsLate: true, lent: "/site-administrator",
            prepare: Self.make
        ) { story, _ in
            try await Self.change(changes, story)
        } after: { story in
            let hooks = try await story.forge.must(.GET, Self.path).array ?? []
            #expect(hooks.count == 1)
            let own = try await story.forge.must(.GET, "/repos/\(story.repository)/hooks", as: story.keeper).array
            #expect(own?.isEmpty == true)
        }
    }

    @Test func switchedOffWhileAServiceRuns() async throws {
        try await Surgery.tell(
            named: ["hook.inactive"], hasService: true, checksMeanwhile: false, signsLate: true,
            lent: "/site-administrator", prepare: Self.make
        ) { story, _ in
            try await Self.change(["active": false, "events": ["push", "pull_request"]], story)
        }
    }

    /// An owner is not shown it: that it may be there is said, with what looks for it, which finds nothing amiss.
    @Test func shownToNobodyElse() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["block_admin_merge_override": true])
            try await RunningService.run(story) { running in
                surgery.listen(to: running)
                try await Self.make(story, surgery)
                _ = try await story.pull()
                try await surgery.step()
                let seen = try await surgery.doctor(isRead: true)
                #expect(seen.blocking == ["hook.missing"] && seen.warnings.isEmpty, "\(seen.text)")
                let heard = "; but the service took a rightly signed delivery about it "
                #expect(seen.text.contains(heard), "\(seen.text)")
                #expect(
                    seen.text.contains(
                        " s ago: it may be from a webhook of the whole site, which only a site administrator is shown, or "
                            + "from one that is gone since"), "\(seen.text)")
                let step = try #require(seen.cures.first { $0.check == "hook.missing" }?.lines.first)
                let command = try #require(step.firstMatch(of: /`countersign (doctor [^`]+)`/)).output.1
                #expect(command.hasSuffix(" --administrator-token-file FILE"), "\(step)")
                surgery.files.withLock { $0["FILE"] = story.simulator?.options.adminToken }
                let words = command.replacing("'", with: "").split(separator: " ").map { String($0) }
                let looked = await surgery.run(words)
                #expect(looked.status == 0, "\(looked)")
                #expect(!looked.output.contains("not checked"), "\(looked)")
                surgery.listen(to: nil)
            }
        }
    }
}
