package dev.lookaside.lb.dashboard;

import dev.lookaside.lb.subscribe.Census;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** The latest count of subscribers: made on another thread, which nobody waits for. */
public final class LastCensus {
  private static final int NOTED = 50;

  private final IntFunction<CompletableFuture<Census>> count;
  private volatile Census latest = Census.NOBODY;

  /**
   * None yet.
   *
   * @param count asks for one that describes at most so many subscribers
   */
  public LastCensus(IntFunction<CompletableFuture<Census>> count) {
    this.count = count;
  }

  /** What is known; asks for the next one. */
  Census next() {
    var unused = count.apply(NOTED).thenAccept(census -> latest = census);
    return latest;
  }
}
