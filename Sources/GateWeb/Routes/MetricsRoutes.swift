import Hummingbird
import PrometheusMetrics

/// What Prometheus reads; repositories' names stand in it, so it is for operators.
struct MetricsRoutes: Sendable {
    let metrics: PrometheusFactory
    let figures: ProcessFigures
    let entrance: Entrance

    func add(to router: WebRouter) {
        router.page("metrics") { request, _ in
            try entrance.requireOperator(request)
            figures.record(in: metrics)
            return Response(
                status: .ok, headers: [.contentType: Exposition.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
        }
    }
}
