import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Asks a running service through its control socket.
struct ControlClient: Sendable {
    /// Bytes of an answer.
    static let maximumBytes = 1024 * 1024

    let path: String

    /// The answer; nil when no service listens there.
    func ask(_ request: ControlServer.Request, _ argument: String = "") async throws(SettingsError) -> ControlAnswer? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let socket = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics),
            let query = argument.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        else { throw SettingsError("`control.socket` is `\(path)`: it cannot be put into an address") }
        var call = HTTPClientRequest(url: "http+unix://\(socket)/\(request.rawValue)?argument=\(query)")
        call.method = .POST
        do {
            let response = try await HTTPClient.shared.execute(call, timeout: .seconds(60))
            let body = try await response.body.collect(upTo: Self.maximumBytes)
            return ControlAnswer(isDone: response.status == .ok, text: String(buffer: body))
        } catch {
            throw SettingsError("no service answers at `\(path)`: is it running, and are you its user? (\(error))")
        }
    }
}
