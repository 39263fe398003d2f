package dev.lookaside.benchmarks.pick;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Two loads, measured in turns: what else the machine does meanwhile hits both. Each turn gives one
 * ratio, and the median counts.
 *
 * @param rounds many short ones are better than few long ones
 */
record Turns(int rounds, Duration each) {
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  String words() {
    return rounds + " rounds of " + each.toMillis() + " ms each";
  }

  /** Prints a table of the second's throughput as a share of the first's. */
  void compare(String firstName, UnaryLoad<?, ?> first, String secondName, UnaryLoad<?, ?> second)
      throws InterruptedException {
    System.out.printf(
        "| in flight | %s/s | %s/s | %s ÷ %s, median | quartiles |%n|---:|---:|---:|---:|---:|%n",
        firstName, secondName, secondName, firstName);
    for (int inFlight : new int[] {1, 32, 128}) {
      row(inFlight, first, second);
    }
  }

  private void row(int inFlight, UnaryLoad<?, ?> first, UnaryLoad<?, ?> second)
      throws InterruptedException {
    double[] firsts = new double[rounds];
    double[] seconds = new double[rounds];
    first.throughput(inFlight, WARM_UP);
    second.throughput(inFlight, WARM_UP);
    for (int i = 0; i < rounds; i++) {
      firsts[i] = first.throughput(inFlight, each);
      seconds[i] = second.throughput(inFlight, each);
    }
    double[] ratios =
        IntStream.range(0, rounds).mapToDouble(i -> seconds[i] / firsts[i]).sorted().toArray();
    System.out.printf(
        "| %d | %,.0f | %,.0f | %.2f | %.2f to %.2f |%n",
        inFlight,
        median(firsts),
        median(seconds),
        median(ratios),
        ratios[rounds / 4],
        ratios[rounds - 1 - rounds / 4]);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
