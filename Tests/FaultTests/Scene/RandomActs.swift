import Foundation

@testable import GiteaSimulator

/// People doing something, by chance; nobody waits for anybody.
struct RandomActs {
    let scene: Scene
    let watch: Watch
    var chance: Chance
    /// Whether people look at the statuses (they merge, they forge), or take words back that the service may have seen:
    /// then what happens depends on when the service looked.
    let readsStatuses: Bool
    private var count = 0

    init(_ scene: Scene, _ watch: Watch, _ chance: Chance, readsStatuses: Bool = true) {
        self.scene = scene
        self.watch = watch
        self.chance = chance
        self.readsStatuses = readsStatuses
    }

    private static let reviewers = ["bob", "bob", "bea", "carol", "cody", "dave", "alice"]
    private static let branches = ["feature/one", "feature/two"]
    private static let bases = ["main", "main", "release"]

    /// A law for both branches, and the first pull request.
    mutating func begin() {
        let law = Law.random(&chance)
        watch.during {
            for base in ["main", "release"] { writeLaw(watch.know(law), on: base) }
            push("feature/one", as: "alice", "src")
            open("feature/one", into: "main", as: "alice")
        }
        guard chance.percent(50) else { return }
        let (_, everybody) = welcome(1)
        watch.during { everybody() }
    }

    /// One thing that somebody does.
    /// - Returns: what it was, for the story of a run.
    mutating func act() -> String {
        count += 1
        scene.clock.advance(by: TimeInterval(1 + chance.below(3)))
        // What it is is chosen before the world changes.
        let (story, act) = choose()
        watch.during { act() }
        return story
    }

    private mutating func choose() -> (String, () -> Void) {
        let pulls = scene.world.update { world in
            world.pulls.values.sorted { $0.id < $1.id }.filter { $0.mergedAt == nil }
        }
        guard let pull = chance.pick(pulls.filter { !$0.isClosed } + pulls.prefix(1)) else {
            return ("opens", { [self] in open("feature/one", into: "main", as: "alice") })
        }
        let number = pull.number
        let copy = self
        switch chance.below(100) {
        case 0..<20: return approve(number, pull)
        case 20..<34: return welcome(number)
        case 34..<42: return pushMore(pull)
        case 42..<48: return back(pull)
        case 48..<56: return unsay(pull)
        case 56..<62: return retarget(pull)
        case 62..<67: return people()
        case 67..<73: return label(number)
        case 73..<79: return newLaw()
        case 79..<84: return another()
        case 84..<87:
            let state = pull.isClosed ? "open" : "closed"
            return ("#\(number) \(state)", { copy.edit(number, ["state": .string(state)]) })
        case 87..<90:
            let title = pull.isWorkInProgress ? "Ready" : "WIP: not yet"
            return ("#\(number) is called \(title)", { copy.edit(number, ["title": .string(title)]) })
        case 90..<94: return command(pull)
        case 94..<96 where readsStatuses: return forge(pull)
        case 96... where readsStatuses: return merge(pull)
        default: return approve(number, pull)
        }
    }

    // MARK: Decisions

    private mutating func approve(_ number: Int, _ pull: PullRequest) -> (String, () -> Void) {
        let copy = self
        guard let person = chance.pick(Self.reviewers) else { return ("", {}) }
        let event = chance.percent(80) ? "APPROVED" : chance.percent(80) ? "REQUEST_CHANGES" : "COMMENT"
        return (
            "\(person) \(event) #\(number)",
            {
                copy.scene.here(
                    "POST", "/pulls/\(number)/reviews", as: person, ["event": .string(event), "body": "I looked at it"])
            }
        )
    }

    /// Those whose word is asked for most approve together.
    private mutating func welcome(_ number: Int) -> (String, () -> Void) {
        let copy = self
        return (
            "everybody approves #\(number)",
            {
                for person in ["bob", "bea", "carol", "dave"] {
                    copy.scene.here(
                        "POST", "/pulls/\(number)/reviews", as: person, ["event": "APPROVED", "body": "good"])
                }
            }
        )
    }

