/// Why a file is not a usable photograph.
public enum ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No bytes at all.
    case empty
    /// Not a JPEG, PNG or HEIC file.
    case unrecognised
    /// The file ends before the picture does.
    case truncated
    /// The file contradicts its format; the text says where.
    case corrupt(String)
    /// The file is larger than the limit, in bytes.
    case tooManyBytes(Int, limit: Int)
    /// The header announces more pixels than the limit.
    case tooManyPixels(Int, limit: Int)
    /// The header announces a side longer than the limit, in pixels.
    case sideTooLong(Int, limit: Int)
    /// A side is shorter than the limit, in pixels.
    case tooSmall(width: Int, height: Int, limit: Int)
    /// A valid file of a kind that is not read; the text says which.
    case unsupported(String)

    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .empty: "The file is empty: send it again."
        case .unrecognised: "The file is not a JPEG, PNG or HEIC photograph, whatever its name says: send the original."
        case .truncated: "The photograph is cut off, its end is missing: send it again."
        case .corrupt(let detail): "The photograph is damaged (\(detail)): send the original again."
        case .tooManyBytes(let count, let limit):
            "The file has \(count) bytes, more than the \(limit) allowed: send a smaller one."
        case .tooManyPixels(let count, let limit):
            "The picture has \(count) pixels, more than the \(limit) allowed: send a smaller one."
        case .sideTooLong(let side, let limit):
            "A side of the picture is \(side) pixels long, more than the \(limit) allowed: send a smaller one."
        case .tooSmall(let width, let height, let limit):
            "The picture has \(width) × \(height) pixels and each side needs \(limit): send the original."
        case .unsupported(let detail): "The picture cannot be read (\(detail)): send it as JPEG, PNG or HEIC."
        }
    }
}
