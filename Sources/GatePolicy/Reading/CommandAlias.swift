/// An alias of `commands.aliases`.
struct CommandAlias {
    /// The word, without its slash.
    var name: String
    /// The built-in word that it stands for, and perhaps a target.
    var meaning: String
    var meaningSpan: SourceSpan
}
