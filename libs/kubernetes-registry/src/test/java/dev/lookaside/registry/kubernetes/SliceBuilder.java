package dev.lookaside.registry.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

/** EndpointSlices as Kubernetes' own controller writes them. */
final class SliceBuilder {

  private SliceBuilder() {}

  static EndpointSlice slice(String name, String service, long version, Endpoint... endpoints) {
    return slice(name, service, version, "IPv4", endpoints);
  }

  static EndpointSlice slice(
      String name, String service, long version, String addressType, Endpoint... endpoints) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("shop")
        .withResourceVersion(Long.toString(version))
        .addToLabels("kubernetes.io/service-name", service)
        .addToLabels("lookaside.dev/balance", "true")
        .endMetadata()
        .withAddressType(addressType)
        .withPorts(
            new EndpointPortBuilder().withName("http").withPort(8080).build(),
            new EndpointPortBuilder().withName("grpc").withPort(50052).build())
        .withEndpoints(endpoints)
        .build();
  }

  /** A pod that is ready, in zone a. */
  static Endpoint ready(String pod, String address) {
    return pod(pod, address, true, true, false);
  }

  /** A pod that ends, and still serves. */
  static Endpoint ending(String pod, String address) {
    return pod(pod, address, false, true, true);
  }

  static Endpoint pod(
      String pod, String address, boolean ready, boolean serving, boolean terminating) {
    return new EndpointBuilder()
        .withAddresses(address)
        .withZone("a")
        .withTargetRef(
            new ObjectReferenceBuilder()
                .withKind("Pod")
                .withName(pod)
                .withUid("uid-" + pod)
                .build())
        .withNewConditions()
        .withReady(ready)
        .withServing(serving)
        .withTerminating(terminating)
        .endConditions()
        .build();
  }
}
