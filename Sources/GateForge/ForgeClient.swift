import GatePolicy
import Synchronization

/// The client of a Gitea or Forgejo: reads what an evaluation needs, posts statuses, and tells a no from a blind eye.
public struct ForgeClient: Sendable {
    /// Where, who and how patient.
    public let settings: ForgeSettings
    let carrier: Carrier
    let keeping: AnswerKeeping?
    let memory: Memory

    /// What is asked once and kept: it belongs to the forge's settings and the token, not to a repository.
    final class Memory: Sendable {
        let pageSize = Mutex<Int?>(nil)
        let owners = Mutex<[Credential: Account]>([:])
        let kept = KeptAnswers()
        /// Whether other tokens took the place of these.
        let isRetired = Mutex(false)
    }

    /// A client; `shutdown()` must be called at its end.
    /// - Parameter keeping: how long it believes what it was told of people and rights; nil for not at all.
    public init(_ settings: ForgeSettings, keeping: AnswerKeeping? = nil) throws(ForgeSettingsError) {
        self.init(settings, keeping: keeping, carrier: try .http(settings))
    }

    init(_ settings: ForgeSettings, keeping: AnswerKeeping? = nil, carrier: Carrier) {
        self.settings = settings
        self.keeping = keeping
        self.carrier = carrier
        self.memory = Memory()
    }

    /// Closes the connections; calls under way fail.
    public func shutdown() async { await carrier.close() }

    /// Runs the body with a client and closes it afterwards, whatever happens.
    public static func withClient<Value: Sendable>(
        _ settings: ForgeSettings, _ body: (ForgeClient) async throws -> Value
    ) async throws -> Value {
        let client = try ForgeClient(settings)
        do {
            let value = try await body(client)
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
