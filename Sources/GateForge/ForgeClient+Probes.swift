#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import NIOCore

/// Questions about what a credential may do, put so that nothing can come of them but the answer.
extension ForgeClient {
    /// The forge's version and clock.
    public func greeting(_ credential: Credential = .service) async throws(ForgeError) -> ServerGreeting {
        let endpoint = Endpoint("/version")
        let answer = try await send(endpoint, as: credential)
        let version = clean(try decode(VersionJSON.self, from: answer, endpoint.call(credential)).version)
        return ServerGreeting(version: version, date: answer.field("date").flatMap(Self.moment))
    }

    /// How many rows a page of the forge has at most, of those that are asked for.
    public func rowsPerPage() async throws(ForgeError) -> Int { try await pageSize() }

    /// Whose credential it is; asked anew each time.
    public func identity(_ credential: Credential) async throws(ForgeError) -> Account {
        let endpoint = Endpoint("/user")
        guard let account = try await read(UserJSON.self, endpoint, as: credential).account else {
            throw malformed("`id` is 0", endpoint, credential)
        }
        return account
    }

    /// Whether a token may post statuses as far as its scopes go: a status on a commit that cannot be.
    public func probeStatus(_ repository: RepositoryName, _ credential: Credential = .service) async -> ScopeProbe {
        let nowhere = String(repeating: "0", count: 40)
        var endpoint = Endpoint("/repos/{owner}/{repo}/statuses/{sha}", repository.owner, repository.name, nowhere)
        endpoint.method = "POST"
        endpoint.body = ByteBuffer(string: #"{"context":"countersign/doctor","state":"pending"}"#)
        return await probe(endpoint, credential)
    }

    /// Whether a token may write labels and comments as far as its scopes go: a label on an issue that cannot be.
    public func probeLabel(_ repository: RepositoryName, _ credential: Credential = .service) async -> ScopeProbe {
        var endpoint = Endpoint("/repos/{owner}/{repo}/issues/{index}/labels", repository.owner, repository.name, "0")
        endpoint.method = "POST"
        endpoint.body = ByteBuffer(string: #"{"labels":[]}"#)
        return await probe(endpoint, credential)
    }

    /// Whether a token may change organisations as far as its scopes go: a change of a team that cannot be.
    public func probeTeamChange(_ credential: Credential) async -> ScopeProbe {
        var endpoint = Endpoint("/teams/{id}", "0")
        endpoint.method = "PATCH"
        endpoint.body = ByteBuffer(string: "{}")
        return await probe(endpoint, credential)
    }

    /// Whether a token may change its owner's account as far as its scopes go: a list of no addresses to add to it.
    public func probeAccountChange(_ credential: Credential) async -> ScopeProbe {
        var endpoint = Endpoint("/user/emails")
        endpoint.method = "POST"
        endpoint.body = ByteBuffer(string: #"{"emails":[]}"#)
        return await probe(endpoint, credential)
    }

    /// Whether a token may change packages as far as its scopes go: the end of one of a kind that there is not.
    public func probePackage(_ owner: String, _ credential: Credential) async -> ScopeProbe {
        var endpoint = Endpoint("/packages/{owner}/{type}/{name}/{version}", owner, "countersign-doctor", "0", "0")
        endpoint.method = "DELETE"
        return await probe(endpoint, credential)
    }

    /// Whether a token reads what it should have no business with.
    public func probeReading(_ repository: RepositoryName, _ credential: Credential) async -> ScopeProbe {
        await probe(Endpoint("/repos/{owner}/{repo}", repository.owner, repository.name), credential)
    }

    /// Whether a token may administer the site as far as its scopes go.
    public func probeAdministration(_ credential: Credential) async -> ScopeProbe {
        await probe(Endpoint("/admin/users", query: [("limit", "1")]), credential)
    }

    private func probe(_ endpoint: Endpoint, _ credential: Credential) async -> ScopeProbe {
        var endpoint = endpoint
        endpoint.mayRepeat = false
        do {
            _ = try await send(endpoint, as: credential)
            return .granted
        } catch {
            switch error.kind {
            case .missingScope(let scopes, _): return .missing(scopes)
            // Past the scope: the commit, the issue or the team is not there; 1.22 says 500 for the commit.
            case .notFound("404 page not found", _): return .refused(error)
            case .notFound, .rejected: return .granted
            case .serverError(status: 500, _) where endpoint.method == "POST": return .granted
            case .forbidden(let message) where message.contains("limited to public"):
                return .missing([ScopeProbe.publicOnly])
            // A refusal without a word may be a proxy's.
            case .forbidden(""): return .refused(error)
            case .forbidden where !error.tellsDeactivatedAccount: return .granted
            default: return .refused(error)
            }
        }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that servers may send.
    static func moment(_ text: String) -> Timestamp? {
        let parts = text.split(whereSeparator: { " :,".contains($0) })
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
            let month = months.firstIndex(of: String(parts[2])), let hour = Int(parts[4]), let minute = Int(parts[5]),
            let second = Int(parts[6]), (1...31).contains(day), (1970...9999).contains(year)
        else { return nil }
        let shifted = month < 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month < 2 ? month + 10 : month - 2) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return Timestamp(seconds: Int64(days * 86_400 + hour * 3600 + minute * 60 + second))
    }
}
