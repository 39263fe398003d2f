package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many subscriptions are taken; more are refused with RESOURCE_EXHAUSTED.
 *
 * @param max How many subscriptions there may be, 1 to 1000000.
 * @param maxPerConnection How many of them on one connection, 1 to 1000.
 */
public record SubscriberSettings(
    @DefaultValue("20000") int max, @DefaultValue("100") int maxPerConnection) {

  public SubscriberSettings {
    Require.within("lb.subscribers.max", max, 1, 1_000_000);
    Require.within("lb.subscribers.max-per-connection", maxPerConnection, 1, 1_000);
  }
}
