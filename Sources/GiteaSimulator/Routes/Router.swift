import Foundation

/// Finds the endpoint of a call, the account that makes it, and whether its token allows it.
enum Router {
    static let routes: [Route] =
        ServerRoutes.all + IssueRoutes.all + AdminRoutes.all + UserRoutes.all + OrganizationRoutes.all + TeamRoutes.all
        + RepositoryRoutes.all + AccessRoutes.all + ContentRoutes.all + GitRoutes.all + BranchRoutes.all
        + TagRoutes.all
        + ProtectionRoutes.all + PullRoutes.all + MergeRoutes.all + ReviewRoutes.all
        + CommentRoutes.all + LabelRoutes.all + StatusRoutes.all + HookRoutes.all

    static func respond(to request: APIRequest, in world: inout WorldState) -> APIResponse {
        do {
            let caller = try authenticate(request, in: world)
            for route in routes where route.method == request.method {
                guard let parameters = route.parameters(of: request.segments) else { continue }
                var call = caller
                call.parameters = parameters
                if let scopes = call.scopes, let missing = Scope.missing(scopes, route.areas, method: request.method) {
                    throw APIFailure.message(
                        403, "token does not have at least one of required scope(s): [\(missing)]")
                }
                return try route.handler(&world, call)
            }
            return .text(404, "404 page not found\n")
        } catch let failure as APIFailure {
            return failure.response(world)
        } catch {
            return APIFailure.message(500, "").response(world)
        }
    }

    private static func authenticate(_ request: APIRequest, in world: WorldState) throws -> Call {
        var call = Call(request: request, parameters: [:], caller: nil, scopes: nil, isBasic: false)
        guard let header = request.authorization else { return call }
        let parts = header.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else { return call }
        let unknown = APIFailure.message(401, "user does not exist [uid: 0, name: , keyid: 0]")
        switch parts[0].lowercased() {
        case "token", "bearer":
            guard let token = world.tokens.first(where: { $0.value == parts[1] }) else { throw unknown }
            call.caller = token.owner
            call.scopes = token.scopes
        case "basic":
            guard let data = Data(base64Encoded: parts[1]) else { throw unknown }
            let pair = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
            guard pair.count == 2, let account = world.person(named: pair[0]) else { throw unknown }
            if account.password == pair[1] {
                if let passcode = account.passcode, request.passcode != passcode { throw APIFailure.message(401, "") }
                call.isBasic = true
            } else if let token = world.tokens.first(where: { $0.value == pair[1] && $0.owner == account.id }) {
                call.scopes = token.scopes
            } else {
                throw unknown
            }
            call.caller = account.id
        default: break
        }
        if let caller = call.caller, world.accounts[caller]?.mustChangePassword == true {
            throw APIFailure.message(403, "You must change your password. Change it at: /user/settings/change_password")
        }
        if let account = call.caller.flatMap({ world.accounts[$0] }), !account.isActive || account.prohibitsLogin {
            throw APIFailure.message(
                403,
                "This account is prohibited from signing in, please contact your site administrator.")
        }
        return call
    }
}
