import Foundation
import Synchronization

/// The simulated server's memory: one value behind one lock, and a clock.
///
/// People act on it through the REST API. What is public here is the simulator's own: means that tests need and that
/// no real server offers.
public final class World: Sendable {
    private let state: Mutex<WorldState>
    private let now: @Sendable () -> Date

    init(version: ServerVersion, now: @escaping @Sendable () -> Date) {
        state = Mutex(WorldState(version: version))
        self.now = now
    }

    /// Runs something on the state, with the clock read first.
    func update<Result: Sendable>(_ body: (inout WorldState) throws -> Result) rethrows -> Result {
        let seconds = Int(now().timeIntervalSince1970.rounded(.down))
        return try state.withLock { state in
            state.now = seconds
            return try body(&state)
        }
    }

    func respond(to request: APIRequest) -> APIResponse {
        update { Router.respond(to: request, in: &$0) }
    }

    func login(of authorization: String?) -> String? {
        guard let value = authorization?.split(separator: " ").last.map(String.init) else { return nil }
        return update { state in
            if let token = state.tokens.first(where: { $0.value == value }) {
                return state.accounts[token.owner]?.login
            }
            guard let data = Data(base64Encoded: value) else { return nil }
            return String(decoding: data, as: UTF8.self).split(separator: ":").first.map(String.init)
        }
    }

    // MARK: The simulator's own means

    /// What a test was asked to do and the world does not have.
    public enum WorldError: Error, Sendable {
        /// There is no such repository, account or branch.
        case missing(String)
    }

    /// Pushes one commit with some files (nil deletes) to a branch; a branch that is new begins at the default branch.
    @discardableResult
    public func push(
        to branch: String, of repository: String, as login: String, files: [String: String?], message: String = "push"
    ) throws -> String {
        try update { state in
            let (found, doer) = try Self.find(repository, login, in: state)
            let parent = found.branches[branch] ?? found.branches[found.defaultBranch]
            return try Self.push(&state, found, branch, doer, parent: parent, files, message)
        }
    }

    /// Replaces what a branch had since it left the default branch by one commit, as `git push --force` does.
    @discardableResult
    public func forcePush(
        to branch: String, of repository: String, as login: String, files: [String: String?], message: String = "force"
    ) throws -> String {
        try update { state in
            let (found, doer) = try Self.find(repository, login, in: state)
            let main = found.branches[found.defaultBranch] ?? ""
            let parent = found.branches[branch].flatMap { state.git.mergeBase(main, $0) } ?? main
            return try Self.push(&state, found, branch, doer, parent: parent, files, message)
        }
    }

    /// Moves a branch to any commit the repository knows, back to an old head for instance.
    public func move(_ branch: String, of repository: String, to sha: String, as login: String) throws {
        try update { state in
            let (found, doer) = try Self.find(repository, login, in: state)
            guard let full = state.resolve(sha, in: found) else { throw WorldError.missing(sha) }
            state.push(found.id, branch, to: full, doer: doer)
        }
    }

    /// Signs a commit with a key that the server knows; the server's own key has a name that is no login.
    public func sign(_ sha: String, as signer: String, key: String = "3AA5C34371567BD2") {
        update { state in
            let email = state.person(named: signer)?.email ?? "noreply@example.com"
            state.git.signatures[sha] = (signer, email, key)
        }
    }

    /// Changes the base branch of a pull request at once.
    public func retarget(_ pull: Int, of repository: String, to base: String, as login: String) throws {
        try update { state in
            let (found, doer) = try Self.find(repository, login, in: state)
            guard let match = state.pull(pull, in: found.id) else { throw WorldError.missing("#\(pull)") }
            state.retarget(match.id, to: base, doer: doer)
        }
    }

    /// Makes a repository follow another one.
    public func makeMirror(_ repository: String) throws {
        try update { state in
            let (found, _) = try Self.find(repository, nil, in: state)
            state.repositories[found.id]?.isMirror = true
        }
    }

    /// Deletes a pull request, as a site administrator may; its branch stays.
    public func delete(pull: Int, of repository: String) throws {
        try update { state in
            let (found, _) = try Self.find(repository, nil, in: state)
            guard let match = state.pull(pull, in: found.id) else { throw WorldError.missing("#\(pull)") }
            state.deletePull(match.id)
        }
    }

    /// Says whether the server is still computing if a pull request can be merged; merging waits for it.
    public func setChecking(_ isChecking: Bool, pull: Int, of repository: String) throws {
        try update { state in
            let (found, _) = try Self.find(repository, nil, in: state)
            guard let match = state.pull(pull, in: found.id) else { throw WorldError.missing("#\(pull)") }
            state.pulls[match.id]?.isChecking = isChecking
        }
    }

    /// Whether pushes wait for `processPushes` instead of being worked off at once, as a slow server's do.
    public var defersPushes: Bool {
        get { update { $0.defersPushes } }
        set { update { $0.defersPushes = newValue } }
    }

    /// Works off the pushes that wait.
    public func processPushes() { update { $0.processPushes() } }

    /// Another version from now on.
    public var version: ServerVersion {
        get { update { $0.version } }
        set { update { $0.version = newValue } }
    }

    /// The webhook deliveries that were caused and not yet sent, oldest first.
    public var pendingDeliveries: [PendingDelivery] { update { $0.outbox } }

    /// Takes the deliveries that wait; nobody else will send them.
    public func takeDeliveries() -> [PendingDelivery] {
        update { state in
            let waiting = state.outbox
            state.outbox = []
            return waiting
        }
    }

    private static func find(_ name: String, _ login: String?, in state: WorldState) throws -> (Repository, Int) {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 2, let repository = state.repository(parts[0], parts[1]) else {
            throw WorldError.missing(name)
        }
        guard let login else { return (repository, 0) }
        guard let doer = state.person(named: login) else { throw WorldError.missing(login) }
        return (repository, doer.id)
    }

    private static func push(
        _ state: inout WorldState, _ repository: Repository, _ branch: String, _ doer: Int, parent: String?,
        _ changes: [String: String?], _ message: String
    ) throws -> String {
        var files = parent.flatMap { state.git.commits[$0]?.files } ?? [:]
        for (path, content) in changes { files[path] = content.map { state.git.blob(Array($0.utf8)) } }
        let commit = state.commit(
            in: repository.id, files: files, parents: parent.map { [$0] } ?? [], message: message, doer: doer)
        state.push(repository.id, branch, to: commit.sha, doer: doer)
        return commit.sha
    }
}
