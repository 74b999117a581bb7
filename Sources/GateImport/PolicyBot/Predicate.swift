/// A condition of policy-bot.
enum Predicate: Hashable {
    case changedFiles(paths: [String], ignore: [String])
    case noChangedFiles(paths: [String], ignore: [String])
    case onlyChangedFiles(paths: [String])
    case hasAuthorIn(Actors)
    case hasContributorIn(Actors)
    case onlyHasContributorsIn(Actors)
    case authorIsOnlyContributor(Bool)
    /// An expression; nil where none is written, and an empty one matches everything.
    case targetsBranch(String?)
    case fromBranch(String?)
    /// Each as our language writes it: `additions < 10`.
    case modifiedLines([String])
    /// Statuses, and states as our language writes them; nil for success.
    case hasStatus([String], states: [String]?)
    case hasLabels([String])
    case repository(matches: [String], notMatches: [String])
    case title(matches: [String], notMatches: [String])
    case hasValidSignatures(Bool)
    case hasValidSignaturesBy(Actors)
    case hasValidSignaturesByKeys([String])

    /// Whether the file gives it values, even if none of them can exist here.
    var hasValues: Bool {
        switch self {
        case .hasAuthorIn(let actors), .hasContributorIn(let actors), .onlyHasContributorsIn(let actors),
            .hasValidSignaturesBy(let actors):
            actors.isGiven
        case .hasStatus(_, let states): states != nil
        default: false
        }
    }

    /// Apps of GitHub among its people.
    var apps: [String] {
        switch self {
        case .hasAuthorIn(let actors), .hasContributorIn(let actors), .onlyHasContributorsIn(let actors),
            .hasValidSignaturesBy(let actors):
            actors.apps
        default: []
        }
    }

    /// Whether our own policy is written beside policy-bot's, where that asks for more.
    var namesOurFile: Bool {
        switch self {
        case .changedFiles, .noChangedFiles: true
        default: false
        }
    }
}

/// Which way making a condition true works.
enum Direction: Hashable {
    /// True asks for more: in `when`.
    case hinders
    /// True can only turn a gate green: in `require`.
    case helps
}
