import COpenBLAS

/// Small dense matrices for the learning: row-major rows of equal length.
enum LinearAlgebra {
    // Matrices of a few hundred rows gain nothing from threads, and threads would reorder sums.
    private static let oneThread: Void = openblas_set_num_threads(1)

    /// `Xᵀ diag(w) X` of rows with weights.
    ///
    /// - Parameters:
    ///   - rows: `weights.count` rows of `columns` numbers, one after another.
    ///   - columns: Numbers in a row.
    ///   - weights: One for each row, at least 0.
    /// - Returns: `columns` × `columns` numbers, symmetric.
    static func gram(_ rows: [Double], columns: Int, weights: [Double]) -> [Double] {
        _ = oneThread
        var scaled = rows
        scaled.withUnsafeMutableBufferPointer { scaled in
            var index = 0
            for weight in weights {
                let end = index + columns
                while index < end {
                    scaled[index] *= weight
                    index += 1
                }
            }
        }
        var result = [Double](repeating: 0, count: columns * columns)
        let (n, d) = (Int32(weights.count), Int32(columns))
        guard n > 0, d > 0 else { return result }
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, d, d, n, 1, scaled, d, rows, d, 0, &result, d)
        return result
    }

    /// `X v` of rows and a vector.
    static func product(_ rows: [Double], columns: Int, _ vector: [Double]) -> [Double] {
        _ = oneThread
        let count = columns > 0 ? rows.count / columns : 0
        var result = [Double](repeating: 0, count: count)
        guard count > 0 else { return result }
        cblas_dgemv(
            CblasRowMajor, CblasNoTrans, Int32(count), Int32(columns), 1, rows, Int32(columns), vector, 1, 0, &result, 1
        )
        return result
    }

    /// `X M` of rows and a matrix.
    ///
    /// - Parameters:
    ///   - rows: Rows of `columns` numbers.
    ///   - columns: Numbers in a row.
    ///   - matrix: `columns` rows of `outputs` numbers.
    ///   - outputs: Numbers in a row of the matrix.
    /// - Returns: As many rows of `outputs` numbers.
    static func product(_ rows: [Double], columns: Int, _ matrix: [Double], outputs: Int) -> [Double] {
        _ = oneThread
        let count = columns > 0 ? rows.count / columns : 0
        var result = [Double](repeating: 0, count: count * outputs)
        guard count > 0, outputs > 0 else { return result }
        let (n, d, m) = (Int32(count), Int32(columns), Int32(outputs))
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, m, d, 1, rows, d, matrix, m, 0, &result, m)
        return result
    }

    /// `Xᵀ v` of rows and a number for each.
    static func transposedProduct(_ rows: [Double], columns: Int, _ vector: [Double]) -> [Double] {
        _ = oneThread
        var result = [Double](repeating: 0, count: columns)
        guard columns > 0, !vector.isEmpty else { return result }
        cblas_dgemv(
            CblasRowMajor, CblasTrans, Int32(vector.count), Int32(columns), 1, rows, Int32(columns), vector, 1, 0,
            &result, 1)
        return result
    }

    /// Solves a symmetric positive definite system.
    ///
    /// - Returns: The solutions, one after another; `nil` where the matrix is not positive definite.
    static func solved(_ matrix: [Double], _ rightSides: [Double], count: Int) -> [Double]? {
        _ = oneThread
        guard count > 0 else { return rightSides }
        var (factors, result) = (matrix, rightSides)
        let info = lapack_solve_positive_definite(Int32(count), Int32(rightSides.count / count), &factors, &result)
        return info == 0 ? result : nil
    }

    /// Adds numbers to as many others.
    static func add(_ numbers: [Double], to sums: inout [Double]) {
        cblas_daxpy(Int32(sums.count), 1, numbers, 1, &sums, 1)
    }

    /// The inverse of a symmetric positive definite matrix; `nil` where it is not.
    static func inverse(_ matrix: [Double], count: Int) -> [Double]? {
        var unity = [Double](repeating: 0, count: count * count)
        for place in 0..<count { unity[place * count + place] = 1 }
        return solved(matrix, unity, count: count)
    }

    /// `vᵀ A v` of a symmetric matrix.
    static func quadratic(_ matrix: [Double], _ vector: [Double]) -> Double {
        let image = product(matrix, columns: vector.count, vector)
        return zip(image, vector).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
