package dev.lookaside.limits;

import java.util.Locale;

/** What a peer can have too much of. */
public enum Limit {
  CONNECTIONS,
  CONNECTIONS_PER_ADDRESS,
  CALLS,
  CALLS_PER_ADDRESS,
  MESSAGE_BYTES,
  MESSAGE_BYTES_PER_ADDRESS,
  MESSAGE_BYTES_PER_CONNECTION,
  PATIENCE,
  RESETS,
  HEALTH_WATCHES,
  LOAD_STREAMS,
  SUBSCRIPTIONS,
  UNSENT_BYTES,
  TASKS;

  /** Its name in metrics. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
