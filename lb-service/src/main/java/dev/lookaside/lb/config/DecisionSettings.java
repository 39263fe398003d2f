package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of decisions. Their log is the logger lookaside.decisions; set its level to OFF to
 * silence it.
 *
 * @param remembered How many of the latest decisions the lookaside endpoint shows, 1 to 10000; and
 *     how many explained ones are kept.
 * @param sample Share of the picks that is explained as it is made, for the command decisions, 0 to
 *     1; at most 100 in a second.
 */
public record DecisionSettings(
    @DefaultValue("100") int remembered, @DefaultValue("0") double sample) {

  public DecisionSettings {
    Require.within("lb.decisions.remembered", remembered, 1, 10_000);
    Require.within("lb.decisions.sample", sample, 0, 1);
  }
}
