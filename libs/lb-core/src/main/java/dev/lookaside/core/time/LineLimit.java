package dev.lookaside.core.time;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Keeps a log readable while something fails without end: at most one line per cause and interval,
 * and each line says for how many it stands. When more causes come than are told apart, the rest
 * count as one, so that neither memory nor the log grows with what others send. For any thread.
 */
public final class LineLimit {
  /** What a person can follow. */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final int MOST_CAUSES = 64;
  private static final String ALL_OTHERS = "";

  private final Ticker ticker;
  private final long intervalNanos;
  private final int mostCauses;
  private final Map<String, Cause> causes = new HashMap<>();

  /** One line per cause and ten seconds. */
  public LineLimit(Ticker ticker) {
    this(ticker, INTERVAL, MOST_CAUSES);
  }

  public LineLimit(Ticker ticker, Duration interval, int mostCauses) {
    Require.aboveZero("interval", interval);
    Require.atLeast("most causes", mostCauses, 1);
    this.ticker = ticker;
    this.intervalNanos = interval.toNanos();
    this.mostCauses = mostCauses;
  }

  /**
   * Lets {@code line} write if this cause has had none for an interval.
   *
   * @param line gets what to append: nothing, or how many lines were left out since the last
   */
  public void write(String cause, Consumer<String> line) {
    OptionalLong leftOut = take(cause);
    if (leftOut.isPresent()) {
      long count = leftOut.getAsLong();
      line.accept(count == 0 ? "" : " (and " + count + " more since the last such line)");
    }
  }

  private synchronized OptionalLong take(String cause) {
    long now = ticker.nanos();
    if (!causes.containsKey(cause) && causes.size() >= mostCauses) {
      causes.values().removeIf(old -> old.isOver(now));
    }
    boolean isKnown = causes.containsKey(cause) || causes.size() < mostCauses;
    Cause known = causes.computeIfAbsent(isKnown ? cause : ALL_OTHERS, name -> new Cause());
    return known.take(now);
  }

  private final class Cause {
    private OptionalLong writtenNanos = OptionalLong.empty();
    private long leftOut;

    boolean isOver(long now) {
      return writtenNanos.isEmpty() || now - writtenNanos.getAsLong() >= intervalNanos;
    }

    OptionalLong take(long now) {
      if (!isOver(now)) {
        leftOut++;
        return OptionalLong.empty();
      }
      OptionalLong count = OptionalLong.of(leftOut);
      writtenNanos = OptionalLong.of(now);
      leftOut = 0;
      return count;
    }
  }
}
