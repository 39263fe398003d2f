package dev.lookaside.core.policy;

import java.util.List;

/**
 * What a caller asks of a pick.
 *
 * @param excludedIds endpoints that must not be picked; few, so a list is scanned
 */
public record PickRequest(List<String> excludedIds) {

  /** Any endpoint will do. */
  public static final PickRequest ANY = new PickRequest(List.of());

  public PickRequest {
    excludedIds = List.copyOf(excludedIds);
  }
}