    private mutating func unsay(_ pull: PullRequest) -> (String, () -> Void) {
        let copy = self
        let reviews = scene.world.update { $0.reviews(of: pull.id) }.filter {
            $0.state == .approved || $0.state == .requestChanges
        }
        guard let review = chance.pick(reviews) else { return approve(pull.number, pull) }
        let path = "/pulls/\(pull.number)/reviews/\(review.id)"
        let person = scene.people.values.first { $0.id == review.reviewer }?.name ?? ""
        if chance.percent(40) { return ("\(person) deletes a review", { copy.scene.here("DELETE", path, as: person) }) }
        let word = review.dismissed ? "undismissals" : "dismissals"
        return (
            "a review of \(person) gets \(word)",
            { copy.scene.here("POST", "\(path)/\(word)", as: "keeper", ["message": "no"]) }
        )
    }

    private mutating func command(_ pull: PullRequest) -> (String, () -> Void) {
        let copy = self
        let comments = scene.world.update { $0.rows(of: pull.id) }.filter { $0.type == "comment" }
        if let comment = chance.pick(comments), readsStatuses, chance.percent(40) {
            let path = "/issues/comments/\(comment.id)"
            if chance.percent(50) { return ("a comment goes", { copy.scene.here("DELETE", path, as: "keeper") }) }
            return (
                "a comment is edited",
                { copy.scene.here("PATCH", path, as: "keeper", ["body": .string(comment.body + " at all")]) }
            )
        }
        let person = chance.pick(["carol", "carol", "cody", "bob", "alice"]) ?? "carol"
        let gate = chance.percent(50) ? "first" : "second"
        let text = chance.percent(75) || !readsStatuses ? "/waive \(gate) it cannot wait" : "/revoke \(gate)"
        return (
            "\(person): \(text)",
            { copy.scene.here("POST", "/issues/\(pull.number)/comments", as: person, ["body": .string(text)]) }
        )
    }

    // MARK: Code

    private mutating func pushMore(_ pull: PullRequest) -> (String, () -> Void) {
        let person = chance.pick(["alice", "alice", "dave", "bob"]) ?? "alice"
        let folder = chance.pick(["src", "docs", "infra", "law"]) ?? "src"
        let isForced = chance.percent(30)
        var copy = self
        copy.chance = Chance(chance.next())
        let pushing = copy
        return (
            "\(person) pushes \(folder) to \(pull.head)\(isForced ? " by force" : "")",
            { pushing.push(pull.head, as: person, folder, isForced: isForced) }
        )
    }

    private mutating func back(_ pull: PullRequest) -> (String, () -> Void) {
        let copy = self
        let heads = scene.world.update { world in
            Set(world.reviews(of: pull.id).map(\.commit)).filter { !$0.isEmpty }.sorted()
        }
        guard let head = chance.pick(heads) else { return pushMore(pull) }
        return (
            "back to \(head.prefix(8)) on \(pull.head)",
            { try? copy.scene.world.move(pull.head, of: Scene.repository, to: head, as: "alice") }
        )
    }

    private func push(_ branch: String, as person: String, _ folder: String, isForced: Bool = false) {
        var chance = self.chance
        let text = "\(chance.below(4))\n"
        var files: [String: String?] = ["\(folder)/\(chance.below(3)).txt": text]
        if folder == "law" {
            files = [".countersign.yml": chance.percent(70) ? watch.know(.random(&chance)) : Law.broken]
        }
        let push = isForced ? scene.world.forcePush : scene.world.push
        _ = try? push(branch, Scene.repository, person, files, "push \(count)")
    }

    private mutating func newLaw() -> (String, () -> Void) {
        let copy = self
        let base = chance.pick(Self.bases) ?? "main"
        let text: String? =
            switch chance.below(10) {
            case 0: nil
            case 1: Law.broken
            default: watch.know(.random(&chance))
            }
        return ("another law on \(base): \(text ?? "none")", { copy.writeLaw(text, on: base) })
    }

