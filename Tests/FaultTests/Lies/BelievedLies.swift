/// A kind of lie that nobody can notice: a plausible value in the place of another, told wherever it stands.
struct BelievedLies: Sendable, CustomStringConvertible {
    var call: String
    var place: String
    var kind: Lie.Kind
    /// The plot in which one of them is believed.
    var scene: String
    var reason: String

    init(_ call: String, _ place: String, _ kind: Lie.Kind, in scene: String, because reason: String) {
        (self.call, self.place, self.kind) = (call, place, kind)
        (self.scene, self.reason) = (scene, reason)
    }

    var description: String { "\(call) | \(place) | \(kind.rawValue)" }

    func covers(_ species: Lie.Species) -> Bool {
        call == species.call && place == species.place && kind == species.kind
    }

    static let all: [BelievedLies] = []
}
