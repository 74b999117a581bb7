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
        default: return unreachable(words(for: String(describing: error)))
        }
    }

    private func kind(of error: HTTPClientError) -> ForgeError.Kind {
        if error == .connectTimeout, settings.proxy != nil { return unreachable("it did not answer in time") }
        if error == .deadlineExceeded || error == .connectTimeout || error == .readTimeout { return .timeout }
        if error == .tlsHandshakeTimeout || error == .getConnectionFromPoolTimeout { return .timeout }
        if error == .cancelled { return .cancelled }
        if error == .remoteConnectionClosed { return .unreachable("the connection was closed in mid-answer") }
        if error == .proxyAuthenticationRequired { return .proxyPage(status: 407, server: "the configured proxy") }
        if error == .invalidProxyResponse { return .proxyPage(status: nil, server: "the configured proxy") }
        return .unreachable(clean(error.shortDescription))
    }

    /// Where a proxy is on the way, a connection is one to it: whatever comes later is the forge's.
    private func unreachable(_ words: String) -> ForgeError.Kind {
        let isOfConnection =
            ConnectionTrouble.connecting.contains { $0.words == words } || words == "it did not answer in time"
        guard let proxy = settings.proxy, isOfConnection else { return .unreachable(words) }
        return .proxyUnreachable(words, proxy: "\(proxy)")
    }

    private func words(for description: String) -> String {
        ConnectionTrouble.all.first { description.contains($0.sign) }?.words ?? clean(description)
    }
}
