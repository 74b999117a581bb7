import Foundation
import GRDB
import GateService
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GateStore

extension Surgery {
    /// What something in front of the service asks of whoever calls.
    static let authorization = "Basic Z2F0ZTpmcm9udA=="

    /// What is said of the line after it.
    private static let introductions = [
        "# ", "with the login of ", "where the rule ", "where rebase is the only way ", "this leaves out, too: ",
        "it is the one that the cure of ", "after the cure of ", "for each ", "put the service's hook secret ",
        "the settings page of webhook ",
        "ask another owner, one whose account is active, for a token:", "or, if it is somebody else's, put a token of ",
    ]

    /// What no story carries out, by check: the other one of two ways, and what people do outside the forge.
    private static let leftOut: [String: [String]] = [
        "access.write": ["put `gate` into a team "],
        "hook.silent": ["or let the network between them pass "],
        "policy.condition": ["in `.countersign.yml` on ", "let what should post "],
        "policy.deadlock": ["or ask for fewer, or let others waive the gate"],
        "policy.organization": ["or set `organization_policy: none`"],
        "proof.organization": ["or name people of the other organisation "],
        "protection.approvals": ["nothing, if that is meant; else:"],
        "protection.foreign-status": ["stop the service or script that posts as "],
        "protection.nobody-posts": ["let what should post it run ", "or, if nothing is to be gated there "],
        "protection.not-required": ["nothing, if people merge into "],
        "protection.push": ["let them open pull requests; then:"],
        "service.foreign-status": ["ask `dave` why, "],
        "service.lag": ["where events still wait: raise `work.concurrency` too, "],
        "service.pending": ["and ask those whom it names"],
        "team.missing": [
            "if it is one of ", "take the name out of the policies, or name those who sign in its place; else:",
        ],
        "team.renamed": ["or in the policies of ", "or name those who shall sign in its place, "],
        "token.deactivated": ["or let a site administrator make the account active again, "],
        "token.empty": ["if it is in another file, "],
        "token.fallback": ["take `|| secrets."],
    ]

