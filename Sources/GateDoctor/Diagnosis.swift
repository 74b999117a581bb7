import GateForge
import GatePolicy
import GateService

/// Everything the doctor came to.
public struct Diagnosis: Sendable {
    /// One check's part of it.
    public struct Entry: Sendable {
        /// The check.
        public var check: any Check.Type
        /// What it came to.
        public var outcome: CheckOutcome

        /// Whether there was anything that it could be about, or a reason why that is not known.
        public var isAboutSomething: Bool {
            outcome.examined > 0 || !outcome.findings.isEmpty || !outcome.notMade.isEmpty
        }

        /// The worst of what it came to; something that could not be checked is never sound.
        public var severity: Severity {
            let found = outcome.findings.map(\.severity)
            if found.contains(.blocking) { return .blocking }
            if found.contains(.warning) { return .warning }
            return outcome.notMade.isEmpty ? .sound : .unverifiable
        }
    }

    /// What was read.
    public var examination: Examination
    /// The checks, in their order.
    public var entries: [Entry]

    /// Makes every check that can be made.
    public init(_ examination: Examination, checks: [any Check.Type] = CheckRegistry.all) {
        self.examination = examination
        entries = checks.map { check in
            guard let reason = examination.obstacle(to: check.needs) else {
                var outcome = check.examine(examination)
                if check.dependsOnPolicies { for reason in examination.unknownPolicies { outcome.skip(reason) } }
                if check.readsGates { for reason in examination.brokenPolicies { outcome.skip(reason) } }
                return Entry(check: check, outcome: outcome)
            }
            var outcome = CheckOutcome()
            outcome.skip(reason)
            return Entry(check: check, outcome: outcome)
        }
        // One cause is told once.
        let causes = entries
        for index in entries.indices {
            var kept: [Finding] = []
            for finding in entries[index].outcome.findings {
                guard finding.severity != .sound, let cause = finding.cause(among: causes, of: entries[index].check)
                else {
                    kept.append(finding)
                    continue
                }
                entries[index].outcome.skip(
                    "\(finding.subject): \(finding.answer); it may follow from `\(cause.id)`")
            }
            // What only follows was not judged: it is no part of what is sound.
            if kept.count < entries[index].outcome.findings.count { entries[index].outcome.examined = 0 }
            entries[index].outcome.findings = kept
        }
        makeOnce()
        let isUnreachable = entries.contains { $0.check == Reachable.self && !$0.outcome.findings.isEmpty }
        if isUnreachable { self.examination.invocation.forgetAddress() }
    }

    /// A rule or a token that the cures of several findings make is made by the first of them, for the forge refuses it
    /// the second time; where a later one makes the rule otherwise, it changes it.
    private mutating func makeOnce() {
        var made: [ForgeRequest: (by: String, call: ForgeRequest)] = [:]
        for index in entries.indices {
            let id = entries[index].check.id
            for number in entries[index].outcome.findings.indices {
                entries[index].outcome.findings[number].cure.steps.replace { request in
                    guard let thing = request.thingMadeOnce else { return nil }
                    guard let first = made[thing] else {
                        made[thing] = (id, request)
                        return nil
                    }
                    made[thing]?.call = request
                    guard first.call == request else {
                        return [
                            .tell("after the cure of `\(first.by)`, which makes that rule:"), .call(request.asChange),
                        ]
                    }
                    return [
                        .tell("it is the one that the cure of `\(first.by)` makes: nothing more, once that is done")
                    ]
                }
            }
        }
    }

    /// The worst of what was found; something that could not be checked is never sound.
    public var severity: Severity {
        let order: [Severity] = [.blocking, .warning, .unverifiable]
        return order.first { severity in entries.contains { $0.severity == severity } } ?? .sound
    }
}

extension ForgeRequest {
    /// The bare call that makes the same, where that cannot be made twice: a rule by its name, a token as it is.
    fileprivate var thingMadeOnce: ForgeRequest? {
        guard method == "POST" else { return nil }
        if path.hasSuffix("/tokens") { return self }
        guard let change = ruleChange else { return nil }
        var bare = self
        bare.body = change.rule
        return bare
    }

