import Hummingbird

typealias WebRouter = Router<WebContext>
typealias WebHandler = @Sendable (Request, WebContext) async throws -> Response

extension WebRouter {
    private static var methods: [HTTPRequest.Method] { [.get, .head, .post, .put, .patch, .delete, .options, .trace] }

    /// A page: GET and HEAD answer, everything else is told so.
    func page(_ path: RouterPath, _ handler: @escaping WebHandler) {
        on(path, method: .get, use: handler)
        on(path, method: .head) { request, context in
            try await handler(request, context).createHeadResponse()
        }
        refuse(path, except: [.get, .head])
    }

    /// An address that takes what is sent to it.
    func intake(_ path: RouterPath, _ handler: @escaping WebHandler) {
        on(path, method: .post, use: handler)
        refuse(path, except: [.post])
    }

    private func refuse(_ path: RouterPath, except allowed: [HTTPRequest.Method]) {
        for method in Self.methods where !allowed.contains(method) {
            on(path, method: method) { _, _ -> Response in
                throw WebError.methodNotAllowed(allowed.map(\.rawValue))
            }
        }
    }
}

extension Response {
    /// A line or a few of plain text.
    static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}