    private func writeLaw(_ text: String?, on base: String) {
        _ = try? scene.world.push(
            to: base, of: Scene.repository, as: "keeper", files: [".countersign.yml": text], message: "law \(count)")
    }

    // MARK: Pull requests

    private mutating func another() -> (String, () -> Void) {
        let copy = self
        let person = chance.pick(["alice", "dave"]) ?? "dave"
        let base = chance.pick(Self.bases) ?? "main"
        if chance.percent(50) {
            return (
                "\(person) opens the same head once more, into \(base)",
                {
                    let head = copy.scene.world.update { world in
                        world.pulls.values.filter { !$0.isClosed }.min { $0.id < $1.id }.map { world.headSHA(of: $0) }
                    }
                    guard let head else { return }
                    try? copy.scene.world.move("feature/again", of: Scene.repository, to: head, as: person)
                    copy.open("feature/again", into: base, as: person)
                }
            )
        }
        return (
            "\(person) opens another into \(base)",
            {
                copy.push("feature/two", as: person, "docs")
                copy.open("feature/two", into: base, as: person)
            }
        )
    }

    private func open(_ branch: String, into base: String, as person: String) {
        scene.here(
            "POST", "/pulls", as: person,
            ["title": "Something", "head": .string(branch), "base": .string(base)])
    }

    private mutating func retarget(_ pull: PullRequest) -> (String, () -> Void) {
        let copy = self
        let base = pull.base == "main" ? "release" : "main"
        return ("#\(pull.number) into \(base)", { copy.edit(pull.number, ["base": .string(base)]) })
    }

    private func edit(_ number: Int, _ body: JSON) { scene.here("PATCH", "/pulls/\(number)", as: "dave", body) }

    private mutating func merge(_ pull: PullRequest) -> (String, () -> Void) {
        let copy = self
        return (
            "alice tries to merge #\(pull.number)",
            {
                let (place, number) = copy.scene.world.update { world in
                    (Watch.Place(head: world.headSHA(of: pull), base: world.pulls[pull.id]?.base ?? ""), pull.number)
                }
                let isJustified = copy.watch.isJustifiedBesidesNewcomers(place)
                guard copy.scene.here("POST", "/pulls/\(number)/merge", as: "alice", ["Do": "merge"]).status == 200
                else { return }
                if !isJustified { copy.watch.merged(place) }
            }
        )
    }

    // MARK: Everything else

    private mutating func people() -> (String, () -> Void) {
        let copy = self
        let team = chance.pick(["qa", "qa", "security"]) ?? "qa"
        let person = chance.pick((Scene.teams[team] ?? []) + ["dave"]) ?? "bob"
        return (
            "\(person) in or out of \(team)",
            {
                let (id, isIn) = copy.scene.world.update { world in
                    let found = world.teams.values.first { $0.name == team }
                    return (found?.id ?? 0, found?.members.contains(world.person(named: person)?.id ?? 0) == true)
                }
                copy.scene.call(isIn ? "DELETE" : "PUT", "/teams/\(id)/members/\(person)", as: "keeper")
                copy.watch.peopleChanged()
            }
        )
    }

    private mutating func label(_ number: Int) -> (String, () -> Void) {
        let copy = self
        let person = chance.pick(["carol", "cody", "dave", "alice"]) ?? "carol"
        let isOn = chance.percent(65)
        let path = "/issues/\(number)/labels"
        return (
            "\(person) \(isOn ? "puts the label on" : "takes the label off") #\(number)",
            {
                if isOn {
                    copy.scene.here("POST", path, as: person, ["labels": [1]])
                } else {
                    copy.scene.here("DELETE", "\(path)/1", as: person)
                }
            }
        )
    }

    private mutating func forge(_ pull: PullRequest) -> (String, () -> Void) {
        let copy = self
        return (
            "dave forges a green for #\(pull.number)",
            {
                let head = copy.scene.world.update { $0.headSHA(of: pull) }
                copy.scene.here(
                    "POST", "/statuses/\(head)", as: "dave",
                    ["state": "success", "context": .string("countersign: \(pull.base)"), "description": "fine"])
            }
        )
    }
}
