package dev.lookaside.simulator.report;

import java.util.List;

/** What a campaign showed. */
public record CampaignResult(List<PointResult> points) {

  boolean isSweep() {
    return points.size() > 1;
  }

  List<String> strategies() {
    return points.get(0).strategies().stream().map(StrategyResult::strategy).toList();
  }
}
