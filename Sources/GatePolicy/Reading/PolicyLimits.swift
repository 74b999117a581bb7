/// How much a policy, and what it judges, may hold; over each of them is an error of that name, never a silent cut.
public enum PolicyLimits {
    /// Bytes of the file.
    public static let bytes = 256 * 1024
    /// Keys and values in the file.
    public static let nodes = 10_000
    /// Gates and parts together.
    public static let gates = 200
    /// Items of checklists together.
    public static let items = 200
    /// Aliases of commands.
    public static let aliases = 100
    /// How deep values, parentheses and groups may be nested.
    public static let depth = 50
    /// Names a set of people may hold once its groups are replaced.
    public static let people = 1_000
    /// Names all sets of people together may hold once their groups are replaced.
    public static let allPeople = 50_000
    /// Counts of people that gates which must be distinct may ask for together.
    public static let distinctCounts = DistinctGroup.maximumCounts
    /// Diagnostics that are told at once.
    public static let diagnostics = 100
    /// YAML mistakes that are mended in order to read on.
    static let mendings = 20
    /// The same in a file that is longer than so many bytes.
    static let fewMendings = 3
    static let bytesOfManyMendings = 32 * 1024

    /// Changed files of a pull request.
    public static let changedFiles = 10_000
    /// Commits of a pull request.
    public static let commits = 5_000

    /// Bytes of a CODEOWNERS file.
    public static let codeOwnersBytes = 512 * 1024
    /// Rules of a CODEOWNERS file.
    public static let codeOwnersRules = 2_000
    /// Names of owners in a CODEOWNERS file, repetitions included.
    public static let codeOwners = 10_000

    /// Bytes of one pattern.
    public static let patternBytes = 1_000
    /// How deep the braces of a glob may be nested.
    static let patternDepth = 10
    /// Instructions all compiled patterns together may have.
    static let patternInstructions = 200_000
    /// What one that RE2 refuses as too large counts for.
    static let refusedInstructions = 20_000
    /// Memory RE2 may use for one pattern.
    static let patternMemory: Int64 = 1 << 20
    /// Memory RE2 may use for a set of patterns.
    static let patternSetMemory: Int64 = 8 << 20
}
