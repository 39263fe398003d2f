package dev.lookaside.lb.xds;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.util.Durations;
import dev.lookaside.lb.config.XdsMode;
import dev.lookaside.xds.v3.ClientSideWeightedRoundRobin;
import dev.lookaside.xds.v3.LoadBalancingPolicy;
import dev.lookaside.xds.v3.RingHash;
import dev.lookaside.xds.v3.RoundRobin;
import dev.lookaside.xds.v3.TypedExtensionConfig;
import dev.lookaside.xds.v3.TypedStruct;
import dev.lookaside.xds.v3.WrrLocality;

/**
 * Which of their own policies clients shall use. Each list ends with one that every client knows,
 * for a client skips those that it does not know only if a known one follows.
 */
final class ClientPolicies {
  private static final String STRUCTS = "type.googleapis.com/";
  private static final int REPORT_SECONDS = 1;

  /**
   * Places on the ring for each endpoint: enough for parts that are nearly even, and as many when
   * others come or go, so that the keys of those that stay do not move.
   */
  private static final int PLACES = 100;

  /** More is refused by clients. */
  private static final int MOST_RING = 4_096;

  private ClientPolicies() {}

  /**
   * @param size how many endpoints there are
   */
  static LoadBalancingPolicy of(Treatment treatment, ServiceTerms terms, int size) {
    LoadBalancingPolicy.Builder policies = LoadBalancingPolicy.newBuilder();
    if (treatment == Treatment.BY_KEY) {
      int ring = (int) Math.max(1, Math.min(MOST_RING, (long) PLACES * size));
      return policies
          .addPolicies(
              policy(
                  "ring_hash",
                  RingHash.newBuilder()
                      .setHashFunction(RingHash.HashFunction.XX_HASH)
                      .setMinimumRingSize(UInt64Value.of(ring))
                      .build()))
          .build();
    }
    LoadBalancingPolicy.Builder children = LoadBalancingPolicy.newBuilder();
    terms
        .childPolicy()
        .ifPresent(name ->
            children.addPolicies(
                policy(name, TypedStruct.newBuilder().setTypeUrl(STRUCTS + name).build())));
    if (terms.mode() == XdsMode.CLIENT_ADAPTIVE) {
      children.addPolicies(
          policy(
              "client_side_weighted_round_robin",
              ClientSideWeightedRoundRobin.newBuilder()
                  .setEnableOobLoadReport(BoolValue.of(true))
                  .setOobReportingPeriod(Durations.fromSeconds(REPORT_SECONDS))
                  .addAllMetricNamesForComputingUtilization(terms.utilizationMetrics())
                  .build()));
    }
    children.addPolicies(policy("round_robin", RoundRobin.getDefaultInstance()));
    return policies
        .addPolicies(
            policy(
                "wrr_locality",
                WrrLocality.newBuilder().setEndpointPickingPolicy(children).build()))
        .build();
  }

  private static LoadBalancingPolicy.Policy policy(String name, Message config) {
    return LoadBalancingPolicy.Policy.newBuilder()
        .setTypedExtensionConfig(
            TypedExtensionConfig.newBuilder().setName(name).setTypedConfig(Any.pack(config)))
        .build();
  }
}
