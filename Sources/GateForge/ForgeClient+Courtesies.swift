#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import NIOCore

extension ForgeClient {
    /// Puts a reaction on a comment; a second one of the same kind changes nothing.
    public func react(
        _ content: String, to comment: Int64, of repository: RepositoryName
    ) async throws(ForgeError) {
        var endpoint = Endpoint(
            "/repos/{owner}/{repo}/issues/comments/{id}/reactions", repository.owner, repository.name, "\(comment)")
        endpoint.method = "POST"
        endpoint.body = try body(NewReactionJSON(content: content), endpoint)
        _ = try await send(endpoint)
    }

    /// Writes a comment.
    /// - Returns: its id.
    public func comment(
        _ text: String, on number: Int64, of repository: RepositoryName
    ) async throws(ForgeError) -> Int64 {
        var endpoint = Endpoint(
            "/repos/{owner}/{repo}/issues/{index}/comments", repository.owner, repository.name, "\(number)")
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        endpoint.body = try body(NewCommentJSON(body: text), endpoint)
        return try await read(CommentJSON.self, endpoint).id
    }

    /// Changes a comment of our own.
    public func editComment(
        _ id: Int64, of repository: RepositoryName, to text: String
    ) async throws(ForgeError) {
        var endpoint = Endpoint(
            "/repos/{owner}/{repo}/issues/comments/{id}", repository.owner, repository.name, "\(id)")
        endpoint.method = "PATCH"
        endpoint.body = try body(NewCommentJSON(body: text), endpoint)
        _ = try await send(endpoint)
    }
}
