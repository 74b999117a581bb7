/// Reviews and requests for them.
enum ReviewRoutes {
    private static let path = "/repos/{owner}/{repo}/pulls/{index}"

    static let all: [Route] = [
        Route("GET", path + "/reviews", .repository) { world, call in
            let reviews = world.reviews(of: try call.pull(world).id)
            let list = Page(call).slice(reviews).filter { sees(world, call, $0) }
            return APIResponse.json(200, .array(list.map { world.reviewJSON($0, viewer: call.caller) }))
                .with(total: reviews.count)
        },
        Route("GET", path + "/reviews/{id}", .repository) { world, call in
            .json(200, world.reviewJSON(try review(world, call), viewer: call.caller))
        },
        Route("POST", path + "/reviews", .repository) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            let comments = call.body["comments"]?.array?.count ?? 0
            let state = try state(call, pull, caller, comments: comments)
            let review = world.submitReview(
                on: pull, by: caller, state: state, body: call.body["body"]?.string ?? "",
                commit: call.body["commit_id"]?.string.flatMap { $0.isEmpty ? nil : $0 }, codeComments: comments)
            return .json(200, world.reviewJSON(review, viewer: caller))
        },
        Route("POST", path + "/reviews/{id}", .repository) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            let draft = try review(world, call)
            guard draft.state == .pending else {
                throw APIFailure.message(422, "only a pending review can be submitted")
            }
            let state = try state(call, pull, caller, comments: draft.codeComments)
            guard state != .pending else { throw APIFailure.message(422, "review stay pending") }
            let filed = world.file(
                draft, on: pull, by: caller, state: state, body: call.body["body"]?.string ?? "",
                commit: world.headSHA(of: pull), codeComments: 0)
            return .json(200, world.reviewJSON(filed, viewer: caller))
        },
        Route("DELETE", path + "/reviews/{id}", .repository) { world, call in
            let found = try review(world, call)
            let caller = try call.requireCaller()
            guard found.reviewer == caller || world.accounts[caller]?.isAdmin == true else {
                throw APIFailure.empty(403)
            }
            world.reviews[found.id] = nil
            for row in world.rows(of: found.pull) where row.review == found.id { world.rows[row.id] = nil }
            return .empty(204)
        },
        Route("POST", path + "/reviews/{id}/dismissals", .repository) { world, call in
            try dismiss(&world, call, true)
        },
        Route("POST", path + "/reviews/{id}/undismissals", .repository) { world, call in
            try dismiss(&world, call, false)
        },
        Route("GET", path + "/reviews/{id}/comments", .repository) { world, call in
            _ = try review(world, call)
            return .json(200, [])
        },
        Route("POST", path + "/requested_reviewers", .repository) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            let (people, teams) = try requested(world, call, pull, caller)
            var filed: [Review] = []
            for person in people {
                guard let review = world.requestReview(on: pull, from: person.id, doer: caller) else { continue }
                filed.append(review)
                tell(&world, pull, caller, person.id)
            }
            for team in teams {
                guard let review = world.requestReview(on: pull, fromTeam: team.id, doer: caller) else { continue }
                filed.append(review)
                for member in world.sorted(team.members) { tell(&world, pull, caller, member.id) }
            }
            return .json(201, .array(filed.map { world.reviewJSON($0, viewer: caller) }))
        },
        Route("DELETE", path + "/requested_reviewers", .repository) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            let (people, teams) = try requested(world, call, pull, caller)
            for person in people { world.withdrawRequest(on: pull, reviewer: person.id, team: nil, doer: caller) }
            for team in teams { world.withdrawRequest(on: pull, reviewer: nil, team: team.id, doer: caller) }
            return .empty(204)
        },
    ]

    private static func tell(_ world: inout WorldState, _ pull: PullRequest, _ doer: Int, _ person: Int) {
        world.tellPull(
            pull.id, action: "review_requested", type: "pull_request_review_request", by: doer, requested: person)
    }

    /// A draft is seen by its author and by site admins.
    private static func sees(_ world: WorldState, _ call: Call, _ review: Review) -> Bool {
        review.state != .pending || review.reviewer == call.caller
            || call.caller.flatMap { world.accounts[$0] }?.isAdmin == true
    }

    private static func review(_ world: WorldState, _ call: Call) throws -> Review {
        let pull = try call.pull(world)
        guard let review = world.reviews[try call.number("id")], review.pull == pull.id, sees(world, call, review)
        else { throw APIFailure.notFound() }
        return review
    }

    /// The state that an event asks for; an unknown event makes a draft.
    private static func state(
        _ call: Call, _ pull: PullRequest, _ caller: Int, comments: Int
    ) throws -> Review.State {
        let event = call.body["event"]?.string ?? ""
        let body = call.body["body"]?.string ?? ""
        switch event {
        case "APPROVED":
            if pull.author == caller { throw APIFailure.message(422, "approve your own pull is not allowed") }
            return .approved
        case "REQUEST_CHANGES":
            if pull.author == caller { throw APIFailure.message(422, "reject your own pull is not allowed") }
            guard !body.isEmpty else {
                throw APIFailure.message(422, "review event REQUEST_CHANGES requires a body")
            }
            return .requestChanges
        case "COMMENT":
            guard !body.isEmpty || comments > 0 else {
                throw APIFailure.message(422, "review event COMMENT requires a body or a comment")
            }
            return .comment
        default: return .pending
        }
    }

    private static func dismiss(_ world: inout WorldState, _ call: Call, _ dismissed: Bool) throws -> APIResponse {
        let pull = try call.pull(world)
        let caller = try call.requireCaller()
        guard call.permission(world, try call.repository(world)).isAdmin else {
            throw APIFailure.message(403, "Must be repo admin")
        }
        let found = try review(world, call)
        guard found.pull == pull.id, found.state == .approved || found.state == .requestChanges else {
            throw APIFailure.message(
                403, "not need to dismiss this review because it's type is not Approve or change request")
        }
        world.setDismissed(found.id, dismissed, message: call.body["message"]?.string ?? "", doer: caller)
        return .json(200, world.reviewJSON(world.reviews[found.id] ?? found, viewer: caller))
    }

    private static func requested(
        _ world: WorldState, _ call: Call, _ pull: PullRequest, _ caller: Int
    ) throws -> ([Account], [Team]) {
        let repository = try call.repository(world)
        guard pull.author == caller || call.permission(world, repository).writes("repo.pulls") else {
            throw APIFailure.message(422, "Doer can't choose reviewer [user_id: \(caller), repo_id: \(repository.id)]")
        }
        var people: [Account] = []
        for name in call.body["reviewers"]?.strings ?? [] {
            guard let person = world.person(named: name) else {
                throw APIFailure.notFound("user '\(name)' not exist", errors: nil)
            }
            if person.id == pull.author {
                throw APIFailure.message(
                    422, "poster of pr can't be reviewer [user_id: \(caller), repo_id: \(repository.id)]")
            }
            guard world.permission(of: person.id, in: repository).reads("repo.pulls") else {
                throw APIFailure.message(422, "Reviewer can't read [user_id: \(caller), repo_id: \(repository.id)]")
            }
            people.append(person)
        }
        var teams: [Team] = []
        for name in call.body["team_reviewers"]?.strings ?? [] {
            let match = world.teams(of: repository.owner).first { $0.name.lowercased() == name.lowercased() }
            guard let match else { throw APIFailure.notFound("team '\(name)' not exist", errors: nil) }
            teams.append(match)
        }
        return (people, teams)
    }
}
