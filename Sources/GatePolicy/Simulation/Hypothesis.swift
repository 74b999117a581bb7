/// Something that could happen to a pull request, to see what its verdict would be.
public enum Hypothesis: Hashable, Sendable {
    /// Somebody approves the present head.
    case approval(by: Account)
    /// Somebody requests changes on the present head.
    case requestForChanges(by: Account)
    /// All of somebody's decisions are dismissed.
    case dismissal(of: Account)
    /// Somebody writes a comment, commands included.
    case comment(String, by: Account)
    /// Somebody puts a label on.
    case label(String, by: Account?)
    /// Somebody takes a label off.
    case unlabel(String, by: Account?)
    /// Somebody waives a gate.
    case waiver(Waiver)
    case title(String)
    case description(String)

    /// Whether it is a comment, in which commands may stand.
    public var isComment: Bool { if case .comment = self { true } else { false } }
}

extension Facts {
    /// The facts as they would be; a list that could not be read stays unknown, whatever is added to it.
    public func supposing(_ hypotheses: [Hypothesis]) -> Facts {
        var facts = self
        for hypothesis in hypotheses { facts.suppose(hypothesis) }
        return facts
    }

    /// The facts as they would be if some people approved the present head one after another; numbered once, for they
    /// may be many.
    func approved(by people: [Account]) -> Facts {
        var facts = self
        facts.reviews = reviews.map { known in
            known.map { list in
                let last = list.map(\.id).max() ?? 0
                return list
                    + zip(1..., people).map { number, account in
                        Review(
                            id: last + number, author: account, state: .approved, commit: pullRequest.head,
                            submittedAt: now)
                    }
            }
        }
        return facts
    }

    /// Why each of some suppositions, one after another, changes nothing at all; those that do are left out.
    public func inVain(_ hypotheses: [Hypothesis]) -> [String] {
        var facts = self
        return hypotheses.compactMap { hypothesis in
            defer { facts.suppose(hypothesis) }
            return facts.inVain(hypothesis)
        }
    }

    private func inVain(_ hypothesis: Hypothesis) -> String? {
        switch hypothesis {
        case .label(let name, _) where pullRequest.has(label: name):
            return "\(Quotation.inline(name)) is on the pull request already: putting it on changes nothing"
        case .unlabel(let name, _) where !pullRequest.has(label: name):
            return "\(Quotation.inline(name)) is not on the pull request: taking it off changes nothing"
        case .dismissal(let account):
            let decides = reviews?.value?.contains { review in
                review.author == account && !review.isDismissed
                    && (review.state == .approved || review.state == .requestChanges)
            }
            return decides == false
                ? "\(account.login) has made no decision that could be dismissed: nothing changes" : nil
        case .title(let text) where text.isExactly(pullRequest.title):
            return "the title is that already: nothing changes"
        case .description(let text) where text.isExactly(pullRequest.body):
            return "the description is that already: nothing changes"
        case .approval, .requestForChanges, .comment, .label, .unlabel, .waiver, .title, .description: return nil
        }
    }

    private mutating func suppose(_ hypothesis: Hypothesis) {
        switch hypothesis {
        case .approval(let account): add(.approved, by: account)
        case .requestForChanges(let account): add(.requestChanges, by: account)
        case .dismissal(let account):
            reviews = reviews.map { known in
                known.map { list in
                    list.map { review in
                        var review = review
                        if review.author == account { review.isDismissed = true }
                        return review
                    }
                }
            }
        case .comment(let text, let account):
            let comment = Comment(id: nextID, author: account, body: text, createdAt: now, updatedAt: now)
            comments = comments.map { $0.map { $0 + [comment] } }
        case .label(let name, let account):
            // The forge writes no row of what changes nothing.
            if pullRequest.has(label: name) { return }
            pullRequest.labels.append(name)
            add(.labelAdded(name), by: account)
        case .unlabel(let name, let account):
            guard pullRequest.has(label: name) else { return }
            pullRequest.labels.removeAll { $0.isLabel(name) }
            add(.labelRemoved(name), by: account)
        case .waiver(let waiver): waivers.append(waiver)
        case .title(let text): pullRequest.title = text
        case .description(let text): pullRequest.body = text
        }
    }

    private mutating func add(_ state: Review.State, by account: Account) {
        let head = pullRequest.head
        let now = now
        reviews = reviews.map { known in
            known.map { list in
                let id = (list.map(\.id).max() ?? 0) + 1
                return list + [Review(id: id, author: account, state: state, commit: head, submittedAt: now)]
            }
        }
    }

    private mutating func add(_ event: TimelineEntry.Event, by account: Account?) {
        let entry = TimelineEntry(id: nextID, actor: account, at: now, event: event)
        timeline = timeline.map { $0.map { $0 + [entry] } }
    }

    /// Comments and timeline rows are numbered in one sequence.
    private var nextID: Int64 {
        let comments = comments?.value?.map(\.id).max() ?? 0
        return max(comments, timeline?.value?.map(\.id).max() ?? 0) + 1
    }

    /// An account that the facts mention, by its login in any case.
    public func account(named login: String) -> Account? {
        func isNamed(_ account: Account) -> Bool { account.login.lowercased() == login.lowercased() }
        if let known = users[login.lowercased()]?.value { return known }
        var mentioned: [Account] = [pullRequest.author, serviceAccount].compactMap { $0 }
        mentioned += teamMembers.values.compactMap(\.value).flatMap(\.listed)
        mentioned += organizationMembers?.value ?? []
        mentioned += (reviews?.value ?? []).compactMap(\.author)
        mentioned += (comments?.value ?? []).compactMap(\.author)
        mentioned += [writers, admins].compactMap { $0 }.flatMap(\.proven)
        return mentioned.filter(isNamed).min { $0.id < $1.id }
    }
}

extension PullRequest {
    fileprivate func has(label name: String) -> Bool { labels.contains { $0.isLabel(name) } }
}

extension String {
    /// Whether both are one label: labels are compared without regard to case.
    fileprivate func isLabel(_ other: String) -> Bool { lowercased().isExactly(other.lowercased()) }
}
