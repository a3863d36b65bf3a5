public import Registry

/// One page of records in the order they were made.
public struct Page<Record: Sendable>: Sendable {
    /// The records, oldest first.
    public let items: [Record]
    /// What to ask for the next page after; `nil` on the last page.
    public let next: Identifier<Record>?

    /// Cuts a page out of a query that asked for one row more than `limit`.
    init(_ rows: [Record], limit: Int, id: (Record) -> Identifier<Record>) {
        items = Array(rows.prefix(limit))
        next = rows.count > limit ? items.last.map(id) : nil
    }

    /// The page sizes that are served; anything else is taken as the nearest of them.
    static func bounded(_ limit: Int) -> Int { min(max(limit, 1), 1000) }
}

/// A record that was asked to be added, and whether it had to be.
public struct Added<Record: Sendable>: Sendable {
    /// What became of the request.
    public enum Change: String, Sendable {
        /// The record is new.
        case created
        /// The agency had submitted the same before.
        case existing
        /// The same request came before; this is the record it led to.
        case replayed
    }

    /// The record.
    public let record: Record
    /// What became of the request.
    public let change: Change

    /// A record with what became of the request.
    public init(_ record: Record, _ change: Change) {
        self.record = record
        self.change = change
    }
}
