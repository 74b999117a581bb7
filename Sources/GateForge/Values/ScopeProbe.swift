/// What a call that can do nothing said about a scope.
public enum ScopeProbe: Hashable, Sendable {
    /// The token has it: the forge went past the scope and stumbled over the impossible thing.
    case granted
    /// The forge names these as missing.
    case missing([String])
    /// Neither: another refusal.
    case refused(ForgeError)

    /// What is missing of a token that only sees what is public.
    public static let publicOnly = "not `public-only`"
}
