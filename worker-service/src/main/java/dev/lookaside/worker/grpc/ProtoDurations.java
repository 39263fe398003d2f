package dev.lookaside.worker.grpc;

import com.google.protobuf.Duration;

/** Durations to and from the wire. */
final class ProtoDurations {
  private ProtoDurations() {}

  static Duration toProto(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static java.time.Duration fromProto(Duration duration) {
    return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