    /// The call that gives a rule, once it is made, what this one would make it with.
    fileprivate var asChange: ForgeRequest {
        guard let change = ruleChange else { return self }
        var request = self
        request.method = "PATCH"
        request.path += "/\(Self.segment(change.rule))"
        request.body = JSONText.of(change.settings)
        return request
    }

    /// The rule of protection that it makes.
    private var ruleChange: RuleChange? {
        guard path.hasSuffix("/branch_protections"), let body,
            var settings = JSONText.read([String: JSONValue].self, body),
            case .text(let name)? = settings.removeValue(forKey: "rule_name")
        else { return nil }
        return RuleChange(rule: name, isNew: true, settings: settings)
    }
}

extension [Cure.Step] {
    /// Puts other steps in the place of some calls, and of where their answers are put.
    fileprivate mutating func replace(_ change: (ForgeRequest) -> [Cure.Step]?) {
        var isReplaced = false
        self = flatMap { step -> [Cure.Step] in
            switch step {
            case .call(let request):
                let others = change(request)
                isReplaced = others != nil
                return others ?? [step]
            case .store where isReplaced: return []
            default: return [step]
            }
        }
    }
}

extension Finding {
    /// The check that tells why this is so: all that this blocks is blocked by what it, and others like it, found.
    fileprivate func cause(among entries: [Diagnosis.Entry], of check: any Check.Type) -> (any Check.Type)? {
        let causes = entries.filter { $0.check != check && check.follows(self, from: $0.check) }
            .map { ($0.check, $0.outcome.findings.filter { $0.severity == .blocking }) }.filter { !$0.1.isEmpty }
        let blocked = causes.flatMap { $0.1.flatMap(\.blocks) }.map(\.repository)
        let isCovered =
            blocked.contains(nil)
            || blocks.allSatisfy { one in
                one.repository == nil
                    || blocked.contains { $0?.lowercased() == one.repository?.lowercased() }
            }
        return isCovered ? causes.first?.0 : nil
    }
}

extension Check {
    /// Whether it is about what policies gate, and says nothing itself of those that could not be read.
    fileprivate static var dependsOnPolicies: Bool {
        (readsGates || [.hooks, .protection, .policies].contains(area)) && self != PolicyValid.self
    }
}

extension Examination {
    /// The branches whose gates nobody can read.
    fileprivate var brokenPolicies: [String] {
        repositories.flatMap { [$0] + $0.others }.compactMap { repository in
            guard case .broken? = repository.policy else { return nil }
            return "\(repository.name): its policy cannot be used: see `\(PolicyValid.id)`"
        }
    }

    /// The branches of which nobody knows what is gated there.
    fileprivate var unknownPolicies: [String] {
        repositories.flatMap { [$0] + $0.others }.compactMap { repository in
            guard case .unknown? = repository.policy else { return nil }
            return "\(repository.name): what is gated there is not known: see `\(PolicyValid.id)`"
        }
    }

    /// Why checks that need something cannot be made; nil when they can.
    func obstacle(to prerequisite: Prerequisite) -> String? {
        switch prerequisite {
        case .nothing: return nil
        case .forge:
            if case .failure(let error) = greeting, !error.isForgeSpeaking { return "the forge was not reached" }
            return nil
        case .service:
            if let reason = obstacle(to: .forge) { return reason }
            guard let obstacle = obstacle(of: .service), obstacle.hinders(.repositories) else { return nil }
            return "`forge.token` cannot be used: see `\(obstacle.check)`"
        case .directory:
            if let reason = obstacle(to: .service) { return reason }
            guard let obstacle = obstacle(of: directoryReader), obstacle.hinders(.teams) else { return nil }
            return "`\(directoryReader)` cannot be used: see `\(obstacle.check)`"
        }
    }
}
