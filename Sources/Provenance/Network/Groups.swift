/// Things that belong together, each group known by a leader.
struct Groups {
    private var leaders: [Int]

    init(_ count: Int) { leaders = Array(0..<count) }

    mutating func leader(of one: Int) -> Int {
        var one = one
        while leaders[one] != one {
            leaders[one] = leaders[leaders[one]]
            one = leaders[one]
        }
        return one
    }

    mutating func put(_ leader: Int, under other: Int) { leaders[leader] = other }
}
