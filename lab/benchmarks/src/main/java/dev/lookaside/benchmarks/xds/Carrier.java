package dev.lookaside.benchmarks.xds;

import java.util.List;

/** A part of xDS that can carry weights, and how the balancer is made to use it. */
enum Carrier {
  /** Each endpoint is a locality with its weight, under wrr_locality. */
  LOCALITY("locality", "type=rr"),
  /** Endpoints have weights, under ring_hash; no key, so that each call has a hash of its own. */
  RING("ring", "type=hash"),
  /** Endpoints report, and clients weigh them, under client_side_weighted_round_robin. */
  CLIENT("client", "xds-mode=client-adaptive");

  private final String service;
  private final String setting;

  Carrier(String service, String setting) {
    this.service = service;
    this.setting = setting;
  }

  String service() {
    return service;
  }

  static List<String> settings() {
    return List.of(values()).stream()
        .map(c -> "--lb.services." + c.service + "." + c.setting)
        .toList();
  }
}
