import Hummingbird
import Logging

/// Counts and logs each request: the path without its query, for that may hold a key.
struct RequestRecord: RouterMiddleware {
    typealias Context = WebContext

    let door: Door

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let begin = ContinuousClock.now
        guard request.uri.string.utf8.count <= WebLimits.targetBytes else {
            return Response(status: .init(code: 414))
        }
        let response = try await next(request, context)
        let took = ContinuousClock.now - begin
        let route = context.endpointPath ?? "none"
        let method = Self.methods.contains(request.method) ? request.method.rawValue : "other"
        WebInstruments.request(door, route: route, method: method, status: response.status.code, took: took)
        context.logger.debug(
            "request",
            metadata: [
                "door": .string(door.rawValue), "method": .string(method), "route": .string(route),
                "status": .stringConvertible(response.status.code), "took": .string("\(took)"),
            ])
        return response
    }

    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
}
