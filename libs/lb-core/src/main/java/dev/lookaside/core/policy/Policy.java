package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadView;

/**
 * A way to choose, for one service.
 *
 * <p>It lives as long as the service uses it and carries over what must outlast a table, such as a
 * rotation's place.
 */
public interface Policy {

  /** The name by which users choose it, such as {@code rr}. */
  String name();

  /**
   * A picker over these candidates. Called by one thread at a time; the pickers it made before may
   * still be in use.
   */
  Picker newPicker(Candidates candidates);

  /** A policy of the same kind that knows nothing yet; itself, if it never keeps anything. */
  default Policy fresh() {
    return this;
  }

  /** How picks spread over endpoints that are equally loaded. */
  default Spread spread() {
    return Spread.EVENLY;
  }

  /** A picker over these endpoints. */
  default Picker newPicker(EndpointTable table, LoadView loads) {
    return newPicker(new Candidates(table, loads));
  }
}
