import GateForge

extension ForgeError {
    /// Says what failed, and what to do.
    /// - Returns: what a command ends with then that asks about pull requests.
    func tell(_ context: CommandContext) -> ExitStatus {
        context.talk("countersign: \(isOfNoForge ? Self.noForge.reason : reason) (\(call))")
        context.talk("cure: \(isOfNoForge ? Self.noForge.cure : cure)")
        return isReachProblem ? .unreachable : .undecided
    }

    /// Whether the forge was not reached at all, or something else answered in its place.
    var isReachProblem: Bool {
        switch kind {
        case .unreachable, .proxyUnreachable, .timeout, .proxyPage, .serverError, .rateLimited, .redirectRefused,
            .redirectedAway:
            true
        default: isOfNoForge
        }
    }

    /// Whether no forge is at the address: whoever a token is of, every forge answers this with something else.
    private var isOfNoForge: Bool { tellsNoForge && call.path == "/user" }
}
