package dev.lookaside.core.policy.hash;

import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.Mix;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.policy.RankedEndpoint;
import dev.lookaside.core.policy.Rule;
import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the same key go to the same endpoint as long as it has room.
 *
 * <p>Consistent hashing with bounded loads (Mirrokni, Thorup, Zadimoghaddam 2016): an endpoint has
 * room while its expected requests in flight, by capacity, are at most {@value #BOUND} times the
 * mean. A key whose owner has no room is hashed anew (Chen, Coleman, Shrivastava 2021) instead of
 * going to the next on the ring, so that the overflow of a hot key spreads over all and does not
 * topple the owner's neighbour. Every balancer of the same table comes to the same answer.
 *
 * <p>An endpoint of unknown load has room. A request without a key is picked at random.
 */
public record ConsistentHash(Ticker ticker, RandomGenerator random) implements Policy {
  public static final String NAME = "hash";
  static final double BOUND = 1.25;
  private static final String ROOM = "room";
  private static final String BOUND_NAME = "bound";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new HashPicker(candidates, ticker, random);
  }

  /** Makes the decision of that moment again. */
  public static PickResult replay(Moment moment, Candidates candidates) {
    double[] room = moment.values(ROOM);
    return new HashPicker(
            candidates,
            (member, now) -> room[member] > 0,
            () -> 0,
            new SplittableRandom(moment.seed()))
        .pick(moment.request());
  }

  private static final class HashPicker implements Picker {
    private static final int MAX_HASHES = 8;

    /** Whether a member may take one more request. */
    private interface Room {
      boolean isAt(int member, long nowNanos);
    }

    private final Candidates candidates;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final HashRing ring;
    private final TotalLoad total;
    private final double totalCapacity;
    private final Room room;

    HashPicker(Candidates candidates, Ticker ticker, RandomGenerator random) {
      this(candidates, null, ticker, random);
    }

    /**
     * @param room null: as the loads say
     */
    private HashPicker(
        Candidates candidates, @Nullable Room room, Ticker ticker, RandomGenerator random) {
      this.room = room == null ? this::hasRoom : room;
      this.candidates = candidates;
      this.ticker = ticker;
      this.random = random;
      this.ring =
          new HashRing(
              IntStream.range(0, candidates.size())
                  .mapToObj(i -> candidates.endpoint(i).id())
                  .toList());
      this.total = new TotalLoad(candidates, ticker.nanos());
      this.totalCapacity =
          IntStream.range(0, candidates.size())
              .mapToDouble(i -> candidates.endpoint(i).capacity())
              .sum();
    }

    @Override
    public PickResult pick(PickArgs request) {
      if (request.affinityKey().isEmpty() || ring.size() == 0) {
        return candidates.pickAtRandom(random, request);
      }
      long now = ticker.nanos();
      total.refresh(now);
      long key = Mix.of(request.affinityKey().get());
      int position = 0;
      for (int i = 0; i < MAX_HASHES; i++) {
        position = ring.owner(Mix.of(key, i));
        int member = ring.member(position);
        if (candidates.isOpen(member, request) && room.isAt(member, now)) {
          return candidates.pick(member);
        }
      }
      return onwards(position, request, now);
    }

    /** Walks the ring: the first open one with room, else the first open one. */
    private PickResult onwards(int position, PickArgs request, long now) {
      int open = -1;
      for (int i = 0; i < ring.size(); i++) {
        int member = ring.member(position + i);
        if (candidates.isOpen(member, request)) {
          if (room.isAt(member, now)) {
            return candidates.pick(member);
          }
          open = open < 0 ? member : open;
        }
      }
      return open < 0
          ? candidates.pickAnyhow(ring.member(position), request)
          : candidates.pick(open);
    }

    private boolean hasRoom(int member, long now) {
      return !(candidates.load(member).at(now) instanceof Known known)
          || known.expectedRequestsInFlight(now) + 1 <= bound(member);
    }

    /** Rounded up, so that all bounds together have room for all requests and one more. */
    private double bound(int member) {
      double share = candidates.endpoint(member).capacity() / totalCapacity;
      return Math.ceil(BOUND * share * (total.requestsInFlight() + 1));
    }

    @Override
    public Explained explain(PickArgs request, long seed) {
      long now = ticker.nanos();
      Moment moment =
          Moment.of(
              Rule.CONSISTENT_HASH,
              seed,
              request,
              Map.of(),
              candidates,
              i -> Map.of(ROOM, hasRoom(i, now) ? 1.0 : 0.0, BOUND_NAME, bound(i)));
      return Explained.of(
          moment,
          ranking(request, now),
          request.affinityKey().isPresent()
              ? "the owner of the key on the ring; without room, of the key hashed anew"
              : "no affinity key: at random",
          candidates::pick);
    }

    /** From the owner of the key onwards. */
    private List<RankedEndpoint> ranking(PickArgs request, long now) {
      if (request.affinityKey().isEmpty() || ring.size() == 0) {
        return candidates.rotation(0, request, "no affinity key: a random share, in order of id");
      }
      int owner = ring.owner(Mix.of(Mix.of(request.affinityKey().get()), 0));
      return IntStream.range(0, ring.size())
          .map(i -> ring.member(owner + i))
          .filter(member -> !candidates.isExcluded(member, request))
          .mapToObj(member -> new RankedEndpoint(candidates.endpoint(member), explain(member, now)))
          .toList();
    }

    private String explain(int member, long now) {
      return candidates.load(member).at(now) instanceof Known known
          ? String.format(
              Locale.ROOT,
              "on the ring; %.1f expected in flight, room up to %.0f",
              known.expectedRequestsInFlight(now),
              bound(member))
          : "on the ring; load unknown: room";
    }
  }
}
