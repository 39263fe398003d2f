package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Keeps one load stream open to every registered endpoint, in the terms of ORCA's out-of-band
 * reporting (gRFC A51). Each endpoint has its loop, and everything about it happens there.
 */
public final class LoadStreams implements AutoCloseable {

  /**
   * The rhythm of a stream.
   *
   * @param interval how often an endpoint is asked to report
   * @param silence how long an endpoint that reports at least twice as often may stay silent before
   *     it counts as lost
   */
  public record Timing(Duration interval, Duration silence) {}

  // Short at first, because most losses are short.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final List<LoadLoop> loops;

  public LoadStreams(
      EndpointChannels channels,
      Timing timing,
      Ticker ticker,
      RandomGenerator random,
      LoadListener listener) {
    List<EventLoop> threads = channels.loops();
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    this.loops =
        IntStream.range(0, threads.size())
            .mapToObj(i -> {
              EventLoop loop = threads.get(i);
              return new LoadLoop(
                  new EndpointStream.Surroundings(
                      endpoint -> channels.open(endpoint, loop),
                      loop,
                      ticker,
                      timing,
                      new Openings(Openings.MOST),
                      listener),
                  backoff,
                  endpoint -> indexOf(endpoint, threads.size()) == i);
            })
            .toList();
  }

  /** By service and id, so that a new incarnation comes to the loop of the one before. */
  private static int indexOf(Endpoint endpoint, int loops) {
    return Math.floorMod(31 * endpoint.service().hashCode() + endpoint.id().hashCode(), loops);
  }

  /** Takes the new table of a service; returns at once. */
  public void update(EndpointTable table) {
    loops.forEach(loop -> loop.update(table));
  }

  /** Closes every stream. */
  @Override
  public void close() {
    loops.forEach(LoadLoop::close);
  }
}
