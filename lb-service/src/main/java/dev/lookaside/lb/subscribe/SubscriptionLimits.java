package dev.lookaside.lb.subscribe;

import java.time.Duration;

/**
 * How much subscribers may ask for.
 *
 * @param most how many subscriptions there may be
 * @param mostPerConnection how many of them on one connection
 * @param loadInterval how often those are told of loads that do not say how often
 * @param loadExpiry how long a load is believed after it has come
 */
public record SubscriptionLimits(
    int most, int mostPerConnection, Duration loadInterval, Duration loadExpiry) {}
