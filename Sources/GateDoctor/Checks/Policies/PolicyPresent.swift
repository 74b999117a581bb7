import GateForge
import GatePolicy
import GateService

/// There is something to gate.
enum PolicyPresent: Check {
    static let id = "policy.missing"
    static let area = Area.policies
    static let promise = "there is a policy"
    static let needs = Prerequisite.service
    static let readsGates = false

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for reason in examination.unlisted { outcome.skip(reason) }
        guard !examination.repositories.isEmpty else {
            for reason in examination.passedOver { outcome.skip(reason) }
            if outcome.notMade.isEmpty {
                outcome.skip(
                    examination.targets.isEmpty
                        ? "the service account has a part in no repository: name one, or an organisation"
                        : "no repository of \(examination.targets.map { "`\($0)`" }.joined(separator: ", ")) is shown to "
                            + "those whose tokens these are: give the service account write access, through a team")
            }
            return outcome
        }
        outcome.told = examination.passedOver
        let without = examination.repositories.filter { repository in
            repository.isWithoutPolicy && !repository.isGatedSomewhere
        }
        guard without.count == examination.repositories.count, let first = without.first else {
            outcome.add(nil)
            return outcome
        }
        let open = without.compactMap { repository in
            repository.whyGatesAreUnknown.map { "\(repository.name): \($0)" }
        }
        guard open.isEmpty else {
            for reason in open { outcome.skip(reason) }
            return outcome
        }
        let stuck = without.filter { !$0.orphanedPatterns.isEmpty }
        let held = stuck.map { "`\($0.base ?? "")` of `\($0.name)`" }.joined(separator: ", ")
        outcome.add(
            Finding(
                stuck.isEmpty ? .warning : .blocking,
                without.count == 1 ? "\(first.name)" : "\(without.count) repositories",
                asked: ["`GET /repos/\(first.name)/contents/.countersign.yml` with `forge.token`"],
                answer: "there is no policy, nor one of the organisation, nor on a branch that is protected or that "
                    + "open pull requests are for",
                meaning: "nothing is gated"
                    + (stuck.isEmpty
                        ? ""
                        : ", and nothing posts what \(held) requires: what is pending waits for ever, and what is green is "
                            + "judged by nobody"),
                blocks: stuck.map { Blocked("\($0.name)") },
                cure: Cure(offering(stuck.first ?? first))))
        return outcome
    }

    /// How a repository gets a policy.
    static func offering(_ repository: RepositoryEvidence) -> [Cure.Step] {
        [
            .tell("for each that shall be gated, this offers a policy as a pull request:"), offer(repository),
            .tell("then look at the pull request that it offers, and merge it"),
            // What was posted before there was no policy stays as it was.
            .run("countersign refire \(repository.name) --all"),
        ]
    }

    /// What `provision --starter-policy` does, and no more: no account, no token and no file is made.
    private static func offer(_ repository: RepositoryEvidence) -> Cure.Step {
        let file = NewFile(content: StarterPolicy.text, message: StarterPolicy.title, branch: StarterPolicy.branch)
        let pull = NewPull(base: repository.base ?? "main", head: StarterPolicy.branch, title: StarterPolicy.title)
        let path = "/repos/\(repository.name)"
        let person = ForgeRequest.Person.administrator(of: "\(repository.name)")
        return .inTurn([
            ForgeRequest("POST", "\(path)/contents/.countersign.yml", body: JSONText.of(file), by: person),
            ForgeRequest("POST", "\(path)/pulls", body: JSONText.of(pull), by: person),
        ])
    }
}
