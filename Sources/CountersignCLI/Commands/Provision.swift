import ArgumentParser
import Foundation
import GateDoctor
import GateForge
import GatePolicy
import GateService

/// `countersign provision`: sets up an organisation for gates with an administrator's credential.
struct Provision: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set up the account, the tokens, the webhook and the protection that gates need.",
        discussion: """
            It looks at what is there and prints what it would change; with --yes it changes that, and then runs the \
            doctor. Run again it changes nothing, and finishes what was cut short. Branches are protected only where a \
            policy is in place and its summary was posted once.

            The administrator's credential is asked for, or read from a file, and never stored. Making tokens takes a \
            password, and with two-factor authentication a code (asked for beside the password, or \
            --administrator-code-file, or COUNTERSIGN_ADMINISTRATOR_CODE).

            Exit codes: 0 nothing is left to do, whatever the doctor warns of or could not check, 1 something waits, or \
            somebody else must do it, whatever the doctor found, 2 nothing waits and the doctor found something that \
            blocks, 64 usage or settings, 69 the forge could not be reached, 70 our own failure.
            """)

    @Argument(help: "An organisation, or some of its repositories as owner/repo.")
    var targets: [String]

    @Option(name: .long, help: "The folder that the service reads its secrets from.", completion: .directory)
    var folder = "countersign-secrets"

    @Option(name: .long, help: "The account that posts statuses; it is made if there is none of that name.")
    var account = "countersign"

    @Option(name: .long, help: "The owner of the organisation whose token reads teams; the administrator's login.")
    var directoryOwner: String?

    @Option(name: .long, help: "A branch to protect, besides others that are named; the default branch without one.")
    var branch: [String] = []

    @Option(name: .long, help: "Where webhooks come in.")
    var hookURL: String?

    @Option(
        name: .long,
        help:
            "An Actions secret, of the organisation or of the named repositories, for forge.token; NAME_DIRECTORY has the other."
    )
    var actionsSecret: String?

    @Flag(name: .long, help: "Offer a policy to repositories without one, as a pull request.")
    var starterPolicy = false

    @Flag(name: .long, help: "Print what would be changed, and change nothing.")
    var plan = false

    @Flag(name: .long, help: "Change it.")
    var yes = false

    @Flag(name: .long, help: "Replace tokens and the webhook's secret.")
    var rotate = false

    @Flag(name: .long, help: "Take back what was made.")
    var undo = false

    @OptionGroup var administrator: AdministratorOptions
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        try Doctor.validate(hookURL: hookURL)
        guard Self.isLogin(account) else {
            throw ValidationError(
                "--account: `\(account)` cannot be a login: letters, digits, and single `-`, `_` and `.` between them")
        }
        guard !(plan && yes) else { throw ValidationError("--plan and --yes: which is meant?") }
        guard !(undo && (rotate || starterPolicy)) else {
            throw ValidationError(
                "--undo takes back all that was made: leave out --rotate and --starter-policy; it goes with --plan, --yes, "
                    + "--folder and whose right is used")
        }
    }

    /// Whether the forge takes it for the name of an account.
    private static func isLogin(_ text: String) -> Bool {
        let marks: Set<Character> = ["-", "_", "."]
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || marks.contains(Character(scalar))
        }
        guard isPlain, let first = text.first, let last = text.last, text.count <= 40 else { return false }
        return !marks.contains(first) && !marks.contains(last)
            && !zip(text, text.dropFirst()).contains { marks.contains($0) && marks.contains($1) }
    }

    func run(_ context: CommandContext) async throws {
        guard let credential = try administrator.credential(context) else {
            throw SettingsError(
                "whose right is used? Give `--administrator LOGIN`, or `--administrator-token-file FILE`")
        }
        let settings = try connection.lenientSettings(context).settings
        var forge = settings.forge
        forge.administrator = credential
        let request = try request(credential, context)
        let client = try Self.client(forge)
        let provisioning = Provisioning(
            client, request, try desk(context),
            client: { [forge] token, directory in
                var own = forge
                own.token = token
                own.directoryToken = directory
                own.administrator = nil
                return try Self.client(own)
            },
            standIn: { [forge] in
                var own = forge
                own.directoryToken = nil
                own.administratorStandsIn = true
                return try Self.client(own)
            }, decider: { Decider($0, settings.deciding, now: context.now) })
        let status: Int32?
        do {
            status = try await run(provisioning, request, context)
            await client.shutdown()
        } catch let error as ForgeError {
            await client.shutdown()
            context.talk("countersign: \(error)")
            context.talk("cure: \(error.cure); then run this again: it goes on where it stopped")
            throw (error.isReachProblem ? ExitStatus.unreachable : .held).code
        } catch {
            await client.shutdown()
            if let error = error as? ProvisioningError { throw SettingsError(error.description) }
            throw error
        }
        let hasTokens = [request.tokenFile, request.directoryTokenFile].allSatisfy {
            (try? context.readFile($0)) != nil
        }
        if !undo, yes, !hasTokens { context.output("`countersign doctor` looks at it when both tokens are there\n") }
        if !undo, yes, hasTokens {
            do { try await diagnose(request, credential, context) } catch let code as ExitCode {
                // What is left to do is said first; a warning leaves nothing to be done here.
                if status == nil, code == ExitStatus.held.code { return }
                throw status.map { ExitCode($0) } ?? code
            }
        }
        if let status { throw ExitCode(status) }
    }

    /// Plans, or does, or undoes; the exit status where it is not to go on.
    private func run(
        _ provisioning: Provisioning, _ request: ProvisioningRequest, _ context: CommandContext
    ) async throws -> Int32? {
        if undo {
            guard provisioning.hasLedger else {
                context.output(Self.nothingMade(request))
                return nil
            }
            guard yes else {
                let ledger = try provisioning.ledger()
                context.output("would take back what `\(request.ledgerFile)` names:\n\(ledger.text)")
                return ExitStatus.held.rawValue
            }
            let kept = try await provisioning.undo { context.output("\($0)\n") }
            for one in kept {
                context.output("NOT TAKEN BACK: \(one.sentence)\n")
                output(one.steps, provisioning, request, context)
            }
            return kept.isEmpty ? nil : ExitStatus.held.rawValue
        }
        let named = try await provisioning.named()
        let plan = try await named.plan()
        guard yes else {
            context.output(plan.text + (plan.changes.isEmpty ? "" : "run it again with `--yes`\n"))
            return plan.changes.isEmpty && plan.left.isEmpty ? nil : ExitStatus.held.rawValue
        }
        let outcome = try await named.carryOut(plan) { context.output("done: \($0.description)\n") }
        if outcome.done.isEmpty { context.output("nothing was changed\n") }
        for (change, error) in outcome.refused {
            context.output("NOT DONE: \(change.description): \(error.reason)\n")
            output(change.steps(request), provisioning, request, context)
        }
        for change in outcome.kept {
            context.output("left: \(change.description), when every Actions secret holds the new one: run this again\n")
        }
        let rest = try await named.plan(rotates: false, foresees: false)
        let left =
            outcome.waiting.map { "\($0.description), when what stands above is done: run this again then" }
            + outcome.unplanned.map { "\($0.description), which was not in the plan: run this again" }
            + rest.left
        for sentence in rest.stays { context.output("stays: \(sentence)\n") }
        for sentence in left { context.output("left: \(sentence)\n") }
        return outcome.refused.isEmpty && outcome.kept.isEmpty && left.isEmpty ? nil : ExitStatus.held.rawValue
    }

    private func output(
        _ steps: [Cure.Step], _ provisioning: Provisioning, _ request: ProvisioningRequest, _ context: CommandContext
    ) {
        for line in Cure(steps).lines(address: provisioning.address, invocation: request.invocation) {
            context.output("    \(line)\n")
        }
    }

    private static func nothingMade(_ request: ProvisioningRequest) -> String {
        "nothing was made here: there is no `\(request.ledgerFile)`\n"
    }

    /// The doctor's view of what was set up.
    private func diagnose(
        _ request: ProvisioningRequest, _ credential: AdministratorCredential, _ context: CommandContext
    ) async throws {
        var arguments =
            targets + ["--token-file", request.tokenFile, "--directory-token-file", request.directoryTokenFile]
        if let url = connection.forge { arguments += ["--forge", url] }
        if let file = connection.settings { arguments += ["--settings", file] }
        if let hookURL { arguments += ["--hook-url", hookURL] }
        var plain = context
        for key in [SettingKey.token, .tokenFile, .directoryToken, .directoryTokenFile] {
            plain.environment[key.variable] = nil
        }
        context.output("\n")
        try await Doctor.parse(arguments).run(plain, lent: credential)
    }

    private func request(
        _ credential: AdministratorCredential, _ context: CommandContext
    ) throws(SettingsError) -> ProvisioningRequest {
        var organization: String?
        var repositories: [RepositoryName] = []
        for target in try Doctor.targets(targets) {
            let owner: String
            switch target {
            case .organization(let name): owner = name
            case .repository(let name):
                owner = name.owner
                repositories.append(name)
            }
            guard organization == nil || organization == owner else {
                throw SettingsError("`\(owner)` and `\(organization ?? "")`: one organisation at a time")
            }
            organization = owner
        }
        guard let organization else { throw SettingsError("which organisation?") }
        guard organization.lowercased() != account.lowercased() else {
            throw SettingsError("`--account`: `\(account)` is the organisation: the account is one of its own")
        }
        if let actionsSecret, !ProvisioningRequest.canName(secret: actionsSecret) {
            throw SettingsError(
                "`--actions-secret`: expected letters, digits and `_`, no digit first, and not `GITEA_`, `GITHUB_` or "
                    + "`FORGEJO_`, which the forge keeps for itself")
        }
        // What was made is taken back whoever's it is.
        guard let owner = directoryOwner ?? credential.login ?? (undo ? "" : nil) else {
            throw SettingsError(
                "whose token shall read teams? Give `--directory-owner LOGIN`, an owner of the organisation")
        }
        var request = ProvisioningRequest(
            organization: organization, repositories: repositories, branches: branch, account: account,
            directoryOwner: owner,
            folder: folder, hookURL: hookURL, actionsSecret: actionsSecret, offersPolicy: starterPolicy,
            rotates: rotate)
        request.namesDirectoryOwner = directoryOwner != nil
        var given = connection
        (given.tokenFile, given.directoryTokenFile) = (request.tokenFile, request.directoryTokenFile)
        request.invocation = given.invocation(context)
        return request
    }

    private static func client(_ settings: ForgeSettings) throws(SettingsError) -> ForgeClient {
        do { return try ForgeClient(settings) } catch { throw SettingsError(error.description) }
    }

    private func desk(_ context: CommandContext) throws(SettingsError) -> ProvisioningDesk {
        let values = try Settings.values([:], connection.settings, context)
        let door = ControlClient(path: try SettingsReader(values: values, context: context).text(.controlSocket))
        return ProvisioningDesk(
            read: { path in (try? context.readFile(path)).map { String(decoding: $0, as: UTF8.self) } },
            write: context.writePrivateFile, remove: context.removeFile,
            secret: {
                var generator = SystemRandomNumberGenerator()
                return (0..<4).map { _ in
                    let digits = String(generator.next(), radix: 16)
                    return String(repeating: "0", count: 16 - digits.count) + digits
                }.joined()
            },
            reload: {
                guard let answer = try await door.ask(.reload) else { return false }
                guard answer.isDone else {
                    throw ProvisioningError(
                        description: "the service on this machine cannot read its settings again: \(answer.text)")
                }
                return true
            },
            wait: { duration, what in
                context.talk("waiting \(duration.components.seconds) s for \(what)")
                try await context.sleep(duration)
            })
    }
}
