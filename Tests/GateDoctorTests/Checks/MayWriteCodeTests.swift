import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct MayWriteCodeTests {
    @Test func reader() {
        let finding = Healthy.only("access.write", .blocking) {
            let listed = ListedRepository(name: Healthy.name, defaultBranch: "main")
            $0.repositories[0].rights = .success(
                RepositoryRights(repository: listed, mayPush: false, mayAdminister: false))
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
    }

    @Test func invisible() {
        _ = Healthy.only("access.write", .blocking) {
            $0.repositories = [
                RepositoryEvidence(Healthy.name, .failure(Healthy.error(.notFound(message: "x", details: []))))
            ]
        }
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
