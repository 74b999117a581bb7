import GatePolicy
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

/// What is done stood in the plan, word for word.
extension ProvisionStories {
    /// A world that somebody begins in.
    enum Beginning: String, CaseIterable {
        case nothing, starterPolicy, namedRepositories, anAccountThatPosts, aDeadToken, oneMoreBranch, rotation
    }

    @Test(arguments: Beginning.allCases) func whatIsDoneStoodInThePlan(in world: Beginning) async throws {
        try await Story.tell { story in
            let office = Office(story)
            var arguments = Office.usual
            _ = try await story.pull()
            /// A line that must be there: the one that was done and not planned.
            var wanted: String?
            switch world {
            case .nothing: break
            case .starterPolicy:
                try await story.forge.repository("gadget", of: "acme", as: story.keeper)
                arguments.append("--starter-policy")
                wanted = "offer `acme/gadget` a policy as a pull request"
            case .namedRepositories:
                try await story.forge.repository("gadget", of: "acme", as: story.keeper)
                arguments = arguments.flatMap { $0 == "acme" ? ["acme/widget", "acme/gadget"] : [$0] }
                arguments.append("--starter-policy")
                wanted = "offer `acme/gadget` a policy as a pull request"
            case .anAccountThatPosts:
                office.files.withLock {
                    $0["/own"] = story.gate.token
                    $0["/owners"] = story.directoryToken
                }
                let fired = await office.run([
                    "refire", story.repository, "--token-file", "/own", "--directory-token-file", "/owners",
                ])
                #expect(fired.status == 0, "\(fired)")
                arguments += ["--account", "gate"]
                wanted = "protect `main` of `acme/widget`: require `countersign: main`"
            case .aDeadToken:
                _ = await office.run(arguments + ["--yes"])
                #expect(await refire(office).status == 0)
                let token = office.files.withLock { $0["/secrets/forge-token"] ?? "" }.dropLast()
                story.simulator?.world.update { $0.tokens.removeAll { $0.value == token } }
                wanted = "protect `main` of `acme/widget`: require `countersign: main`"
            case .oneMoreBranch:
                try await story.forge.branch("stable", from: "main", of: story.repository, as: story.keeper)
                _ = try await story.pull("Into stable", file: "src/two", branch: "feature/two", to: "stable")
                _ = await provision(office)
                arguments += ["--branch", "main", "--branch", "stable"]
                wanted = "protect `stable` of `acme/widget`: require `countersign: stable`"
            case .rotation:
                _ = await provision(office)
                arguments.append("--rotate")
                wanted = "take away the old `countersign` of `countersign`"
            }
            func lines(_ text: String, _ mark: String) -> [String] {
                text.split(separator: "\n").filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
            }
            let planned = await office.run(arguments + ["--plan"])
            let done = await office.run(arguments + ["--yes"])
            #expect(!done.text.contains("NOT DONE"), "\(done.text)")
            #expect(lines(done.text, "done: ").sorted() == lines(planned.text, "would ").sorted(), "\(done.text)")
            if let wanted {
                #expect(lines(done.text, "done: ").contains { $0.hasPrefix(wanted) }, "\(planned.text)\n\(done.text)")
            }
        }
    }

    /// Something becomes possible while the plan is carried out: it is told, and waits for a plan that has it.
    @Test func whatWasNotInThePlanIsNotDone() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let simulator = try #require(story.simulator)
            let keeper = story.keeper.login
            simulator.beforeResponse = { record, world in
                guard record.method == "POST", record.path == "/orgs/acme/teams" else { return }
                _ = try? world.push(to: "main", of: "acme/widget", as: keeper, files: [".countersign.yml": nil])
            }
            let arguments = Office.usual + ["--starter-policy", "--yes"]
            let done = await office.run(arguments)
            simulator.beforeResponse = nil
            #expect(done.status == 1, "\(done.text)")
            let offer = "offer `acme/widget` a policy as a pull request"
            #expect(!done.text.contains("done: \(offer)"), "\(done.text)")
            #expect(done.text.contains("left: \(offer), which was not in the plan: run this again\n"), "\(done.text)")
            let again = await office.run(arguments)
            #expect(again.text.contains("done: \(offer)"), "\(again.text)")
        }
    }

    /// Where the tokens cannot be made, what waits for them is among what is left.
    @Test func whatWaitsForTheTokens() async throws {
        try await Story.tell(policy: nil) { story in
            let office = Office(story)
            office.files.withLock { $0["/password"] = "Story-keeper-1" }
            var arguments = Office.usual + ["--starter-policy"]
            arguments[3] = "keeper"
            let offer = "offer `acme/widget` a policy as a pull request"
            #expect(await office.run(arguments + ["--plan"]).text.contains("would \(offer)\n"))
            let done = await office.run(arguments + ["--yes"])
            #expect(done.text.contains("left: \(offer), when what stands above is done: "), "\(done.text)")
        }
    }
}
