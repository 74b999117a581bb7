import GateForge
import GatePolicy

/// What an administrator wants to have set up.
public struct ProvisioningRequest: Sendable {
    /// The organisation.
    public var organization: String
    /// Repositories whose branch shall be protected; none for all with a policy.
    public var repositories: [RepositoryName]
    /// Branches that shall be protected; none for the default branch.
    public var branches: [String]
    /// The account that posts statuses.
    public var account: String
    /// The owner of the organisation whose token reads teams.
    public var directoryOwner: String
    /// Whether somebody said who that is; else it is whoever lent the credential.
    public var namesDirectoryOwner = false
    /// The folder that the service reads secrets from.
    public var folder: String
    /// Where webhooks come in; nil where no service runs.
    public var hookURL: String?
    /// The name of the Actions secret for CI; its sibling ends in `_DIRECTORY`.
    public var actionsSecret: String?
    /// Whether a repository without a policy is offered one.
    public var offersPolicy: Bool
    /// Whether tokens and secrets are replaced.
    public var rotates: Bool
    /// How the commands of what is left are run.
    public var invocation = Invocation()

    /// A request.
    public init(
        organization: String, repositories: [RepositoryName] = [], branches: [String] = [], account: String,
        directoryOwner: String,
        folder: String, hookURL: String? = nil, actionsSecret: String? = nil, offersPolicy: Bool = false,
        rotates: Bool = false
    ) {
        self.organization = organization
        self.repositories = repositories
        self.branches = branches
        self.account = account
        self.directoryOwner = directoryOwner
        self.folder = folder
        self.hookURL = hookURL
        self.actionsSecret = actionsSecret
        self.offersPolicy = offersPolicy
        self.rotates = rotates
    }

    /// Where webhooks hang and Actions secrets are: the organisation, or the repositories that are named.
    public var places: [Webhook.Place] {
        repositories.isEmpty ? [.organization(organization)] : repositories.map { .repository($0.description) }
    }

    /// The file with `forge.token`.
    public var tokenFile: String { "\(folder)/forge-token" }
    /// The file with `forge.directory_token`.
    public var directoryTokenFile: String { "\(folder)/forge-directory-token" }
    /// The file with the webhook's secret.
    public var hookSecretFile: String { "\(folder)/hook-secret" }
    /// The file that says what was made; it has no secret in it.
    public var ledgerFile: String { "\(folder)/provision.json" }
}
