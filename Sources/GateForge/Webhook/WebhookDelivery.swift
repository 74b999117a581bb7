#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// One signed delivery: a hint that something should be looked at again.
public struct WebhookDelivery: Sendable {
    /// Bytes of a branch's or a context's name; of a longer one the whole repository is looked at.
    public static let maximumNameBytes = 1024

    /// What a delivery came to.
    public enum Content: Hashable, Sendable {
        /// It says what to look at.
        case hint(WebhookHint)
        /// The forge's test of a webhook of this repository: nothing happened.
        case test(RepositoryName)
        /// Nothing of it matters here: an issue's comment, a tag, a wiki page.
        case unrelated
        /// An event that this version does not know.
        case unknownEvent
        /// It cannot be read; why.
        case malformed(String)
    }

    /// The event; nil for one that this version does not know.
    public let event: WebhookEvent?
    /// The forge's name for the delivery, for logs; what could not stand in one is left out.
    public let id: String
    private let body: Data

    /// Takes a delivery if it is signed.
    /// - Parameters:
    ///   - values: the values of a header field, by its name.
    ///   - body: the raw bytes, as they came.
    ///   - signature: what was read of the header before the body came.
    public init(
        _ values: (String) -> [String], body: Data, signature: WebhookSignature, secrets: WebhookSecrets
    ) throws(WebhookSignature.Fault) {
        try signature.check(body, secrets)
        event = WebhookEvent.fields.compactMap { values($0).first }.first.flatMap(WebhookEvent.init)
        id = Self.identifier(values("X-Gitea-Delivery").first ?? values("X-Forgejo-Delivery").first ?? "")
        self.body = body
    }

    /// Takes a delivery if it is signed, header and body at once.
    public init(
        _ values: (String) -> [String], body: Data, secrets: WebhookSecrets
    ) throws(WebhookSignature.Fault) {
        try self.init(values, body: body, signature: WebhookSignature(values), secrets: secrets)
    }

    /// Reads what it is about.
    public func content() -> Content {
        guard let event else { return .unknownEvent }
        guard event.matters else { return .unrelated }
        do {
            let envelope = try Wire.decoder().decode(EnvelopeJSON.self, from: body)
            guard let id = envelope.repository?.id, id > 0,
                let name = envelope.repository?.fullName.flatMap(RepositoryName.init)
            else { return .malformed("it names no repository") }
            if envelope.isTest(event) { return .test(name) }
            switch envelope.target(of: event) {
            case .target(let target):
                return .hint(
                    WebhookHint(
                        repositoryID: id, repository: name, target: target, cause: envelope.cause(event),
                        senderID: envelope.sender?.id))
            case .unrelated: return .unrelated
            case .malformed(let problem): return .malformed(problem)
            }
        } catch let error as DecodingError {
            return .malformed(Wire.place(of: error))
        } catch {
            return .malformed("it cannot be read")
        }
    }

    private static func identifier(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.lazy.filter { scalar in
                    ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                        || scalar == "-"
                }.prefix(64)))
    }
}

extension WebhookEvent {
    /// Whether a verdict may depend on what happened.
    var matters: Bool {
        switch self {
        case .push, .create, .delete, .pullRequest, .approved, .rejected, .reviewComment, .comment, .status,
            .repository:
            true
        case .fork, .issues, .wiki, .release, .package, .workflowRun, .workflowJob: false
        }
    }
}
