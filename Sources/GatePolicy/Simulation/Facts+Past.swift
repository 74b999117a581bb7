extension Facts {
    /// The facts without what people said and did after a moment, as far as the forge keeps the time of it.
    ///
    /// A review or a comment that changed afterwards may have said something else: then what they said is not known.
    /// Labels are those that the timeline leaves. Titles, descriptions, statuses, memberships and rights have no history
    /// here.
    public func before(_ moment: Timestamp) -> Facts {
        var facts = self
        if let reviews = reviews?.value {
            let spoken = reviews.filter { $0.submittedAt <= moment }
            if let changed = spoken.first(where: { $0.spokenBy > moment }) {
                facts.reviews = .unknown(
                    .saidBefore("reviews", "review #\(changed.id) was submitted or dismissed after it"))
            } else {
                facts.reviews = .known(spoken)
            }
        }
        if let comments = comments?.value {
            let spoken = comments.filter { $0.createdAt <= moment }
            // By whom no word counts, whatever it is: many services write their comments anew for ever.
            let changed = spoken.first { $0.updatedAt > moment && $0.author != nil && $0.author != serviceAccount }
            if let changed {
                facts.comments = .unknown(.saidBefore("comments", "comment #\(changed.id) was edited after it"))
            } else {
                facts.comments = .known(spoken)
            }
        }
        for row in (timeline?.value ?? []).reversed() where row.at > moment {
            switch row.event {
            case .labelAdded(let name):
                facts.pullRequest.labels.removeAll { $0.lowercased().isExactly(name.lowercased()) }
            case .labelRemoved(let name): facts.pullRequest.labels.append(name)
            case .push, .retarget, .closed, .reopened: break
            }
        }
        facts.timeline = timeline.map { $0.map { $0.filter { $0.at <= moment } } }
        return facts
    }
}

extension Unknown {
    fileprivate static func saidBefore(_ words: String, _ reason: String) -> Unknown {
        Unknown(
            cause: .notTold, subject: "what the \(words) said before the merge", reason: reason,
            cure: "look at the pull request yourself: the forge tells only what they say now")
    }
}
