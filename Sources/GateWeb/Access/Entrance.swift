import GatePolicy
import Hummingbird

/// Decides who may see which page.
struct Entrance: Sendable {
    let door: Door
    let secrets: WebSecrets

    /// Lets operators in; others are told to say who they are, or that there is nothing.
    func requireOperator(_ request: Request) throws {
        guard !isOperator(request) else { return }
        if secrets.current.operators == nil { throw WebError.notFound }
        throw WebError.unauthorized
    }

    /// Whether a request comes from an operator.
    func isOperator(_ request: Request) -> Bool {
        if door == .operators { return true }
        guard let token = secrets.current.operators, let field = request.headers[.authorization] else { return false }
        return token.isCarried(by: field)
    }

    /// Whether a request carries the key of that page.
    func hasKey(_ request: Request, repositoryID: Int64, number: Int64) -> Bool {
        guard let keys = secrets.current.pages, let key = request.uri.queryParameters.get(PageKeys.parameter) else {
            return false
        }
        return keys.opens(key, repositoryID: repositoryID, number: number)
    }
}
