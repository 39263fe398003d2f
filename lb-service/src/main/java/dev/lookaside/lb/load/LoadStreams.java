package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Keeps one load stream open to every registered endpoint, in the terms of ORCA's out-of-band
 * reporting (gRFC A51). Streams are opened and closed by the difference of tables; everything
 * happens on one event loop.
 */
public final class LoadStreams implements AutoCloseable {
  // Most losses are short.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /**
   * The rhythm of a stream.
   *
   * @param interval how often an endpoint is asked to report
   * @param silence how long a stream may stay silent before its endpoint counts as lost
   */
  public record Timing(Duration interval, Duration silence) {}

  private final EndpointChannels channels;
  private final EventLoop loop;
  private final Timing timing;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final LoadListener listener;

  // Confined to the loop.
  private final Map<String, Map<String, EndpointStream>> services = new HashMap<>();

  public LoadStreams(
      EndpointChannels channels,
      Timing timing,
      Ticker ticker,
      RandomGenerator random,
      LoadListener listener) {
    this.channels = channels;
    this.loop = channels.loop();
    this.timing = timing;
    this.ticker = ticker;
    this.random = random;
    this.listener = listener;
  }

  /** Takes the new table of a service; returns at once. */
  public void update(EndpointTable table) {
    loop.execute(() -> apply(table));
  }

  /** Closes every stream. */
  @Override
  public void close() {
    loop.execute(() -> {
      services.values().forEach(streams -> streams.values().forEach(EndpointStream::close));
      services.clear();
    });
  }

  private void apply(EndpointTable table) {
    var streams = services.computeIfAbsent(table.service(), name -> new HashMap<>());
    streams
        .entrySet()
        .removeIf(entry -> {
          boolean stays = table.find(entry.getKey()).filter(entry.getValue()::leadsTo).isPresent();
          if (!stays) {
            entry.getValue().close();
          }
          return !stays;
        });
    for (Endpoint endpoint : table.endpoints()) {
      streams.computeIfAbsent(endpoint.id(), id -> open(endpoint));
    }
    if (streams.isEmpty()) {
      services.remove(table.service());
    }
  }

  private EndpointStream open(Endpoint endpoint) {
    var stream =
        new EndpointStream(
            endpoint,
            channels.open(endpoint.address()),
            loop,
            timing,
            ticker,
            new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random).run(),
            listener);
    stream.open();
    return stream;
  }
}
