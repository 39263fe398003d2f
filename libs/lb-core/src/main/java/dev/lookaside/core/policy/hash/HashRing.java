package dev.lookaside.core.policy.hash;

import dev.lookaside.core.policy.Mix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Multi-probe consistent hashing (Appleton, O'Reilly 2015): every member is one point on a ring, a
 * key is hashed {@value #PROBES} times, and the member whose point follows most closely on one of
 * those hashes owns the key.
 *
 * <p>As even as a ring with hundreds of points for each member, at one point each: the greatest
 * share is within about a tenth of the mean. When a member goes, only its own keys move; when one
 * comes, keys move only to it.
 */
final class HashRing {
  static final int PROBES = 21;
  private static final long RING = Long.MAX_VALUE;

  // Members in order of their points, and for each cell of the ring the first point in or after it.
  private final long[] points;
  private final int[] members;
  private final int[] firstInCell;
  private final int cellShift;

  HashRing(List<String> names) {
    record Point(long at, int member) {}
    List<Point> sorted =
        IntStream.range(0, names.size())
            .mapToObj(i -> new Point(Mix.of(names.get(i)) & RING, i))
            .sorted(Comparator.comparingLong(Point::at))
            .toList();
    points = sorted.stream().mapToLong(Point::at).toArray();
    members = sorted.stream().mapToInt(Point::member).toArray();
    int cellBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, names.size()));
    cellShift = Long.SIZE - 1 - cellBits;
    firstInCell = new int[1 << cellBits];
    int point = 0;
    for (int cell = 0; cell < firstInCell.length; cell++) {
      while (point < points.length && points[point] >>> cellShift < cell) {
        point++;
      }
      firstInCell[cell] = point;
    }
  }

  /** The position of the owner of a key on the ring; the ring must not be empty. */
  int owner(long key) {
    int owner = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < PROBES; i++) {
      long hash = Mix.of(key, i) & RING;
      int next = following(hash);
      long distance = (points[next] - hash) & RING;
      if (distance < least) {
        least = distance;
        owner = next;
      }
    }
    return owner;
  }

  /** The member at a position; positions go on past the end of the ring. */
  int member(int position) {
    return members[position % members.length];
  }

  int size() {
    return members.length;
  }

  private int following(long hash) {
    int position = firstInCell[(int) (hash >>> cellShift)];
    while (position < points.length && points[position] < hash) {
      position++;
    }
    return position == points.length ? 0 : position;
  }
}
