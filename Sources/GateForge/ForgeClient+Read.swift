#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import NIOCore
import NIOFoundationCompat

extension ForgeClient {
    /// One object.
    func read<Value: Decodable & Sendable>(
        _ type: Value.Type, _ endpoint: Endpoint, as credential: Credential = .service
    ) async throws(ForgeError) -> Value {
        try decode(type, from: try await send(endpoint, as: credential), endpoint.call(credential))
    }

    /// The answer as a wire value; what is missing or of another type is named by its place, without its content.
    ///
    /// A key that is there twice says two things, of which somebody on the way may have seen the other.
    func decode<Value: Decodable>(
        _ type: Value.Type, from answer: Answer, _ call: ForgeCall
    ) throws(ForgeError) -> Value {
        if let key = RepeatedKey.first(in: Array(buffer: answer.body)) {
            throw ForgeError(.malformed("`\(clean(key.name))` is there twice"), call)
        }
        do {
            return try Wire.decoder().decode(type, from: answer.body)
        } catch let error as DecodingError {
            throw ForgeError(.malformed(Wire.place(of: error)), call)
        } catch {
            throw ForgeError(.malformed("it cannot be read as JSON"), call)
        }
    }
}
