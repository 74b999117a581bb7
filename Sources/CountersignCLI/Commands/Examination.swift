import ArgumentParser
import GateForge
import GatePolicy
import GateService

/// A pull request with its policy and facts, from the forge or from files, that questions can be asked about.
struct Examination: Sendable {
    var basis: Basis
    /// What the policy says of the facts as they are.
    let verdict: Verdict
    /// What the policy in force says, when the question is about another one and the forge can tell.
    let verdictInForce: Verdict?
    /// What there is to know besides the verdict, as `check` says it.
    var notes: [String] = []
    /// The same, where the verdict is one that is supposed.
    var supposedNotes: [String] = []
    /// What a passing verdict ends with: a draft, or another pull request of the same commit, may hold it.
    var held = ExitStatus.passed
    /// Who can read more; nil when the facts of a file are all there is.
    let source: (decider: Decider, forge: ForgeClient)?

    /// What a command ends with.
    func status(_ verdict: Verdict) -> ExitStatus {
        let status = ExitStatus(verdict.summary.outcome)
        return status == .passed ? held : status
    }

    /// What the verdict would be.
    func verdict(supposing hypotheses: [Hypothesis]) async -> Verdict {
        guard let source else {
            return basis.policy.evaluate(basis.facts.supposing(hypotheses), leftOut: FactsFile.whyLeftOut)
        }
        return await source.decider.verdict(on: basis, supposing: hypotheses)
    }

    /// The same with the comments, where some are supposed and the policy asks for none.
    func hearing(_ hypotheses: [Hypothesis]) async -> Examination {
        guard hypotheses.contains(where: \.isComment), basis.facts.comments == nil else { return self }
        var examination = self
        if let source {
            examination.basis = await source.decider.hearing(basis)
        } else {
            let needs = basis.policy.needs(basis.facts.supposing(hypotheses))
            // What nobody looks at may be empty.
            if needs.contains(.comments) || needs.contains(.timeline) { return self }
            examination.basis.facts.comments = .known([])
            if basis.facts.timeline == nil { examination.basis.facts.timeline = .known([]) }
        }
        return examination
    }

    /// What became of the commands of comments that are supposed.
    func supposed(_ commands: [CommandFate]) -> [CommandFate] {
        let comments = basis.facts.comments?.value?.map(\.id) ?? []
        let last = (comments + (basis.facts.timeline?.value?.map(\.id) ?? [])).max() ?? 0
        return commands.filter { $0.comment > last }
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
    @Option(name: .long, help: "Use this policy file instead of the base branch's.", completion: .file())
    var policy: String?

    @Option(name: .long, help: "Use the facts of this file instead of a forge's; needs --policy.", completion: .file())
    var facts: String?

    @Option(
        name: .long, help: "With --facts: the organisation's file, whose required gates are asked for, too.",
        completion: .file())
    var organization: String?

    @OptionGroup var connection: ConnectionOptions

    func examine(
        _ pullRequest: String?, _ context: CommandContext, _ body: (Examination) async throws -> Void
    ) async throws {
        try await Examination.of(
            pullRequest, policy: policy, facts: facts, organization: organization, connection, context, body)
    }
}

extension Examination {
    /// Runs something with the pull request; what keeps a verdict from being made ends the command, with its reason.
    static func of(
        _ pullRequest: String?, policy: String?, facts: String?, organization: String? = nil,
        _ connection: ConnectionOptions, _ context: CommandContext, writesData: Bool = false,
        _ body: (Examination) async throws -> Void
    ) async throws {
        if organization != nil, facts == nil {
            throw SettingsError("`--organization` goes with `--facts`: without it the forge is asked for that file")
        }
        let override: (text: [UInt8], file: String)? = try policy.map { (try Settings.read($0, context), $0) }
        if let file = facts {
            guard let override else { throw SettingsError("`--facts` needs `--policy FILE`: the policy to judge by") }
            let facts = try FactsFile.read(try Settings.read(file, context), file: file)
            try agree(pullRequest, facts, file)
            let required: (text: [UInt8], file: String)? = try organization.map {
                (try Settings.read($0, context), $0)
            }
            let examination = try Examination(override, required, facts, context)
            for line in examination.basis.policy.passedOver(in: facts).prefix(50) {
                context.talk("\(file): \(line)".oneLine)
            }
            return try await body(examination)
        }
        guard let pullRequest else {
            throw SettingsError("which pull request? Name it as `owner/repo#12`, or give `--facts FILE`")
        }
        guard let subject = Subject(pullRequest) else {
            throw SettingsError("`\(pullRequest)` is not a pull request: expected `owner/repo#12`")
        }
        try await connection.withClient(context) { client, settings in
            let decider = Decider(
                client, settings.deciding, policyOverride: override, supposes: true, now: context.now)
            let account = try await client.currentUser()
            let run = CheckRun(client, decider, settings.deciding)
            // Facts are of one pull request, whatever else has its commit.
            let report =
                writesData
                ? CheckRun.Report(await decider.decide(subject, serviceAccount: account))
                : try await run.run(subject, posts: false)
            let decision = report.decision
            guard let basis = decision.basis else {
                throw Self.refuse(decision, context, writesData: writesData)
            }
            let verdict: Verdict
            if case .verdict(let own) = decision.result {
                verdict = own
            } else {
                // What is not known is the commit's other pull requests or its statuses.
                verdict = basis.verdict()
            }
            for warning in decision.warnings { context.talk(warning.rendered) }
            var inForce: Verdict?
            if override != nil {
                let decider = Decider(client, settings.deciding, now: context.now)
                if case .verdict(let verdict) = await decider.decide(subject, serviceAccount: account).result {
                    inForce = verdict
                }
            }
            var examination = Examination(
                basis: basis, verdict: verdict, verdictInForce: inForce, source: (decider, client))
            if basis.facts.pullRequest.isOpen, !writesData {
                examination.weigh(report)
            }
            try await body(examination)
        }
    }

