package mutirao.platform.projection;

/// What a rebuild does when its table differs from the serving one.
public enum OnDifference {
    /// It replaces the serving table.
    SWAP,
    /// It fails and leaves the serving table: an unchanged definition that gives other rows is a bug worth seeing.
    STOP
}
