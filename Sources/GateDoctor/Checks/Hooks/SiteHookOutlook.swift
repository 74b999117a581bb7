import GateForge
import GatePolicy

/// What can be said of a webhook of the whole site where no other one calls us.
struct SiteHookOutlook {
    /// Whether those of the whole site were shown.
    let isShown: Bool
    /// The last delivery about one of the repositories, where the running service took one.
    private let heard: (name: RepositoryName, secondsAgo: Int64)?
    private let isOne: Bool
    private let examination: Examination

    init(of repositories: [RepositoryEvidence], in examination: Examination) {
        self.examination = examination
        if case .success? = examination.siteHooks { isShown = true } else { isShown = false }
        isOne = repositories.count == 1
        guard let running = examination.running else {
            heard = nil
            return
        }
        let lasts = repositories.compactMap { repository in
            running.deliveries.last[repository.name.description.lowercased()].map { (repository.name, $0) }
        }
        heard = lasts.max { $0.1 < $1.1 }.map { ($0.0, max(running.now.seconds - $0.1.seconds, 0)) }
    }

    /// What the service knows against it, to be put behind the answer.
    var answer: String {
        guard !isShown, let heard else { return "" }
        return "; but the service took a rightly signed delivery about \(isOne ? "it" : "`\(heard.name)`") "
            + "\(Self.ago(heard.secondsAgo)): it may be from a webhook of the whole site, which only a site administrator "
            + "is shown, or from one that is gone since"
    }

    /// What follows from it that there is none.
    var meaning: String {
        "nothing tells us of approvals and pushes"
            + (isShown ? "" : ", unless a webhook of the whole site does, which only its administrators are shown")
            + ": verdicts are late by as much as the next sweep"
    }

    /// How somebody looks who is shown it, before another one is made.
    func look(at target: String) -> [Cure.Step] {
        guard !isShown, heard != nil, let address = examination.hookAddress else { return [] }
        let command = examination.invocation.line(
            "countersign doctor \(target) --hook-url \(ForgeRequest.quoted(address)) --administrator-token-file FILE")
        return [
            .tell(
                "look whether a webhook of the whole site calls the service: `\(command)`, with a site administrator's "
                    + "token, `read:admin` among its scopes, in FILE; where that does not miss one, all is done; else:")
        ]
    }

    private static func ago(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s ago"
        case ..<7200: "\(seconds / 60) minutes ago"
        case ..<172_800: "\(seconds / 3600) hours ago"
        default: "\(seconds / 86_400) days ago"
        }
    }
}
