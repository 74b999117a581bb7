/// What the server says of itself.
enum ServerRoutes {
    static let all: [Route] = [
        Route("GET", "/version") { world, _ in .json(200, ["version": .string(world.version.text)]) },
        Route("GET", "/settings/api") { _, _ in
            .json(
                200,
                [
                    "max_response_items": .int(Page.maximum), "default_paging_num": .int(Page.standard),
                    "default_git_trees_per_page": 1000, "default_max_blob_size": 10_485_760,
                ])
        },
    ]
}
