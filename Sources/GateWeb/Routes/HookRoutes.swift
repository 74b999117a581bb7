import GateForge
import GatePolicy
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOFoundationCompat

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Takes the forge's deliveries: signed, read no further than what they are about, and durable before the answer.
struct HookRoutes: Sendable {
    let secrets: WebSecrets
    let intake: Intake
    let book: DeliveryBook
    let now: @Sendable () -> Timestamp
    let bodyDeadline: Duration
    let budget = BodyBudget(WebLimits.deliveryBytesAtOnce)

    func add(to router: WebRouter) {
        router.intake("hooks/gitea", take)
        router.intake("hooks/forgejo", take)
    }

    @Sendable private func take(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let secrets = secrets.current.hook else {
            context.logger.error("a delivery was refused: `hook.secret` is not set")
            return .plain(.forbidden, "This service has no webhook secret, so it takes no delivery.")
        }
        func values(_ field: String) -> [String] { HTTPField.Name(field).map { request.headers[values: $0] } ?? [] }
        let claimed = WebhookEvent.fields.lazy.compactMap { values($0).first }.first.flatMap(WebhookEvent.init)
        let event = claimed?.rawValue ?? "other"
        let signature: WebhookSignature
        do {
            signature = try WebhookSignature(values)
        } catch {
            return refusal(of: error, event, context)
        }
        let length = request.headers[.contentLength].flatMap(Int.init) ?? WebLimits.deliveryBytes
        guard length >= 0, length <= WebLimits.deliveryBytes else { return oversized(event, context) }
        guard budget.take(length) else {
            tell(.busy, event, "a delivery was refused: too many are being read at once", context)
            return .plain(.serviceUnavailable, "Too many deliveries at once.")
        }
        defer { budget.giveBack(length) }
        let body: ByteBuffer
        do {
            body = try await Self.collect(request, within: bodyDeadline)
        } catch is NIOTooManyBytesError {
            return oversized(event, context)
        }
        let delivery: WebhookDelivery
        do {
            delivery = try WebhookDelivery(values, body: Data(buffer: body), signature: signature, secrets: secrets)
        } catch {
            return refusal(of: error, event, context)
        }
        return await answer(delivery, context)
    }

    private func answer(_ delivery: WebhookDelivery, _ context: WebContext) async -> Response {
        var logger = context.logger
        logger[metadataKey: "delivery"] = .string(delivery.id)
        let event = delivery.event?.rawValue ?? "other"
        switch delivery.content() {
        case .unknownEvent:
            WebInstruments.delivery(event, .unknown)
            logger.info("an event that this version does not know was ignored")
            return .plain(.accepted, "Ignored: this version does not know the event.")
        case .unrelated:
            WebInstruments.delivery(event, .ignored)
            return .plain(.accepted, "Ignored: nothing here depends on it.")
        case .malformed(let problem):
            WebInstruments.delivery(event, .malformed)
            logger.warning(
                "a delivery cannot be read", metadata: ["event": .string(event), "problem": .string(problem)])
            return .plain(.badRequest, "The delivery cannot be read: \(problem).")
        case .test(let repository):
            WebInstruments.delivery(event, .ignored)
            book.arrived(repository, isTest: true, at: now())
            logger.info("a test of the webhook came in", metadata: ["repository": .string("\(repository)")])
            return .plain(.accepted, "Ignored: a test, rightly signed.")
        case .hint(let hint):
            book.arrived(hint.repository, at: now())
            // What is posted in our name may be another's doing: the gate knows its own statuses.
            if delivery.event == .comment, let sender = hint.senderID, intake.isOurs(sender) {
                WebInstruments.delivery(event, .ignored)
                return .plain(.accepted, "Ignored: our own doing.")
            }
            do {
                try await intake.take(hint, delivery.id)
            } catch {
                WebInstruments.delivery(event, .storeFailed)
                logger.error(
                    "a delivery was refused: the store cannot take it", metadata: ["problem": .string("\(error)")])
                return .plain(.serviceUnavailable, "The delivery could not be written down.")
            }
            WebInstruments.delivery(event, .accepted)
            logger.debug(
                "a delivery was accepted",
                metadata: ["event": .string(event), "repository": .string("\(hint.repository)")])
            return .plain(.accepted, "Accepted.")
        }
    }

    private func refusal(of fault: WebhookSignature.Fault, _ event: String, _ context: WebContext) -> Response {
        book.refused(isSigned: fault != .missing, at: now())
        switch fault {
        case .missing:
            tell(
                .unsigned, event, "a delivery without a signature was refused: give the webhook a secret in the forge",
                context)
            return .plain(.unauthorized, "The delivery is not signed: give the webhook a secret.")
        case .malformed, .wrong:
            tell(.forged, event, "a delivery with a wrong signature was refused: compare the secrets", context)
            return .plain(.forbidden, "The signature is wrong.")
        }
    }

    private func oversized(_ event: String, _ context: WebContext) -> Response {
        tell(.oversized, event, "a delivery of more than \(WebLimits.deliveryBytes) bytes was refused", context)
        return .plain(.contentTooLarge, "The delivery is larger than \(WebLimits.deliveryBytes) bytes.")
    }

    /// Counts a refusal that anybody may bring about, and says so, once a minute.
    private func tell(
        _ kind: WebInstruments.DeliveryResult, _ event: String, _ message: String, _ context: WebContext
    ) {
        WebInstruments.delivery(event, kind)
        if book.tells(kind, at: now()) { context.logger.warning("\(message)") }
    }

    /// The body, or an error once it has taken too long to arrive.
    private static func collect(_ request: Request, within deadline: Duration) async throws -> ByteBuffer {
        try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            let body = request.body
            group.addTask { try await body.collect(upTo: WebLimits.deliveryBytes) }
            group.addTask {
                try await Task.sleep(for: deadline)
                throw WebError.refused(408, "The delivery took too long to arrive.")
            }
            defer { group.cancelAll() }
            guard let body = try await group.next() else { throw WebError.refused(408, "The delivery did not arrive.") }
            return body
        }
    }
}
