import ArgumentParser
import GateForge
import GatePolicy
import GateService

/// A pull request with its policy and facts, from the forge or from files, that questions can be asked about.
struct Examination: Sendable {
    let basis: Basis
    /// What the policy says of the facts as they are.
    let verdict: Verdict
    /// What the policy in force says, when the question is about another one and the forge can tell.
    let verdictInForce: Verdict?
    /// Who can read more; nil when the facts of a file are all there is.
    let source: (decider: Decider, forge: ForgeClient)?

    /// What the verdict would be.
    func verdict(supposing hypotheses: [Hypothesis]) async -> Verdict {
        guard let source else { return basis.policy.evaluate(basis.facts.supposing(hypotheses)) }
        return await source.decider.verdict(on: basis, supposing: hypotheses)
    }

    /// The account behind a login.
    func account(_ login: String) async throws -> Account {
        let login = login.hasPrefix("@") ? String(login.dropFirst()) : login
        if let account = basis.facts.account(named: login) { return account }
        guard let source else {
            throw SettingsError("the facts mention nobody called `\(login)`: name the account in `users`, with its id")
        }
        switch await source.forge.user(login) {
        case .known(let account?): return account
        case .known(nil): throw SettingsError("there is no account `\(login)` on the forge")
        case .unknown(let unknown):
            throw SettingsError("\(unknown.subject) is not known: \(unknown.reason)\ncure: \(unknown.cure)")
        }
    }
}

/// Where a question's pull request comes from.
struct ExaminationOptions: ParsableArguments {
    @Option(name: .long, help: "Use this policy file instead of the base branch's.")
    var policy: String?

    @Option(name: .long, help: "Use the facts of this file instead of a forge's; needs --policy.")
    var facts: String?

    @OptionGroup var connection: ConnectionOptions

    func examine(
        _ pullRequest: String?, _ context: CommandContext, _ body: (Examination) async throws -> Void
    ) async throws {
        try await Examination.of(pullRequest, policy: policy, facts: facts, connection, context, body)
    }
}

extension Examination {
    /// Runs something with the pull request; what keeps a verdict from being made ends the command, with its reason.
    static func of(
        _ pullRequest: String?, policy: String?, facts: String?, _ connection: ConnectionOptions,
        _ context: CommandContext, _ body: (Examination) async throws -> Void
    ) async throws {
        let override: (text: [UInt8], file: String)? = try policy.map { (try Settings.read($0, context), $0) }
        if let facts {
            guard let override else { throw SettingsError("`--facts` needs `--policy FILE`: the policy to judge by") }
            let facts = try FactsFile.read(try Settings.read(facts, context), file: facts)
            return try await body(try Examination(override, facts, context))
        }
        guard let pullRequest else {
            throw SettingsError("which pull request? Name it as `owner/repo#12`, or give `--facts FILE`")
        }
        guard let subject = Subject(pullRequest) else {
            throw SettingsError("`\(pullRequest)` is not a pull request: expected `owner/repo#12`")
        }
        try await connection.withClient(context) { client, settings in
            let decider = Decider(client, settings.deciding, policyOverride: override, now: context.now)
            let account = try await client.currentUser()
            let decision = await decider.decide(subject, serviceAccount: account)
            guard case .verdict(let verdict) = decision.result, let basis = decision.basis else {
                try Self.refuse(decision, context)
                return
            }
            for warning in decision.warnings { context.talk(warning.rendered) }
            var inForce: Verdict?
            if override != nil {
                let decider = Decider(client, settings.deciding, now: context.now)
                if case .verdict(let verdict) = await decider.decide(subject, serviceAccount: account).result {
                    inForce = verdict
                }
            }
            try await body(
                Examination(
                    basis: basis, verdict: verdict, verdictInForce: inForce, source: (decider, client)))
        }
    }

    private init(
        _ override: (text: [UInt8], file: String), _ facts: Facts, _ context: CommandContext
    ) throws {
        let (policy, diagnostics) = PolicyReader.read(override.text, file: override.file, digest: "")
        for diagnostic in diagnostics { context.talk(diagnostic.rendered) }
        guard let policy else { throw ExitStatus.invalidPolicy.code }
        let verdict = policy.evaluate(facts)
        if !verdict.problems.isEmpty {
            for problem in verdict.problems { context.talk(problem.rendered) }
            throw ExitStatus.invalidPolicy.code
        }
        self.init(basis: Basis(policy: policy, facts: facts), verdict: verdict, verdictInForce: nil, source: nil)
    }

    private static func refuse(_ decision: Decision, _ context: CommandContext) throws {
        let report = CheckReport(CheckRun.Report(decision), requiresPolicy: false)
        context.output(report.text)
        throw report.status.code
    }
}
