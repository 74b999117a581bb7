/// A secret that workflows are given; nobody is shown its text.
struct ActionsSecret: Sendable {
    var text: String
    var created: Int
}
