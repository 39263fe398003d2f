package dev.lookaside.lb.explain;

import dev.lookaside.core.endpoint.Endpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * One endpoint of an explanation.
 *
 * @param place in the order that rules count in, from 0 on; -1 if it was no candidate
 * @param standing whether it could be picked, and if not why
 * @param reason why it stands where it does, in words
 * @param values what the rule looked at, by name
 * @param load the report that they come from, if one is believed
 */
public record Considered(
    Endpoint endpoint,
    int place,
    String standing,
    String reason,
    SortedMap<String, Double> values,
    Optional<LoadStatus> load,
    OptionalDouble inFlight,
    Optional<Duration> latency) {
  public static final String OPEN = "open";
  public static final String EXCLUDED = "excluded";
  public static final String AT_CEILING = "at_ceiling";
}
