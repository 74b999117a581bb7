import GateForge
import GatePolicy

extension Examiner {
    /// Reads which labels there are where gates wait for one: those of the repository, and where one is not among them,
    /// those that its organisation has for all of its repositories.
    func labels(_ examination: inout Examination) async {
        examination.repositories = await examination.repositories.sideBySide(width) { repository in
            guard repository.waitsForLabels else { return repository }
            var repository = repository
            let name = repository.name
            repository.labels = await outcome { () throws(ForgeError) in try await forge.labels(of: name) }
            return repository
        }
        let reader = examination.directoryReader
        for index in examination.organizations.indices where !examination.organizations[index].isUser {
            let name = examination.organizations[index].name
            let isAsked = examination.repositories.contains {
                $0.name.owner.lowercased() == name.lowercased() && $0.lacksLabels
            }
            guard isAsked else { continue }
            let labels = await outcome { () throws(ForgeError) in
                try await forge.labels(ofOrganization: name, reader)
            }
            // A user has none.
            if case .failure(let error) = labels, error.namesNoOrganization { continue }
            examination.organizations[index].labels = labels
        }
    }
}

extension RepositoryEvidence {
    /// Whether a gate of one of its branches hangs on a label.
    fileprivate var waitsForLabels: Bool { lacks(labels: []) }

    /// Whether one hangs on a label that is not among its own.
    fileprivate var lacksLabels: Bool {
        guard case .success(let labels)? = labels else { return false }
        return lacks(labels: labels)
    }

    private func lacks(labels: [String]) -> Bool {
        ([self] + others).compactMap(\.validPolicy).contains { policy in
            policy.gates.contains { gate in
                !policy.awaited(by: gate) { awaited in
                    guard case .label = awaited else { return true }
                    return labels.contains { awaited.isLabel($0) }
                }.isEmpty
            }
        }
    }
}
