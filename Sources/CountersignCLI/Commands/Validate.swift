import ArgumentParser
import GateDoctor
import GateForge
import GatePolicy
import GateService

/// `countersign validate`: reads policy files and says every mistake at once.
struct Validate: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read policy files and say every mistake at once.",
        discussion: """
            Files of the same repository that a policy includes are read from disk; other included files, and gates \
            that the organisation requires, are not checked. \
            Without a forge, unless --online names a repository: then names of teams and people are looked up there, \
            and gates that nobody can meet are told. Exit codes: 0 every file is valid, 2 a name could not be looked \
            up, 3 a file is not valid, 64 usage or settings, 69 the forge could not be reached.
            """)

    /// How what was found is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "Policy files.", completion: .file())
    var files: [String]

    @Option(name: .long, help: "The repository, as owner/repo, whose teams and people the policy speaks of.")
    var online: String?

    @Option(name: .long, help: "How to print it: text or json.")
    var format: Format = .text

    @OptionGroup var connection: ConnectionOptions

    /// What was found of one file.
    private struct Report: Encodable {
        var file: String
        var isValid: Bool
        var gates: Int
        var diagnostics: [Diagnostic]
        /// Whether its names were looked up; nil where nobody asked for that.
        var isLookedUp: Bool?
        /// What could not be looked up.
        var unknowns: [Unknown] = []
        /// Included files that nobody looked at.
        var unchecked: [String] = []
        /// Why not, by file.
        var uncheckedBecause: [String: String] = [:]

        /// Gives the diagnostics that have none the line they speak of.
        mutating func quote(_ text: String) {
            let lines = text.split(separator: /\r\n|\n/, omittingEmptySubsequences: false)
            for index in diagnostics.indices
            where diagnostics[index].sourceLine == nil && diagnostics[index].span.file.isExactly(file) {
                let line = diagnostics[index].span.line
                if lines.indices.contains(line - 1) { diagnostics[index].sourceLine = String(lines[line - 1]) }
            }
        }
    }

    func run(_ context: CommandContext) async throws {
        var read: [(report: Report, composition: PolicyComposition)] = []
        var texts: [String] = []
        for file in files {
            let bytes = try Settings.read(file, context)
            texts.append(String(decoding: bytes, as: UTF8.self))
            let folder = PolicyFolder(of: file, context)
            let composition = PolicyReader.compose(
                PolicyText(bytes, file: file, identity: file, digest: ""), role: PolicyFileRole(path: file),
                hash: { $0 }, file: folder.answer)
            var report = Report(
                file: file, isValid: !composition.hasErrors, gates: composition.policy?.gates.count ?? 0,
                diagnostics: composition.diagnostics)
            for place in composition.unchecked {
                report.unchecked.append("\(place)")
                report.uncheckedBecause["\(place)"] = folder.whyUnchecked(place)
            }
            read.append((report, composition))
        }
        if let online { try await look(online, &read, context) }
        for (index, text) in texts.enumerated() { read[index].report.quote(text) }
        let reports = read.map(\.report)
        switch format {
        case .json: context.output(try JSONText.pretty(reports) + "\n")
        case .text: for report in reports { tell(report, context) }
        }
        if reports.contains(where: { !$0.isValid }) { throw ExitStatus.invalidPolicy.code }
        if reports.contains(where: { !$0.unknowns.isEmpty }) { throw ExitStatus.undecided.code }
    }

    private func tell(_ report: Report, _ context: CommandContext) {
        for diagnostic in report.diagnostics { context.talk(diagnostic.rendered) }
        for unknown in report.unknowns {
            context.talk("not known: \(unknown.subject): \(unknown.reason)\ncure: \(unknown.cure)")
        }
        if report.isLookedUp == false {
            context.talk("\(report.file): note: what it names is looked up once it has no mistakes")
        }
        for place in report.unchecked {
            let why = report.uncheckedBecause[place].map { ": \($0)" } ?? ""
            context.talk("\(report.file): note: `\(place)` is not checked\(why)".oneLine)
        }
        if report.isValid, !report.unchecked.isEmpty {
            let count = report.unchecked.count
            context.output(
                "\(report.file): no mistake, but \(count == 1 ? "1 included file was" : "\(count) included files were") "
                    + "not checked\n")
        } else if report.isValid {
            context.output("\(report.file): \(report.gates == 1 ? "1 gate" : "\(report.gates) gates")\n")
        }
    }

    /// Looks names up, and supposes that everybody approves.
    private func look(
        _ name: String, _ read: inout [(report: Report, composition: PolicyComposition)], _ context: CommandContext
    ) async throws {
        guard let name = RepositoryName(name) else {
            throw SettingsError("`\(name)` is not a repository: expected `owner/repo`")
        }
        let compositions = read.map(\.composition)
        let found = try await connection.withClient(context) { client, settings in
            let repository = try await client.repository(name)
            let decider = Decider(client, settings.deciding, now: context.now)
            let account = try await client.currentUser()
            var found: [(problems: [Diagnostic], unknowns: [Unknown])] = []
            for composition in compositions {
                guard let policy = composition.policy else {
                    found.append(([], []))
                    continue
                }
                var facts = await decider.people(of: policy, in: repository)
                facts.serviceAccount = account
                for login in policy.accounts.map({ $0.lowercased() }) where facts.users[login] == nil {
                    facts.users[login] = await client.user(login)
                }
                let verdict = policy.evaluate(facts)
                let judged = verdict.mistakes.isEmpty ? facts : facts.supposing(namesOf: policy)
                let obstacles = Self.obstacles(policy, judged)
                let teams =
                    composition.groups.isEmpty ? nil : await client.teamDirectory(name.owner.lowercased()).value?.ids
                let hidden = composition.groups.compactMap { group -> Diagnostic? in
                    teams?[group.name.lowercased()].map { _ in
                        Diagnostic(
                            severity: .warning, span: group.span,
                            message: "the group `\(group.name)` hides a team of \(name.owner) with that name",
                            hint: "`@\(name.owner)/\(group.name)` is the team; give the group another name")
                    }
                }
                found.append((verdict.problems + hidden + obstacles, facts.unknownPeople))
            }
            return found
        }
        for (index, found) in found.enumerated() {
            read[index].report.isLookedUp = compositions[index].policy != nil
            read[index].report.diagnostics += found.problems
            read[index].report.unknowns = found.unknowns
            if found.problems.contains(where: { $0.severity == .error }) { read[index].report.isValid = false }
        }
    }

    /// Gates that nobody can meet or waive, that of the policy itself among them.
    private static func obstacles(_ policy: Policy, _ facts: Facts) -> [Diagnostic] {
        func warnings(_ found: [Feasibility], _ hint: String, forAll more: String = "") -> [Diagnostic] {
            found.map { one in
                let isForAll = if case .nobody = one.obstacle { true } else { false }
                return Diagnostic(
                    severity: .warning, span: one.span, message: one.wording, hint: hint + (isForAll ? more : ""))
            }
        }
        return warnings(policy.obstacles(facts), "add people to the team, ask for fewer, or let others waive it")
            + warnings(
                policy.obstaclesToWaivers(facts), "add people to the team, or name others under `waive.by`")
            + warnings(
                policy.obstaclesToChanges(facts),
                "add people to the team, or name others under `policy.require`",
                forAll: ": once this is in force, it holds a pull request that mends it, too")
    }
}

extension Facts {
    /// Why names could not be looked up, each reason once.
    fileprivate var unknownPeople: [Unknown] {
        var unknowns: [Unknown] = []
        func add<Value>(_ known: Known<Value>?) {
            if case .unknown(let unknown)? = known, !unknowns.contains(unknown) { unknowns.append(unknown) }
        }
        for (_, known) in directories.sorted(by: { $0.key < $1.key }) { add(known) }
        for (_, known) in teamMembers.sorted(by: { $0.key < $1.key }) {
            add(known)
            if let incomplete = known.value?.incomplete { add(Known<Bool>.unknown(incomplete)) }
        }
        for (_, known) in users.sorted(by: { $0.key < $1.key }) { add(known) }
        add(organizationMembers)
        return unknowns
    }
}
