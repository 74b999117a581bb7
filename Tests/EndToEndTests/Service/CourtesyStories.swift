import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI

/// What the service says besides statuses; none of it may hold anything up.
@Suite(.simulatorOnly) struct CourtesyStories {
    private func comments(_ number: Int, _ story: Story) async throws -> [(id: Int, body: String, login: String)] {
        let rows = try await story.forge.must(.GET, "/repos/\(story.repository)/issues/\(number)/comments")
        return (rows.array ?? []).map {
            ($0["id"]?.int ?? 0, $0["body"]?.string ?? "", $0["user"]?["login"]?.string ?? "")
        }
    }

    private func say(_ text: String, _ number: Int, _ story: Story, as person: Story.Person) async throws {
        try await story.forge.must(
            .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: person, ["body": .string(text)])
        try await story.forge.tick()
    }

    /// The simplest policy there is: no gate asks for a comment, and what is said to the service is obeyed all the same.
    @Test func aPolicyThatAsksForNoComment() async throws {
        try await Service.tell(policy: "version: 1\ngates:\n  review: { require: qa }\n") { story, service in
            let number = try await story.pull()
            try await service.settle()
            let said = [
                ("/recheck", "+1"), ("/why", "+1"), ("/waive review because", "-1"),
                ("/recheck nothing-of-that-name", "confused"),
            ]
            for (text, answer) in said {
                try await say(text, number, story, as: story.dave)
                try await service.settle()
                let comment = try #require(try await comments(number, story).last { $0.body == text })
                let path = "/repos/\(story.repository)/issues/comments/\(comment.id)/reactions"
                let given = (try await story.forge.must(.GET, path)).array?.compactMap { $0["content"]?.string } ?? []
                #expect(given == [answer], "\(text)")
            }
            #expect(try await comments(number, story).contains { $0.body.contains("1 more of qa") })
            // What was said stays on the page, whatever is looked at next.
            try await story.approve(number, as: story.bob)
            try await service.settle()
            guard case .verdict(let verdict) = try await service.record(number).decision?.result else {
                Issue.record("there is no verdict")
                return
            }
            #expect(verdict.commands.count == said.count)
        }
    }

    @Test func whyIsAnsweredInOneCommentThatIsKeptUpToDate() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await say("/why", number, story, as: story.alice)
            try await service.settle()
            let first = try await comments(number, story).filter { $0.login == story.gate.login }
            #expect(first.count == 1)
            #expect(first.first?.body.contains("1 more of qa") == true, "\(first)")

            // It changes with the verdict, and nobody has to ask again.
            story.clock.advance(by: 61)
            try await story.approve(number, as: story.bob)
            try await service.settle()
            let second = try await comments(number, story).filter { $0.login == story.gate.login }
            #expect(second.map(\.id) == first.map(\.id))
            #expect(second.first?.body != first.first?.body)
            #expect(second.first?.body.contains("1 more of security") == true, "\(second)")

            // At most once a minute.
            let log = try #require(story.simulator).requests
            log.reset()
            try await say("/why", number, story, as: story.alice)
            try await say("/why qa-review", number, story, as: story.dave)
            try await service.settle()
            #expect(!log.all.contains { $0.method == "PATCH" && $0.login == story.gate.login })

            // Somebody deletes it: the next question gets another one.
            let id = try #require(second.first?.id)
            try await story.forge.must(
                .DELETE, "/repos/\(story.repository)/issues/comments/\(id)", as: story.keeper)
            story.clock.advance(by: 61)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            let third = try await comments(number, story).filter { $0.login == story.gate.login }
            #expect(third.count == 1 && third.first?.id != id)
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    /// Who may not is told so, whatever the command is.
    @Test func eachCommandHasItsReaction() async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { require: qa, waive: { by: security } }
              security-review: { require: security }
              sop: { checklist: [ { item: testing, by: qa } ] }

