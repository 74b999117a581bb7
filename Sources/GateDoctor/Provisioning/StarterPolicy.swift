/// The policy that a repository without one is offered.
enum StarterPolicy {
    static let branch = "countersign/starter-policy"
    static let title = "Add review gates"
    static let path = ".countersign.yml"

    static let text = """
        # Who must look at a pull request before it may be merged. See the policy reference for everything else.
        version: 1
        gates:
          review:
            description: Somebody else who may write this code has looked at it
            require: writers

        """
}
