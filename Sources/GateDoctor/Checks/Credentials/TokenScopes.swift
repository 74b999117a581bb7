import GateForge
import GatePolicy

/// The tokens have the scopes they need.
enum TokenScopes: Check {
    static let id = "token.scope"
    static let area = Area.credentials
    static let promise = "the tokens have the scopes they need"
    static let needs = Prerequisite.forge

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for evidence in examination.credentials where evidence.origin.isSet {
            let credential = evidence.credential
            guard case .scopes(let missing) = examination.obstacle(of: credential) else {
                let unproven = examination.unproven(evidence)
                for reason in unproven { outcome.skip(reason) }
                if unproven.isEmpty { outcome.add(nil) }
                let found = evidence.needed.filter { $0.probe == .granted }.map { "`\($0.scope)`" }
                if !found.isEmpty { outcome.told.append("`\(credential)` has \(found.joined(separator: ", "))") }
                continue
            }
            if let swap = examination.swap, credential == .service {
                outcome.add(swap)
                continue
            }
            let isPublicOnly = missing.contains(where: \.isOfPublicOnly)
            let lacking = missing.filter { !$0.isOfPublicOnly }.map(\.scope)
            // To write is to read, too.
            let names = lacking.filter { !$0.hasPrefix("read:") || !lacking.contains("write:\($0.dropFirst(5))") }
            // A service token that cannot read teams is not made wider: reading teams is the other token's work.
            let isDirectory = credential == .service && !isPublicOnly && names.allSatisfy { $0 == "read:organization" }
            var answers: [String] = []
            var meanings = Self.meanings(names)
            if !names.isEmpty { answers.append("the token lacks \(names.map { "`\($0)`" }.joined(separator: ", "))") }
            if isPublicOnly {
                answers.append("the token is for what is public alone (`public-only`)")
                meanings.append("nothing private can be read or written")
            }
            if let sentence = examination.oneForBoth { answers.append(sentence) }
            let cured: Credential = isDirectory ? .directory : credential
            outcome.add(
                Finding(
                    .blocking, "\(credential)", asked: missing.map { "`\($0.call)` with `\(credential)`" },
                    answer: answers.joined(separator: "; "),
                    meaning: isDirectory
                        ? "there is no directory token, and this one may not read teams: whether somebody is in a team "
                            + "cannot be known"
                        : meanings.joined(separator: "; "),
                    blocks: isDirectory ? examination.gatesWithTeams : examination.gates(behind: credential),
                    cure: Cure(examination.newToken(cured) + examination.refire(after: cured))))
        }
        return outcome
    }

    private static func meanings(_ scopes: [String]) -> [String] {
        var meanings: [String] = []
        for scope in scopes {
            switch scope {
            case "write:repository": meanings.append("no status can be posted")
            case "write:issue", "read:issue":
                meanings.append("comments, labels and the timeline cannot be read or written")
            case "read:user":
                meanings.append("it cannot be known whose token it is, so that its own statuses cannot be told")
            case "read:organization": meanings.append("whether somebody is in a team cannot be known")
            default: meanings.append("`\(scope)` is refused")
            }
        }
        return meanings
    }
}

extension Examination {
    /// What is found where each token is in the other one's place; nil where it is not so.
    fileprivate var swap: Finding? {
        guard let service = credential(.service), let directory = credential(.directory), directoryReader == .directory,
            service.needed.allSatisfy({ if case .missing = $0.probe { true } else { false } }),
            case .success(let account)? = directory.identity,
            ["read:repository", "write:issue"].allSatisfy({ scope in
                directory.excess.contains { $0.scope == scope && $0.probe == .granted }
            }),
            let (one, other) = places(of: service, directory), one != other
        else { return nil }
        let lacking = service.needed.map { "`\($0.scope)`" }.joined(separator: ", ")
        return Finding(
            .blocking, "forge.token",
            asked: service.needed.map { "`\($0.call)` with `forge.token`" }
                + ["`GET /user`, `GET /repos/{owner}/{repo}` with `forge.directory_token`"],
            answer:
                "`forge.token` lacks \(lacking); `forge.directory_token` is `\(account.login)`'s, and has what it lacks",
            meaning: "each is in the other's place: nothing can be posted",
            blocks: [Blocked(nil)],
            cure: Cure(
                .tell("exchange what is in `\(one)` and `\(other)`, if `\(account.login)` is who posts the statuses"),
                .tell(TokenPlace.reload), refireAll))
    }

    /// Where the two texts came from.
    private func places(of one: CredentialEvidence, _ other: CredentialEvidence) -> (String, String)? {
        func place(_ evidence: CredentialEvidence) -> String? {
            if let path = evidence.origin.path { return path }
            if case .set(let variable, _) = evidence.origin { return variable }
            return nil
        }
        guard let one = place(one), let other = place(other) else { return nil }
        return (one, other)
    }

    /// Why it is not known which of the scopes that it needs a token has; empty when it has them all.
    fileprivate func unproven(_ evidence: CredentialEvidence) -> [String] {
        let credential = evidence.credential
        if let obstacle = obstacle(of: credential) {
            return ["`\(credential)` cannot be used: see `\(obstacle.check)`"]
        }
        guard credential == .directory else {
            guard !evidence.needed.isEmpty else {
                return ["there is no repository on which the scopes of `\(credential)` could be tried"]
            }
            return evidence.needed.compactMap { scope in
                guard case .refused(let error) = scope.probe else { return nil }
                return "`\(scope.scope)` of `\(credential)`: \(error.reason)"
            }
        }
        // The only thing that it is for is tried by itself; the forge looks at scopes before all else.
        let isTried = organizations.contains { organization in
            switch organization.teams[credential] {
            case .success: true
            case .failure(let error): error.tellsOutsider || error.namesNoOrganization
            case nil: false
            }
        }
        return isTried ? [] : ["`\(credential)` was asked about no team"]
    }
}
