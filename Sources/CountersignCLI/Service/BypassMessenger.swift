import AsyncHTTPClient
import GateService
import GateStore
import Logging
import NIOCore
import NIOHTTP1

/// Posts what went around the gates to the address of the settings: a courtesy, tried twice and logged when it fails.
struct BypassMessenger: Sendable {
    /// How long one try may take.
    static let deadline = TimeAmount.seconds(5)

    let address: String
    let secret: String?
    let logger: Logger

    func tell(_ bypass: Bypass) async {
        var problem = ""
        for _ in 1...2 {
            do {
                let status = try await post(BypassMessage(bypass, secret: secret))
                if (200..<300).contains(status) { return }
                problem = "it answered \(status)"
            } catch {
                problem = "\(error)"
            }
        }
        giveUp(bypass, problem)
    }

    /// Says in the log what nobody was told.
    func giveUp(_ bypass: Bypass, _ problem: String) {
        logger.error(
            "a bypass could not be told", metadata: ["repository": "\(bypass.repository)", "problem": "\(problem)"])
    }

    private func post(_ message: BypassMessage) async throws -> UInt {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let signature = message.signature {
            request.headers.add(name: BypassMessage.signatureHeader, value: signature)
        }
        request.body = .bytes(ByteBuffer(bytes: message.body))
        return try await HTTPClient.shared.execute(request, timeout: Self.deadline).status.code
    }
}
