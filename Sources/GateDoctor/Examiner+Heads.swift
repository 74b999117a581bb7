import GateForge
import GatePolicy

extension Examiner {
    /// Pull requests whose heads are looked at, of all repositories together.
    private static let lookedAtHeads = 10

    /// Reads the statuses of the open pull requests that moved last, besides those that were read: whoever may write
    /// can post one in our place on any of them.
    func heads(_ examination: inout Examination) async {
        let open = examination.repositories.flatMap { repository in
            ([repository] + repository.others).filter { $0.validPolicy != nil }.flatMap { base in
                base.openPulls.filter { pull in !base.readHeads.contains { $0.pull == pull.pullRequest.number } }
            }
        }
        let recent = Array(open.sorted { $0.moved > $1.moved }.prefix(Self.lookedAtHeads))
        let statuses = await recent.sideBySide(width) { pull in
            await outcome { () throws(ForgeError) in
                try await forge.statuses(pull.repository.name, of: pull.pullRequest.head, all: false)
            }
        }
        examination.heads = Dictionary(zip(recent.map(\.reference), statuses), uniquingKeysWith: { $1 })
    }
}
