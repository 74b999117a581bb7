import GateForge
import GatePolicy
import Testing

@testable import GateDoctor
@testable import GateService

/// An examination in which all is well, to be spoilt by each test in one place.
enum Healthy {
    static let gate = Account(id: 7, login: "gate", isActive: true)
    static let alice = Account(id: 1, login: "alice", isActive: true)
    static let bob = Account(id: 2, login: "bob", isActive: true)
    static let carol = Account(id: 3, login: "carol", isActive: true)
    static let keeper = Account(id: 9, login: "keeper", isActive: true)
    static let name = RepositoryName(owner: "acme", name: "widget")
    static let sha = String(repeating: "a", count: 40)
    static let commit = CommitID(sha) ?? { preconditionFailure("40 digits") }()
    static let hook = "https://gate.example.org/hooks/forge"

    static let policy = """
        version: 1
        gates:
          qa-review: { require: qa }
          security-review: { require: security }
        """

    static func call(_ path: String = "/x", _ credential: Credential = .service, _ method: String = "GET") -> ForgeCall
    {
        ForgeCall(method: method, path: path, credential: credential)
    }

    static func error(_ kind: ForgeError.Kind, _ credential: Credential = .service) -> ForgeError {
        ForgeError(kind, call("/x", credential))
    }

    static func policyAnswer(_ text: String = policy) -> PolicyAnswer {
        let (policy, diagnostics) = PolicyReader.read(text, file: ".countersign.yml", digest: "")
        return policy.map { .policy($0) } ?? .broken(diagnostics)
    }

    static func branch(_ contexts: [String] = ["countersign: main"], approvals: Int = 0) -> BranchAnswer {
        BranchAnswer(
            name: "main", commit: commit, isProtected: true, isStatusCheckEnabled: true,
            requiredContexts: contexts, requiredApprovals: approvals)
    }

    static func row(_ context: String, by account: Account? = gate) -> CommitStatus {
        CommitStatus(id: 1, context: context, state: .success, creator: account)
    }

    static func pull(_ number: Int64, by author: Account) -> PullRequestSnapshot {
        let unknown = Unknown(cause: .notRead, subject: "", reason: "", cure: "")
        return PullRequestSnapshot(
            repository: Repository(
                id: 1, name: name, owner: Account(id: 5, login: "acme"), ownerIsOrganization: .unknown(unknown),
                isPrivate: true, defaultBranch: "main"),
            pullRequest: PullRequest(
                number: number, title: "t", author: author, head: commit, headBranch: "f", baseBranch: "main"))
    }

    static var repository: RepositoryEvidence {
        var listed = ListedRepository(name: name, defaultBranch: "main")
        listed.allowsRebase = false
        var evidence = RepositoryEvidence(
            name, .success(RepositoryRights(repository: listed, mayPush: true, mayAdminister: false)))
        evidence.policy = policyAnswer()
        evidence.branch = .success(branch())
        evidence.rules = .success([
            ProtectionRule(
                name: "main", isStatusCheckEnabled: true, contexts: ["countersign: main"], bindsAdministrators: true,
                settings: ["enable_push": false])
        ])
        evidence.hooks = .success([])
        evidence.pulls = .success([pull(3, by: alice), pull(2, by: alice)])
        evidence.statuses = .success([row("countersign: main"), row("countersign/qa-review: main")])
        evidence.statusPull = 3
        return evidence
    }

    /// The branch of the organisation's own repository that policies are read from.
    static var law: LawEvidence {
        let shared = RepositoryName(owner: "acme", name: ".countersign")
        var evidence = RepositoryEvidence(
            shared,
            .success(
                RepositoryRights(
                    repository: ListedRepository(name: shared, defaultBranch: "main"), mayPush: false,
                    mayAdminister: false)))
        evidence.policy = .absent
        evidence.branch = .success(
            BranchAnswer(
                name: "main", commit: commit, isProtected: true, isStatusCheckEnabled: false, requiredContexts: [],
                requiredApprovals: 1))
        evidence.rules = .success([
            ProtectionRule(
                name: "main", isStatusCheckEnabled: false, contexts: [], requiredApprovals: 1,
                bindsAdministrators: true, settings: ["enable_push": false])
        ])
        return LawEvidence(evidence, files: [ExactText("base.yml")], readers: [name])
    }

