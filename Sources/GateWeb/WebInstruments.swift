import Metrics

/// Every metric of the web's, here and nowhere else.
public enum WebInstruments {
    /// Sentences about them, for `/metrics`.
    public static let help = [
        "countersign.hook.deliveries": "Webhook deliveries by event and what became of them.",
        "countersign.http.requests": "Requests by door, route, method and status.",
        "countersign.http.request": "How long requests took, in seconds.",
    ]

    /// What became of a delivery.
    enum DeliveryResult: String {
        case accepted, ignored, unknown, malformed, unsigned, forged, oversized, busy
        case storeFailed = "store-failed"
    }

    static func delivery(_ event: String, _ result: DeliveryResult) {
        Counter(label: "countersign.hook.deliveries", dimensions: [("event", event), ("result", result.rawValue)])
            .increment()
    }

    static func request(_ door: Door, route: String, method: String, status: Int, took: Duration) {
        Counter(
            label: "countersign.http.requests",
            dimensions: [("door", door.rawValue), ("route", route), ("method", method), ("status", "\(status)")]
        ).increment()
        let (seconds, attoseconds) = took.components
        Timer(label: "countersign.http.request", dimensions: [("route", route)])
            .recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
