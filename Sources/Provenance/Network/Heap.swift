/// Nodes by rising cost.
struct Heap {
    private var items: [(cost: Double, node: Int)] = []

    mutating func push(_ cost: Double, _ node: Int) {
        items.append((cost, node))
        var index = items.count - 1
        while index > 0, items[index].cost < items[(index - 1) / 2].cost {
            items.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func pop() -> (cost: Double, node: Int)? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < items.count && items[child].cost < items[least].cost {
                least = child
            }
            guard least != index else { return first }
            items.swapAt(index, least)
            index = least
        }
    }
}
