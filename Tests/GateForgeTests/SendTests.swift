import GatePolicy
import Testing

@testable import GateForge

struct SendTests {
    private let version = Canned.json(#"{"version":"1.22.0"}"#)

    @Test func theTokenIsInTheHeaderAndNowhereElse() async throws {
        try await withForge({ [version] _ in version }) { client, forge in
            let answered = try await client.version()
            #expect(answered == "1.22.0")
            let asked = try #require(forge.asked.first)
            #expect(asked.headers["authorization"] == "token \(Secret.service)")
            #expect(asked.headers["user-agent"] == "countersign/1.2.3")
            #expect(asked.uri == "/api/v1/version")
        }
    }

    @Test func aSubPathIsKept() async throws {
        try await withForge({ [version] _ in version }, path: "/forge/") { client, forge in
            _ = try await client.version()
            #expect(forge.routes == ["GET /forge/api/v1/version"])
        }
    }

    @Test func anIPv6LiteralWorks() async throws {
        do {
            try await CannedForge.run(host: "::1", { [version] _ in version }) { forge in
                try await withClient("http://[::1]:\(forge.port)") { client in
                    let answered = try await client.version()
                    #expect(answered == "1.22.0")
                }
            }
        } catch let error where "\(error)".contains("bind") {
            // This machine has no IPv6.
        }
    }

    @Test(arguments: [(407, 407), (403, nil)] as [(Int, Int?)])
    func aProxyThatRefusesIsNamed(status: Int, told: Int?) async throws {
        try await CannedForge.run({ _ in .page(status) }) { proxy in
            try await withClient("http://forge.invalid/git", proxy: proxy.address) { client in
                let kind = await failure { () async throws(ForgeError) in try await client.version() }
                #expect(kind == .proxyPage(status: told, server: "the configured proxy"))
                #expect(proxy.asked.first?.method == "CONNECT")
                #expect(proxy.asked.allSatisfy { $0.headers["authorization"] == nil })
            }
        }
    }

    @Test func aProxysPageIsNotTheForgesRefusal() async throws {
        try await withForge({ _ in .page(403) }) { client, forge in
            let error = await #expect(throws: ForgeError.self) { try await client.version() }
            #expect(error?.kind == .proxyPage(status: 403, server: "nginx/1.25.3"))
            #expect(forge.asked.count == 1)
            #expect(
                error?.unknown(subject: "the version")
                    == Unknown(
                        cause: .proxy, subject: "the version",
                        reason: "not the forge but something in front of it answered with 403 "
                            + "(it calls itself `nginx/1.25.3`) (`GET /version` with `forge.token`)",
                        cure: "let the proxy pass calls to `/api/v1` of the forge, or correct the forge's address"))
        }
    }

    @Test(arguments: [
        Canned(status: 200, headers: ["content-type": "text/html; charset=utf-8"], body: "<html>Sign in</html>"),
        Canned(status: 404, headers: ["content-type": "text/html"], body: "<html>Not found</html>"),
        Canned(status: 401, headers: ["server": "Caddy"], body: ""),
        Canned(status: 403, headers: [:]),
        .json(#"{"error":"access denied"}"#, status: 403), .json("{", status: 403),
        Canned(status: 404, headers: ["content-type": "text/plain"], body: "no such backend"),
    ])
    func whatTheForgeNeverSaysIsAProxys(answer: Canned) async throws {
        try await withForge({ _ in answer }) { client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            guard case .proxyPage(answer.status, _) = kind else {
                Issue.record("\(String(describing: kind))")
                return
            }
        }
    }

    /// Of a change, that is: to questions the forge gives its reason.
    @Test func anEmptyRefusalIsTheForges() async throws {
        let sha = try #require(CommitID(String(repeating: "d", count: 40)))
        let solo = RepositoryName(owner: "alice", name: "solo")
        try await withForge({ _ in Canned(status: 403, headers: [:]) }) { client, _ in
            let kind = await failure { () async throws(ForgeError) in
                try await client.postStatus(solo, sha: sha, context: "c", state: .success, description: "")
            }
            #expect(kind == .forbidden(message: ""))
        }
    }

    @Test func aFailingForgeIsAskedThreeTimes() async throws {
        let waits = Waits()
        try await withForge({ _ in .refusal(503, "busy") }, waits: waits) { client, forge in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .serverError(status: 503, message: "busy"))
            #expect(forge.asked.count == 3)
            #expect(waits.all == [.milliseconds(250), .milliseconds(500)])
        }
    }

