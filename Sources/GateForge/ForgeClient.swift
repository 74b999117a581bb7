import AsyncHTTPClient
import GatePolicy
import NIOCore
import NIOSSL
import Synchronization

/// The client of a Gitea or Forgejo: reads what an evaluation needs, posts statuses, and tells a no from a blind eye.
public struct ForgeClient: Sendable {
    /// Where, who and how patient.
    public let settings: ForgeSettings
    let http: HTTPClient
    let keeping: AnswerKeeping?
    let memory: Memory

    /// What is asked once and kept: it belongs to the forge's settings and the token, not to a repository.
    final class Memory: Sendable {
        let pageSize = Mutex<Int?>(nil)
        let owners = Mutex<[Credential: Account]>([:])
        let kept = KeptAnswers()
    }

    /// A client; `shutdown()` must be called at its end.
    /// - Parameter keeping: how long it believes what it was told of people and rights; nil for not at all.
    public init(_ settings: ForgeSettings, keeping: AnswerKeeping? = nil) throws(ForgeSettingsError) {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = settings.caFile {
            do {
                let certificates = try NIOSSLCertificate.fromPEMFile(file)
                guard !certificates.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
                tls.additionalTrustRoots = [.certificates(certificates)]
            } catch {
                throw .init(setting: "ca_file", problem: "`\(file)` cannot be read as certificates in PEM format")
            }
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.timeout.connect = TimeAmount(settings.connectDeadline)
        // A connection that fails is an answer here: the repetitions are ours, with waits of our own.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let proxy = settings.proxy {
            let authorization = proxy.user.map {
                HTTPClient.Authorization.basic(username: $0, password: proxy.password ?? "")
            }
            configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: authorization)
        }
        self.settings = settings
        self.keeping = keeping
        self.http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.memory = Memory()
    }

    /// Closes the connections; calls under way fail.
    public func shutdown() async {
        // A second shutdown is the only failure there is.
        try? await http.shutdown()
    }

    /// Runs the body with a client and closes it afterwards, whatever happens.
    public static func withClient<Value: Sendable>(
        _ settings: ForgeSettings, _ body: (ForgeClient) async throws -> Value
    ) async throws -> Value {
        let client = try ForgeClient(settings)
        do {
            let value = try await body(client)
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
