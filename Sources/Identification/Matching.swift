import VisionKernels

extension FeatureSet {
    /// Nearest neighbours whose nearest reference is nearer than a fraction of the second nearest.
    ///
    /// - Parameters:
    ///   - reference: The other picture's features of the same channel.
    ///   - ratio: Greatest ratio of the two distances (Lowe 2004); 1 lets every neighbour through.
    ///   - window: Limits on places along the straightened body, or `nil` to compare everything.
    ///   - limit: Only this many features of each, the first, are compared.
    ///   - variant: How the kernel runs.
    /// - Returns: Matches in the order of the query's features.
    func matches(
        with reference: FeatureSet, ratio: Float, window: vk_window? = nil, limit: Int = Int(VK_MOST_FEATURES),
        variant: vk_variant = fastestVariant
    ) -> [vk_match] {
        withKernelFeatures(limit: limit) { query in
            reference.withKernelFeatures(limit: limit) { reference in
                [vk_match](unsafeUninitializedCapacity: Int(query.pointee.count)) { buffer, count in
                    guard var window else {
                        count = Int(vk_matches(variant, query, reference, ratio, nil, buffer.baseAddress))
                        return
                    }
                    count = Int(vk_matches(variant, query, reference, ratio, &window, buffer.baseAddress))
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

/// The fastest way to run the kernel on this processor.
private let fastestVariant = vk_fastest()
