package dev.lookaside.simulator.run;

import dev.lookaside.simulator.scenario.Arrivals;
import dev.lookaside.simulator.scenario.Arrivals.Phase;
import dev.lookaside.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rate of arrivals over time, in straight pieces.
 *
 * <p>The next arrival of a Poisson process of varying rate is where the integral of the rate has
 * grown by an exponential variable of mean 1; here the integral is solved exactly, piece by piece.
 */
final class RateProfile {

  /** A rate that is {@code rate} per ns at {@code fromNanos} and grows by {@code slope} per ns. */
  private record Piece(double fromNanos, double rate, double slope) {}

  private final List<Piece> pieces;
  private int current;

  private RateProfile(List<Piece> pieces) {
    this.pieces = pieces;
  }

  static RateProfile of(Scenario scenario) {
    Arrivals arrivals = scenario.arrivals();
    double rate = perNano(scenario, arrivals.rate(), arrivals.load());
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece(0, rate, 0));
    for (Phase phase : arrivals.phases()) {
      double target = perNano(scenario, phase.rate(), phase.load());
      double at = phase.at().toNanos();
      double ramp = phase.ramp().toNanos();
      if (ramp > 0) {
        pieces.add(new Piece(at, rate, (target - rate) / ramp));
      }
      pieces.add(new Piece(at + ramp, target, 0));
      rate = target;
    }
    return new RateProfile(pieces);
  }

  /** The expected number of arrivals up to a time. */
  double expectedUntil(Duration until) {
    double endNanos = until.toNanos();
    double sum = 0;
    for (int i = 0; i < pieces.size() && pieces.get(i).fromNanos() < endNanos; i++) {
      sum += amount(pieces.get(i), pieces.get(i).fromNanos(), Math.min(end(i), endNanos));
    }
    return sum;
  }

  /** When the integral has grown by {@code amount} since {@code nowNanos}; infinite if never. */
  double next(double nowNanos, double amount) {
    double from = nowNanos;
    double left = amount;
    while (current > 0 && pieces.get(current).fromNanos() > nowNanos) {
      current--; // what was to come after a change of pace is asked for anew
    }
    while (true) {
      Piece piece = pieces.get(current);
      double end = end(current);
      if (end <= from) {
        current++;
        continue;
      }
      double here = amount(piece, from, end);
      if (left <= here) {
        return from + solve(piece.rate() + piece.slope() * (from - piece.fromNanos()), piece, left);
      }
      if (end == Double.POSITIVE_INFINITY) {
        return Double.POSITIVE_INFINITY;
      }
      left -= here;
      from = end;
      current++;
    }
  }

  private double end(int piece) {
    return piece + 1 < pieces.size() ? pieces.get(piece + 1).fromNanos() : Double.POSITIVE_INFINITY;
  }

  private static double amount(Piece piece, double from, double to) {
    if (to == Double.POSITIVE_INFINITY) {
      return piece.rate() > 0 ? Double.POSITIVE_INFINITY : 0;
    }
    double middle = (from + to) / 2 - piece.fromNanos();
    return (piece.rate() + piece.slope() * middle) * (to - from);
  }

  /** The x with rate·x + slope·x²/2 = left, in the form that does not cancel. */
  private static double solve(double rate, Piece piece, double left) {
    return piece.slope() == 0
        ? left / rate
        : 2 * left / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * piece.slope() * left)));
  }

  private static double perNano(Scenario scenario, @Nullable Double rate, @Nullable Double load) {
    if (rate != null) {
      return rate / 1e9;
    }
    return load == null ? 0 : scenario.rateOf(load) / 1e9;
  }
}
