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
