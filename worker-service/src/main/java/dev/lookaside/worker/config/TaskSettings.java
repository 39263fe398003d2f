package dev.lookaside.worker.config;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the tasks add to the properties {@code worker.*}.
 *
 * @param queue How many computations may wait for a slot when worker.capacity of them run, 0 to
 *     100000; the rest is refused.
 * @param maxRequests How many requests of any kind may be in flight, sleeping ones included, 1 to
 *     1000000.
 * @param clientShare Share of worker.max-requests, and of worker.capacity and worker.queue
 *     together, that the clients at one address may have, above 0, at most 1.
 * @param maxSleep The longest sleep or work that is accepted, 0s to 100 days.
 * @param slowdown How many times longer the task work takes here, 0.001 to 1000: makes workers
 *     unequal for a trial.
 */
@ConfigurationProperties("worker")
public record TaskSettings(
    @DefaultValue("16") int queue,
    @DefaultValue("10000") int maxRequests,
    @DefaultValue("0.75") double clientShare,
    @DefaultValue("1h") Duration maxSleep,
    @DefaultValue("1") double slowdown) {

  public TaskSettings {
    Require.within("worker.queue", queue, 0, 100_000);
    Require.within("worker.max-requests", maxRequests, 1, 1_000_000);
    Require.aboveZero("worker.client-share", clientShare, 1);
    Require.within("worker.max-sleep", maxSleep, Duration.ZERO, Duration.ofDays(100));
    Require.that(
        slowdown >= 0.001 && slowdown <= 1_000, "worker.slowdown", slowdown, "0.001 to 1000");
  }
}