    static var organization: OrganizationEvidence {
        var evidence = OrganizationEvidence("acme")
        evidence.policy = OrganizationPolicy.none(of: "acme")
        evidence.mentioned = ["qa", "security"]
        evidence.teams[.directory] = .success([
            OrganizationTeam(id: 1, name: "Owners", isOwners: true), OrganizationTeam(id: 2, name: "qa"),
            OrganizationTeam(id: 3, name: "security"), OrganizationTeam(id: 4, name: "engineers"),
        ])
        evidence.members = [
            1: [.directory: .success([keeper])], 2: [.directory: .success([bob])], 3: [.directory: .success([carol])],
        ]
        evidence.hooks = .success([
            Webhook(
                id: 4, place: .organization("acme"), url: hook, events: Webhook.neededEvents, isActive: true)
        ])
        return evidence
    }

    static var examination: Examination {
        let now = Timestamp(seconds: 1_780_000_000)
        var examination = Examination(
            address: "https://git.example.org", now: now,
            greeting: .success(ServerGreeting(version: "1.22.0", date: now)))
        examination.rowsPerPage = .success(50)
        var service = CredentialEvidence(.service, .set("COUNTERSIGN_FORGE_TOKEN"))
        service.identity = .success(gate)
        service.needed = [
            .init(scope: "write:repository", call: "POST x", probe: .granted),
            .init(scope: "write:issue", call: "POST y", probe: .granted),
        ]
        service.excess = [.init(scope: "write:organization", call: "PATCH /teams/0", probe: .missing(["x"]))]
        var directory = CredentialEvidence(.directory, .set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN"))
        directory.identity = .failure(error(.missingScope(["read:user"], message: ""), .directory))
        directory.excess = [.init(scope: "read:repository", call: "GET x", probe: .missing(["x"]))]
        examination.credentials = [service, directory]
        examination.hasAdministrator = true
        examination.organizations = [organization]
        examination.repositories = [repository]
        examination.laws = [law]
        examination.hookAddress = hook
        var heard = ServiceEvidence(now: now, since: Timestamp(seconds: now.seconds - 3600))
        heard.deliveries.last = ["acme/widget": Timestamp(seconds: now.seconds - 12)]
        examination.service = .running(heard)
        return examination
    }

    /// Changes what the running service says.
    static func service(_ change: @escaping (inout ServiceEvidence) -> Void) -> (inout Examination) -> Void {
        { examination in
            guard var evidence = examination.running else { return }
            change(&evidence)
            examination.service = .running(evidence)
        }
    }

    /// What each check says once something was spoilt.
    static func found(_ spoil: (inout Examination) -> Void) -> [String: [Finding]] {
        var examination = examination
        spoil(&examination)
        var found: [String: [Finding]] = [:]
        for entry in Diagnosis(examination).entries where !entry.outcome.findings.isEmpty {
            found[entry.check.id] = entry.outcome.findings
        }
        return found
    }

    /// The one finding that spoiling brings; anything else is a failure.
    static func only(
        _ id: String, _ severity: Severity, sourceLocation: SourceLocation = #_sourceLocation,
        _ spoil: (inout Examination) -> Void
    ) -> Finding? {
        let found = found(spoil)
        #expect(Array(found.keys) == [id], "\(found)", sourceLocation: sourceLocation)
        #expect(found[id]?.map(\.severity) == [severity], "\(found)", sourceLocation: sourceLocation)
        return found[id]?.first
    }
}
