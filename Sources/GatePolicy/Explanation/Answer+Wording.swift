extension Answer {
    /// What the description says to an ask, in a few words.
    func wording(_ ask: Ask?) -> String {
        let asked = Quotation.inline(ask?.description ?? "", limit: 80)
        switch self {
        case .notAsked: return "not answered: \(asked) begins no line of the description"
        case .empty: return "not answered: nothing follows \(asked) in the description"
        case .template: return "not answered: under \(asked) stands only the template's text"
        case .given: return "answered"
        case .unknown: return "whether \(asked) is answered is not known"
        }
    }
}
