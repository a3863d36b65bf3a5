import OpenCVBridge

/// A step of identification that could not be done.
public enum IdentificationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// OpenCV refused a step: which, and its reason.
    case vision(step: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .vision(let step, let reason):
            "OpenCV failed in \(step): \(reason). Check the installation with `andrias doctor`."
        }
    }
}

func vision(_ step: String, _ call: () -> Int32) throws(IdentificationError) {
    guard call() == 0 else {
        throw .vision(step: step, reason: String(cString: cv_bridge_last_error()))
    }
}
