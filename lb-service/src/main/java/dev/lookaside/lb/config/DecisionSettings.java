package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of decisions. Their log is the logger lookaside.decisions; set its level to OFF to
 * silence it.
 *
 * @param remembered How many of the latest decisions the lookaside endpoint shows, 1 to 10000.
 */
public record DecisionSettings(@DefaultValue("100") int remembered) {

  public DecisionSettings {
    Require.within("lb.decisions.remembered", remembered, 1, 10_000);
  }
}
