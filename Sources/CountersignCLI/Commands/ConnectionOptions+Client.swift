import GateForge
import GateService

extension ConnectionOptions {
    /// Runs something with a client of the forge, which is shut down afterwards whatever happens.
    ///
    /// An error of the forge is told with its cure, and ends the command as `check` would.
    func withClient<Result>(
        _ context: CommandContext, _ body: (ForgeClient, Settings) async throws -> Result
    ) async throws -> Result {
        let settings = try settings(context)
        let client: ForgeClient
        do {
            client = try ForgeClient(settings.forge)
        } catch {
            throw SettingsError(error.description)
        }
        do {
            let result = try await body(client, settings)
            await client.shutdown()
            return result
        } catch let error as ForgeError {
            await client.shutdown()
            throw error.tell(context).code
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
