package dev.lookaside.client.cli;

import dev.lookaside.v1.BranchStatus;
import dev.lookaside.v1.ServiceStatus;
import dev.lookaside.v1.ShadowStatus;
import java.util.ArrayList;
import java.util.List;

/** How policies compare: those that are asked beside the one that picks, and parts of a blend. */
final class Comparisons {
  private Comparisons() {}

  static List<String> lines(ServiceStatus service) {
    List<String> lines = new ArrayList<>();
    for (ShadowStatus shadow : service.getShadowsList()) {
      lines.add(
          "shadow %s: differs in %s of %d picks; load of its choices %s, of what was picked %s"
              .formatted(
                  shadow.getPolicy(),
                  Show.percent(
                      shadow.getPicks() == 0
                          ? 0
                          : 1 - (double) shadow.getAgreed() / shadow.getPicks()),
                  shadow.getPicks(),
                  Show.number(shadow.getLoad()),
                  Show.number(shadow.getLiveLoad())));
    }
    for (BranchStatus branch : service.getBranchesList()) {
      long calls = branch.getSucceeded() + branch.getFailed();
      lines.add(
          "part %s: %d calls ended, %s failed, mean latency %s"
              .formatted(
                  branch.getPolicy(),
                  calls,
                  Show.percent(calls == 0 ? 0 : (double) branch.getFailed() / calls),
                  Show.millis(branch.getLatency())));
    }
    return lines;
  }
}
