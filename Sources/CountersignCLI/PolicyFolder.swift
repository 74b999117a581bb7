import GatePolicy

/// The files around a policy on disk: what it includes of its own repository stands below that repository's root.
struct PolicyFolder {
    /// The repository's root, as a prefix of paths; nil where it cannot be told.
    private let root: String?
    /// Whether the root is certain, and whatever is not below it is missing.
    private let isWhole: Bool
    private let context: CommandContext
    /// Files given for places that are not below the root, by the place as an `include` writes it.
    private let given: [String: String]

    /// The folder of a policy's file.
    init(of policy: String, _ context: CommandContext, given: [String: String] = [:]) {
        self.context = context
        self.given = given
        var folders = policy.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        if [".gitea", ".forgejo"].contains(folders.last ?? "") { folders.removeLast() }
        isWhole = given.isEmpty && PolicyFileRole(path: policy) == .repository
        root = policy == "-" ? nil : folders.map { "\($0)/" }.joined()
    }

    /// An included file, as far as it is here.
    func answer(_ place: PolicyFilePlace) -> PolicyFileAnswer {
        if let path = given["\(place)"] { return read(path) }
        guard place.repository == nil, place.ref == nil, let root else { return .unchecked }
        let segments = place.path.description.split(separator: "/")
        for end in segments.indices {
            let path = root + segments[...end].joined(separator: "/")
            // The forge does not follow links, and neither may whoever wrote the policy make us do so.
            if context.isLink(path) { return .refused("`\(path)` is a symlink, not a file", hint: nil) }
        }
        let path = root + place.path.description
        if context.exists(path) { return read(path) }
        return isWhole ? .refused("there is no file `\(place.path)`", hint: Self.cure) : .unchecked
    }

    /// Why nobody looked at an included file.
    func whyUnchecked(_ place: PolicyFilePlace) -> String {
        if let repository = place.repository { return "it is in another repository, `\(repository)`" }
        if let ref = place.ref { return "it is read as it is at `\(ref)`, and not as it lies here" }
        guard let root else {
            return "where its repository's files are is not known of a policy from standard input"
        }
        let folder = root.isEmpty ? "this folder" : "`\(root.dropLast())`"
        return "there is no `\(root)\(place.path)`, and whether \(folder) is the repository's root is not known: "
            + "a policy is called `.countersign.yml`"
    }

    private static let cure = "paths begin at the repository's root; is the whole repository checked out?"

    private func read(_ path: String) -> PolicyFileAnswer {
        do throws(SettingsError) {
            return .text(PolicyText(try Settings.read(path, context), file: path, identity: path, digest: ""))
        } catch {
            return .refused("\(error)", hint: nil)
        }
    }
}
