/// Floods over the pixels of a mask with four neighbours each.
struct ConnectedParts {
    let width: Int
    let height: Int
    private var queue: [Int] = []

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The connected parts with a value.
    ///
    /// - Parameters:
    ///   - value: The value of the parts' pixels.
    ///   - labels: Row-major values; those visited become 0.
    /// - Returns: Indices of the largest part's pixels, the number of the second largest's and of all parts'.
    mutating func sizes(of value: UInt8, in labels: inout [UInt8]) -> (largest: [Int], second: Int, total: Int) {
        var (largest, second, total): ([Int], Int, Int) = ([], 0, 0)
        for start in labels.indices where labels[start] == value {
            flood(from: [start], value: value, to: 0, in: &labels)
            total += queue.count
            second = max(second, min(queue.count, largest.count))
            if queue.count > largest.count { largest = queue }
        }
        return (largest, second, total)
    }

    /// Sizes in pixels of all connected parts with a value, in reading order; those visited become 0.
    mutating func allSizes(of value: UInt8, in labels: inout [UInt8]) -> [Int] {
        var sizes: [Int] = []
        for start in labels.indices where labels[start] == value {
            flood(from: [start], value: value, to: 0, in: &labels)
            sizes.append(queue.count)
        }
        return sizes
    }

    /// Sets to 255 every 0 that no way over zeros joins to the border, but for the holes to be kept open.
    ///
    /// - Parameters:
    ///   - values: 0 outside, 255 inside.
    ///   - isOpen: Tells of a hole's places whether one sees through it.
    mutating func fillHoles(_ values: inout [UInt8], unless isOpen: ([Int]) -> Bool) {
        var border: [Int] = []
        for x in 0..<width { border += [x, (height - 1) * width + x] }
        for y in 0..<height { border += [y * width, (y + 1) * width - 1] }
        flood(from: border, value: 0, to: 1, in: &values)
        for start in values.indices where values[start] == 0 {
            flood(from: [start], value: 0, to: 2, in: &values)
            if isOpen(queue) { for index in queue { values[index] = 1 } }
        }
        for index in values.indices { values[index] = values[index] == 1 ? 0 : 255 }
    }

    private mutating func flood(from starts: [Int], value: UInt8, to replacement: UInt8, in values: inout [UInt8]) {
        queue.removeAll(keepingCapacity: true)
        let (width, height) = (width, height)
        values.withUnsafeMutableBufferPointer { values in
            func visit(_ index: Int) {
                guard values[index] == value else { return }
                values[index] = replacement
                queue.append(index)
            }
            for start in starts { visit(start) }
            var next = 0
            while next < queue.count {
                let index = queue[next]
                next += 1
                let x = index % width
                if x > 0 { visit(index - 1) }
                if x < width - 1 { visit(index + 1) }
                if index >= width { visit(index - width) }
                if index < (height - 1) * width { visit(index + width) }
            }
        }
    }
}
