import GateForge
import GatePolicy
import GateService
import GateStore

extension Gatekeeper {
    /// The organisations whose teams the policies may ask for: those of the settings, and of what is gated.
    func organizations() async throws -> [String] {
        let selection = settings.repositories
        let gated = try await store.repositories().filter { !$0.isSkipped && $0.state != .unmanaged }.map(\.name)
        let names = selection.named + gated.filter(selection.contains)
        var organizations = Set(selection.owners)
        for owner in Set(names.map { $0.owner.lowercased() }).subtracting(organizations)
        // A person has no teams.
        where await forge.ownerIsOrganization(owner) != .known(false) {
            organizations.insert(owner)
        }
        return organizations.sorted()
    }
}