    /// Facts are of one pull request: another one is not asked about.
    private static func agree(_ pullRequest: String?, _ facts: Facts, _ file: String) throws {
        let told = Subject(repository: facts.repository.name, number: facts.pullRequest.number)
        guard let pullRequest, Subject(pullRequest).map(\.description)?.lowercased() != told.description.lowercased()
        else { return }
        throw SettingsError(
            "`\(pullRequest)` is not the pull request of `\(file)`, whose facts are of `\(told)`: leave it out, or take "
                + "facts of it")
    }

    private init(
        _ override: (text: [UInt8], file: String), _ required: (text: [UInt8], file: String)?, _ facts: Facts,
        _ context: CommandContext
    ) throws {
        let read = PolicyReader.compose(
            PolicyText(override.text, file: override.file, identity: override.file, digest: ""),
            role: required == nil ? PolicyFileRole(path: override.file) : .repository,
            organization: required.map {
                (PolicyText($0.text, file: $0.file, identity: $0.file, digest: ""), PolicyFilePlace(path: $0.file))
            }, hash: { $0 },
            file: PolicyFolder(of: override.file, context).answer)
        for diagnostic in read.diagnostics { context.talk(diagnostic.rendered) }
        for place in read.unchecked {
            context.talk(
                "\(override.file): `\(place)` is not at hand: policies that include files of other repositories need a forge"
            )
        }
        guard let policy = read.policy else { throw ExitStatus.invalidPolicy.code }
        let verdict = policy.evaluate(facts, leftOut: FactsFile.whyLeftOut)
        for problem in verdict.problems { context.talk(problem.rendered) }
        if !verdict.mistakes.isEmpty { throw ExitStatus.invalidPolicy.code }
        self.init(basis: Basis(policy: policy, facts: facts), verdict: verdict, verdictInForce: nil, source: nil)
        if facts.pullRequest.isOpen, facts.pullRequest.isDraft {
            notes.append(CheckReport.draft)
            held = .held
        }
        if required == nil, facts.repository.ownerIsOrganization != .known(false) {
            notes.append(
                "what `\(facts.repository.name.owner)` requires of every repository is not in this: "
                    + "give its file with `--organization FILE`")
        }
        supposedNotes = notes
    }

    /// Takes in what `check` says besides the verdict.
    private mutating func weigh(_ report: CheckRun.Report) {
        let told = CheckReport(report, requiresPolicy: false)
        // The verdict stands, and whether it is what the commit shows is not known.
        if case .undecided(let unknowns) = report.decision.result {
            notes = unknowns.map { "not known: \($0.subject): \($0.reason); cure: \($0.cure)" }
            supposedNotes = notes
            held = .undecided
            return
        }
        let note = [told.note].compactMap { $0 }
        notes = told.siblingLines + note
        if verdict.summary.outcome.status == .success {
            supposedNotes = notes
            held = told.status
            return
        }
        let holders = report.siblings.filter { ![nil, .success].contains($0.outcome?.status) }
        supposedNotes =
            holders.map {
                "\($0.subject) has the same commit and is \($0.outcome?.rawValue ?? ""): it may hold this one"
            }
            + note
        let isUndecided = holders.contains { $0.outcome == .undecided }
        held = isUndecided ? .undecided : holders.isEmpty && !basis.facts.pullRequest.isDraft ? .passed : .held
    }

    /// The last lines of what is printed.
    func tellNotes(_ notes: [String], _ format: Explain.Format, _ context: CommandContext) {
        guard !notes.isEmpty else { return }
        switch format {
        case .text: context.output("\n" + notes.map { "\($0.oneLine)\n" }.joined())
        // The output is for programs.
        case .json: for note in notes { context.talk(note) }
        }
    }

    /// Says why there is no verdict; what is asked for data gets none then, and no success.
    private static func refuse(_ decision: Decision, _ context: CommandContext, writesData: Bool) -> ExitCode {
        let report = CheckReport(CheckRun.Report(decision), requiresPolicy: writesData)
        if writesData { context.talk(report.text) } else { context.output(report.text) }
        return report.status.code
    }
}
