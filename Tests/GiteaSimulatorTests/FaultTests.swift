import AsyncHTTPClient
import GiteaSimulator
import NIOCore
import NIOHTTP1
import Testing

/// Lets nobody go on until all have come.
private actor Meeting {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOver = false

    init(of size: Int) { self.size = size }

    func arrive() async {
        if waiting.count + 1 == size || isOver {
            isOver = true
            for guest in waiting { guest.resume() }
            waiting = []
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }
}

@Suite struct FaultTests {
    @Test func `a fault meets the calls it names, as often as it says`() async throws {
        try await Forge.run { forge in
            let faults = forge.simulator.faults
            faults.add(Fault(method: "GET", path: "/repos/*/pulls*", as: "bob", times: 2, kind: .status(503)))
            faults.add(Fault(path: "/version", times: 1, kind: .status(429, retryAfter: 7)))
            let path = "/repos/acme/widget/pulls"
            #expect(try await forge.call("alice", "GET", path).status == 200)
            #expect(try await forge.call("bob", "GET", path).status == 503)
            #expect(try await forge.call("bob", "GET", path).status == 503)
            #expect(try await forge.call("bob", "GET", path).status == 200)
            let limited = try await forge.call("bob", "GET", "/version")
            #expect(limited.status == 429)
            #expect(limited.headers.first(name: "Retry-After") == "7")
            #expect(try await forge.call("bob", "GET", "/version").status == 200)
        }
    }

    @Test func `pages, odd bodies, half answers and silence`() async throws {
        try await Forge.run { forge in
            let faults = forge.simulator.faults
            faults.add(Fault(path: "/version", times: 1, kind: .html(403)))
            let page = try await forge.root("GET", "/version")
            #expect(page.status == 403)
            #expect(page.text.hasPrefix("<html>"))
            faults.add(Fault(path: "/version", times: 1, kind: .body("[1,")))
            #expect(try await forge.root("GET", "/version").text == "[1,")
            faults.add(Fault(path: "/version", times: 1, kind: .truncated))
            await #expect(throws: (any Error).self) { try await forge.root("GET", "/version") }
            faults.add(Fault(path: "/version", times: 1, kind: .hang))
            let request = HTTPClientRequest(url: "\(forge.simulator.baseAddress)/api/v1/version")
            await #expect(throws: HTTPClientError.self) {
                try await HTTPClient.shared.execute(request, timeout: .milliseconds(50))
            }
            #expect(try await forge.root("GET", "/version").status == 200)
        }
    }

    @Test func `a call can be carried out although its answer goes wrong`() async throws {
        try await Forge.run { forge in
            let path = "/repos/acme/widget/labels"
            forge.simulator.faults.add(
                Fault(method: "POST", path: path, times: 1, kind: .status(502), takesEffect: true))
            let answer = try await forge.root("POST", path, ["name": "a", "color": "#ffffff"])
            #expect(answer.status == 502)
            #expect(try await forge.root("GET", path).json.array?.count == 1)
        }
    }

    @Test func `calls are logged, with whose they are and which ran side by side`() async throws {
        try await Forge.run { forge in
            let meeting = Meeting(of: 2)
            forge.simulator.beforeResponse = { _, _ in await meeting.arrive() }
            async let first = forge.call("alice", "GET", "/version")
            async let second = forge.call("bob", "GET", "/settings/api")
            _ = try await (first, second)
            forge.simulator.beforeResponse = nil
            _ = try await forge.root("GET", "/version?x=1")
            let log = forge.simulator.requests
            #expect(log.count == 3)
            #expect(Set(log.all.prefix(2).compactMap(\.login)) == ["alice", "bob"])
            #expect(log.all.last?.query == "x=1")
            #expect(log.all.last?.status == 200)
            #expect(log.rounds == 2)
            log.reset()
            #expect(log.count == 0)
        }
    }

    @Test func `latency is added to every call`() async throws {
        try await Forge.run { forge in
            forge.simulator.faults.latency = .milliseconds(30)
            let clock = ContinuousClock()
            let spent = try await clock.measure { _ = try await forge.root("GET", "/version") }
            #expect(spent >= .milliseconds(30))
        }
    }

    @Test func `a test can act between two reads`() async throws {
        try await Forge.run { forge in
            let number = try await forge.open("one", file: "one.txt")
            forge.simulator.beforeResponse = { record, world in
                guard record.path.hasSuffix("/files") else { return }
                _ = try? world.push(to: "one", of: "acme/widget", as: "alice", files: ["two.txt": "two\n"])
            }
            let path = "/repos/acme/widget/pulls/\(number)"
            let before = try await forge.root("GET", path).json["head"]?["sha"]?.string ?? ""
            let files = try await forge.root("GET", "\(path)/files").json.array ?? []
            #expect(files.count == 2)
            #expect(files.first?["contents_url"]?.string?.hasSuffix(before) == false)
            forge.simulator.beforeResponse = nil
            #expect(try await forge.root("GET", path).json["head"]?["sha"]?.string != before)
        }
    }

    @Test func `webhooks are sent in order, lost or doubled`() async throws {
        try await Forge.run { forge in
            let simulator = forge.simulator
            try await forge.root(
                "POST", "/repos/acme/widget/hooks",
                [
                    "type": "gitea", "active": true, "events": ["issue_comment", "pull_request"],
                    "config": ["url": .string("\(simulator.baseAddress)/api/v1/sink"), "content_type": "json"],
                ])
            let number = try await forge.open("one", file: "one.txt")
            for text in ["a", "b", "c"] {
                try await forge.call(
                    "bob", "POST", "/repos/acme/widget/issues/\(number)/comments", ["body": .string(text)])
            }
            let waiting = simulator.world.pendingDeliveries.map(\.event)
            #expect(waiting.suffix(3) == ["issue_comment", "issue_comment", "issue_comment"])
            let opened = simulator.world.pendingDeliveries.count - 3
            #expect(
                simulator.world.pendingDeliveries.allSatisfy { !$0.headers.contains { $0.name == "X-Forgejo-Event" } })
            simulator.world.version = ServerVersion("7.0.4+gitea-1.22.0")
            try await forge.call("bob", "PATCH", "/repos/acme/widget/issues/comments/2", ["body": "A"])
            let forgejo = simulator.world.pendingDeliveries.last
            #expect(forgejo?.headers.contains { $0.name == "X-Forgejo-Event" && $0.value == "issue_comment" } == true)
            var faults = WebhookFaults()
            faults.drops = opened + 1
            faults.doubles = 1
            simulator.faults.webhooks = faults
            simulator.requests.reset()
            let sent = await simulator.deliverPending()
            #expect(sent.count == 4)
            #expect(simulator.requests.all.map(\.path) == ["/sink", "/sink", "/sink", "/sink"])
            #expect(sent[0].delivery.serial == sent[1].delivery.serial)
            #expect(sent[2].delivery.serial == sent[1].delivery.serial + 1)
            #expect(simulator.world.pendingDeliveries.isEmpty)
        }
    }

    @Test func `webhooks are sent by themselves when asked for`() async throws {
        var options = GiteaSimulator.Options()
        options.deliversWebhooks = true
        try await Forge.run(options) { forge in
            let (arrivals, arrival) = AsyncStream<String>.makeStream()
            forge.simulator.beforeResponse = { record, _ in
                if record.path == "/sink" { arrival.yield(record.method) }
            }
            try await forge.root(
                "POST", "/repos/acme/widget/hooks",
                [
                    "type": "gitea", "active": true, "events": ["push"],
                    "config": ["url": .string("\(forge.simulator.baseAddress)/api/v1/sink")],
                ])
            try await forge.write("one.txt", "one\n", to: "main")
            #expect(await arrivals.first { _ in true } == "POST")
        }
    }

    @Test func `everything can lie below a path`() async throws {
        var options = GiteaSimulator.Options()
        options.subPath = "/git"
        try await Forge.run(options) { forge in
            let repository = try await forge.root("GET", "/repos/acme/widget").json
            #expect(repository["html_url"]?.string == "\(forge.simulator.baseAddress)/acme/widget")
            try await forge.root("PATCH", "/repos/acme/widget", ["name": "gadget"])
            #expect(try await forge.root("GET", "/repos/acme/widget/labels").status == 200, "the old name redirects")
        }
    }
}
