package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.Request;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that their clients still wait for, in order of arrival.
 *
 * <p>All have the same timeout, so this is the order of their deadlines too: a linked list through
 * the requests and one agenda entry serve them all.
 */
final class Deadlines {
  private final long timeoutNanos;
  private final Consumer<Request> expired;
  private final Agenda.Entry next;
  private @Nullable Request first;
  private @Nullable Request last;
  private int size;

  /**
   * @param timeout of every request, or null if clients wait for ever
   */
  Deadlines(Agenda agenda, @Nullable Duration timeout, Consumer<Request> expired) {
    this.timeoutNanos = timeout == null ? Agenda.NEVER : timeout.toNanos();
    this.expired = expired;
    this.next = agenda.register(this::expire);
  }

  int size() {
    return size;
  }

  void add(Request request) {
    size++;
    Request before = last;
    request.earlier = before;
    last = request;
    if (before == null) {
      first = request;
      plan();
    } else {
      before.later = request;
    }
  }

  void remove(Request request) {
    size--;
    Request earlier = request.earlier;
    Request later = request.later;
    if (later == null) {
      last = earlier;
    } else {
      later.earlier = earlier;
    }
    if (earlier != null) {
      earlier.later = later;
    } else {
      first = later;
      plan();
    }
    request.earlier = null;
    request.later = null;
  }

  private void expire() {
    Request request = first;
    if (request != null) {
      expired.accept(request);
    }
  }

  private void plan() {
    Request request = first;
    if (request == null) {
      next.cancel();
    } else if (timeoutNanos < Agenda.NEVER) {
      next.at(request.arrivedNanos + timeoutNanos);
    }
  }
}
