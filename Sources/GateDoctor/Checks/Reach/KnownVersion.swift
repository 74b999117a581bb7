import GateForge
import GatePolicy

/// The forge holds a pull request back whose required status nobody has posted.
enum KnownVersion: Check {
    static let id = "reach.version"
    static let area = Area.reach
    static let promise = "this version of the forge keeps a pull request waiting for a status that nobody has posted"
    static let needs = Prerequisite.forge

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let greeting = outcome.greeting(of: examination) else { return outcome }
        guard let version = ForgeVersion(greeting.version) else {
            outcome.skip("the version `\(greeting.version)` is of no known form")
            return outcome
        }
        guard version.waitsForAbsentStatuses else {
            outcome.add(
                Finding(
                    .blocking, examination.address, asked: ["GET /version"], answer: greeting.version,
                    meaning: "before 1.22.0 a required status that nobody has posted blocks nothing as soon as another "
                        + "one is green: a pull request can be merged before a gate has spoken",
                    blocks: [Blocked(nil)],
                    cure: Cure(.tell("upgrade the forge to Gitea 1.22.0 or Forgejo 7.0, or later"))))
            return outcome
        }
        outcome.add(nil)
        guard !greeting.version.contains("+gitea-") else {
            outcome.told.append(
                "\(greeting.version): a Forgejo, which mends on a schedule of its own: limits and advisories of its "
                    + "versions were not looked up, read its release notes")
            return outcome
        }
        outcome.told += VersionLimit.all.filter { $0.holds(for: version) }.map { "\(greeting.version): \($0.text)" }
        return outcome
    }
}

/// Something that versions of the forge cannot do, or do wrongly, and that whoever relies on gates should know.
struct VersionLimit: Sendable {
    /// The Gitea 1 that mended it; nil for what holds of versions after the last tested one.
    var before: Mend?
    var text: String

    /// The last version that stories are told for.
    static let lastTested = 27

    /// A release of Gitea 1.
    struct Mend: Sendable {
        var minor: Int
        var patch = 0
    }

    static let all = [
        VersionLimit(
            before: Mend(minor: 22, patch: 3),
            text:
                "before 1.22.3 it does not tell what a renamed file was called: the trees tell it, for some more calls; where "
                + "they have more than 100,000 entries a pull request that renames is `error` wherever a policy looks at files"
        ),
        VersionLimit(
            before: Mend(minor: 23),
            text:
                "it tells nobody of statuses: a forged one is overwritten when statuses are read again (`reconcile.all_seconds`, "
                + "`/recheck`), not at once"
        ),
        VersionLimit(
            before: Mend(minor: 23),
            text: "it has no `block_admin_merge_override`: who administers a repository can always go past gates"),
        VersionLimit(
            before: Mend(minor: 27),
            text:
                "a retargeted pull request keeps its official approvals (GHSA-w5pg-649r-p6gg): gates judge the new branch "
                + "anew, the forge's own `required_approvals` do not"),
        VersionLimit(
            before: Mend(minor: 26, patch: 3),
            text:
                "workflows of forks may have run without approval (GHSA-777r-4v59-6486): a status `from actions` is no proof"
        ),
        VersionLimit(before: nil, text: "it is newer than 1.\(lastTested), the last version that this was tested with"),
    ]

    func holds(for version: ForgeVersion) -> Bool {
        guard let before else { return version.major > 1 || version.minor > Self.lastTested }
        return version.major == 1 && (version.minor, version.patch) < (before.minor, before.patch)
    }
}

/// The Gitea that a version is, or descends from.
struct ForgeVersion: Hashable, Sendable {
    var major: Int
    var minor: Int
    var patch: Int
    var isBeforeRelease: Bool

    /// `1.22.0`, `1.22.0+dev-17`, `7.0.4+gitea-1.22.0`; nil for anything else.
    init?(_ text: String) {
        let gitea = text.firstRange(of: "+gitea-").map { text[$0.upperBound...] } ?? text[...]
        let parts = gitea.drop { $0 == "v" }.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix { $0.isNumber }) else {
            return nil
        }
        self.major = major
        self.minor = minor
        patch = parts.count > 2 ? Int(parts[2].prefix { $0.isNumber }) ?? 0 : 0
        isBeforeRelease = ["+dev", "-dev", "-rc", "+rc"].contains { gitea.contains($0) }
    }

    var tellsOfStatuses: Bool { major > 1 || minor >= 23 }

    /// Whether rules of protection have `block_admin_merge_override`.
    var bindsAdministrators: Bool { major > 1 || minor > 23 || (minor == 23 && !isBeforeRelease) }

    var waitsForAbsentStatuses: Bool {
        major > 1 || minor > 22 || (minor == 22 && !isBeforeRelease)
    }
}
