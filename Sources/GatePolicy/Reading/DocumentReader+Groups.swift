extension DocumentReader {
    /// `groups:`.
    mutating func groups(_ entry: DocumentNode.Entry?) {
        guard let entry,
            let list = named(
                entry.value, key: "groups", each: "a group is a name and its people: `leads: managers | ceo`")
        else { return }
        for group in list {
            let name = group.key.string
            if Vocabulary.reserved.contains(name) || name == "policy" {
                error(
                    group.key.span, "`\(name)` is a word of the language and cannot name a group",
                    hint: "give the group another name")
                continue
            }
            if case .list = group.value.content {
                error(
                    group.value.span, "the people of a group stand in one text, not in a list",
                    hint: "join them: `\(Quotation.visible(name, limit: 40)): '@alice | @bob'`")
                expressions.groups.states[name] = .read(nil)
                continue
            }
            guard isName(group.key, "a group"), let text = text(group.value, of: name) else { continue }
            guard let expression = expressions.parse(text, as: .people) else {
                expressions.groups.states[name] = .read(nil)
                continue
            }
            expressions.groups.states[name] = .unread(expression)
            groupPlaces.append((name, group.key.span))
        }
        expressions.groups.close()
        // What nothing asks for is read as well: its mistakes are told.
        expressions.readAllGroups(groupPlaces)
    }

    /// Groups that nothing in the file asks for, now that everything has been read.
    mutating func checkGroups() {
        // What could not be read may ask for any of them.
        if diagnostics.contains(where: { $0.severity == .error }) { return }
        let used = expressions.groups.used
        for place in groupPlaces where !used.contains(place.name) {
            let users = expressions.groups.users(of: place.name)
            warning(
                place.span,
                users.isEmpty
                    ? "nothing uses the group `\(place.name)`"
                    : "the group `\(place.name)` is only in \(Quotation.list(users, "and")), and nothing uses that",
                hint: "take it away; a group is known only in the file that wrote it")
        }
    }
}
