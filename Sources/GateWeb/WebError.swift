import Hummingbird

/// Why a request gets no page; each is shown as a page of its own.
enum WebError: Error, Hashable {
    /// There is nothing, or nothing for whoever asks.
    case notFound
    /// An operator's token is needed.
    case unauthorized
    /// The path is there, for other methods only.
    case methodNotAllowed([String])
    /// The request is not one that can be answered.
    case refused(Int, String)
    /// What the answer needs is not to be had at present.
    case unavailable(String)

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .unauthorized: .unauthorized
        case .methodNotAllowed: .methodNotAllowed
        case .refused(let code, _): .init(code: code)
        case .unavailable: .serviceUnavailable
        }
    }

    /// A sentence for whoever asked.
    var message: String {
        switch self {
        case .notFound:
            "There is no such page, or its address lacks the key that opens it: follow the link of the commit status."
        case .unauthorized: "This page is for operators: give the operator's token as the password, with any user name."
        case .methodNotAllowed(let allowed): "This address answers \(allowed.joined(separator: " and ")) only."
        case .refused(_, let message), .unavailable(let message): message
        }
    }
}
