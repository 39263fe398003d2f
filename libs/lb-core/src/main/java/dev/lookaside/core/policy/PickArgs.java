package dev.lookaside.core.policy;

import java.util.List;
import java.util.Optional;

/**
 * What a caller asks of a pick.
 *
 * @param excludedIds endpoints that must not be picked; few, so a list is scanned
 * @param affinityKey requests of the same key belong together; only policies with affinity look at
 *     it
 */
public record PickArgs(List<String> excludedIds, Optional<String> affinityKey) {

  /** Any endpoint will do. */
  public static final PickArgs ANY = new PickArgs(List.of());

  public PickArgs {
    excludedIds = List.copyOf(excludedIds);
  }

  public PickArgs(List<String> excludedIds) {
    this(excludedIds, Optional.empty());
  }
}
