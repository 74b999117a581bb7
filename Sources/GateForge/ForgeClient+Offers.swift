#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// Policies that are offered as pull requests, and taken back.
extension ForgeClient {
    /// What became of an offer that was taken back.
    public enum Withdrawal: Hashable, Sendable {
        /// Its pull request is gone, as if it had never been made.
        case gone
        /// Its pull request is closed, and stays.
        case closed(Int64, because: String)
        /// It was over before: merged, declined or deleted.
        case over
    }

    /// Offers one new file as a pull request.
    /// - Parameter content: the file; nil where the branch is there already.
    /// - Returns: the pull request's number.
    public func offer(
        _ content: String?, as path: String, in repository: RepositoryName, branch: String, title: String
    ) async throws(ForgeError) -> Int64 {
        struct Commit: Encodable {
            var content: String
            var message: String
            var new_branch: String
        }
        struct Pull: Encodable {
            var head: String
            var base: String
            var title: String
        }
        let rights = try await rights(in: repository, .administrator)
        if let content {
            try await act(
                "POST",
                Endpoint("/repos/{owner}/{repo}/contents/{path*}", repository.owner, repository.name, path),
                Commit(content: Data(content.utf8).base64EncodedString(), message: title, new_branch: branch))
        }
        struct Made: Decodable { var number: Int64 }
        var endpoint = Endpoint("/repos/{owner}/{repo}/pulls", repository.owner, repository.name)
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        endpoint.body = try body(
            Pull(head: branch, base: rights.repository.defaultBranch, title: title), endpoint, .administrator)
        return try await read(Made.self, endpoint, as: .administrator).number
    }

    /// Takes back what a pull request offers from a branch of the repository itself, and the branch.
    ///
    /// As long as nobody but the forge has added anything to the pull request it is deleted; else it is closed.
    /// - Parameters:
    ///   - number: the pull request; nil where only the branch is known.
    ///   - content: what was offered.
    ///   - path: the file that holds it.
    ///   - title: the pull request's title.
    public func withdrawOffer(
        _ number: Int64?, of content: String, as path: String, in repository: RepositoryName, branch: String,
        title: String
    ) async throws(ForgeError) -> Withdrawal {
        var outcome = Withdrawal.over
        if let pull = try await openOffer(number, in: repository, branch: branch) {
            outcome = try await withdraw(
                pull, of: repository,
                unless: { () async throws(ForgeError) -> String? in
                    if number == nil, try await !isOurs(pull, of: repository, title: title) {
                        return "it is not the one that was offered"
                    }
                    if try await !isUntouched(pull, of: repository) { return "others have added to it" }
                    return try await holds(pull, content, at: path, of: repository)
                        ? nil : "it is no longer what was offered"
                })
        }
        try await remove(
            Endpoint("/repos/{owner}/{repo}/branches/{branch*}", repository.owner, repository.name, branch))
        return outcome
    }

    private func openOffer(
        _ number: Int64?, in repository: RepositoryName, branch: String
    ) async throws(ForgeError) -> PullJSON? {
        let pulls = Endpoint(
            "/repos/{owner}/{repo}/pulls", repository.owner, repository.name, query: [("state", "open")])
        var found: [PullJSON] = []
        if let number {
            do {
                found = [try await read(PullJSON.self, pull(number, of: repository), as: .administrator)]
            } catch {
                // One that was deleted is not open.
                guard case .notFound = error.kind else { throw error }
            }
        } else {
            found = try await list(
                PullJSON.self, pulls, as: .administrator, .counted, named: "open pull requests",
                limit: settings.limits.openPulls)
        }
        return found.first { $0.state == "open" && $0.headBranch.isExactly(branch) && $0.forkOwner == nil }
    }

    /// - Parameter reason: why the pull request stays; nil where it may go.
    private func withdraw(
        _ offer: PullJSON, of repository: RepositoryName, unless reason: () async throws(ForgeError) -> String?
    ) async throws(ForgeError) -> Withdrawal {
        struct Change: Encodable { var state = "closed" }
        let kept: String
        do throws(ForgeError) {
            if let reason = try await reason() {
                kept = reason
            } else {
                try await remove(
                    Endpoint(
                        "/repos/{owner}/{repo}/issues/{index}", repository.owner, repository.name, "\(offer.number)"))
                return .gone
            }
        } catch {
            guard [.refused, .missingScope].contains(error.cause) else { throw error }
            kept = error.reason
        }
        try await act("PATCH", pull(offer.number, of: repository), Change())
        return .closed(offer.number, because: kept)
    }

    /// Whether a pull request from the branch is the one that was opened here, as far as it shows.
    private func isOurs(
        _ offer: PullJSON, of repository: RepositoryName, title: String
    ) async throws(ForgeError) -> Bool {
        guard offer.title.isExactly(title) else { return false }
        let base = try await rights(in: repository, .administrator).repository.defaultBranch
        guard offer.base.ref.isExactly(base), let opener = offer.user?.account else { return false }
        return try await identity(.administrator).id == opener.id
    }

    /// Whether all that a pull request shows is that it was opened, and whom the forge asked to review it.
    private func isUntouched(
        _ offer: PullJSON, of repository: RepositoryName
    ) async throws(ForgeError) -> Bool {
        // A new title has a row of its own, a new text has none.
        guard offer.body.isEmpty else { return false }
        let rows = try await list(
            TimelineJSON.self,
            Endpoint(
                "/repos/{owner}/{repo}/issues/{index}/timeline", repository.owner, repository.name, "\(offer.number)"),
            as: .administrator, .whole, named: "timeline rows", limit: settings.limits.timeline,
            check: { $0.refusal(of: offer.number) })
        let others = rows.filter { $0.type != "review_request" }
        // On newer servers a forced push takes the opening's row away, and leaves one of whoever pushed.
        guard others.count == 1, let opening = others.first,
            case .push(let commits, false)? = try? opening.entry()?.event
        else { return false }
        return commits.map(\.text) == [offer.head.sha] && opening.user?.id == offer.user?.id
    }

    /// Whether the commit that is offered still has what was offered.
    private func holds(
        _ offer: PullJSON, _ content: String, at path: String, of repository: RepositoryName
    ) async throws(ForgeError) -> Bool {
        let file = Endpoint(
            "/repos/{owner}/{repo}/contents/{path*}", repository.owner, repository.name, path,
            query: [("ref", offer.head.sha)])
        do {
            guard case .entry(let entry) = try await read(ContentsJSON.self, file, as: .administrator),
                let data = entry.content.flatMap({ Data(base64Encoded: $0) })
            else { return false }
            return data.elementsEqual(content.utf8)
        } catch {
            guard case .notFound = error.kind else { throw error }
            return false
        }
    }

    private func pull(_ number: Int64, of repository: RepositoryName) -> Endpoint {
        Endpoint("/repos/{owner}/{repo}/pulls/{index}", repository.owner, repository.name, "\(number)")
    }
}
