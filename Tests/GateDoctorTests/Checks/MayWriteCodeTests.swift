import GateForge
import GatePolicy
import Testing

@testable import GateDoctor
@testable import GateService

@Suite struct MayWriteCodeTests {
    @Test func reader() {
        let finding = Healthy.only("access.write", .blocking) {
            let listed = ListedRepository(name: Healthy.name, defaultBranch: "main")
            $0.repositories[0].rights = .success(
                RepositoryRights(repository: listed, mayPush: false, mayAdminister: false))
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
        #expect(finding?.cure.steps.last == .run("countersign refire acme/widget --all"))
    }

    @Test func invisible() {
        _ = Healthy.only("access.write", .blocking) {
            $0.repositories = [Self.unseen(.named)]
            $0.repositories[0].isThere = true
        }
    }

    private static func unseen(_ origin: RepositoryEvidence.Origin) -> RepositoryEvidence {
        var evidence = RepositoryEvidence(Healthy.name, .failure(Healthy.error(.notFound(message: "x", details: []))))
        evidence.origin = origin
        return evidence
    }

    /// One of an organisation's list may have nothing to gate: nobody knows, and it blocks nothing.
    @Test func invisibleInAList() throws {
        var examination = Healthy.examination
        examination.repositories = [Self.unseen(.listed)]
        let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "access.write" })
        #expect(entry.severity == .unverifiable, "\(entry.outcome)")
        let unknown = Unknown(cause: .refused, subject: "x", reason: "it is not shown", cure: "let it read")
        examination.organizations[0].policy = OrganizationPolicy.unknown(unknown, of: "acme", isHidden: false)
        let blocked = Diagnosis(examination).entries.first { $0.check.id == "access.write" }
        #expect(blocked?.severity == .blocking)
    }

    /// What the administrator is shown of it decides, and without one it is told what would.
    @Test func invisibleInAListAndSeenByAnAdministrator() throws {
        func entry(_ sign: Result<String?, ForgeError>?, isLent: Bool = true) throws -> Diagnosis.Entry {
            var examination = Healthy.examination
            examination.hasAdministrator = isLent
            examination.repositories = [Self.unseen(.listed)]
            examination.repositories[0].gateSign = sign
            return try #require(Diagnosis(examination).entries.first { $0.check.id == "access.write" })
        }
        let gated = try entry(.success("`main` requires `countersign: main`"))
        #expect(gated.severity == .blocking)
        #expect(gated.outcome.findings.first?.answer.contains("`main` requires `countersign: main`") == true)
        #expect(try entry(.success(nil)).severity == .sound)
        let unasked = try entry(nil, isLent: false).outcome.notMade
        #expect(
            unasked == [
                "1 repository that `gate` is not shown, so that nobody knows whether gates wait there: `acme/widget`: lend "
                    + "one's token, who is shown it, or let `gate` write the code of those with gates"
            ])
        let refused = try entry(.failure(Healthy.error(.forbidden(message: "no"), .administrator)))
        #expect(refused.severity == .unverifiable)
        #expect(refused.outcome.notMade.first?.contains("nor did the administrator's credential show it: ") == true)
    }

    /// Whoever is left out of a team is left out of many repositories: told once.
    @Test func manyOfOneOwner() {
        let finding = Healthy.only("access.write", .blocking) { examination in
            examination.repositories = (1...7).map { number in
                var one = Self.unseen(.worked)
                one.name = RepositoryName(owner: "acme", name: "r\(number)")
                return one
            }
        }
        #expect(finding?.subject == "7 repositories of `acme`")
        #expect(finding?.blocks.count == 7)
        #expect(finding?.asked.last == "… and so for 2 more")
        #expect(finding?.cure.steps.last == .run("countersign refire acme --all"))
        #expect(finding?.cure.steps.count { if case .call = $0 { true } else { false } } == 7)
    }

    @Test func misspelt() {
        let finding = Healthy.only("access.write", .blocking) {
            $0.repositories = [Self.unseen(.named)]
            $0.repositories[0].isThere = false
        }
        #expect(finding?.cure == Cure(.tell("check the name of the repository, and of its owner")))
    }

    /// Where there is nothing to gate there is nothing to post.
    @Test func readerWithoutAPolicy() {
        let found = Healthy.found {
            $0.repositories.append(
                RepositoryEvidence(
                    RepositoryName(owner: "acme", name: "free"),
                    .success(
                        RepositoryRights(
                            repository: ListedRepository(name: Healthy.name), mayPush: false, mayAdminister: false))))
            $0.repositories[1].policy = .absent
        }
        #expect(found.isEmpty, "\(found)")
    }
}
