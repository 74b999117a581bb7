import Foundation
import GatePolicy
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI

/// `explain`, `simulate`, `facts` and `backtest`: questions that post nothing.
@Suite struct QuestionStories {
    /// A pull request of alice's that bob of QA approved; security is still asked for.
    private func half(_ story: Story) async throws -> Int {
        let number = try await story.pull()
        try await story.approve(number, as: story.bob)
        return number
    }

    private func asked(
        _ story: Story, _ arguments: [String], _ exit: CountersignCLI.ExitStatus, _ golden: String,
        files: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let asked = try await story.run(arguments, files: files)
        #expect(asked.exitStatus == exit.rawValue, "\(asked.told)", sourceLocation: sourceLocation)
        try expectTold(asked.told, "questions/\(golden).txt", sourceLocation: sourceLocation)
    }

    @Test(.simulatorOnly) func explainPostsNothing() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            story.simulator?.requests.reset()
            let subject = "\(story.repository)#\(number)"
            try await asked(story, ["explain", subject], .held, "explain")
            try await asked(story, ["explain", subject, "security-review"], .held, "explain-gate")
            try await asked(story, ["explain", subject, "secrity-review"], .usage, "explain-no-gate")
            #expect(story.simulator?.requests.all.contains { $0.method != "GET" } != true)
        }
    }

    /// The verdict is told though other pull requests of the commit are not known, and is no pass.
    @Test(.simulatorOnly) func explainWithoutTheList() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            try await story.approve(number, as: story.carol)
            let subject = "\(story.repository)#\(number)"
            story.simulator?.faults.add(Fault(path: "/repos/\(story.repository)/pulls", kind: .status(500)))
            try await asked(story, ["explain", subject], .undecided, "explain-no-list")
            story.simulator?.faults.clear()
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice, ["state": "closed"])
            story.simulator?.faults.add(Fault(path: "/repos/\(story.repository)/pulls", kind: .status(500)))
            try await asked(story, ["explain", subject], .passed, "explain-closed-no-list")
        }
    }

    /// What each person can do: who signed, who could, who opened it, who is nobody here.
    @Test(arguments: ["alice", "bob", "carol", "dave"]) func explainAs(_ person: String) async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let subject = "\(story.repository)#\(number)"
            let login = story.forge.name(person)
            try await asked(story, ["explain", subject, "--as", login], .held, "explain-as-\(person)")
        }
    }

    @Test func explainAsNobody() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let subject = "\(story.repository)#\(number)"
            try await asked(story, ["explain", subject, "--as", "zelda"], .usage, "explain-as-nobody")
        }
    }

    @Test func simulate() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let subject = "\(story.repository)#\(number)"
            let carol = story.carol.login
            try await asked(story, ["simulate", subject, "--approve", carol], .passed, "simulate-approval")
            try await asked(
                story, ["simulate", subject, "--approve", carol, "--request-changes", story.dave.login], .held,
                "simulate-objection")
            try await asked(
                story, ["simulate", subject, "--dismiss", story.bob.login], .held, "simulate-dismissal")
            let policy = "version: 1\ngates:\n  qa-review: { require: qa }\n"
            try await asked(
                story, ["simulate", subject, "--policy", "new.yml"], .passed, "simulate-policy",
                files: ["new.yml": policy])
        }
    }

    /// The law of the tool: what it supposes is what then happens.
    @Test func whatIsSupposedHappens() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let subject = "\(story.repository)#\(number)"
            let supposed = try await story.run(["simulate", subject, "--approve", story.carol.login])
            try await story.approve(number, as: story.carol)
            let found = try await story.check(number, ["--dry-run"])
            #expect(supposed.exitStatus == found.exitStatus)
            for line in ["✓ qa-review", "✓ security-review"] {
                #expect(supposed.output.contains(line) && found.output.contains(line))
            }
        }
    }

    @Test func allOpen() async throws {
        try await Story.tell { story in
            _ = try await half(story)
            _ = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            let files = [
                "new.yml": "version: 1\ngates:\n  qa-review: { require: qa }\n",
                "same.yml": Story.policy,
            ]
            let question = ["simulate", story.repository, "--all-open", "--policy"]
            try await asked(story, question + ["new.yml"], .held, "all-open", files: files)
            try await asked(story, question + ["same.yml"], .passed, "all-open-same", files: files)
            try await asked(story, ["simulate", story.repository, "--all-open"], .usage, "all-open-without-policy")
        }
    }

    /// What is not known under both policies has not stayed; it is told once, with its cure.
    @Test func allOpenNotKnown() async throws {
        let policy = "version: 1\nblock: none\ngates:\n  review: { require: qa }\n  safety: { require: security }\n"
        try await Story.tell(policy: policy) { story in
            for (number, branch) in ["feature/one", "feature/two"].enumerated() {
                let pull = try await story.pull(branch, file: "src/\(number).swift", branch: branch)
                try await story.approve(pull, as: story.bob)
                try await story.merge(pull, as: story.keeper)
            }
            for (number, branch) in ["feature/three", "feature/four"].enumerated() {
                let pull = try await story.pull(branch, file: "more/\(number).swift", branch: branch)
                try await story.approve(pull, as: story.bob)
            }
            let token = try await story.forge.token(story.erin, named: "outside", scopes: ["read:organization"])
            for (question, golden) in [
                (["simulate", story.repository, "--all-open"], "all-open-not-known"),
                (["backtest", story.repository], "backtest-not-known"),
            ] {
                let told = try await story.run(
                    question + ["--policy", "same.yml"], directory: token, files: ["same.yml": policy])
                #expect(told.exitStatus == 2, "\(told.told)")
                try expectTold(told.told, "questions/\(golden).txt")
            }
        }
    }

    /// A policy that names what is not there judges nothing: it is told once, with its place, as `check` does.
    @Test func comparedWithAMistake() async throws {
        try await Story.tell { story in
            let merged = try await story.pull()
            try await story.merge(merged, as: story.keeper)
            for name in ["two", "three", "four", "five", "six"] {
                _ = try await story.pull(name, file: "src/\(name).swift", branch: "feature/\(name)")
            }
            let files = ["new.yml": "version: 1\ngates:\n  review: { require: secrity }\n"]
            let open = ["simulate", story.repository, "--all-open", "--policy", "new.yml"]
            try await asked(story, open, .invalidPolicy, "all-open-mistake", files: files)
            let history = ["backtest", story.repository, "--policy", "new.yml"]
            try await asked(story, history, .invalidPolicy, "backtest-mistake", files: files)
        }
    }

    /// Facts of a file give the same bytes as the forge that they were read from.
    @Test func factsOfAFile() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let subject = "\(story.repository)#\(number)"
            let online = try await story.run(["explain", subject, "--format", "json"])
            let facts = try await story.rawOutput(["facts", subject])
            // Under the name that it has in the repository: places in it are told.
            let files = ["facts.json": facts, ".countersign.yml": Story.policy]
            let offline = try await story.run(
                ["explain", "--facts", "facts.json", "--policy", ".countersign.yml", "--format", "json"],
                files: files)
            #expect(offline.exitStatus == online.exitStatus)
            let digest = /"policyDigest" : "[0-9a-f]*"/
            #expect(offline.output.replacing(digest, with: "") == online.output.replacing(digest, with: ""))
            let again = try await story.rawOutput(["facts", subject])
            #expect(facts == again)
            #expect(!facts.contains(story.gate.token) && !facts.contains(story.directoryToken))
        }
    }

    /// A draft with every approval is not green, and `explain` says what `check` says.
    @Test(.simulatorOnly) func aDraftIsHeld() async throws {
        try await Story.tell { story in
            let number = try await story.pull("WIP: Add one")
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            let subject = "\(story.repository)#\(number)"
            for question in [["check", subject, "--dry-run"], ["explain", subject], ["simulate", subject]] {
                let asked = try await story.run(question)
                #expect(asked.exitStatus == 1, "\(question): \(asked.told)")
                #expect(asked.output.contains("the pull request is a draft: it is pending until it is ready"))
            }
        }
    }

    /// What another pull request of the same commit holds is not green either, nor when its last approval is supposed.
    @Test(.simulatorOnly) func aSiblingHolds() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            try await story.forge.branch("feature/same", from: "feature/one", of: story.repository, as: story.alice)
            let other = try await story.forge.pull(
                "The same", from: "feature/same", to: "main", of: story.repository, as: story.alice)
            let subject = "\(story.repository)#\(number)"
            let supposed = try await story.run(["simulate", subject, "--approve", story.carol.login])
            #expect(supposed.exitStatus == 1, "\(supposed.told)")
            #expect(supposed.output.contains("#\(other) has the same commit and is waiting: it may hold this one"))
            try await story.approve(number, as: story.carol)
            let held = "held by acme/widget#\(other), which has the same commit: waiting"
            for question in [["check", subject, "--dry-run"], ["explain", subject], ["simulate", subject]] {
                let asked = try await story.run(question)
                #expect(asked.exitStatus == 1 && asked.output.contains(held), "\(question): \(asked.told)")
            }
        }
    }

    /// Where there are no facts nothing is written that could be taken for some.
    @Test(.simulatorOnly) func noFactsWithoutAPolicy() async throws {
        try await Story.tell(policy: nil) { story in
            let number = try await story.pull()
            let asked = try await story.run(["facts", "\(story.repository)#\(number)"])
            #expect(asked.exitStatus == 3 && asked.output.isEmpty, "\(asked.told)")
            #expect(asked.talk.contains("no policy"))
        }
    }

    /// A request for changes beats a waiver: nobody is told that more waivers would help.
    @Test(.simulatorOnly) func aWaiverDoesNotLiftAnObjection() async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { require: qa, waive: { by: security, reason: optional } }

            """
        try await Story.tell(policy: policy) { story in
            let number = try await story.pull()
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.carol)
            let asked = try await story.run(
                ["explain", "\(story.repository)#\(number)", "--as", story.carol.login])
            #expect(asked.output.contains("counts, and then it is rejected"), "\(asked.told)")
            #expect(!asked.output.contains("more must waive"))
        }
    }

    /// What was said and done after the merge has no part in it.
    @Test(.simulatorOnly) func backtestEndsWithTheMerge() async throws {
        let policy =
            Story.policy + """
                  calm: { when: label("risk"), require: never("too risky") }
                  sealed: { require: qa, waive: { by: qa, reason: optional } }

                """
        try await Story.tell(policy: policy) { story in
            let risk = try await story.label("risk")
            let unseen = try await story.pull("Unseen")
            try await story.merge(unseen, as: story.keeper)
            let green = try await story.pull("Green", file: "src/two.swift", branch: "feature/two")
            for person in [story.bob, story.carol] { try await story.approve(green, as: person) }
            try await story.merge(green, as: story.keeper)
            for person in [story.bob, story.carol] { try await story.approve(unseen, as: person) }
            try await story.label(green, risk, as: story.carol)
            try await story.forge.review("REQUEST_CHANGES", green, of: story.repository, as: story.carol)
            let question = ["backtest", story.repository, "--policy", "new.yml"]
            try await asked(story, question, .held, "backtest-late", files: ["new.yml": policy])
        }
    }

    @Test func backtest() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            try await story.approve(number, as: story.carol)
            _ = try await story.check(number)
            try await story.merge(number, as: story.keeper)
            let lone = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await story.merge(lone, as: story.keeper)
            // Approved, then pushed to: what the branch holds by now would make both look alike.
            let changed = try await story.pull("Add three", file: "src/three.swift", branch: "feature/three")
            for person in [story.bob, story.carol] { try await story.approve(changed, as: person) }
            try await story.push("src/late.swift", to: "feature/three", as: story.alice)
            try await story.merge(changed, as: story.keeper)
            let law = try await story.pull("Add a law", file: "law.md", branch: "feature/law")
            try await story.change(".countersign.yml", Story.policy + "# a word\n", on: "feature/law", as: story.alice)
            try await story.merge(law, as: story.keeper)
            _ = try await story.pull("Add four", file: "src/four.swift", branch: "feature/four")
            let files = ["new.yml": Story.policy]
            let question = ["backtest", story.repository, "--policy", "new.yml"]
            try await asked(story, question, .held, "backtest", files: files)
            try await asked(story, question + ["--last", "1"], .held, "backtest-last", files: files)
        }
    }
}

extension Story {
    func merge(_ number: Int, as person: Person) async throws {
        try await forge.must(.POST, "/repos/\(repository)/pulls/\(number)/merge", as: person, ["Do": "merge"])
        try await forge.tick()
    }

    /// What a command prints, as it is: names and commits are not retold.
    func rawOutput(_ arguments: [String]) async throws -> String {
        let printed = Mutex("")
        let status = await Countersign.run(
            arguments,
            CommandContext(
                environment: [
                    "COUNTERSIGN_FORGE_URL": forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": gate.token,
                    "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": directoryToken,
                ],
                output: { text in printed.withLock { $0 += text } }, talk: { _ in }, readFile: { _ in [] },
                now: { [clock] in Timestamp(seconds: Int64(clock.now.timeIntervalSince1970)) }, sleep: { _ in }))
        #expect(status == 0)
        return printed.withLock { $0 }
    }
}
