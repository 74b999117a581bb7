import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Asks a running service through its control socket.
struct ControlClient: Sendable {
    /// Bytes of an answer.
    static let maximumBytes = 16 * 1024 * 1024

    let path: String

    /// Whether there is a socket.
    var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// The answer; nil when no service listens there: one that was killed leaves its socket behind.
    /// - Parameter seconds: how long it may take.
    func ask(
        _ request: ControlServer.Request, _ argument: String = "", within seconds: Int64 = 60
    ) async throws(SettingsError) -> ControlAnswer? {
        guard isThere else { return nil }
        guard let socket = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics),
            let query = argument.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        else { throw SettingsError("`control.socket` is `\(path)`: it cannot be put into an address") }
        var call = HTTPClientRequest(url: "http+unix://\(socket)/\(request.rawValue)?argument=\(query)")
        call.method = .POST
        // A socket that nobody listens on is told at once, not tried again and again.
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let response = try await client.execute(call, timeout: .seconds(seconds))
            let body = try await response.body.collect(upTo: Self.maximumBytes)
            try await client.shutdown()
            return ControlAnswer(isDone: response.status == .ok, text: String(buffer: body))
        } catch {
            try? await client.shutdown()
            if let refused = error as? IOError, refused.errnoCode == ECONNREFUSED { return nil }
            throw SettingsError("no service answers at `\(path)`: is it running, and are you its user? (\(error))")
        }
    }
}
