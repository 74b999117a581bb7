import Foundation
import Synchronization

@testable import GiteaSimulator

/// Sees everything that happens in a world, and says when a head is green that should not be.
final class Watch: Sendable {
    /// A commit and the branch that it asks to go into.
    struct Place: Hashable, Sendable {
        var head: String
        var base: String
    }

    /// A pull request with the head and the base that it has.
    struct Arrival: Hashable, Sendable {
        var pull: Int
        var place: Place
    }

    struct State: Sendable {
        var laws: [String: Law] = [:]
        /// What was objected to already: once is enough.
        var objected: Set<Place> = []
        /// What may go in at this moment.
        var justified: Set<Place> = []
        /// Until when what may not go in might have.
        var justifiedUntil: [Place: Date] = [:]
        /// When somebody joined or left a team last: for a while the service believes what it knows of people.
        var peopleChanged: Date?
        /// Since when each open pull request has its head and base.
        var arrivals: [Arrival: Date] = [:]
        var violations: [String] = []
        var heads = 0
        var greens = 0
        var tolerated = 0
    }

    let scene: Scene
    /// How old what a green says may be, in seconds.
    let window: TimeInterval
    /// How long somebody else's green may stand where the service's own is red: until it is looked at by schedule.
    let forgeryWindow: TimeInterval
    private let state = Mutex(State())

    init(_ scene: Scene, window: TimeInterval, forgeryWindow: TimeInterval) {
        self.scene = scene
        self.window = window
        self.forgeryWindow = forgeryWindow
    }

    var seen: State { state.withLock { $0 } }

    /// Makes a text known as a law.
    func know(_ law: Law) -> String {
        state.withLock { $0.laws[law.text] = law }
        return law.text
    }

    /// Something happens; what could go in before it could do so until now.
    func during<Value>(_ act: () throws -> Value) rethrows -> Value {
        let now = scene.clock.now
        state.withLock { state in for place in state.justified { state.justifiedUntil[place] = now } }
        defer {
            judge()
            inspect()
        }
        return try act()
    }

    private func judge() {
        let laws = state.withLock { $0.laws }
        let now = scene.clock.now
        let (justified, present) = scene.world.update { world in
            (Self.justified(Judge(laws: laws), world), Self.arrivals(world).map(\.arrival))
        }
        state.withLock { state in
            state.justified = justified
            let before = state.arrivals
            state.arrivals = [:]
            for arrival in present { state.arrivals[arrival] = before[arrival] ?? now }
        }
    }

    private static func arrivals(_ world: WorldState) -> [(arrival: Arrival, pull: PullRequest)] {
        world.pulls.values.filter { !$0.isClosed }.map { pull in
            (Arrival(pull: pull.id, place: Place(head: world.headSHA(of: pull), base: pull.base)), pull)
        }
    }

    /// Every place all of whose pull requests may go in.
    static func justified(_ judge: Judge, _ world: WorldState) -> Set<Place> {
        var votes: [Place: Bool] = [:]
        for (arrival, pull) in arrivals(world) {
            votes[arrival.place] = votes[arrival.place, default: true] && judge.passes(pull, in: world)
        }
        return Set(votes.filter(\.value).keys)
    }

    /// Whether one may go in, and all that have this head and base for longer than the window: of siblings that came
    /// since nobody need know yet.
    func isJustifiedBesidesNewcomers(_ place: Place, blind: Set<Judge.Blindness> = []) -> Bool {
        let (state, now) = (seen, scene.clock.now)
        let judge = Judge(laws: state.laws, blind: blind)
        return scene.world.update { world in
            var isJustified = false
            for (arrival, pull) in Self.arrivals(world) where arrival.place == place {
                let passes = judge.passes(pull, in: world)
                let isNew = state.arrivals[arrival].map { now.timeIntervalSince($0) <= window } ?? true
                if !passes, !isNew { return false }
                isJustified = isJustified || passes
            }
            return isJustified
        }
    }