            """
        try await Service.tell(policy: policy) { story, service in
            let number = try await story.pull()
            try await service.settle()
            let said = [
                (story.carol, "/waive qa-review it is only a test", "+1"),
                (story.dave, "/waive qa-review me too", "-1"),
                (story.carol, "/waive security-review now", "-1"), (story.alice, "/ack testing", "-1"),
                (story.dave, "/ack testing", "-1"), (story.bob, "/ack testing", "+1"),
                (story.bob, "/waive nothing-of-that-name because", "confused"), (story.bob, "/recheck", "+1"),
            ]
            for (person, text, _) in said { try await say(text, number, story, as: person) }
            try await service.settle()
            let written = try await comments(number, story)
            #expect(written.count == said.count)
            for (comment, (person, text, reaction)) in zip(written, said) {
                let path = "/repos/\(story.repository)/issues/comments/\(comment.id)/reactions"
                let given = try await story.forge.must(.GET, path).array?.compactMap { $0["content"]?.string }
                #expect(given == [reaction], "\(person.name): \(text)")
            }
        }
    }

    /// Comments that cannot be written hold no status up.
    @Test func aCommentThatFailsHoldsNothingUp() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            story.simulator?.faults.add(
                Fault(method: "POST", path: "*/comments", as: story.gate.login, kind: .status(500)))
            story.simulator?.faults.add(Fault(method: "POST", path: "*/reactions", kind: .status(500)))
            try await say("/why", number, story, as: story.alice)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    @Test func aMergeAroundTheGatesIsTold() async throws {
        let told = Mutex<[Bypass]>([])
        var settings = GateSettings(commentsOnBypass: true)
        settings.tellOfBypass = { bypass in told.withLock { $0.append(bypass) } }
        try await Service.tell(settings: settings) { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await story.mergePastGates(number)
            try await service.settle()
            let bypasses = told.withLock { $0 }
            #expect(bypasses.count == 1)
            #expect(bypasses.first?.gates == ["qa-review", "security-review"])
            #expect(bypasses.first?.by?.login == story.keeper.login && bypasses.first?.number == Int64(number))
            let said = try await comments(number, story).filter { $0.login == story.gate.login }.map(\.body)
            #expect(
                said == ["Merged although not all gates had passed: `qa-review`, `security-review`."])
            // Once, whatever is looked at again.
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(told.withLock { $0.count } == 1)
        }
    }

    @Test func theMessageIsSignedAndTriedTwice() async throws {
        let heard = Mutex<[(signature: String?, body: String)]>([])
        let router = Router()
        router.post("/hook") { request, _ -> HTTPResponse.Status in
            let body = String(buffer: try await request.body.collect(upTo: 10_000))
            let name = try #require(HTTPField.Name(BypassMessage.signatureHeader))
            return heard.withLock { heard in
                heard.append((request.headers[name], body))
                return heard.count == 1 ? .internalServerError : .ok
            }
        }
        let bypass = Bypass(
            kind: .merge, repository: RepositoryName(owner: "acme", name: "widget"), number: 12, branch: "main",
            commit: try #require(CommitID(String(repeating: "a", count: 40))), by: Account(id: 7, login: "dave"),
            at: Moment(milliseconds: 1_780_000_000_000), gates: ["qa"], summary: "waiting: \"qa\"")
        try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
            .test(.live) { client in
                let port = try #require(client.port)
                await BypassMessenger(
                    address: "http://127.0.0.1:\(port)/hook", secret: "a secret of some length",
                    logger: Logger(label: "test")
                ).tell(bypass)
            }
        let messages = heard.withLock { $0 }
        #expect(messages.count == 2)
        let body =
            #"{"at":1780000000,"branch":"main","by":"dave","commit":"\#(String(repeating: "a", count: 40))","#
            + #""event":"bypass","gates":["qa"],"kind":"merge","number":12,"repository":"acme/widget","#
            + #""summary":"waiting: \"qa\""}"#
        #expect(messages.map(\.body) == [body, body])
        #expect(messages.first?.signature?.count == 64 && messages.first?.signature == messages.last?.signature)
        #expect(try BypassMessage(bypass, secret: nil).signature == nil)
        #expect(try BypassMessage(bypass, secret: "another").signature != messages.first?.signature)
    }
}
