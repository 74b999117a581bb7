#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import NIOCore
import NIOFoundationCompat

extension ForgeClient {
    /// What an answer says went wrong; nil for a success of the forge's own making.
    func verdict(on answer: Answer, to method: String) -> ForgeError.Kind? {
        let status = answer.status
        if (200..<300).contains(status) { return isPage(answer) ? proxyPage(answer) : nil }
        if status == 429 { return .rateLimited(retryAfter: answer.retryAfter) }
        guard let said = words(in: answer, to: method) else { return proxyPage(answer) }
        let message = clean(said.message)
        let details = said.details.map(clean)
        switch status {
        case 401: return .unauthorized(message: message)
        case 403:
            let scopes = Self.scopes(in: message)
            return scopes.isEmpty ? .forbidden(message: message) : .missingScope(scopes, message: message)
        case 404: return .notFound(message: message, details: details)
        case 405: return .methodNotAllowed(message: message)
        case 409: return .conflict(message: message)
        case 500...: return .serverError(status: status, message: message)
        default: return .rejected(status: status, message: message, details: details)
        }
    }

    private func proxyPage(_ answer: Answer) -> ForgeError.Kind {
        .proxyPage(status: answer.status, server: clean(answer.server))
    }

    /// A web page where the API answers JSON: a proxy's error, a sign-in form.
    private func isPage(_ answer: Answer) -> Bool {
        answer.mediaType == "text/html" || answer.mediaType == "application/xhtml+xml"
    }

    /// The forge's own words in a refusal; nil when it was not the forge that spoke.
    private func words(in answer: Answer, to method: String) -> (message: String, details: [String])? {
        if answer.body.readableBytes == 0 {
            // The forge refuses some changes, and no question, with a mere 403; a proxy's empty 5xx tells its name.
            return answer.server.isEmpty && !(answer.status == 403 && method == "GET") ? ("", []) : nil
        }
        if answer.mediaType == "application/json" {
            guard RepeatedKey.first(in: Array(buffer: answer.body)) == nil,
                let said = try? JSONDecoder().decode(ErrorJSON.self, from: answer.body)
            else { return nil }
            if answer.status == 403, said.url == nil, !Self.isOfAnAccount(said.message) { return nil }
            return (said.message, said.errors ?? [])
        }
        if answer.mediaType == "text/plain", answer.status == 404 {
            let text = String(buffer: answer.body)
            return text.hasPrefix("404 page not found") || text.hasPrefix("Not found")
                ? ("404 page not found", []) : nil
        }
        return nil
    }

    /// Whether a refusal is of the account that asks, whatever it asks: those alone the forge writes without an address.
    private static func isOfAnAccount(_ message: String) -> Bool {
        let words = [
            "prohibited from signing in", "account is not activated", "must change your password", "not allowed login",
            "two-factor", "Only signed in user", "no permission to request",
        ]
        return words.contains { message.contains($0) }
    }

    /// The scopes in `token does not have at least one of required scope(s): [read:organization]`.
    static func scopes(in message: String) -> [String] {
        guard let start = message.firstRange(of: "required scope(s): ["),
            let end = message[start.upperBound...].firstIndex(of: "]")
        else { return [] }
        return message[start.upperBound..<end].split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    }
}
