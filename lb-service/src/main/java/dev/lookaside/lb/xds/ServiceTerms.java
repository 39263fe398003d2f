package dev.lookaside.lb.xds;

import dev.lookaside.core.check.Require;
import dev.lookaside.lb.config.XdsMode;
import java.util.List;
import java.util.Optional;

/**
 * How clients shall treat the endpoints of one service, besides its policy.
 *
 * @param mode who decides between endpoints
 * @param childPolicy a policy that clients have besides gRPC's own, by its name; those that do not
 *     know it use gRPC's
 * @param utilizationMetrics which values of ORCA adaptive clients take for the utilization, in gRFC
 *     A114's names, the greatest of them; empty: what gRFC A58 says
 * @param attempts how often a call is made that ends as UNAVAILABLE, 1 to 5
 * @param hashHeader the request header whose value is the key, where keys count
 * @param maxRequests how many calls one client may have open at a time, at least 1; more are
 *     refused by the client itself (gRFC A32)
 * @param loadReports what clients report of their calls; empty: nothing
 */
public record ServiceTerms(
    XdsMode mode,
    Optional<String> childPolicy,
    List<String> utilizationMetrics,
    int attempts,
    String hashHeader,
    int maxRequests,
    Optional<LoadReports> loadReports) {

  /**
   * Clients report how their calls ended.
   *
   * @param metrics which values of ORCA they report with it, in gRFC A85's names
   */
  public record LoadReports(List<String> metrics) {
    public LoadReports {
      metrics = List.copyOf(metrics);
    }
  }

  public ServiceTerms {
    utilizationMetrics = List.copyOf(utilizationMetrics);
    Require.within("attempts", attempts, 1, 5);
    Require.atLeast("max requests", maxRequests, 1);
  }
}
