/// Where and for whom the service listens.
public struct WebSettings: Sendable {
    /// Where the forge delivers and single pages are opened.
    public var listen: ListenAddress
    /// Where operators see everything; whoever reaches it may.
    public var operatorsListen: ListenAddress
    /// Under which address browsers reach the first; nil when statuses link to no page.
    public var publicAddress: PublicAddress?
    /// The forge's address in browsers.
    public var forgeAddress: String
    /// How long a delivery's body may take to arrive.
    public var bodyDeadline: Duration
    /// How many connections are open at once, for each address; further ones wait to be accepted.
    public var connections: Int

    /// Settings.
    public init(
        listen: ListenAddress, operatorsListen: ListenAddress, publicAddress: PublicAddress? = nil,
        forgeAddress: String, bodyDeadline: Duration = .seconds(10), connections: Int = 1000
    ) {
        self.listen = listen
        self.operatorsListen = operatorsListen
        self.publicAddress = publicAddress
        self.forgeAddress = forgeAddress
        self.bodyDeadline = bodyDeadline
        self.connections = connections
    }
}
