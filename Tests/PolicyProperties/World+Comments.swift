import GatePolicy

extension WorldMaker {
    /// What the opener answers to the asks of `PolicyText`, and what the template said.
    private static let bodies = [
        "", "Testing: by hand", "Testing: by hand\nRisk: none", "Testing:\n\nRisk: none", "> Testing: by hand",
        "## Testing\nsay how\n## Risk\nlow",
    ]

    /// The comments, with commands in them, and the description that items ask about.
    mutating func comments(_ odds: Int, _ world: inout World) {
        world.facts.pullRequest.body = random.pick(Self.bodies)
        let templates = [[], [PullRequestTemplate(path: "template.md", text: "## Testing\nsay how")]]
        gap(templates.shuffled(using: &random), odds, "the templates", &world) { $0.templates = $1 }
        let lists = (0..<4).map { _ in
            (0..<random.below(7)).map { comment(Int64(5000 + $0), isEdited: random.chance(10)) }
        }
        gap(lists, odds, "the comments", &world) { $0.comments = $1 }
        guard odds > 0, random.chance(30), case .known(let comments)? = world.facts.comments else { return }
        // The digest of an answer that is no longer the present one; an empty one is right where nothing is answered.
        let seen = comments.filter { _ in random.chance(50) }.map {
            AnswerSighting(comment: $0.id, item: "i\(1 + random.below(3))", digest: random.pick(["", "0"]))
        }
        world.facts.answersSeen = seen
    }

    /// A comment in which somebody acknowledges, waives or takes back.
    mutating func comment(_ id: Int64, isEdited: Bool = false) -> Comment {
        let item = "\(random.pick(["", "", "", "h", "r"]))i\(1 + random.below(PolicyText.mostItems / 2))"
        let other = "i\(1 + random.below(PolicyText.mostItems))"
        // Half of them say which head they are for; the timeline tells of the others, where it can.
        let head = random.chance(50) ? " @\(random.pick(Self.commits).text)" : ""
        let gate = "\(random.pick(["", "", "h", "r"]))g\(random.below(3))"
        let body =
            switch random.below(14) {
            case 10: "fine\(head)"
            case 11: "Works"
            case 12: "> fine"
            case 13: "veto"
            case 0: "/waive \(gate)\(head) urgent"
            case 1: "/waive \(gate)\(head)"
            case 2: "/revoke \(random.pick([item, gate]))"
            case 3: "/ack \(item), \(other)\(head)"
            default: "/ack \(item)\(head)"
            }
        let at = Timestamp(seconds: Int64(100 + random.below(500)))
        return Comment(
            id: id, author: random.chance(95) ? random.pick(Self.people) : nil, body: body, createdAt: at,
            updatedAt: isEdited ? Timestamp(seconds: at.seconds + 9) : at)
    }

    /// Acknowledgements of the present head by some people.
    mutating func acknowledgements(by actors: [Account], _ world: inout World) {
        let comments = (0..<random.below(6)).map { number in
            var word = comment(Int64(5000 + number))
            word.author = random.pick(actors)
            word.body = "/ack i\(1 + random.below(PolicyText.mostItems)) @\(world.facts.pullRequest.head.text)"
            word.createdAt = Timestamp(seconds: 900)
            word.updatedAt = word.createdAt
            return word
        }
        world.facts.comments = .known(comments)
        world.facts.templates = .known([])
    }
}
