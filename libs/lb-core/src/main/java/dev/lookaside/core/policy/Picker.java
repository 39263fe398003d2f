package dev.lookaside.core.policy;

import java.util.List;

/**
 * Picks from one snapshot of endpoints.
 *
 * <p>Safe for any number of threads; never blocks and allocates nothing.
 */
public interface Picker {

  PickResult pick(PickArgs request);

  /**
   * What a pick would decide now, and from what it follows. Nothing is counted or sent; it may
   * allocate.
   *
   * @param seed where chance comes from
   */
  Explained explain(PickArgs request, long seed);

  /** The endpoints from most to least wanted, as {@link #explain} has them. */
  default List<RankedEndpoint> rank(PickArgs request) {
    return explain(request, 0).ranking();
  }
}
