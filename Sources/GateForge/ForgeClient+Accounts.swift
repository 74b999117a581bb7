import GatePolicy
import Synchronization

extension ForgeClient {
    /// The forge's version, as it writes it.
    public func version() async throws(ForgeError) -> String {
        clean(try await read(VersionJSON.self, Endpoint("/version")).version)
    }

    /// Whose token it is; it needs the scope `read:user`, which a directory token rightly lacks (`.missingScope`).
    public func currentUser(_ credential: Credential = .service) async throws(ForgeError) -> Account {
        let credential = credential == .directory ? settings.directoryCredential : credential
        if let known = memory.owners.withLock({ $0[credential] }) { return known }
        let endpoint = Endpoint("/user")
        guard let account = try await read(UserJSON.self, endpoint, as: credential).account else {
            throw malformed("`id` is 0", endpoint, credential)
        }
        memory.owners.withLock { $0[credential] = account }
        return account
    }

    /// The service account, once its token has said whose it is.
    public var knownUser: Account? { memory.owners.withLock { $0[.service] } }

    /// Takes over what a client with the same token was told of it: a token is one account's for as long as it lives.
    public func inherit(from other: ForgeClient) {
        guard settings.address.description == other.settings.address.description,
            settings.token == other.settings.token
        else { return }
        let known = other.memory.owners.withLock { $0[.service] }
        memory.owners.withLock { $0[.service] = known }
    }

    /// The account behind a login; a known nil is nobody.
    ///
    /// A renamed account answers under its old login too, with its id and its new one.
    public func user(_ login: String) async -> Known<Account?> {
        await kept(memory.kept.users, login.lowercased()) { await readUser(login) }
    }

    private func readUser(_ login: String) async -> Known<Account?> {
        do { return .known(try await account(login)) } catch {
            return .unknown(error.unknown(subject: "who `\(clean(login))` is"))
        }
    }

    /// The account behind a login, asked anew each time; nil when the forge shows that there is none.
    ///
    /// A private profile is denied to strangers by a 404 as well, in other words than what is not there.
    public func account(
        _ login: String, _ credential: Credential = .service
    ) async throws(ForgeError) -> Account? {
        do { return try await read(UserJSON.self, Endpoint("/users/{username}", login), as: credential).account } catch
        {
            if case .notFound(let message, let details) = error.kind,
                ([message] + details).contains(where: { Self.isNobodys($0) })
            {
                return nil
            }
            throw error
        }
    }

    /// Whether a repository's owner is an organisation, by its teams: any reader of the repository is told.
    public func ownerIsOrganization(of repository: RepositoryName) async -> Known<Bool> {
        do {
            return .known(try await repositoryTeams(repository) != nil)
        } catch {
            return .unknown(error.unknown(subject: "whether `\(clean(repository.owner))` is an organisation"))
        }
    }

    /// Whether an owner of repositories is an organisation; a 404 alone says nothing, for it may be an invisible one.
    public func ownerIsOrganization(_ owner: String) async -> Known<Bool> {
        await kept(memory.kept.owners, owner.lowercased()) { await readOwnerIsOrganization(owner) }
    }

    private func readOwnerIsOrganization(_ owner: String) async -> Known<Bool> {
        let subject = "whether `\(clean(owner))` is an organisation"
        do {
            _ = try await read(OrganizationJSON.self, Endpoint("/orgs/{org}", owner), as: settings.directoryCredential)
            return .known(true)
        } catch {
            guard case .notFound(let message, let details) = error.kind,
                ([message] + details).contains(where: { Self.namesNobody($0) })
            else { return .unknown(error.unknown(subject: subject)) }
            // No organisation of that name: a user, when there is one.
            return switch await user(owner) {
            case .known(.some): .known(false)
            case .known(.none):
                .unknown(
                    Unknown(
                        cause: .nameGone, subject: subject, reason: "the forge knows nobody of that name",
                        cure: "correct the name"))
            case .unknown(let unknown):
                .unknown(
                    Unknown(cause: unknown.cause, subject: subject, reason: unknown.reason, cure: unknown.cure))
            }
        }
    }

    /// Whether a refusal says that nobody has a name, and nobody had it: what is hidden does not get that.
    private static func isNobodys(_ text: String) -> Bool { text.contains("user redirect does not exist [name: ") }

    /// Whether a refusal of an organisation says that there is none of the name, which an invisible one does not get.
    static func namesNobody(_ text: String) -> Bool {
        isNobodys(text) || text.contains("user does not exist [uid: ")
    }
}
