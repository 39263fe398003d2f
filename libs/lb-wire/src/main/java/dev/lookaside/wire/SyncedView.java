package dev.lookaside.wire;

/**
 * Which state of the registry a table reflects, so that tables of different balancers can be
 * compared.
 *
 * @param registry which registry; compared for equality only
 * @param revision the table reflects the registry at least up to here
 * @param ageMillis how long ago the registry last confirmed that nothing has changed since
 */
public record SyncedView(String registry, long revision, int ageMillis) {

  public SyncedView {
    if (registry.isEmpty() || revision <= 0 || ageMillis < 0) {
      throw new IllegalArgumentException(
          "view is of registry '%s' at revision %d, %d ms ago (expected: a name, above 0, at least 0)"
              .formatted(registry, revision, ageMillis));
    }
  }

  /** Whether the other view is of the same registry. */
  public boolean isComparableTo(SyncedView other) {
    return registry.equals(other.registry);
  }

  /** Whether to go from the other view to this one would be to go back. */
  public boolean isOlderThan(SyncedView other) {
    return isComparableTo(other) && revision < other.revision;
  }
}
