/// Through which listener a request came.
enum Door: String, Sendable {
    /// The one that the forge and everybody who can read a status may reach.
    case open
    /// The one for operators only, by default on this machine alone.
    case operators
}
