import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// Ways to a green, or to somebody else's red, that were tried by people who mean harm.
@Suite(.simulatorOnly) struct AttackStories {
    private static let sourcePolicy = """
        version: 1
        gates:
          qa-review: { when: 'changes("src/**")', require: qa }
        """

    /// A second branch at the head of the first one.
    private func twin(_ story: Story, of branch: String = "feature/one", as name: String) async throws {
        try await story.forge.branch(name, from: branch, of: story.repository, as: story.keeper)
    }

    /// The forge counts a file that becomes a link once, lists it twice, and cuts the list to the count.
    @Test(.simulatorOnly, arguments: [true, false]) func aChangeOfTypeHidesNoFile(_ hidesCode: Bool) async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { when: 'not changes_only("docs/**")', require: qa }
            """
        try await Story.tell(policy: policy) { story in
            let world = try #require(story.simulator).world
            _ = try world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: ["docs/a.md": "one\n"])
            var files = ["docs/a.md": "link: /etc/passwd"]
            if hidesCode { files["src/evil.swift"] = "evil\n" }
            _ = try world.push(to: "feature/one", of: story.repository, as: story.alice.login, files: files)
            let number = try await story.forge.pull(
                "Docs", from: "feature/one", of: story.repository, as: story.alice)
            let listed = try await story.forge.call(
                .GET, "/repos/\(story.repository)/pulls/\(number)/files", as: story.alice)
            #expect(!listed.json.text.contains("evil"), "the attack needs that the forge does not list it")
            let checked = try await story.check(number)
            #expect(checked.summary == (hidesCode ? "pending" : "success"), "\(checked.told)")
        }
    }

    /// Something on the way says that the base branch is not there: another branch's policy must not take its place.
    @Test(.simulatorOnly) func aBaseThatIsSaidNotToBeThere() async throws {
        try await Story.tell(policy: "version: 1\ngates: { nothing: { when: 'files < 0', require: qa } }\n") { story in
            let world = try #require(story.simulator).world
            _ = try world.push(
                to: "release", of: story.repository, as: story.keeper.login,
                files: [".countersign.yml": Self.sourcePolicy])
            try await story.forge.protect(
                "release", of: story.repository, contexts: ["countersign: release"], as: story.keeper)
            try await story.forge.commit(
                [.create("src/one.swift", "one\n")], to: story.repository, branch: "main", newBranch: "feature/one",
                as: story.alice)
            let number = try await story.forge.pull(
                "One", from: "feature/one", to: "release", of: story.repository, as: story.alice)
            #expect(try await story.check(number).statuses["countersign: release"]?.state == "pending")
            story.simulator?.faults.add(Fault(method: "GET", path: "/repos/*/branches/release", kind: .status(404)))
            let checked = try await story.check(number)
            #expect(checked.statuses["countersign: release"]?.state == "error", "\(checked.told)")
            #expect(checked.exitStatus == 2)
        }
    }

    /// The last file of the list is the first half of a change of type, so its lines are not those that came.
    @Test(.simulatorOnly, arguments: [true, false]) func aChangeOfTypeHidesNoLines(_ becomesAFile: Bool) async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { when: 'not lines < 50', require: qa }
            """
        try await Story.tell(policy: policy) { story in
            let world = try #require(story.simulator).world
            _ = try world.push(
                to: "main", of: story.repository, as: story.keeper.login,
                files: ["a.md": "one\n", "z.sh": "link: /bin/true"])
            let lines = String(repeating: "evil\n", count: 900)
            _ = try world.push(
                to: "feature/one", of: story.repository, as: story.alice.login,
                files: ["a.md": "two\n", "z.sh": becomesAFile ? lines : nil])
            let number = try await story.forge.pull(
                "Small", from: "feature/one", of: story.repository, as: story.alice)
            let checked = try await story.check(number)
            #expect(checked.summary == (becomesAFile ? "error" : "success"), "\(checked.told)")
        }
    }

    /// Dave's pull request has erin's head when the check lists it, and another one, which is green, when its turn comes.
    @Test(.simulatorOnly) func aSiblingThatMovesAwayLendsNoGreen() async throws {
        try await Story.tell(policy: Self.sourcePolicy, isPrivate: false) { story in
            let simulator = try #require(story.simulator)
            try await story.forge.commit(
                [.create("src/one.swift", "one\n")], to: story.repository, branch: "main", newBranch: "feature/one",
                as: story.alice)
            let number = try await story.forge.pull(
                "By an outsider", from: "feature/one", of: story.repository, as: story.erin)
            let sibling = try await story.pull("Docs", file: "docs/two.md", branch: "feature/two", by: story.dave)
            let harmless = try await story.forge.head(of: sibling, story.repository)
            let head = try await story.forge.head(of: number, story.repository)
            try simulator.world.move("feature/two", of: story.repository, to: head, as: story.dave.login)
            let path = "/repos/\(story.repository)/issues/\(sibling)/timeline"
            let isMoved = Mutex(false)
            simulator.beforeResponse = { record, world in
                guard record.path == path,
                    isMoved.withLock({ was in
                        defer { was = true }; return !was
                    })
                else { return }
                do {
                    try world.move("feature/two", of: story.repository, to: harmless, as: story.dave.login)
                } catch { Issue.record(error) }
            }
            let checked = try await story.check(number)
            simulator.beforeResponse = nil
            #expect(isMoved.withLock { $0 })
            #expect(checked.summary == "pending", "\(checked.told)")
            #expect(checked.exitStatus == 1)
        }
    }

    /// Two checks run side by side: the one that read less than the other must not have the last word.
    @Test(.simulatorOnly) func aCheckThatWasOvertakenPostsNoGreen() async throws {
        try await Story.tell(policy: Self.sourcePolicy) { story in
            let simulator = try #require(story.simulator)
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            let path = "/repos/\(story.repository)/issues/\(number)/timeline"
            let reads = Mutex(0)
            simulator.beforeResponse = { record, _ in
                guard record.path == path,
                    reads.withLock({
                        $0 += 1; return $0
                    }) == 2
                else { return }
                // The reviews were read; now carol objects, and another check says so.
                do {
                    try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.carol)
                    let other = try await story.check(number)
                    #expect(other.summary == "failure", "\(other.told)")
                } catch { Issue.record(error) }
            }
            let checked = try await story.check(number)
            simulator.beforeResponse = nil
            #expect(checked.summary == "failure", "\(checked.told)")
            #expect(checked.exitStatus == 2)
        }
    }

    /// Something on the way says that nothing ever happened: whoever pushed would be hidden, every time it is asked.
    @Test(.simulatorOnly) func aTimelineThatIsHiddenWholly() async throws {
        try await Story.tell(policy: Self.sourcePolicy) { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            story.simulator?.faults.add(
                Fault(path: "/repos/\(story.repository)/issues/\(number)/timeline", kind: .body("null")))
            let checked = try await story.check(number)
            #expect(checked.summary == "error", "\(checked.told)")
            story.simulator?.faults.clear()
            #expect(try await story.check(number).summary == "success")
        }
    }

    /// A green that stood must not stay because the list of siblings cannot be had any more.
    @Test(.simulatorOnly) func aListThatFailsKeepsNoGreen() async throws {
        try await Story.tell(policy: Self.sourcePolicy) { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            #expect(try await story.check(number).summary == "success")
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.carol)
            story.simulator?.faults.add(Fault(path: "/repos/\(story.repository)/pulls", kind: .status(500)))
            let checked = try await story.check(number)
            #expect(checked.summary == "error", "\(checked.told)")
            #expect(checked.exitStatus == 2)
        }
    }

    /// An older gate's name that was taken over is required by branch protection like any other.
    @Test func aContextOfOnesOwnDoesNotStayGreen() async throws {
        let policy = "version: 1\ngates:\n  qa-review: { context: sop, require: qa }\n"
        try await Story.tell(policy: policy) { story in
            let allow: [String: String?] = ["COUNTERSIGN_CONTEXTS_ALLOW": "sop = main"]
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            #expect(try await story.check(number, environment: allow).statuses["sop"]?.state == "success")
            try await story.forge.commit(
                [.update(".countersign.yml", "version: 1\n")], to: story.repository, branch: "main", as: story.keeper)
            let checked = try await story.check(number, environment: allow)
            #expect(checked.exitStatus == 3)
            #expect(checked.statuses["sop"]?.state == "error", "\(checked.told)")
            // Nor does a green that somebody else posts there.
            try await story.post("success", "sop", on: number, as: story.dave)
            #expect(try await story.check(number, environment: allow).statuses["sop"]?.state == "error")
        }
    }

    /// `old / {gate}` is allowed for `main`: a green that `dev` gave under it would open `main`.
    @Test func aContextOfAnotherBranchIsNotPosted() async throws {
        let policy =
            "version: 1\ngates:\n  qa-review: { context: 'old / {gate}', when: 'base(\"main\")', require: qa }\n"
        try await Story.tell(policy: policy) { story in
            try await story.branch("dev")
            let allow: [String: String?] = ["COUNTERSIGN_CONTEXTS_ALLOW": "old / {gate} = main"]
            let number = try await story.pull(to: "dev")
            let checked = try await story.check(number, environment: allow)
            #expect(story.summary("dev", of: checked) == "success", "\(checked.told)")
            #expect(checked.statuses["old / qa-review"] == nil, "\(checked.told)")
            try await story.forge.retarget(number, to: "main", of: story.repository, as: story.alice)
            #expect(try await story.check(number, environment: allow).statuses["old / qa-review"]?.state == "pending")
        }
    }

    /// An outsider opens the same head again and again: none of that costs anybody a call.
    @Test(.simulatorOnly) func outsidersDoNotMakeTheCheckLong() async throws {
        try await Story.tell(policy: Self.sourcePolicy, isPrivate: false) { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            var others: [Int] = []
            for index in 1...5 {
                try await twin(story, as: "twin/\(index)")
                others.append(
                    try await story.forge.pull("Hold", from: "twin/\(index)", of: story.repository, as: story.erin))
            }
            story.simulator?.requests.reset()
            let checked = try await story.check(number)
            #expect(checked.summary == "success", "\(checked.told)")
            let paths = story.simulator?.requests.all.map(\.path) ?? []
            for other in others {
                #expect(
                    !paths.contains { $0.hasSuffix("/pulls/\(other)/reviews") || $0.hasSuffix("/\(other)/timeline") })
            }
        }
    }

    /// Two names that look and compare alike, and are two labels: the one of the leads counts.
    @Test func aLabelThatLooksTheSameHidesNone() async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { when: 'label("tier:\u{e9}lev\u{e9}" by security)', require: qa }
            """
        try await Story.tell(policy: policy) { story in
            let fake = try await story.label("tier:e\u{301}leve\u{301}")
            let real = try await story.label("tier:\u{e9}lev\u{e9}")
            let number = try await story.pull()
            try await story.label(number, fake, as: story.dave)
            try await story.label(number, real, as: story.carol)
            let checked = try await story.check(number)
            #expect(checked.summary == "pending", "\(checked.told)")
        }
    }

    /// The organisation's policy is in a private repository that neither token is shown.
    @Test(.simulatorOnly) func anOrganizationPolicyThatIsNotShownIsNotAbsent() async throws {
        try await Story.tell(policy: nil, isPrivate: false) { story in
            try await story.forge.repository(".countersign", of: "acme", isPrivate: true, as: story.keeper)
            try await story.forge.commit(
                [.create("countersign.yml", Self.sourcePolicy)], to: "\(story.forge.name("acme"))/.countersign",
                branch: "main", as: story.keeper)
            let number = try await story.pull()
            let blind = try await story.forge.token(
                story.erin, named: "directory", scopes: StoryForge.directoryScopes)
            // Where the service account can read it, it is the policy, whatever the directory token sees.
            #expect(try await story.check(number, directory: blind).summary == "pending")
            let hidden = Fault(
                path: "/repos/\(story.forge.name("acme"))/.countersign", as: story.gate.login, kind: .status(404))
            try #require(story.simulator).faults.add(hidden)
            let checked = try await story.check(number, directory: blind)
            #expect(checked.exitStatus == 2, "\(checked.told)")
            #expect(checked.summary == "error", "\(checked.told)")
        }
    }

    /// Its file was read, and then its branch is said not to be there.
    @Test(.simulatorOnly) func anOrganizationPolicyWhoseBranchIsSaidToBeGone() async throws {
        try await Story.tell(policy: nil, isPrivate: false) { story in
            try await story.share(["countersign.yml": Self.sourcePolicy])
            let number = try await story.pull()
            #expect(try await story.check(number).summary == "pending")
            try #require(story.simulator).faults.add(
                Fault(path: "/repos/\(story.shared)/branches/*", as: story.gate.login, kind: .status(404)))
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 2, "\(checked.told)")
            #expect(checked.summary == "error", "\(checked.told)")
        }
    }

    /// Something between us and the forge answers with another pull request's body.
    @Test(.simulatorOnly) func anotherPullRequestsBodyIsNoAnswer() async throws {
        try await Story.tell(policy: Self.sourcePolicy) { story in
            let green = try await story.pull("Docs", file: "docs/one.md", branch: "feature/docs")
            let number = try await story.pull()
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice, ["state": "closed"])
            let body = try await story.forge.must(.GET, "/repos/\(story.repository)/pulls/\(green)").text
            story.simulator?.faults.add(
                Fault(
                    path: "/repos/\(story.repository)/pulls/\(number)", as: story.gate.login, kind: .body(body)))
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 2, "\(checked.told)")
        }
    }

    /// A list of assignees is never empty: it names the repository's owner or the service account at least.
    @Test(.simulatorOnly) func anEmptyListOfAssigneesLetsNobodyOff() async throws {
        try await Story.tell(policy: Self.sourcePolicy, isPrivate: false) { story in
            try await story.forge.must(
                .PUT, "/repos/\(story.repository)/collaborators/\(story.erin.login)", as: story.keeper,
                ["permission": "write"])
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.erin)
            story.simulator?.faults.add(Fault(path: "/repos/\(story.repository)/assignees", kind: .body("[]")))
            let checked = try await story.check(number)
            #expect(checked.summary == "error", "\(checked.told)")
        }
    }
}
