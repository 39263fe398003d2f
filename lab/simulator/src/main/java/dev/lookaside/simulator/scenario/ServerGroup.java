package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Servers that are alike.
 *
 * @param name of the group, by which events name it
 * @param cores that each is allotted; need not be whole; 1 unless given, or as many as it runs at
 *     once where it batches
 * @param speed of a core; a request of 10 ms takes 5 ms at speed 2
 * @param capacity what each registers as its capacity; its cores unless given
 * @param concurrency how many requests each runs at once, the others waiting in order; unlimited
 *     (processor sharing) unless given
 * @param batchSlowdown how much slower each request of a batch makes the others: <em>n</em> of them
 *     run at the speed ÷ (1 + slowdown · (n - 1)) each; 0 unless given
 * @param serviceTime the work of a request when it is served here, in place of the scenario's
 * @param noise how unlike each other they are, and each itself from minute to minute; not at all
 *     unless given
 * @param antagonist the states of each server's host; alone on its host unless given
 */
public record ServerGroup(
    String name,
    int count,
    Double cores,
    Double speed,
    Double capacity,
    Integer concurrency,
    Double batchSlowdown,
    @Nullable Distribution serviceTime,
    SpeedNoise noise,
    List<AntagonistState> antagonist) {
  public ServerGroup {
    name = requireNonNullElse(name, "server");
    batchSlowdown = requireNonNullElse(batchSlowdown, 0.0);
    concurrency = requireNonNullElse(concurrency, Integer.MAX_VALUE);
    boolean batches = batchSlowdown > 0 && concurrency < Integer.MAX_VALUE;
    cores = requireNonNullElse(cores, batches ? concurrency.doubleValue() : 1.0);
    speed = requireNonNullElse(speed, 1.0);
    capacity = requireNonNullElse(capacity, cores);
    noise = requireNonNullElse(noise, SpeedNoise.NONE);
    antagonist = List.copyOf(requireNonNullElse(antagonist, List.of()));
    Limits.require(
        name.matches("[A-Za-z][A-Za-z0-9-]{0,40}"), "name", name, "letters, digits and dashes");
    Limits.within("count", count, 1, 100_000);
    Limits.aboveZero("cores", cores, 1e6);
    Limits.aboveZero("speed", speed, 1000);
    Limits.aboveZero("capacity", capacity, 1e9);
    Limits.within("concurrency", concurrency, 1, Integer.MAX_VALUE);
    Limits.within("batch-slowdown", batchSlowdown, 0, 1000);
  }

  /** The work that one of them can do in a second, in seconds: at its best number of requests. */
  double throughput() {
    double most = Math.min(cores, concurrency);
    return speed * most / (1 + batchSlowdown * Math.max(0, most - 1));
  }
}
