package dev.lookaside.registry.kubernetes;

import dev.lookaside.core.check.Require;
import java.time.Duration;

/**
 * Which EndpointSlices are read, and how.
 *
 * @param namespace whose Services are read; empty: the one that this process is in
 * @param selector labels of the Services, in Kubernetes' own form such as {@code a=b,c in (d,e)}
 * @param portName the port that clients call; a Service with one unnamed port needs no name
 * @param balancers the Service of the balancers themselves; empty: none
 * @param listEvery how often all slices are read and compared, watch or no watch
 * @param timeout of each request
 * @param firstBackoff the pause after the first failure; doubles up to {@code maxBackoff}
 * @param maxBackoff the longest pause
 * @param publishEvery the shortest time between two views
 */
public record KubernetesSettings(
    String namespace,
    String selector,
    String portName,
    String balancers,
    Duration listEvery,
    Duration timeout,
    Duration firstBackoff,
    Duration maxBackoff,
    Duration publishEvery) {

  public KubernetesSettings {
    Require.that(
        !selector.isBlank(),
        "selector",
        selector,
        "labels, such as lookaside.dev/balance=true: a balancer connects to every endpoint it reads of");
    Require.aboveZero("listEvery", listEvery);
    Require.aboveZero("timeout", timeout);
    Require.aboveZero("firstBackoff", firstBackoff);
    Require.aboveZero("maxBackoff", maxBackoff);
    Require.aboveZero("publishEvery", publishEvery);
  }

  /** The usual rhythm. */
  public static KubernetesSettings of(
      String namespace, String selector, String portName, String balancers) {
    return new KubernetesSettings(
        namespace,
        selector,
        portName,
        balancers,
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofMillis(20));
  }
}
