package dev.lookaside.worker.grpc;

import com.google.protobuf.Duration;

/** Durations as they go over the wire. */
final class ProtoDurations {
  private ProtoDurations() {}

  static Duration toProto(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
