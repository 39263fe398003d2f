package dev.lookaside.trials.peers;

import dev.lookaside.trials.peers.ClosedLoop.Measured;
import java.util.Locale;
import java.util.Map;

/** The page that the trial writes, in Markdown. */
final class PeersReport {
  private PeersReport() {}

  static String introduction(int rounds, long seconds, String policy) {
    return """
    # Calls through lb-client beside a plain channel and two proxies

    `lab/trials/run peers` prints this page. The call takes nothing and answers nothing; three bare servers, a real balancer,
    the proxies and the client are processes on one machine, %d processors, Java %s. Closed loop, %d rounds of %d s each; in every
    round each way has its turn, and each round begins with another one. Medians of the rounds; the ratios are of the same round.

    - **direct**: a plain channel to one of the three.
    - **round_robin**: gRPC's own policy over the three, their addresses given.
    - **lb-client**: this project's channel, policy `%s`, told of the three by the balancer.
    - **haproxy**, **nginx**: a plain channel to Debian's, HTTP/2 on both sides, round robin over the three.

    """
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            rounds,
            seconds,
            policy);
  }

  static String table(Map<Integer, Rounds> byInFlight) {
    StringBuilder table =
        new StringBuilder(
            """
            | in flight | way | calls/s | p50 µs | p99 µs | lb-client ÷ it | min to max |
            |---:|---|---:|---:|---:|---:|---:|
            """);
    byInFlight.forEach((inFlight, rounds) -> {
      for (String way : rounds.ways()) {
        double[] ratios = rounds.ratios(Peers.OURS, way);
        table.append(
            String.format(
                Locale.ROOT,
                "| %d | %s | %,.0f | %.0f | %.0f | %.2f | %.2f to %.2f |%n",
                inFlight,
                way,
                rounds.median(way, Measured::perSecond),
                rounds.median(way, Measured::p50Micros),
                rounds.median(way, Measured::p99Micros),
                Rounds.middle(ratios),
                ratios[0],
                ratios[ratios.length - 1]));
      }
    });
    return table.toString();
  }
}
