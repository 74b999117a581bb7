import GateForge
import GatePolicy
import GateStore
import Logging

/// What became of a repository, as far as the forge tells.
enum Whereabouts: Sendable {
    /// It is there, under its name.
    case shown(ListedRepository)
    /// It is there, and the service's account is not shown it.
    case hidden
    /// It is not to be found, or another one has its name.
    case gone
    /// The forge does not say.
    case unknown
}

extension Gatekeeper {
    /// Asks the forge what became of a repository, and leaves it alone where it is archived or gone, or where another
    /// one has its name.
    ///
    /// It is taken up again when it is found again. One that the account is not shown any more is not gone where a list
    /// of its owner has it.
    func find(_ one: RepositoryRecord) async -> Whereabouts {
        schedule.sought(one.id, clock.now())
        do {
            if let found = try await forge.listedRepository(one.name) {
                try await note(found)
                if found.id == one.id { return .shown(found) }
                try await store.set(leftAlone: .gone, one.id)
                return .gone
            }
            switch await forge.organizationRepositories(one.name.owner) {
            case .known(let all):
                if let found = all.listed.first(where: { $0.id == one.id }) {
                    try await note(found)
                    try await store.set(
                        listProblem: "the service account is not shown it: give it write access", of: one.id)
                    return .hidden
                }
                try await leave(one, all.incomplete == nil ? "the forge has it no more" : Self.notToBeFound)
            case .unknown(let unknown):
                if unknown.cause.isPassing { return .unknown }
                try await leave(one, Self.notToBeFound)
            }
            return .gone
        } catch {
            logger.notice(
                "cannot tell what became of a repository",
                metadata: ["repository": "\(one.name)", "problem": "\(error)"])
            return .unknown
        }
    }

    private static let notToBeFound = "it is gone, or not shown to the service account"

    private func leave(_ gone: RepositoryRecord, _ problem: String) async throws(StoreError) {
        try await store.set(listProblem: problem, of: gone.id)
        try await store.set(leftAlone: .gone, gone.id)
        if !gone.isSkipped {
            logger.notice(
                "a repository is left alone", metadata: ["repository": "\(gone.name)", "problem": "\(problem)"])
        }
    }

    /// Whether what fails in a repository that was never seen may be given up: it is not shown, and the settings do not
    /// name it.
    /// - Parameter isNothing: whether there is nothing to look at in one that is shown.
    func isNobodys(
        _ name: RepositoryName, _ isNothing: (ListedRepository) async throws(ForgeError) -> Bool
    ) async throws(ForgeError) -> Bool {
        if let found = try await forge.listedRepository(name) { return try await isNothing(found) }
        return !settings.repositories.names(name)
    }
}
