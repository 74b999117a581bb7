import Foundation

/// So many runs side by side, each with a seed of its own: `--seed` with that seed and the share repeats one alone.
struct Shards: Sendable {
    let seed: UInt64
    /// Cases of each.
    let cases: Int
    let corpus: URL

    /// Whether all of them held.
    func run(_ count: Int) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            for shard in 0..<UInt64(count) { group.addTask { hold(seed &+ shard) } }
            var held = true
            for await result in group { held = held && result }
            return held
        }
    }

    private func hold(_ seed: UInt64) -> Bool {
        var run = Run(seed: seed, cases: cases)
        var fuzz = Fuzz(corpus: corpus, random: Random(seed: seed))
        return run.properties() && fuzz.run(policies: cases / 10, comments: cases / 10)
    }
}
