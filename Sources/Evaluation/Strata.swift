/// Divides mated searches by the interval, the photograph's quality and the number of reference photographs.
func strata(of mated: [Search], misses: [Double]?) -> [Stratum] {
    let searches = mated.enumerated().map { (search: $1, miss: misses?[$0]) }
    func rows(_ by: String, _ parts: [(name: String, holds: (SearchResult) -> Bool)]) -> [Stratum] {
        parts.compactMap { part in
            let inside = searches.filter { part.holds($0.search.result) }
            guard let top1 = average(inside.map(\.search.top1)) else { return nil }
            return Stratum(
                by: by, stratum: part.name, probes: inside.count, animals: Set(inside.map(\.search.animal)).count,
                top1: top1, fnir: misses == nil ? nil : average(inside.compactMap(\.miss)))
        }
    }
    return rows("months", monthParts(mated)) + rows("quality", qualityParts(mated))
        + rows(
            "reference photos",
            [
                ("1", { $0.referencePhotosOfAnimal == 1 }),
                ("2–4", { (2...4).contains($0.referencePhotosOfAnimal) }),
                ("5 or more", { $0.referencePhotosOfAnimal >= 5 }),
            ])
}

/// 0–3 months, 3–12 months, 1–3 years and more; where one of them holds everything, each number of months by itself.
private func monthParts(_ mated: [Search]) -> [(name: String, holds: (SearchResult) -> Bool)] {
    let limits = [
        ("0–3 months", 0.0, 3.0), ("3–12 months", 3, 12), ("1–3 years", 12, 36), ("over 3 years", 36, .infinity),
    ]
    let known = Set(mated.compactMap(\.result.months)).sorted()
    let used = limits.filter { _, low, high in known.contains { $0 >= low && $0 < high } }
    if used.count == 1, (2...6).contains(known.count) {
        return known.map { months in
            let number = months == months.rounded() ? String(Int(months)) : String(months)
            return ("\(number) month\(months == 1 ? "" : "s")", { $0.months == months })
        }
    }
    return limits.map { name, low, high in
        (name, { result in result.months.map { $0 >= low && $0 < high } ?? false })
    }
}

/// Thirds of the photographs by quality; equal values stay together.
private func qualityParts(_ mated: [Search]) -> [(name: String, holds: (SearchResult) -> Bool)] {
    let sorted = mated.compactMap(\.result.quality).sorted()
    guard sorted.count >= 3 else { return [] }
    let low = sorted[sorted.count / 3]
    let high = sorted[sorted.count * 2 / 3]
    return [
        ("lowest third", { result in result.quality.map { $0 < low } ?? false }),
        ("middle third", { result in result.quality.map { $0 >= low && $0 < high } ?? false }),
        ("highest third", { result in result.quality.map { $0 >= high } ?? false }),
    ]
}
