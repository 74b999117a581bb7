import HTTPTypes
import Hummingbird
import Logging

/// Turns whatever goes wrong into a page, or into JSON for who asked for that; what was not foreseen is logged.
struct ErrorPages: RouterMiddleware {
    typealias Context = WebContext

    /// An error for programs.
    private struct Document: Encodable {
        var error: String
    }

    let writer: PageWriter

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as WebError {
            return try answer(error, request)
        } catch let error as any HTTPResponseError {
            if error.status == .notFound { return try answer(.notFound, request) }
            return try answer(.refused(error.status.code, error.status.reasonPhrase), request)
        } catch {
            context.logger.error(
                "a request failed",
                metadata: ["route": .string(context.endpointPath ?? "none"), "problem": .string("\(error)")])
            return try answer(.refused(500, "This is our own failure; the log has more."), request)
        }
    }

    private func answer(_ error: WebError, _ request: Request) throws -> Response {
        var response: Response
        switch Preference(request) {
        case .json: response = try writer.json(Document(error: error.message), status: error.status)
        case .html:
            let title = "\(error.status.code) \(error.status.reasonPhrase)"
            let page = ErrorPage(title: title, message: error.message, path: request.uri.path)
            response = writer.html(page, .error, status: error.status)
        }
        if case .unauthorized = error { response.headers[.wwwAuthenticate] = "Basic realm=\"Countersign\"" }
        if case .methodNotAllowed(let allowed) = error { response.headers[.allow] = allowed.joined(separator: ", ") }
        return request.method == .head ? response.createHeadResponse() : response
    }
}
