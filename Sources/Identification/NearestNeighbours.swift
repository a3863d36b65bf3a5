import COpenBLAS

/// Unit-length descriptors as a row-major matrix of floats, ready for a matrix product.
struct DescriptorMatrix: Sendable {
    let rows: Int
    let values: [Float]

    init(_ features: FeatureSet) {
        let dimension = FeatureSet.dimension
        rows = features.keypoints.count
        values = [Float](unsafeUninitializedCapacity: rows * dimension) { buffer, initialised in
            features.descriptors.withUnsafeBufferPointer { bytes in
                for row in 0..<features.keypoints.count {
                    var squares: Int32 = 0
                    for index in row * dimension..<(row + 1) * dimension {
                        squares &+= Int32(bytes[index]) &* Int32(bytes[index])
                    }
                    let scale = 1 / max(Float(squares).squareRoot(), 1)
                    for index in row * dimension..<(row + 1) * dimension {
                        buffer.initializeElement(at: index, to: Float(bytes[index]) * scale)
                    }
                }
            }
            initialised = features.keypoints.count * dimension
        }
    }
}

/// A match counts where the second-best reference is at least this much further away (Lowe 2004: 0.8).
private let ratioLimit: Float = 0.8

/// Pairs in which each is the other's nearest neighbour and the query's second-nearest is clearly further away.
func mutualNeighbours(_ query: DescriptorMatrix, _ reference: DescriptorMatrix, channel: Int) -> [KeypointPair] {
    guard query.rows > 0, reference.rows > 1 else { return [] }
    let cosines = product(query, reference)
    var bestQuery = [Int32](repeating: -1, count: reference.rows)
    var bestQueryCosine = [Float](repeating: -2, count: reference.rows)
    var candidates: [KeypointPair] = []
    cosines.withUnsafeBufferPointer { cosines in
        for row in 0..<query.rows {
            var first = -1
            var firstCosine: Float = -2
            var secondCosine: Float = -2
            let start = row * reference.rows
            for column in 0..<reference.rows {
                let cosine = cosines[start + column]
                if cosine > firstCosine {
                    secondCosine = firstCosine
                    firstCosine = cosine
                    first = column
                } else if cosine > secondCosine {
                    secondCosine = cosine
                }
                if cosine > bestQueryCosine[column] {
                    bestQueryCosine[column] = cosine
                    bestQuery[column] = Int32(row)
                }
            }
            // For unit vectors the squared distance is 2 − 2 cos.
            if 1 - firstCosine < ratioLimit * ratioLimit * (1 - secondCosine) {
                candidates.append(KeypointPair(channel: channel, query: row, reference: first))
            }
        }
    }
    return candidates.filter { bestQuery[$0.reference] == Int32($0.query) }
}

private func product(_ query: DescriptorMatrix, _ reference: DescriptorMatrix) -> [Float] {
    let dimension = Int32(FeatureSet.dimension)
    return [Float](unsafeUninitializedCapacity: query.rows * reference.rows) { buffer, initialised in
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(query.rows), Int32(reference.rows), dimension, 1,
            query.values, dimension, reference.values, dimension, 0, buffer.baseAddress, Int32(reference.rows))
        initialised = query.rows * reference.rows
    }
}
