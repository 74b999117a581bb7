#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import NIOCore

extension ForgeClient {
    /// A value as the body of a call.
    func body(
        _ value: some Encodable, _ endpoint: Endpoint, _ credential: Credential = .service
    ) throws(ForgeError) -> ByteBuffer {
        do { return ByteBuffer(bytes: try JSONEncoder().encode(value)) } catch {
            throw ForgeError(.invalidInput("it cannot be written as JSON"), endpoint.call(credential))
        }
    }
}
