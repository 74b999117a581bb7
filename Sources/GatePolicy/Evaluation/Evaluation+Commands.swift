extension Evaluation {
    /// What the commands in comments come to; unknown without the comments, or without the timeline that dates them.
    mutating func ledger() -> Known<CommandLedger> {
        if let readLedger { return readLedger }
        let ledger: Known<CommandLedger>
        switch (comments(), timeline()) {
        case (.unknown(let unknown), _), (_, .unknown(let unknown)): ledger = .unknown(unknown)
        case (.known(let comments), .known(let rows)):
            let head = facts.pullRequest.head
            let memory = (facts.remembered ?? Remembered()).looking(at: comments, timeline: rows, head: head)
            ledger = .known(
                CommandLedger(
                    comments: comments, names: policy.plan.vocabulary, timeline: rows, head: head,
                    serviceAccount: facts.serviceAccount, remembered: memory.withdrawals, sightings: memory.heads))
        }
        readLedger = ledger
        return ledger
    }

    /// The waivers that people gave, and why there may be more.
    mutating func waivers() -> (given: [Waiver], missing: Unknown?) {
        switch ledger() {
        case .known(let ledger): (facts.waivers + ledger.waivers, nil)
        case .unknown(let unknown): (facts.waivers, unknown)
        }
    }
}
