package dev.lookaside.security.rights;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody is to the system. */
public enum Role {
  /** Picks, subscribes, reports, and calls workers. */
  CLIENT,
  /** Registers itself, and serves. */
  WORKER,
  /** Looks at everything, and decides: who is drained, and how picks are made. */
  OPERATOR,
  /** Reads metrics. */
  METRICS,
  /** Follows the load of workers, and registers itself as a balancer. */
  BALANCER;

  /** As policy files name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String word) {
    return Arrays.stream(values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "role is '"
                    + word
                    + "' (expected: one of "
                    + Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "))
                    + ")"));
  }
}