    /// What the summary of a place shows.
    static func summary(_ place: Place, _ world: WorldState) -> CommitStatus? {
        for repository in world.repositories.values {
            if let row = repository.statuses[place.head]?.last(where: { $0.context == "countersign: \(place.base)" }) {
                return row
            }
        }
        return nil
    }

    /// Looks at every head there is.
    func inspect() {
        let now = scene.clock.now
        let places = scene.world.update { world in
            Set(
                world.pulls.values.filter { !$0.isClosed }.map { Place(head: world.headSHA(of: $0), base: $0.base) }
            ).map { ($0, Self.summary($0, world)) }
        }
        let suspects = state.withLock { state in
            var suspects: [(place: Place, text: String)] = []
            for (place, summary) in places {
                state.heads += 1
                // The forge lets an empty state pass.
                guard let summary, ["success", "warning", ""].contains(summary.state) else { continue }
                state.greens += 1
                if state.justified.contains(place) { continue }
                state.tolerated += 1
                let isForged = summary.creator != scene.people["gate"]?.id
                let since =
                    isForged ? summary.created : state.justifiedUntil[place].map { Int($0.timeIntervalSince1970) }
                let age = since.map { Int(now.timeIntervalSince1970) - $0 }
                if let age, TimeInterval(age) <= (isForged ? forgeryWindow : window) { continue }
                suspects.append((place, age.map { "since \($0) s" } ?? "and never was"))
            }
            return suspects
        }
        for (place, text) in suspects where !isJustifiedBesidesNewcomers(place) {
            state.withLock { state in
                guard state.objected.insert(place).inserted else { return }
                state.violations.append("\(place.head.prefix(8)) is green for \(place.base), not justified \(text)")
            }
        }
    }

    /// Something else that must not be.
    func object(_ text: String) { state.withLock { $0.violations.append(text) } }
}

extension Watch {
    /// What went green although some reads failed must be green whatever they would have said.
    func expect(_ places: Set<Place>, withoutKnowing reads: Set<String>) {
        for place in places {
            let elsewhere = pulls(elsewhereThan: place)
            let blind = reads.reduce(into: Set()) { $0.formUnion(Judge.Blindness.of($1, place, elsewhere: elsewhere)) }
            if isJustifiedBesidesNewcomers(place, blind: blind) || isAboutPeople(place) { continue }
            object(
                "\(place.head.prefix(8)) went green for \(place.base), and nobody had read "
                    + reads.sorted().joined(separator: ", "))
        }
    }

    /// The numbers of the open pull requests with another head or base.
    private func pulls(elsewhereThan place: Place) -> Set<Int> {
        scene.world.update { world in
            Set(Self.arrivals(world).filter { $0.arrival.place != place }.map(\.pull.number))
        }
    }

    /// Whether it may not go in whatever is read, and somebody joined or left a team within the window.
    private func isAboutPeople(_ place: Place) -> Bool {
        guard let changed = seen.peopleChanged, scene.clock.now.timeIntervalSince(changed) <= window else {
            return false
        }
        return !isJustifiedBesidesNewcomers(place)
    }

    /// Somebody joined or left a team.
    func peopleChanged() { state.withLock { $0.peopleChanged = scene.clock.now } }

    /// Something went in that might not have, newcomers apart.
    func merged(_ place: Place) {
        let now = scene.clock.now
        let state = seen
        // While a green stands that somebody forged, the forge believes it.
        let row = scene.world.update { Self.summary(place, $0) }
        if let row, row.creator != scene.people["gate"]?.id,
            now.timeIntervalSince1970 - TimeInterval(row.created) <= forgeryWindow
        {
            return
        }
        guard state.justifiedUntil[place].map({ now.timeIntervalSince($0) > window }) ?? true else { return }
        object("\(place.head.prefix(8)) went into \(place.base)")
    }
}
