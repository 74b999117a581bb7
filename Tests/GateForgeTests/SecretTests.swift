import GatePolicy
import Testing

@testable import GateForge

/// The tokens are in one header and nowhere else, whatever goes wrong.
struct SecretTests {
    private static let echo = "Authorization: token \(Secret.service) token \(Secret.directory)"

    /// Everything that can go wrong, with servers that repeat what they were sent.
    static let answers: [Canned] =
        [400, 401, 403, 404, 405, 409, 422, 429, 500, 503].flatMap { status in
            [
                Canned.refusal(status, echo),
                Canned.json(#"{"message":"x","errors":["\#(echo)"]}"#, status: status),
                Canned(status: status, headers: ["content-type": "text/html", "server": echo], body: echo),
            ]
        } + [
            .redirect(302, to: "http://\(Secret.service).example/"), .redirect(302, to: "/\(Secret.service)"),
            .json(#"{"\#(Secret.service)":"\#(Secret.directory)"}"#), .json("[\"\(Secret.service)\"]"), .json("{"),
            .json("[{\"id\":\"\(Secret.service)\"}]"), Canned(body: echo), Canned(body: echo, fault: .breaksOff),
            .never,
            .refusal(403, "token does not have at least one of required scope(s): [\(Secret.service)]"),
        ]

    @Test(arguments: answers.indices)
    func noErrorShowsAToken(index: Int) async throws {
        let answer = Self.answers[index]
        var limits = ForgeLimits()
        limits.responseBytes = 1000
        let deadline: Duration = answer.fault == .never ? .milliseconds(30) : .seconds(20)
        try await withForge({ _ in answer }, directory: true, deadline: deadline, limits: limits) { client, forge in
            let texts = await Self.everything(client)
            #expect(texts.count >= 18)
            for text in texts {
                #expect(!text.contains(Secret.service))
                #expect(!text.contains(Secret.directory))
                #expect(!text.contains("\n"))
            }
            for asked in forge.asked {
                #expect(!asked.uri.contains("secret"))
                #expect(!asked.body.contains("secret"))
                #expect(asked.headers.filter { $0.value.contains("secret") }.map(\.key) == ["authorization"])
            }
        }
    }

    /// What is sent of a password is not the password, but says it.
    @Test func noErrorShowsAPassword() async throws {
        let pair = "cm9vdDE6c2VjcmV0MTIz"  // root1:secret123
        try await withForge({ asked in
            .refusal(403, "denied for \(asked.headers.first { $0.key == "authorization" }?.value ?? "") and secret123")
        }) { client, _ in
            var settings = client.settings
            settings.administrator = try AdministratorCredential(login: "root1", password: "secret123")
            try await ForgeClient.withClient(settings) { lent in
                let refusal = await Self.refusal(of: .administrator, lent)
                #expect(refusal.contains("denied for Basic <administrator> and <token>"), "\(refusal)")
                for text in await Self.everything(lent) {
                    #expect(!text.contains(pair) && !text.contains("secret123"), "\(text)")
                }
            }
        }
    }

    private static func refusal(of credential: Credential, _ client: ForgeClient) async -> String {
        do {
            return "\(try await client.identity(credential))"
        } catch {
            return "\(error)"
        }
    }

    /// Every way in which every call can speak.
    static func everything(_ client: ForgeClient) async -> [String] {
        let widget = RepositoryName(owner: "acme", name: "widget")
        guard let sha = CommitID(String(repeating: "a", count: 40)) else { return [] }
        var texts: [String] = []
        func note<Value>(_ body: () async throws(ForgeError) -> Value) async {
            do {
                _ = try await body()
                texts.append("fine")
            } catch {
                texts += ["\(error)", String(reflecting: error), "\(error.unknown(subject: "x"))"]
            }
        }
        await note { () async throws(ForgeError) in try await client.version() }
        await note { () async throws(ForgeError) in try await client.currentUser(.directory) }
        await note { () async throws(ForgeError) in try await client.pullRequest(widget, 1) }
        await note { () async throws(ForgeError) in try await client.timeline(widget, 1) }
        await note { () async throws(ForgeError) in try await client.statuses(widget, of: sha) }
        await note { () async throws(ForgeError) in try await client.file(widget, path: "a", ref: "b") }
        await note { () async throws(ForgeError) in try await client.tree(widget, commit: sha) }
        await note { () async throws(ForgeError) in
            try await client.postStatus(widget, sha: sha, context: "c", state: .error, description: "d")
        }
        texts.append("\(await client.teamDirectory("acme"))")
        texts.append("\(await client.teamMembers(1, TeamReference(organization: "acme", name: "qa")))")
        texts.append("\(await client.organizationMembers("acme"))")
        texts.append("\(await client.user("bob"))")
        texts.append("\(client.settings) \(client)")
        return texts
    }
}
