package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes which endpoints come and go: each change in a line of its own as long as they are few. Of
 * an endpoint that comes and goes all the time, or of thousands at once, the rest of ten seconds
 * goes into one line with a count.
 */
final class ConnectivityLog {
  static final Duration WINDOW = Duration.ofSeconds(10);

  /** That it went, and that it came back. */
  private static final int LINES_PER_ENDPOINT = 2;

  private static final int LINES = 40;

  private record Key(String service, String id) {}

  private final ScheduledExecutorService thread;
  private final Consumer<String> log;
  private final Map<Key, Integer> changesOf = new HashMap<>();
  private int written;
  private int left;
  private String latest = "";
  private boolean windowIsOpen;

  /**
   * @param log takes one line
   */
  ConnectivityLog(ScheduledExecutorService thread, Consumer<String> log) {
    this.thread = thread;
    this.log = log;
  }

  /** Any thread may say so. */
  void changed(Endpoint endpoint, Connectivity next, String reason) {
    String line =
        "endpoint %s of %s at %s is %s: %s"
            .formatted(endpoint.id(), endpoint.service(), endpoint.address(), next, reason);
    if (isForALine(new Key(endpoint.service(), endpoint.id()), line)) {
      log.accept(line);
    }
  }

  private synchronized boolean isForALine(Key key, String line) {
    if (!windowIsOpen) {
      windowIsOpen = true;
      var unused = thread.schedule(this::close, WINDOW.toNanos(), TimeUnit.NANOSECONDS);
    }
    boolean fits = changesOf.merge(key, 1, Integer::sum) <= LINES_PER_ENDPOINT && written < LINES;
    if (fits) {
      written++;
    } else {
      left++;
      latest = line;
    }
    return fits;
  }

  private void close() {
    String rest = rest();
    if (!rest.isEmpty()) {
      log.accept(rest);
    }
  }

  private synchronized String rest() {
    String rest =
        left == 0
            ? ""
            : "%d more changes in %d s, the latest: %s".formatted(left, WINDOW.toSeconds(), latest);
    changesOf.clear();
    written = 0;
    left = 0;
    windowIsOpen = false;
    return rest;
  }
}
