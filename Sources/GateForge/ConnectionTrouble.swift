/// One of the usual failures of a connection; the errors for them belong to libraries that this one does not name.
struct ConnectionTrouble {
    /// What the library's error says of itself.
    let sign: String
    /// The same in plain words.
    let words: String
    /// What an administrator can do about it.
    let cure: String

    static let all =
        connecting + [
            ConnectionTrouble(
                sign: "CERTIFICATE_VERIFY_FAILED",
                words: "its certificate is not signed by an authority that is trusted",
                cure:
                    "let `forge.ca_file` name a file with the certificate of the authority that signed the forge's, if "
                    + "that is who answers at the forge's address"),
            ConnectionTrouble(
                sign: "failedToValidateHostname", words: "its certificate is for another name",
                cure: "write the forge's address with a name that its certificate is for"),
            ConnectionTrouble(
                sign: "WRONG_VERSION_NUMBER", words: "it does not speak TLS there",
                cure: "write the forge's address with `http://`, or with the port on which it speaks TLS"),
            ConnectionTrouble(
                sign: "Connection reset", words: "the connection was reset",
                cure: "check the forge's address, its port, and what is between here and there"),
        ]

    /// Those of making a connection.
    static let connecting = [
        refused(by: "Connection refused"), refused(by: "errno: 111)"),
        ConnectionTrouble(
            sign: "No route to host", words: "there is no route to it",
            cure: "check the forge's address, and the network between here and there"),
        ConnectionTrouble(
            sign: "UnknownHost", words: "its name cannot be resolved",
            cure: "check the name in the forge's address, and what resolves names on this machine"),
    ]

    private static func refused(by sign: String) -> ConnectionTrouble {
        ConnectionTrouble(
            sign: sign, words: "the connection was refused",
            cure: "check the forge's address and its port, and that the forge runs")
    }
}
