import AsyncHTTPClient
import GatePolicy
import NIOCore
import NIOHTTP1
import NIOSSL

/// Takes requests to the forge and brings back whole answers; tests have one of their own that lies on the way.
struct Carrier: Sendable {
    /// One request and its whole answer.
    var carry: @Sendable (HTTPClientRequest) async throws -> Answer
    /// Closes the connections; calls under way fail.
    var close: @Sendable () async -> Void = {}
}

extension Carrier {
    /// Over HTTP.
    static func http(_ settings: ForgeSettings) throws(ForgeSettingsError) -> Carrier {
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
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = settings.limits.connections
        if let proxy = settings.proxy {
            let authorization = proxy.user.map {
                HTTPClient.Authorization.basic(username: $0, password: proxy.password ?? "")
            }
            configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: authorization)
        }
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let (deadline, limit) = (TimeAmount(settings.deadline), settings.limits.responseBytes)
        return Carrier(
            carry: { request in
                let response = try await http.execute(request, timeout: deadline)
                let body = try await response.body.collect(upTo: limit)
                return Answer(
                    status: Int(response.status.code), fields: response.headers.map { ($0.name, $0.value) }, body: body)
            },
            // A second shutdown is the only failure there is.
            close: { try? await http.shutdown() })
    }
}
