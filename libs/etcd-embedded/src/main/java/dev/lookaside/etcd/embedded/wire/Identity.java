package dev.lookaside.etcd.embedded.wire;

import io.etcd.jetcd.api.ResponseHeader;
import java.util.random.RandomGenerator;

/**
 * Who answers. The ids differ from start to start, so that a client can see that the data of before
 * is gone.
 */
public record Identity(long clusterId, long memberId) {
  /** There is one member and it never changes, so there is one term. */
  public static final long TERM = 1;

  public static Identity random(RandomGenerator random) {
    return new Identity(random.nextLong(), random.nextLong());
  }

  public ResponseHeader header(long revision) {
    return ResponseHeader.newBuilder()
        .setClusterId(clusterId)
        .setMemberId(memberId)
        .setRevision(revision)
        .setRaftTerm(TERM)
        .build();
  }
}
