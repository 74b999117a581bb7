/// What the YAML of a home-made checklist gate says.
struct Checklist {
    /// One of `items`.
    struct Item {
        var slug: String
        var line: Int
        var number: Int?
        var marker: String?
        var description: String?
        var teams: [String]
        var highRiskTeams: [String]
    }

    /// One of `n/a_gates`.
    struct Waivable {
        var name: String
        var line: Int
        var teams: [String]
        var description: String?
    }

    var items: [Item] = []
    var waivables: [Waivable] = []
    var highRiskLabels: [String] = []
    var highRiskLine = 0
    var softLabels: [String] = []
    var hardLabels: [String] = []
    var isSoftByDefault = false
    var modeLine: Int?
}
