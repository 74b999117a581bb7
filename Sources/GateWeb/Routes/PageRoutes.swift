import GatePolicy
import GateStore
import Hummingbird
import Logging

/// The three pages, as HTML and as JSON.
struct PageRoutes: Sendable {
    let source: PageSource
    let entrance: Entrance
    let writer: PageWriter
    let links: ForgeLinks
    let now: @Sendable () -> Timestamp

    func add(to router: WebRouter) {
        router.page("", overview)
        router.page("{owner}/{repository}", repository)
        router.page("{owner}/{repository}/pulls/{number}", pull)
    }

    @Sendable private func overview(_ request: Request, _ context: WebContext) async throws -> Response {
        try entrance.requireOperator(request)
        let overview = try await read(context) { try await source.overview(WebLimits.rows) }
        switch Preference(request) {
        case .json: return try writer.json(OverviewDocument(overview))
        case .html: return writer.html(OverviewPage(overview, path: request.uri.path, now: now()), .overview)
        }
    }

    @Sendable private func repository(_ request: Request, _ context: WebContext) async throws -> Response {
        try entrance.requireOperator(request)
        let name = try repositoryName(context)
        guard let view = try await read(context, { try await source.repository(name, WebLimits.rows) }) else {
            throw WebError.notFound
        }
        switch Preference(request) {
        case .json: return try writer.json(OverviewDocument(view))
        case .html: return writer.html(RepositoryPage(view, path: request.uri.path, links: links), .repository)
        }
    }

    @Sendable private func pull(_ request: Request, _ context: WebContext) async throws -> Response {
        let isOperator = entrance.isOperator(request)
        let name = try repositoryName(context)
        guard let number = context.parameters.get("number").flatMap(Int64.init), number > 0 else {
            throw WebError.notFound
        }
        // Without the key, what exists and what does not look the same, and take as long: nothing of it is read.
        let identities = try await read(context) { try await source.identities(name) }
        let opened = identities.filter { entrance.hasKey(request, repositoryID: $0, number: number) }
        if identities.isEmpty { _ = entrance.hasKey(request, repositoryID: 0, number: number) }
        guard let repository = opened.first ?? (isOperator ? identities.first : nil),
            let view = try await read(context, { try await source.pull(repository, number) })
        else { throw WebError.notFound }
        switch Preference(request) {
        case .json: return try writer.json(PullDocument(view))
        case .html:
            let page = PullPage(view, path: request.uri.path, links: links, now: now(), browses: isOperator)
            return writer.html(page, .pull)
        }
    }

    private func repositoryName(_ context: WebContext) throws -> RepositoryName {
        guard let owner = context.parameters.get("owner"), let name = context.parameters.get("repository"),
            let repository = RepositoryName("\(owner)/\(name)")
        else { throw WebError.notFound }
        return repository
    }

    /// What the store has; a store that cannot be read is said to be, not taken for an empty one.
    private func read<Value>(_ context: WebContext, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            context.logger.error("a page cannot be read from the store", metadata: ["problem": .string("\(error)")])
            let lost = "nothing is looked at, and nothing stays green. Its log has more."
            let sentence =
                switch (error as? StoreError)?.kind {
                case .corrupt: "The service's store is damaged: \(lost)"
                case .replaced: "The service's store was replaced while it works: \(lost)"
                default: "The store cannot be read at present; what counts is what the forge shows."
                }
            throw WebError.unavailable(sentence)
        }
    }
}
