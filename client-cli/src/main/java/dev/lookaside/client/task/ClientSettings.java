package dev.lookaside.client.task;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Address;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach workers, and when to give up.
 *
 * @param balancers in order of preference, at least one
 * @param service name of the service whose workers are called
 * @param deadline from the start of a task to its end, all attempts together
 * @param patience how long to look for a balancer or a worker while there is none
 * @param pickTimeout how long one balancer may take to answer before the next one is asked
 * @param attemptTimeout how long one worker may take before another one is tried
 * @param credentials for the connections to balancers and workers
 * @param retryBurst retries that may follow each other at once, over all tasks
 */
public record ClientSettings(
    List<Address> balancers,
    String service,
    Duration deadline,
    Duration patience,
    Duration pickTimeout,
    Optional<Duration> attemptTimeout,
    ChannelCredentials credentials,
    int retryBurst) {
  public static final int MOST_ATTEMPTS = 3;
  public static final int LONGEST_NAME = 128;

  /** Long enough for "sleep 5" and for a sum of four billion numbers. */
  public static final Duration DEADLINE = Duration.ofSeconds(60);

  public static final Duration PATIENCE = Duration.ofSeconds(5);
  public static final Duration PICK_TIMEOUT = Duration.ofSeconds(1);
  public static final int RETRY_BURST = 100;
  static final double RETRY_RATIO = 0.1;

  public ClientSettings {
    balancers = List.copyOf(balancers);
    Require.that(!balancers.isEmpty(), "balancers", balancers, "at least one host:port");
    Require.that(
        !service.isEmpty() && service.length() <= LONGEST_NAME,
        "service",
        service,
        "1 to " + LONGEST_NAME + " characters");
    Require.aboveZero("deadline", deadline);
    Require.aboveZero("pick timeout", pickTimeout);
    attemptTimeout.ifPresent(timeout -> Require.aboveZero("attempt timeout", timeout));
    Require.notNegative("patience", patience);
  }

  /** The defaults, for these balancers and the service "worker". */
  public static ClientSettings of(List<Address> balancers) {
    return new ClientSettings(
        balancers,
        "worker",
        DEADLINE,
        PATIENCE,
        PICK_TIMEOUT,
        Optional.empty(),
        InsecureChannelCredentials.create(),
        RETRY_BURST);
  }
}
