import VisionKernels

extension FeatureSet {
    /// A loop over all descriptors of two pictures.
    typealias Kernel = (
        UnsafePointer<vk_features>?, UnsafePointer<vk_features>?, Float, UnsafePointer<vk_window>?,
        UnsafeMutablePointer<vk_match>?
    ) -> Int32

    /// Mutual nearest neighbours whose nearest reference is clearly nearer than the second.
    ///
    /// - Parameters:
    ///   - reference: The other picture's features of the same channel.
    ///   - ratio: Greatest ratio of the two distances (Lowe 2004).
    ///   - window: Limits on places along the straightened body, or `nil` to compare everything.
    ///   - limit: Only this many features of each, the first, are compared.
    ///   - kernel: The loop that does it.
    /// - Returns: Matches in the order of the query's features.
    func matches(
        with reference: FeatureSet, ratio: Float, window: vk_window? = nil, limit: Int = Int(VK_MOST_FEATURES),
        kernel: Kernel = vk_mutual_matches
    ) -> [vk_match] {
        withKernelFeatures(limit: limit) { query in
            reference.withKernelFeatures(limit: limit) { reference in
                [vk_match](unsafeUninitializedCapacity: Int(query.pointee.count)) { buffer, count in
                    guard var window else {
                        count = Int(kernel(query, reference, ratio, nil, buffer.baseAddress))
                        return
                    }
                    count = Int(kernel(query, reference, ratio, &window, buffer.baseAddress))
                }
            }
        }
    }

    private func withKernelFeatures<T>(limit: Int, _ body: (UnsafePointer<vk_features>) -> T) -> T {
        descriptors.blocks.withUnsafeBufferPointer { blocks in
            descriptors.squares.withUnsafeBufferPointer { squares in
                guard let strip else {
                    var features = vk_features(
                        blocks: blocks.baseAddress, squares: squares.baseAddress, along: nil, across: nil,
                        octave: nil, count: Int32(min(limit, descriptors.count)))
                    return body(&features)
                }
                return strip.along.withUnsafeBufferPointer { along in
                    strip.across.withUnsafeBufferPointer { across in
                        strip.octave.withUnsafeBufferPointer { octave in
                            var features = vk_features(
                                blocks: blocks.baseAddress, squares: squares.baseAddress, along: along.baseAddress,
                                across: across.baseAddress, octave: octave.baseAddress,
                                count: Int32(min(limit, descriptors.count)))
                            return body(&features)
                        }
                    }
                }
            }
        }
    }

    /// The features after the straightened body was turned by 180°.
    var turnedByHalf: FeatureSet {
        FeatureSet(keypoints: keypoints, descriptors: descriptors.turnedByHalf, strip: strip?.turnedByHalf)
    }
}
