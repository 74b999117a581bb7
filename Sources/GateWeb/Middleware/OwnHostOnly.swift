import Hummingbird

/// On a listener of this machine alone, answers only to this machine's names: else any web page could have its own
/// name resolved to us and read the overviews through an operator's browser.
struct OwnHostOnly: RouterMiddleware {
    typealias Context = WebContext

    let isLoopback: Bool
    let publicHost: String?

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if isLoopback, !isOwn(request.head.authority ?? "") {
            throw WebError.refused(421, "This listener answers to this machine's own names only.")
        }
        return try await next(request, context)
    }

    func isOwn(_ authority: String) -> Bool {
        let host: Substring
        if authority.hasPrefix("[") {
            host = authority.dropFirst().prefix { $0 != "]" }
        } else {
            host = authority.prefix { $0 != ":" }
        }
        let name = host.lowercased()
        let isAddress = name.hasPrefix("127.") && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
        return name == "localhost" || name == "::1" || isAddress || name == publicHost
    }
}
