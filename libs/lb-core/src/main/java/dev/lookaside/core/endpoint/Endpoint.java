package dev.lookaside.core.endpoint;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Printable;
import dev.lookaside.core.check.Require;
import java.util.Map;

/**
 * One instance of a service, as it registered itself.
 *
 * @param service the name of the service, 1 to 128 characters without a slash
 * @param id unique among the endpoints of the service, 1 to 128 characters without a slash
 * @param address where clients connect
 * @param locality where it runs
 * @param weight the operator's share factor, 0 or a thousandth to a million; 1 is neutral
 * @param capacity how many requests it can serve at once without queueing, a thousandth to a
 *     billion
 * @param state whether it takes new calls
 * @param incarnation changes each time the process starts; compared for equality only; up to 128
 *     printable characters
 * @param attributes what else it said, such as its version; shown, never interpreted by a policy
 */
public record Endpoint(
    String service,
    String id,
    Address address,
    Locality locality,
    double weight,
    double capacity,
    EndpointState state,
    String incarnation,
    Map<String, String> attributes) {

  public static final int MAX_NAME_LENGTH = 128;
  public static final double MIN_WEIGHT = 0.001;
  public static final double MAX_WEIGHT = 1e6;
  public static final double MIN_CAPACITY = 0.001;
  public static final double MAX_CAPACITY = 1e9;

  /** What a character becomes that the charset of this process does not have. */
  private static final char UNREADABLE = '\ufffd';

  public Endpoint {
    requireName("service", service);
    requireName("id", id);
    requireNonNull(address, "address");
    requireNonNull(locality, "locality");
    requireNonNull(state, "state");
    requireText("incarnation", incarnation);
    Require.that(
        weight == 0 || (weight >= MIN_WEIGHT && weight <= MAX_WEIGHT),
        "weight of endpoint " + id,
        weight,
        "0, or " + MIN_WEIGHT + " to " + MAX_WEIGHT);
    Require.that(
        capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY,
        "capacity of endpoint " + id,
        capacity,
        MIN_CAPACITY + " to " + MAX_CAPACITY);
    attributes = Map.copyOf(attributes);
  }

  /** A READY endpoint of weight 1 and capacity 1 in no particular place. */
  public static Endpoint of(String service, String id, Address address) {
    return new Endpoint(
        service, id, address, Locality.UNSPECIFIED, 1, 1, EndpointState.READY, "", Map.of());
  }

  /** Whether it may get new calls at all: neither draining nor weighted to nothing. */
  public boolean takesCalls() {
    return state == EndpointState.READY && weight > 0;
  }

  public Endpoint withState(EndpointState newState) {
    return new Endpoint(
        service, id, address, locality, weight, capacity, newState, incarnation, attributes);
  }

  public Endpoint withWeight(double newWeight) {
    return new Endpoint(
        service, id, address, locality, newWeight, capacity, state, incarnation, attributes);
  }

  public Endpoint withCapacity(double newCapacity) {
    return new Endpoint(
        service, id, address, locality, weight, newCapacity, state, incarnation, attributes);
  }

  public Endpoint withIncarnation(String newIncarnation) {
    return new Endpoint(
        service, id, address, locality, weight, capacity, state, newIncarnation, attributes);
  }

  /** Throws unless this fits into one line of a log: up to 128 printable characters. */
  static void requireText(String what, String text) {
    requireNonNull(text, what);
    Require.that(
        text.length() <= MAX_NAME_LENGTH && Printable.isPlain(text),
        what,
        text,
        "up to 128 printable characters");
  }

  /**
   * Throws unless {@code name} can name a service or an endpoint: 1 to 128 printable characters, no
   * slash, not "." or "..". What cannot be printed would be obeyed by a terminal, or hides that two
   * names differ.
   */
  public static void requireName(String what, String name) {
    requireNonNull(name, what);
    Require.that(
        name.indexOf(UNREADABLE) < 0,
        what,
        name,
        "characters that this process can read; with LC_ALL=C it reads ASCII only, use C.UTF-8");
    boolean visible =
        Printable.isPlain(name)
            && name.chars().noneMatch(c -> c == '/' || Character.isSpaceChar(c));
    Require.that(
        !name.isEmpty()
            && name.length() <= MAX_NAME_LENGTH
            && visible
            && !name.equals(".")
            && !name.equals(".."),
        what,
        name,
        "1 to 128 characters, no spaces or slashes, not '.' or '..'");
  }
}