    @Test func aGatewaysPageIsAskedAgain() async throws {
        try await withForge({ _ in .page(502) }) { client, forge in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .proxyPage(status: 502, server: "nginx/1.25.3"))
            #expect(forge.asked.count == 3)
        }
    }

    @Test func retryAfterIsKept() async throws {
        let waits = Waits()
        let script = Script([.json("{}", status: 429, ["retry-after": "7"]), version])
        try await withForge({ _ in script.next() }, waits: waits) { client, _ in
            let answered = try await client.version()
            #expect(answered == "1.22.0")
            #expect(waits.all == [.seconds(7)])
        }
    }

    @Test func aLongRetryAfterEndsTheTries() async throws {
        let waits = Waits()
        try await withForge({ _ in .json("{}", status: 429, ["retry-after": "3600"]) }, waits: waits) { client, forge in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .rateLimited(retryAfter: 3600))
            #expect(forge.asked.count == 1)
            #expect(waits.all.isEmpty)
        }
    }

    @Test(arguments: [400, 401, 403, 404, 405, 409, 413, 422])
    func refusalsAreAnswers(status: Int) async throws {
        try await withForge({ _ in .refusal(status, "no") }) { client, forge in
            let error = await #expect(throws: ForgeError.self) { try await client.version() }
            #expect(error?.isTransient == false)
            #expect(forge.asked.count == 1)
        }
    }

    @Test func aBrokenOffAnswerIsNoAnswer() async throws {
        try await withForge({ _ in Canned(body: #"{"version":"1."#, fault: .breaksOff) }) { client, forge in
            let error = await #expect(throws: ForgeError.self) { try await client.version() }
            guard case .unreachable = error?.kind else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(forge.asked.count == 3)
        }
    }

    @Test func anAnswerTooLargeIsNotRead() async throws {
        var limits = ForgeLimits()
        limits.responseBytes = 100
        let large = Canned.json(#"{"version":"\#(String(repeating: "1", count: 200))"}"#)
        try await withForge({ _ in large }, limits: limits) { client, forge in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .tooLarge(limit: 100))
            #expect(forge.asked.count == 1)
        }
    }

    @Test func noConnectionIsSaidSo() async throws {
        let waits = Waits()
        // Nothing listens on port 1.
        try await withClient("http://127.0.0.1:1", waits: waits) { client in
            let error = await #expect(throws: ForgeError.self) { try await client.version() }
            #expect(error?.kind == .unreachable("the connection was refused"))
            #expect(error?.cause == .unreachable)
            #expect(waits.all.count == 2)
        }
    }

    /// The forge's port was never tried: it is the proxy that is named.
    @Test func aProxyThatIsDownIsNamed() async throws {
        try await withForge({ _ in Canned.json(#"{"version":"1.22.0"}"#) }) { client, forge in
            let address = "\(client.settings.address)"
            try await withClient(address, proxy: "http://user:hidden@127.0.0.1:1") { client in
                let error = await #expect(throws: ForgeError.self) { try await client.version() }
                #expect(error?.kind == .proxyUnreachable("the connection was refused", proxy: "http://127.0.0.1:1"))
                #expect(
                    error?.reason
                        == "the proxy `http://127.0.0.1:1` (`forge.proxy`) cannot be reached, and so the forge was "
                        + "not asked: the connection was refused")
                #expect(
                    error?.cure
                        == "check that a proxy listens at `http://127.0.0.1:1`, and correct `forge.proxy`, or take it "
                        + "out of the settings")
                #expect(error?.cause == .unreachable && error?.isTransient == true)
            }
            #expect(forge.asked.isEmpty)
        }
    }

    /// Many pull requests are decided side by side: none waits for another's call.
    @Test(.timeLimit(.minutes(1))) func manyCallsAreUnderWayAtOnce() async throws {
        try await withForge({ _ in .never }) { client, forge in
            await withTaskGroup(of: Void.self) { group in
                for number in 1...24 { group.addTask { _ = await client.user("user\(number)") } }
                while Set(forge.routes).count < 24, !Task.isCancelled { await Task.yield() }
                group.cancelAll()
            }
            #expect(Set(forge.routes).count == 24)
        }
    }

    @Test func aDeadlineEndsTheWait() async throws {
        try await withForge({ _ in .never }, deadline: .milliseconds(50)) { client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .timeout)
        }
    }

    @Test func aStatusIsPostedAgainAfterAFailure() async throws {
        let script = Script([.page(502), try Recordings.answer(611)])
        let sha = try #require(CommitID(String(repeating: "d", count: 40)))
        try await withForge({ _ in script.next() }) { client, forge in
            let status = try await client.postStatus(
                RepositoryName(owner: "acme", name: "widget"), sha: sha, context: "gates/qa", state: .pending,
                description: "by \"bot\"", targetURL: "http://x/y")
            #expect(status.id == 2)
            #expect(status.state == .pending)
            #expect(forge.asked.count == 2)
            let asked = try #require(forge.asked.last)
            #expect(asked.method == "POST")
            #expect(asked.route == "/repos/acme/widget/statuses/\(sha)")
            #expect(asked.body.contains(#""state":"pending""#))
        }
    }

    @Test(arguments: ["{}", "[]", "null", #"{"version":1}"#, "", "{\"version\":"])
    func whatCannotBeReadIsSaidSo(body: String) async throws {
        try await withForge({ _ in .json(body) }) { client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            guard case .malformed = kind else {
                Issue.record("\(String(describing: kind))")
                return
            }
        }
    }

    @Test func namesThatAProxyWouldResolveAreNotAskedFor() async throws {
        try await withForge({ _ in .notFound }) { client, forge in
            for path in ["../../user", "a//b", "", ".", "a/.."] {
                let kind = await failure { () async throws(ForgeError) in
                    try await client.file(RepositoryName(owner: "acme", name: "widget"), path: path, ref: "main")
                }
                #expect(kind == .invalidInput("an empty name, or one that is `.` or `..`"))
            }
            #expect(forge.asked.isEmpty)
        }
    }
}
