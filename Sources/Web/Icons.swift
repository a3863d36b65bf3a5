/// The drawings of the pages; each differs in shape, so that colour is never alone.
enum Icon: Sendable {
    case matched, undecided, unknown, unusable, failed, waiting, camera, place
}

/// A drawing as inline SVG of 24 × 24 units in the colour of the text.
func icon(_ icon: Icon) -> HTML {
    let shapes: HTML =
        switch icon {
        case .matched: "<circle cx='12' cy='12' r='10'/><path d='M7 12.5l3.5 3.5L17 9'/>"
        case .undecided: "<path d='M3 8h13l-3-3M21 16H8l3 3'/>"
        case .unknown:
            "<circle cx='12' cy='12' r='10'/><path d='M9.2 9.2a2.9 2.9 0 1 1 4 2.7c-.8.4-1.2 1-1.2 2M12 17v.2'/>"
        case .unusable:
            "<path d='M4 8h3l2-3h6l2 3h3v11H4zM3 3l18 18'/><circle cx='12' cy='13' r='3.5'/>"
        case .failed: "<path d='M12 3l10 18H2zM12 10v5M12 17.8v.2'/>"
        case .waiting: "<circle cx='12' cy='12' r='10'/><path d='M12 6v6l4 2'/>"
        case .camera: "<path d='M4 8h3l2-3h6l2 3h3v11H4z'/><circle cx='12' cy='13' r='3.5'/>"
        case .place:
            "<path d='M12 22c5-6 7-9.500 7-12.500a7 7 0 0 0-14 0C5 12.500 7 16 12 22z'/><circle cx='12' cy='9.500' r='2.500'/>"
        }
    return "<svg class='icon' viewBox='0 0 24 24' aria-hidden='true'>\(shapes)</svg>"
}
