package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import dev.lookaside.registry.kubernetes.KubernetesSettings;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which Services are balanced, with lb.registry=kubernetes.
 *
 * @param namespace Namespace of the Services. Empty: that of this pod.
 * @param selector Labels of the Services that are balanced, in Kubernetes' form, such as a=b.
 * @param portName Name of the port that clients call; a single port without a name needs none.
 * @param balancers Service of the balancers themselves, by which clients learn of all of them.
 *     Empty: clients know only those that they are told.
 */
public record KubernetesProperties(
    @DefaultValue("") String namespace,
    @DefaultValue("lookaside.dev/balance=true") String selector,
    @DefaultValue("grpc") String portName,
    @DefaultValue("") String balancers) {

  public KubernetesProperties {
    Require.that(
        !selector.isBlank(),
        "lb.kubernetes.selector",
        selector,
        "labels, such as lookaside.dev/balance=true: a balancer connects to every endpoint that it reads of");
  }

  public KubernetesSettings settings() {
    return KubernetesSettings.of(namespace, selector, portName, balancers);
  }
}
