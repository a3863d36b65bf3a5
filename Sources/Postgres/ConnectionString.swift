import CLibPQ

/// Reads libpq's connection strings.
enum ConnectionString {
    /// Whether libpq understands it.
    static func check(_ text: String) throws(PostgresError) {
        var problem: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &problem) else {
            // libpq's message may repeat the string, password and all.
            PQfreemem(problem)
            throw PostgresError(
                .configuration,
                "The database address cannot be read. It looks like postgres://user@host:5432/database.")
        }
        PQconninfoFree(options)
    }

    /// Host and database in words.
    static func summary(_ text: String) -> String {
        guard let options = PQconninfoParse(text, nil) else { return "unreadable address" }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return "\(values["dbname"] ?? "default database") on \(values["host"] ?? "default host")"
    }
}
