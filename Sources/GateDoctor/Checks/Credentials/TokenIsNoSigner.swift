import GateForge
import GatePolicy

/// The service account is nobody who signs.
enum TokenIsNoSigner: Check {
    static let id = "token.signer"
    static let area = Area.credentials
    static let promise = "the account that posts statuses is nobody who signs"
    static let needs = Prerequisite.directory
    static let readsGates = true

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let account = examination.serviceAccount else {
            outcome.skip("it is not known whose `forge.token` is")
            return outcome
        }
        let reader = examination.directoryReader
        namedPeople(account, examination, &outcome)
        works(account, examination, &outcome)
        for organization in examination.organizations {
            for name in organization.mentioned.sorted() {
                guard let team = organization.team(name, reader), let members = organization.members(of: name, reader)
                else {
                    outcome.skip("the members of `\(organization.name)/\(name)` are not known")
                    continue
                }
                guard members.contains(account) else {
                    outcome.add(nil)
                    continue
                }
                outcome.add(
                    Finding(
                        .warning, "\(organization.name)/\(team.name)",
                        asked: ["`GET /teams/\(team.id)/members` with `\(reader)`"],
                        answer: "`\(account.login)`, who posts the statuses, is a member",
                        meaning: "its approvals are never counted, and a person who uses it could not sign",
                        cure: Cure(
                            // Whoever reads teams by being in them must be able to read them otherwise first.
                            (reader == .service ? examination.newToken(.directory) : [])
                                + [
                                    .call(
                                        ForgeRequest(
                                            "DELETE", "/teams/\(team.id)/members/\(account.login)",
                                            by: organization.owner(reader)))
                                ])))
            }
        }
        return outcome
    }

    /// Somebody whom a policy names is a person who signs, in no team.
    private static func namedPeople(_ account: Account, _ examination: Examination, _ outcome: inout CheckOutcome) {
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            guard let policy = repository.validPolicy else { continue }
            let login = account.login.lowercased()
            let gates = policy.gates.filter { gate in policy.people(of: gate).contains { $0.signers.contains(login) } }
            guard !gates.isEmpty else {
                outcome.add(nil)
                continue
            }
            let names = gates.map { "`\($0.name)`" }.joined(separator: ", ")
            outcome.add(
                Finding(
                    .warning,
                    repository.isDefault ? "\(repository.name)" : "\(repository.name): \(repository.base ?? "")",
                    asked: ["the policy", "`GET /user` with `forge.token`"],
                    answer: "`\(account.login)`, who posts the statuses, is named by \(names)",
                    meaning: "its approvals are never counted, and whoever it belongs to cannot sign",
                    cure: Cure(
                        accountOfItsOwn(repository.name.owner, examination) + [
                            .tell("or name somebody else in the policy")
                        ])))
        }
    }

    /// Somebody who opens pull requests, or reviews them, is a person.
    private static func works(_ account: Account, _ examination: Examination, _ outcome: inout CheckOutcome) {
        var deeds: [String] = []
        for pull in examination.repositories.flatMap({ (try? $0.pulls?.get()) ?? [] })
        where pull.pullRequest.author == account && !pull.pullRequest.headBranch.isExactly(StarterPolicy.branch) {
            deeds.append("opened `\(pull.repository.name)#\(pull.pullRequest.number)`")
        }
        for (subject, reviews) in examination.reviews.sorted(by: { $0.key < $1.key }) {
            switch reviews {
            case .failure(let error): outcome.skip("who reviewed `\(subject)`: \(error.reason)")
            case .success(let reviews):
                let isReviewer = reviews.contains {
                    $0.author == account && [.approved, .requestChanges].contains($0.state)
                }
                if isReviewer { deeds.append("reviewed `\(subject)`") }
            }
        }
        outcome.told.append("approvals of `\(account.login)` count for no gate, also not where `writers` are asked for")
        guard let first = deeds.first, let owner = examination.repositories.first?.name.owner else { return }
        let more = deeds.count > 1 ? ", and \(deeds.count - 1) more" : ""
        outcome.add(
            Finding(
                .warning, "`\(account.login)`",
                asked: ["the pull requests that moved last, and their reviews, with `forge.token`"],
                answer: "`\(account.login)`, who posts the statuses, \(first)\(more)",
                meaning: "its approvals are never counted: whoever it belongs to cannot sign",
                cure: Cure(accountOfItsOwn(owner, examination))))
    }

    private static func accountOfItsOwn(_ organization: String, _ examination: Examination) -> [Cure.Step] {
        [
            .tell(
                "let an account of its own post the statuses, with the login of a site administrator in the place of ADMIN:"
            ),
            examination.provision(organization),
        ]
    }
}
