package dev.lookaside.core.policy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Strict rotation in order of id.
 *
 * <p>A new table goes on after the endpoint that was picked last, so that a change neither starts
 * the rotation anew nor doubles or skips an endpoint. The very first place is random: balancers
 * that start together do not march in step.
 */
final class RoundRobin implements Policy {
  static final String NAME = "rr";
  private static final String TURN = "turn";

  private final RandomGenerator random;
  private @Nullable RoundRobinPicker latest;

  RoundRobin(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Policy fresh() {
    return new RoundRobin(random);
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    RoundRobinPicker before = latest;
    int size = candidates.size();
    if (before != null && before.candidates.size() > 0) {
      latest = new RoundRobinPicker(candidates, firstAfter(before.lastPickedId(), candidates));
    } else {
      latest = new RoundRobinPicker(candidates, size == 0 ? 0 : random.nextInt(size));
    }
    return latest;
  }

  static PickResult replay(Moment moment, Candidates candidates) {
    return new RoundRobinPicker(candidates, (int) moment.state(TURN)).pick(moment.request());
  }

  private static int firstAfter(String id, Candidates candidates) {
    int index = 0;
    while (index < candidates.size() && candidates.endpoint(index).id().compareTo(id) <= 0) {
      index++;
    }
    return index;
  }

  private static final class RoundRobinPicker implements Picker {
    private final Candidates candidates;
    private final AtomicLong next;

    RoundRobinPicker(Candidates candidates, int start) {
      this.candidates = candidates;
      // One turn ahead, so that the place before the first one is not negative.
      this.next = new AtomicLong(start + (long) candidates.size());
    }

    @Override
    public PickResult pick(PickArgs request) {
      int size = candidates.size();
      // An endpoint that is not open loses its turn; its successor does not get two.
      for (int i = 0; i < size; i++) {
        int place = place(next.getAndIncrement());
        if (candidates.isOpen(place, request)) {
          return candidates.pick(place);
        }
      }
      // Only such ones came up: other threads may have taken the turns between.
      return candidates.pickFrom(0, request);
    }

    @Override
    public Explained explain(PickArgs request, long seed) {
      int turn = candidates.size() == 0 ? 0 : place(next.get());
      return Explained.of(
          Moment.of(
              Rule.ROTATION, seed, request, Map.of(TURN, (double) turn), candidates, i -> Map.of()),
          candidates.rotation(turn, request, "in rotation: turn"),
          "the next open endpoint in the rotation, from place " + turn + " on",
          place -> {
            next.addAndGet(1 + Math.floorMod(place - turn, candidates.size()));
            return candidates.pick(place);
          });
    }

    String lastPickedId() {
      return candidates.endpoint(place(next.get() - 1)).id();
    }

    private int place(long turn) {
      return (int) (turn % candidates.size());
    }
  }
}
