package dev.lookaside.lb.report;

import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadTracker;
import java.util.HashMap;
import java.util.Map;

/**
 * The calls that one stream says are in progress. They count until it says otherwise, or ends,
 * however it ends. Called by one thread at a time.
 */
public final class Claims {
  private static final int FEW = 64;

  /**
   * @param calls as far as they are believed
   */
  private record Claim(String service, Incarnation of, int calls) {}

  private final LoadTracker loads;
  private final Map<LiveLoad, Claim> claims = new HashMap<>();
  private int manyAbove = FEW;

  public Claims(LoadTracker loads) {
    this.loads = loads;
  }

  public void set(LiveLoad load, String service, Incarnation of, int calls) {
    Claim before = claims.get(load);
    int believed = load.claimedInFlight(before == null ? 0 : before.calls(), calls);
    if (believed == 0) {
      claims.remove(load);
    } else {
      claims.put(load, new Claim(service, of, believed));
    }
    if (claims.size() > manyAbove) {
      forgetTheGone();
      manyAbove = Math.max(FEW, 2 * claims.size());
    }
  }

  /** Incarnations that are gone take their claims with them. */
  @SuppressWarnings("ReferenceEquality") // another load is another life of the endpoint
  private void forgetTheGone() {
    claims
        .entrySet()
        .removeIf(entry -> {
          Claim claim = entry.getValue();
          return loads
              .find(claim.service(), claim.of().id(), claim.of().incarnation())
              .filter(now -> now == entry.getKey())
              .isEmpty();
        });
  }

  int size() {
    return claims.size();
  }

  /** Gives all back; again, it does nothing. */
  public void giveBack() {
    claims.forEach((load, claim) -> load.claimedInFlight(claim.calls(), 0));
    claims.clear();
  }
}
