extension ForgeClient {
    /// Asks, now, whose the service account's token is; throws why that cannot be had.
    public func checkService() async throws(ForgeError) {
        _ = try await read(UserJSON.self, Endpoint("/user"))
    }

    /// Asks, now, for the teams of an organisation with the credential that reads them; throws why they cannot be had.
    public func checkDirectory(_ organization: String) async throws(ForgeError) {
        _ = try await teams(of: organization)
    }
}
