import GatePolicy
import Synchronization

/// Policies that were put together before: the same texts at the same places always make the same one, so that each is
/// read once and not for every event.
final class ComposedPolicies: Sendable {
    /// Everything that a policy is made of.
    struct Ingredients: Hashable, Sendable {
        private struct Text: Hashable {
            var place: PolicyFilePlace
            var file: ExactText
            var digest: String
            var doubt: ExactText?
            /// Its commit and path; nil where no other file could be the same one.
            var identity: ExactText?

            init(_ text: PolicyText, _ place: PolicyFilePlace, isAlone: Bool = false) {
                self.place = place
                (file, digest) = (ExactText(text.file), text.digest)
                doubt = text.doubt.map { ExactText($0) }
                identity = isAlone ? nil : ExactText(text.identity)
            }
        }

        private let repository: RepositoryName
        private let role: PolicyFileRole
        private let own: Text
        private let organization: Text?
        private let included: Set<Text>
        fileprivate let bytes: Int

        /// - Returns: nil where not every file is at hand.
        init?(
            _ text: PolicyText, at place: PolicyFilePlace, role: PolicyFileRole, of repository: RepositoryName,
            beside organization: (text: PolicyText, place: PolicyFilePlace)?,
            _ answers: [PolicyFilePlace: PolicyFileAnswer]
        ) {
            var included: [(text: PolicyText, place: PolicyFilePlace)] = []
            for (place, answer) in answers {
                guard case .text(let text) = answer else { return nil }
                included.append((text, place))
            }
            (self.repository, self.role) = (repository, role)
            own = Text(text, place, isAlone: organization == nil && included.isEmpty)
            self.organization = organization.map { Text($0.text, $0.place) }
            self.included = Set(included.map { Text($0.text, $0.place) })
            let others = included.map(\.text) + [organization?.text].compactMap(\.self)
            bytes = others.reduce(text.bytes.count) { $0 + $1.bytes.count }
        }
    }

    /// Bytes of texts that are kept; when there are more, all are forgotten.
    static let maximumBytes = 512 * 1024

    private let known = Mutex<(compositions: [Ingredients: PolicyComposition], bytes: Int)>(([:], 0))

    /// What they make, put together now if they never were.
    func composition(
        of ingredients: Ingredients?, _ compose: @escaping @Sendable () -> PolicyComposition
    ) async -> PolicyComposition {
        guard let ingredients else { return await Evaluating.apart(compose) }
        if let composition = known.withLock({ $0.compositions[ingredients] }) { return composition }
        let composition = await Evaluating.apart(compose)
        known.withLock { known in
            if known.bytes + ingredients.bytes > Self.maximumBytes { known = ([:], 0) }
            if known.compositions.updateValue(composition, forKey: ingredients) == nil {
                known.bytes += ingredients.bytes
            }
        }
        return composition
    }
}
