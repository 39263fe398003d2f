package dev.lookaside.worker.starter.load;

import java.util.ArrayDeque;
import java.util.Deque;

/** How much a counter grew within the last second or so. For one thread. */
final class SlidingIncrease {
  private final long windowNanos;
  private final Deque<Point> points = new ArrayDeque<>();

  SlidingIncrease(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  void add(long nowNanos, double counter) {
    points.addLast(new Point(nowNanos, counter));
    while (points.size() > 2 && nowNanos - second().nanos() >= windowNanos) {
      points.removeFirst();
    }
  }

  /** The growth from the oldest point kept to the newest; 0 until there are two. */
  double increase() {
    return points.isEmpty()
        ? 0
        : Math.max(0, points.getLast().counter() - points.getFirst().counter());
  }

  /** The growth in each second; 0 until there are two points. */
  double perSecond() {
    double seconds = seconds();
    return seconds > 0 ? increase() / seconds : 0;
  }

  private double seconds() {
    return points.isEmpty() ? 0 : (points.getLast().nanos() - points.getFirst().nanos()) / 1e9;
  }

  private Point second() {
    var all = points.iterator();
    all.next();
    return all.next();
  }

  private record Point(long nanos, double counter) {}
}