    /// Carries out what was printed for a check, line by line; what cannot be is an error.
    func carryOut(
        _ cure: [String], of check: String, people: [String: Story.Person] = [:], members: [Story.Person] = []
    ) async throws {
        var answer = JSON.null
        let leftOut = Self.introductions + Self.leftOut[check, default: []]
        for line in cure where !leftOut.contains(where: line.hasPrefix) {
            if line.hasPrefix("$ curl ") || line.hasPrefix("$ printf ") {
                answer = try await curl(line, people, members)
            } else if line.hasPrefix("$ countersign ") {
                try await command(line)
            } else if line.hasPrefix("put the `sha1` of the answer into ") {
                let place = try #require(line.firstMatch(of: /answer into `([^`]+)`/)).output.1
                let token = try #require(answer["sha1"]?.string, "no token in the answer to the last call")
                if place.hasPrefix("/") {
                    files.withLock { $0[String(place)] = token + "\n" }
                } else {
                    set(String(place), token)
                }
            } else if let places = line.firstMatch(of: /^exchange what is in `([^`]+)` and `([^`]+)`, if/) {
                try exchange(String(places.output.1), String(places.output.2))
            } else if let named = line.firstMatch(of: /^let `([^`]+)` name `([^`]+)`: `[^`]+` is the file of/) {
                let variable = "COUNTERSIGN_" + named.output.1.uppercased().replacing(".", with: "_")
                set(variable, String(named.output.2))
            } else if line == "let the service, where one runs, read it: `systemctl reload countersign`" {
                try running.withLock { $0 }?.assembly.reload()
            } else if let owners = line.firstMatch(of: /let one account be an owner of (.+?) \(an owner of each/) {
                for name in owners.output.1.matches(of: /`([^`]+)`/).map(\.output.1) {
                    let teams = try await story.forge.must(.GET, "/orgs/\(name)/teams", as: nil).array ?? []
                    let id = try #require(teams.first { $0["name"]?.string == "Owners" }?["id"]?.int)
                    try await story.forge.must(.PUT, "/teams/\(id)/members/\(story.keeper.login)", as: nil)
                }
            } else if line.hasPrefix("add its members: ") {
                let id = try #require(answer["id"]?.int)
                for member in members {
                    try await story.forge.must(.PUT, "/teams/\(id)/members/\(member.login)", as: story.keeper)
                }
                for place in line.matches(of: /`PUT (\/teams\/)ID(\/repos\/[^`]+)`/) {
                    let path = "\(place.output.1)\(id)\(place.output.2)"
                    try await story.forge.must(.PUT, path, as: story.keeper)
                }
            } else if let edit = line.firstMatch(
                of: /^if it was renamed, .*in the policies of `([^`]+)`, write `([^`]+)` in the place of `([^`]+)`/)
            {
                let (_, repository, right, wrong) = edit.output
                try await self.edit(
                    (
                        line[...], ".countersign.yml", "main", repository, "require: \(wrong)\n",
                        "require: \(right)\n"
                    ))
            } else if let place = line.firstMatch(
                of: /^in `([^`]+)` on `([^`]+)` of `([^`]+)`, line [0-9]+: (?:name more people|correct the name)/)
            {
                let (_, file, branch, repository) = place.output
                try await edit((place.output.0, file, branch, repository, "\"@nobodyhere\"", "qa"))
            } else if line.hasPrefix("in the settings: let `repositories` have `\(story.repository)`") {
                set("COUNTERSIGN_REPOSITORIES", story.repository)
            } else if line.contains("`timedatectl set-ntp true`") {
                skew.withLock { $0 = 0 }
            } else if line.hasPrefix("let the proxy ") || line.hasPrefix("exempt the accounts ")
                || line.hasPrefix("add the service's host to `[webhook] ALLOWED_HOST_LIST`")
                || line == "put right what it says"
            {
                story.simulator?.faults.clear()
            } else if line.hasPrefix("upgrade the forge to Gitea 1.22.0") {
                story.simulator?.world.version = ServerVersion("1.22.0")
            } else if line.hasPrefix("check the forge's address") {
                set("COUNTERSIGN_FORGE_URL", story.forge.baseAddress)
            } else if line.hasPrefix("then look at the pull request that it offers") {
                try await mergeOffer()
            } else if try await carryOutOnService(line) {
                continue
            } else if let edit = line.firstMatch(
                of: /in `([^`]+)` on `([^`]+)` of `([^`]+)`, line [0-9]+: .*`([^`]+)`.*did you mean `([^`]+)`/)
            {
                try await self.edit(edit.output)
            } else if let owner = line.firstMatch(
                of: /in `([^`]+)` on `([^`]+)` of `([^`]+)`, line [0-9]+: take `([^`]+)` out of/)
            {
                let (_, file, branch, repository, name) = owner.output
                try await edit((owner.output.0, file, branch, repository, " " + name, ""))
            } else if let place = line.firstMatch(
                of: /in `([^`]+)` on `([^`]+)` of `([^`]+)`, line [0-9]+: write `re:\^…\$` to match the whole/)
            {
                let (_, file, branch, repository) = place.output
                try await edit((place.output.0, file, branch, repository, "re:docs/.*", "re:^docs/.*$"))
            } else {
                Issue.record("nobody knows how to carry this out: \(line)")
            }
        }
    }

    /// Puts each of two texts into the place of the other: of two files, or of two variables.
    func exchange(_ one: String, _ other: String) throws {
        if one.hasPrefix("/") {
            try files.withLock { files in
                let texts = (try #require(files[one]), try #require(files[other]))
                (files[one], files[other]) = (texts.1, texts.0)
            }
        } else {
            let texts = (value(one), value(other))
            set(one, texts.1)
            set(other, texts.0)
        }
    }

    /// A command of ours as it was printed.
    private func command(_ line: String) async throws {
        for call in try await PastedCall.all(of: line) {
            #expect(call.program == "countersign")
            let ended = await run(Array(call.arguments))
            // `explain` ends as `check` would.
            #expect(ended.status == 0 || call.arguments.first == "explain", "\(line): \(ended)")
        }
    }

    /// What is done where the service runs.
    private func carryOutOnService(_ line: String) async throws -> Bool {
        guard let running = running.withLock({ $0 }) else { return false }
        if line.hasPrefix("start the service ") {
            listen(to: running)
        } else if line.hasPrefix("put a token that works into ") {
            running.environment.set("COUNTERSIGN_FORGE_TOKEN", story.gate.token)
        } else if line.hasPrefix("raise `reconcile.calls_per_second` ") {
            running.environment.set("COUNTERSIGN_RECONCILE_CALLS_PER_SECOND", "1000")
        } else if line.hasPrefix("make room on the disk of `store.path`, and let the service's user write there") {
            try await running.assembly.store.database.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA query_only = 0")
            }
        } else if line.hasPrefix("then send the service SIGHUP") {
            try running.assembly.reload()
            await running.assembly.gates.current.reconcile()
            try await step()
        } else if line.hasPrefix("then write a comment ") {
            let path = "/repos/\(story.repository)/issues/1/comments"
            try await story.forge.must(.POST, path, as: story.bob, ["body": "Does it come in?"])
            try await step()
        } else {
            return false
        }
        return true
    }

    private func mergeOffer() async throws {
        let open = try await story.forge.must(.GET, "/repos/\(story.repository)/pulls?state=open", as: story.keeper)
        let offered = open.array?.first { $0["head"]?["ref"]?.string == "countersign/starter-policy" }
        let number = try #require(offered?["number"]?.int)
        // Nothing posts the required summary before there is a policy.
        try await story.forge.must(
            .POST, "/repos/\(story.repository)/pulls/\(number)/merge", as: story.keeper,
            ["Do": "merge", "force_merge": true])
    }

    private func edit(
        _ step: (Substring, Substring, Substring, Substring, Substring, Substring)
    ) async throws {
        let (_, file, branch, repository, wrong, right) = step
        let content = try await story.forge.must(
            .GET, "/repos/\(repository)/contents/\(file)?ref=\(branch)", as: story.keeper)
        let text = String(
            decoding: Data(base64Encoded: content["content"]?.string ?? "") ?? Data(), as: UTF8.self)
        // As when a pull request that corrects it is merged.
        try story.simulator?.world.push(
            to: String(branch), of: String(repository), as: story.keeper.login,
            files: [String(file): text.replacing(wrong, with: right)])
    }

    /// A line of `curl` as it was printed; of several the next is made where the one before was taken.
    func curl(
        _ line: String, _ people: [String: Story.Person], _ members: [Story.Person]
    ) async throws -> JSON {
        var answer = JSON.null
        for pasted in try await PastedCall.all(of: line) {
            answer = try await call(pasted, line, people, members)
        }
        return answer
    }

    private func call(
        _ pasted: PastedCall, _ line: String, _ people: [String: Story.Person], _ members: [Story.Person]
    ) async throws -> JSON {
        #expect(pasted.program == "curl")
        var words = pasted.arguments
        var login = ""
        var method = "GET"
        var url = ""
        var body: String?
        while let word = words.popFirst() {
            switch word {
            case "-fsS": continue
            case "-u": login = words.popFirst() ?? ""
            case "-X": method = words.popFirst() ?? ""
            case "-H": #expect(words.popFirst() == "Content-Type: application/json")
            case "-d":
                body = words.popFirst()
                body = pasted.input ?? body
            default: url = word
            }
        }
        let base = story.forge.baseAddress + "/api/v1"
        #expect(url.hasPrefix(base), "\(line)")
        let known = ["OWNER": story.keeper, "SERVICE": story.gate].merging(people) { $1 }
        var path = String(url.dropFirst(base.count))
        body = body?.replacing(#""SECRET""#, with: #""\#(hookSecret)""#)
            .replacing(#""AUTHORIZATION""#, with: #""\#(Self.authorization)""#)
        for (word, person) in known {
            path = path.replacing("/\(word)", with: "/\(person.login)")
            body = body?.replacing("\"\(word)\"", with: "\"\(person.login)\"")
        }
        let everybody = [story.alice, story.bob, story.carol, story.dave, story.erin, story.gate, story.keeper]
        let person = login == "ADMIN" ? nil : known[login] ?? everybody.first { $0.login == login }
        #expect(login == "ADMIN" || person != nil, "who is \(login)?")
        let json = body.flatMap { JSON(parsing: Data($0.utf8)) }
        let paths = path.hasSuffix("/LOGIN") ? members.map { path.dropLast(5) + $0.login } : [path]
        var answer = JSON.null
        for path in paths {
            answer = try await story.forge.must(
                HTTPMethod(rawValue: method), path, as: person, json, basic: person != nil)
        }
        return answer
    }
}
