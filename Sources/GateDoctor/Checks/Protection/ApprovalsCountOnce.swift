import GateForge
import GatePolicy

/// Approvals are counted in one place.
enum ApprovalsCountOnce: Check {
    static let id = "protection.approvals"
    static let area = Area.protection
    static let promise = "approvals are counted by the gates alone"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) {
            guard repository.hasGates, let branch = repository.protectedBranch else { continue }
            guard branch.requiredApprovals > 0 else {
                outcome.add(nil)
                continue
            }
            // Where nothing of ours is required they are what holds anybody back; and a rule of many branches is not ours.
            let name = repository.rule.map { $0.isPlain ? $0.name : nil } ?? branch.name
            var steps: [Cure.Step] = [.tell("nothing, if that is meant")]
            if let name, repository.validPolicy != nil, repository.requiresSummaryItself {
                steps = [
                    .tell("nothing, if that is meant; else:"),
                    .call(
                        ForgeRequest(
                            "PATCH",
                            "/repos/\(repository.name)/branch_protections/" + ForgeRequest.segment(name),
                            body: #"{"required_approvals":0}"#, by: .administrator(of: "\(repository.name)"))),
                ]
            }
            outcome.add(
                Finding(
                    .sound, "\(repository.name): \(branch.name)", asked: [repository.branchCall],
                    answer: "the branch asks for \(branch.requiredApprovals) approvals of its own",
                    meaning: "the forge counts approvals by rules of its own beside the gates': a pull request can be "
                        + "green here and still wait there",
                    cure: Cure(steps)))
        }
        return outcome
    }
}
