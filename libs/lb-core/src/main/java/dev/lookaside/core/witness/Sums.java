package dev.lookaside.core.witness;

/** How many calls ended in which way of late, as far as it is believed; older ones count less. */
final class Sums {
  private double failed;
  private double refused;
  private double all;

  void add(Words words, double believed) {
    failed += words.failed() * believed;
    refused += words.refused() * believed;
    all += words.total() * believed;
  }

  void add(Sums more) {
    failed += more.failed;
    refused += more.refused;
    all += more.all;
  }

  void fade(double left) {
    failed *= left;
    refused *= left;
    all *= left;
  }

  void clear() {
    fade(0);
  }

  double failed() {
    return failed;
  }

  double refused() {
    return refused;
  }

  double errors() {
    return failed + refused;
  }

  double all() {
    return all;
  }
}
