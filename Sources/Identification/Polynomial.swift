/// A polynomial fitted by least squares.
struct Polynomial {
    /// Coefficients by rising power.
    let coefficients: [Double]

    /// Fits values at places, which should span −1 … 1 so that the powers stay apart.
    ///
    /// - Returns: `nil` where the places do not determine the polynomial.
    init?(fitting samples: [(place: Double, value: Double)], degree: Int) {
        let count = degree + 1
        // Normal equations, with the right-hand side as the last column.
        var rows = [[Double]](repeating: [Double](repeating: 0, count: count + 1), count: count)
        for sample in samples {
            var powers = [1.0]
            for _ in 0..<degree { powers.append(powers[powers.count - 1] * sample.place) }
            for row in 0..<count {
                for column in 0..<count { rows[row][column] += powers[row] * powers[column] }
                rows[row][count] += powers[row] * sample.value
            }
        }
        guard let solution = solved(rows) else { return nil }
        coefficients = solution
    }

    private func value(at place: Double) -> Double { coefficients.reversed().reduce(0) { $0 * place + $1 } }

    private func slope(at place: Double) -> Double {
        coefficients.enumerated().dropFirst().reversed().reduce(0) { $0 * place + Double($1.offset) * $1.element }
    }

    /// The value, drawn on along the tangent beyond a limit, where a polynomial runs away.
    func extended(to place: Double, straightBeyond limit: Double) -> Double {
        let inner = min(max(place, -limit), limit)
        return value(at: inner) + slope(at: inner) * (place - inner)
    }
}

/// Solves a small system of linear equations by Gaussian elimination with pivots.
///
/// - Parameter system: n rows of n coefficients and a right-hand side.
/// - Returns: `nil` where the equations do not determine the unknowns.
func solved(_ system: [[Double]]) -> [Double]? {
    var rows = system
    let count = rows.count
    for column in 0..<count {
        guard let pivot = (column..<count).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
            abs(rows[pivot][column]) > 1e-12
        else { return nil }
        rows.swapAt(column, pivot)
        for row in 0..<count where row != column {
            let factor = rows[row][column] / rows[column][column]
            for index in column...count { rows[row][index] -= factor * rows[column][index] }
        }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
}
