import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension ForgeClient {
    /// What an error of the libraries below means.
    func kind(of error: any Error) -> ForgeError.Kind {
        switch error {
        case is NIOTooManyBytesError: return .tooLarge(limit: settings.limits.responseBytes)
        case is CancellationError: return .cancelled
        case let error as HTTPClientError: return kind(of: error)
        case is HTTPParserError: return .unreachable("the answer broke off or is not HTTP")
        default: return .unreachable(words(for: String(describing: error)))
        }
    }

    private func kind(of error: HTTPClientError) -> ForgeError.Kind {
        if error == .deadlineExceeded || error == .connectTimeout || error == .readTimeout { return .timeout }
        if error == .tlsHandshakeTimeout || error == .getConnectionFromPoolTimeout { return .timeout }
        if error == .cancelled { return .cancelled }
        if error == .remoteConnectionClosed { return .unreachable("the connection was closed in mid-answer") }
        if error == .proxyAuthenticationRequired { return .proxyPage(status: 407, server: "the configured proxy") }
        if error == .invalidProxyResponse { return .proxyPage(status: nil, server: "the configured proxy") }
        return .unreachable(clean(error.shortDescription))
    }

    /// The usual failures of a connection in plain words; their types belong to libraries that this one does not name.
    private func words(for description: String) -> String {
        for (sign, words) in [
            ("CERTIFICATE_VERIFY_FAILED", "its certificate is not signed by an authority that is trusted"),
            ("failedToValidateHostname", "its certificate is for another name"),
            ("WRONG_VERSION_NUMBER", "it does not speak TLS there"),
            ("Connection refused", "the connection was refused"),
            ("errno: 111)", "the connection was refused"),
            ("Connection reset", "the connection was reset"),
            ("No route to host", "there is no route to it"),
            ("UnknownHost", "its name cannot be resolved"),
        ] where description.contains(sign) {
            return words
        }
        return clean(description)
    }
}
