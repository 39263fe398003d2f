package dev.lookaside.lb.push;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Serves subscribers one after the other, each with the latest state when its turn comes. Who waits
 * already does not wait twice, so nobody is served again before all others were. Who waits for a
 * table comes before those that wait for loads: a table says where to call, loads only where first.
 *
 * <p>After {@link #BUDGET} the thread does what else it was asked for, such as to admit new
 * subscribers, before it goes on. For one thread.
 */
public final class Rounds<S> {
  public static final Duration BUDGET = Duration.ofMillis(5);

  private final Executor thread;
  private final Ticker ticker;
  private final Consumer<S> serve;
  private final Set<S> urgent = new LinkedHashSet<>();
  private final Set<S> waiting = new LinkedHashSet<>();
  private boolean asked;

  /**
   * Rounds on one thread.
   *
   * @param thread runs what it is given in order
   * @param serve never throws
   */
  public Rounds(Executor thread, Ticker ticker, Consumer<S> serve) {
    this.thread = thread;
    this.ticker = ticker;
    this.serve = serve;
  }

  public void add(S subscriber) {
    if (!urgent.contains(subscriber)) {
      waiting.add(subscriber);
      ask();
    }
  }

  /** Its turn comes before that of those who are not urgent. */
  public void addUrgent(S subscriber) {
    waiting.remove(subscriber);
    urgent.add(subscriber);
    ask();
  }

  public void remove(S subscriber) {
    urgent.remove(subscriber);
    waiting.remove(subscriber);
  }

  public boolean isEmpty() {
    return urgent.isEmpty() && waiting.isEmpty();
  }

  private void ask() {
    if (!asked) {
      asked = true;
      thread.execute(this::turn);
    }
  }

  private void turn() {
    asked = false;
    long start = ticker.nanos();
    while (!isEmpty() && ticker.nanos() - start < BUDGET.toNanos()) {
      Iterator<S> first = (urgent.isEmpty() ? waiting : urgent).iterator();
      S next = first.next();
      first.remove();
      serve.accept(next);
    }
    if (!isEmpty()) {
      ask();
    }
  }
}
