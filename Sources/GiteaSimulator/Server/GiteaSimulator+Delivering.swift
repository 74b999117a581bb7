import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// What became of a delivery.
public struct DeliveryOutcome: Sendable {
    /// The delivery.
    public var delivery: PendingDelivery
    /// The status of the answer, nil when there was none.
    public var status: Int?
}

extension GiteaSimulator {
    /// Sends the webhooks that wait, one after the other, once each; there is no second try.
    @discardableResult
    public func deliverPending() async -> [DeliveryOutcome] {
        var outcomes: [DeliveryOutcome] = []
        for delivery in faults.applied(to: world.takeDeliveries()) {
            var request = HTTPClientRequest(url: delivery.url)
            request.method = .POST
            for (name, value) in delivery.headers { request.headers.replaceOrAdd(name: name, value: value) }
            request.body = .bytes(ByteBuffer(string: delivery.body))
            let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(5))
            _ = try? await response?.body.collect(upTo: 1024 * 1024)
            outcomes.append(DeliveryOutcome(delivery: delivery, status: response.map { Int($0.status.code) }))
        }
        return outcomes
    }
}
