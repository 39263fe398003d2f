package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Servers that are alike.
 *
 * @param name of the group, by which events name it
 * @param cores that each is allotted; need not be whole
 * @param speed of a core; a request of 10 ms takes 5 ms at speed 2
 * @param capacity what each registers as its capacity; its cores unless given
 * @param concurrency how many requests each runs at once, the others waiting in order; unlimited
 *     (processor sharing) unless given
 * @param serviceTime the work of a request when it is served here, in place of the scenario's
 * @param antagonist the states of each server's host; alone on its host unless given
 */
public record ServerGroup(
    String name,
    int count,
    Double cores,
    Double speed,
    Double capacity,
    Integer concurrency,
    @Nullable Distribution serviceTime,
    List<AntagonistState> antagonist) {
  public ServerGroup {
    name = requireNonNullElse(name, "server");
    cores = requireNonNullElse(cores, 1.0);
    speed = requireNonNullElse(speed, 1.0);
    capacity = requireNonNullElse(capacity, cores);
    concurrency = requireNonNullElse(concurrency, Integer.MAX_VALUE);
    antagonist = List.copyOf(requireNonNullElse(antagonist, List.of()));
    Limits.require(
        name.matches("[A-Za-z][A-Za-z0-9-]{0,40}"), "name", name, "letters, digits and dashes");
    Limits.within("count", count, 1, 100_000);
    Limits.aboveZero("cores", cores, 1e6);
    Limits.aboveZero("speed", speed, 1000);
    Limits.aboveZero("capacity", capacity, 1e9);
    Limits.within("concurrency", concurrency, 1, Integer.MAX_VALUE);
  }
}
