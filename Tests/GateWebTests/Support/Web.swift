import Crypto
import Foundation
import GateForge
import GatePolicy
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import InMemoryLogging
import Logging
import PrometheusMetrics
import Synchronization

@testable import GateStore
@testable import GateWeb

/// A web server of both doors, what it was told and what it wrote.
final class Web: Sendable {
    /// The store's failure, as a test has it.
    struct DiskFull: Error, CustomStringConvertible {
        var description: String { "the disk is full" }
    }

    static let hookSecret = "a hook secret of the test's"
    static let olderHookSecret = "an older hook secret of the test's"
    static let pageSecret = "a page secret of the test's, long enough"
    static let operatorToken = "an-operator-token-of-the-test"
    static let publicAddress = "https://example.org/gate"

    struct Taken: Sendable, Hashable {
        var hint: WebhookHint
        var delivery: String
    }

    /// How often a pull request was read.
    let reads = Mutex(0)
    let taken = Mutex<[Taken]>([])
    let views: Mutex<[PullView]>
    let storeFails = Mutex(false)
    /// What reading the store comes to instead.
    let damage = Mutex<StoreError?>(nil)
    let problem = Mutex<String?>(nil)
    let checks = Mutex(0)
    let logs = InMemoryLogHandler()
    let metrics = PrometheusFactory(help: WebInstruments.help)
    let secrets: WebSecrets
    private let settings: WebSettings

    init(
        _ views: [PullView] = [], operators: Bool = true, operatorsListen: String = "127.0.0.1:0",
        hook: Bool = true, bodyDeadline: Duration = .seconds(5)
    ) throws {
        self.views = Mutex(views)
        guard let listen = ListenAddress("127.0.0.1:0"), let inside = ListenAddress(operatorsListen) else {
            throw DiskFull()
        }
        settings = WebSettings(
            listen: listen, operatorsListen: inside, publicAddress: PublicAddress(Self.publicAddress),
            forgeAddress: "https://git.example.org", bodyDeadline: bodyDeadline)
        secrets = WebSecrets(
            .init(
                hook: hook ? try WebhookSecrets([Self.hookSecret, Self.olderHookSecret]) : nil,
                pages: PageKeys(secrets: [Self.pageSecret]),
                operators: operators ? OperatorToken(Self.operatorToken) : nil))
    }

    func server() throws -> WebServer {
        var handler = logs
        handler.logLevel = .trace
        let logger = Logger(label: "web") { [handler] _ in handler }
        return try WebServer(
            settings: settings, secrets: secrets,
            intake: Intake { [self] hint, delivery in
                if storeFails.withLock({ $0 }) { throw DiskFull() }
                taken.withLock { $0.append(Taken(hint: hint, delivery: delivery)) }
            } isOurs: {
                $0 == 9
            },
            source: PageSource(
                identities: { [self] repository in
                    if let damage = damage.withLock({ $0 }) { throw damage }
                    if storeFails.withLock({ $0 }) { throw DiskFull() }
                    return views.withLock { $0.filter { $0.repository == repository }.map(\.repositoryID) }
                },
                pull: { [self] repository, number in
                    reads.withLock { $0 += 1 }
                    if storeFails.withLock({ $0 }) { throw DiskFull() }
                    return views.withLock { $0.first { $0.repositoryID == repository && $0.number == number } }
                },
                repository: { [self] repository, _ in
                    let pulls = views.withLock { $0.filter { $0.repository == repository } }
                    return pulls.isEmpty ? nil : RepositoryView(repository: repository, pulls: pulls, open: pulls.count)
                },
                overview: { [self] _ in
                    let pulls = views.withLock { $0 }
                    return Overview(
                        repositories: [.init(repository: Scene.repository, open: pulls.count)], waiting: pulls,
                        passing: 0, notPassing: pulls.count)
                }),
            readiness: Readiness(
                [
                    .init("store") { nil },
                    .init("service token") { [self] in
                        checks.withLock { $0 += 1 }
                        return problem.withLock { $0 }
                    },
                ], remembers: .zero),
            metrics: metrics, logger: logger, now: { Scene.now })
    }

    /// Asks one door.
    func ask(
        _ uri: String, at door: Door = .open, method: HTTPRequest.Method = .get, headers: HTTPFields = [:],
        body: String? = nil
    ) async throws -> TestResponse {
        try await server().application(door).test(.router) { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) { $0 }
        }
    }

    /// Delivers a webhook, signed as the forge signs.
    func deliver(
        _ body: String, event: String = "pull_request", to path: String = "/hooks/gitea",
        secret: String? = Web.hookSecret, signature: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "application/json"]
        let fields = [
            "X-Gitea-Event": event, "X-Gitea-Delivery": "11111111-2222-3333-4444-555555555555",
            "X-Gitea-Signature": signature ?? secret.map { Self.sign(body, $0) },
        ]
        for case (let name, let value?) in fields {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return try await ask(path, method: .post, headers: headers, body: body)
    }

    static func sign(_ body: String, _ secret: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: SymmetricKey(data: Data(secret.utf8)))
            .map { String(format: "%02x", $0) }.joined()
    }

    static func key(_ repository: Int64 = 7, _ number: Int64 = 12) -> String {
        PageKeys(secrets: [pageSecret])?.key(repositoryID: repository, number: number) ?? ""
    }

    /// Everything that was logged, with its metadata.
    var log: String {
        logs.entries.map { "\($0.level) \($0.message) \($0.metadata)" }.joined(separator: "\n")
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
