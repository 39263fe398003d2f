package dev.lookaside.core.control;

import dev.lookaside.core.endpoint.Incarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the utilization of all endpoints of a service together by moving the weights that clients
 * obey, a step at a time.
 *
 * <pre>
 * error  = ln(wanted utilization / utilization)      within ±ln(mostError); 0 in the dead band
 * aim    = rate × e^error                            at this rate it would be utilized as wanted
 * weight ← weight × (aim / weight)^gain              by mostStep at most
 * gain   ← gain × growth, or × shrinkage when the error changes its sign
 * </pre>
 *
 * <p>The aim starts from the rate that the utilization came about by, as in gRFC A58, not from the
 * weight of now: however late a reading is, rate and utilization are of the same while, and what
 * was mended meanwhile is not mended once more. Where utilization grows faster than the rate, as in
 * a queue, that overshoots; then errors change their sign, and the gain falls until they do not.
 *
 * <p>It holds nothing; whoever steps it keeps the weights, and chooses the time between two steps.
 * A reading moves a weight once.
 */
public final class WeightController {
  private final ControlSettings settings;
  private final Center center;

  public WeightController(ControlSettings settings) {
    this.settings = settings;
    this.center = new Center(settings);
  }

  /** The weights after one more step, for these endpoints; each is there once. */
  public ControlledWeights step(ControlledWeights before, Collection<Controlled> endpoints) {
    Map<Incarnation, Share> shares = members(before, endpoints);
    double wanted = center.of(endpoints);
    if (wanted >= settings.leastUtilization()) {
      move(shares, moves(shares, endpoints, wanted));
    }
    bound(shares);
    return new ControlledWeights(shares);
  }

  /** Who stays keeps its weight; who is new gets the others' weight for its capacity. */
  private Map<Incarnation, Share> members(
      ControlledWeights before, Collection<Controlled> endpoints) {
    Map<Incarnation, Share> shares = new HashMap<>();
    double weight = 0;
    double capacity = 0;
    for (Controlled each : endpoints) {
      Share share = before.shares().get(each.endpoint());
      if (share != null) {
        shares.put(each.endpoint(), share);
        weight += share.weight();
        capacity += each.capacity();
      }
    }
    if (shares.size() == endpoints.size() && shares.size() == before.shares().size()) {
      return shares;
    }
    double firstGain = settings.firstGain();
    shares.replaceAll((endpoint, share) -> share.restarted(firstGain));
    double weightOfCapacity = capacity > 0 ? weight / capacity : 1;
    for (Controlled each : endpoints) {
      shares.putIfAbsent(
          each.endpoint(), Share.first(weightOfCapacity * each.capacity(), firstGain));
    }
    return shares;
  }

  private List<Move> moves(
      Map<Incarnation, Share> shares, Collection<Controlled> endpoints, double wanted) {
    List<Move> moves = new ArrayList<>();
    for (Controlled each : endpoints) {
      Share share = shares.get(each.endpoint());
      Reading reading = each.reading().orElse(null);
      if (share != null && reading != null && !share.hasUsed(reading)) {
        moves.add(new Move(each.endpoint(), share, reading, error(wanted, reading)));
      }
    }
    return moves;
  }

  /** Only shares move among those of whom something new is known; their sum stays. */
  private void move(Map<Incarnation, Share> shares, List<Move> moves) {
    double weights = 0;
    double rates = 0;
    double weightsOfRates = 0;
    for (Move move : moves) {
      weights += move.weight();
      rates += move.reading().rate();
      weightsOfRates += move.isRateKnown() ? move.weight() : 0;
    }
    double weightOfRate = rates > 0 ? weightsOfRates / rates : 0;
    double aims = moves.stream().mapToDouble(move -> move.aim(weightOfRate)).sum();
    for (Move move : moves) {
      double aim = move.aim(weightOfRate) * weights / aims;
      shares.put(move.endpoint(), move.towards(aim, settings));
    }
  }

  private double error(double wanted, Reading reading) {
    double most = Math.log(settings.mostError());
    double error = Math.log(wanted / Math.max(Double.MIN_NORMAL, reading.utilization()));
    return Math.abs(error) <= settings.deadBand() ? 0 : Math.max(-most, Math.min(most, error));
  }

  /** Makes 1 the mean of all and keeps each within its bounds. */
  private void bound(Map<Incarnation, Share> shares) {
    double mean = shares.values().stream().mapToDouble(Share::weight).average().orElse(1);
    double most = settings.mostWeight();
    shares.replaceAll((endpoint, share) ->
        share.withWeight(Math.max(1 / most, Math.min(most, share.weight() / mean))));
  }
}
