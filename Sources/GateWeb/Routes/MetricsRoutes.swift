import Hummingbird
import PrometheusMetrics

/// What Prometheus reads; repositories' names stand in it, so it is for operators.
struct MetricsRoutes: Sendable {
    let metrics: PrometheusFactory
    let entrance: Entrance

    func add(to router: WebRouter) {
        router.page("metrics") { request, _ in
            try entrance.requireOperator(request)
            return Response(
                status: .ok, headers: [.contentType: Exposition.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
        }
    }
}
