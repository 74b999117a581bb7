import GatePolicy

/// The repositories of an organisation that were shown, and why there may be more.
public struct RepositoryListing: Hashable, Sendable {
    /// Those that were shown.
    public var listed: [ListedRepository]
    /// Why there may be others: the forge counts more than it shows; nil where it shows all.
    public var incomplete: Unknown?

    /// A listing.
    public init(listed: [ListedRepository], incomplete: Unknown? = nil) {
        self.listed = listed
        self.incomplete = incomplete
    }
}
