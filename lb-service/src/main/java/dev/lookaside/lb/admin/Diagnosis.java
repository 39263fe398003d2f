package dev.lookaside.lb.admin;

import dev.lookaside.lb.registry.RejectedKeys;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.jetcd.MemberVersions;
import dev.lookaside.registry.jetcd.MemberVersions.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with the registry. May block for a second for each member of etcd. */
public final class Diagnosis {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final RejectedKeys rejected;
  private final Optional<EtcdSettings> etcd;

  /**
   * @param etcd empty if the registry is not there
   */
  public Diagnosis(RejectedKeys rejected, Optional<EtcdSettings> etcd) {
    this.rejected = rejected;
    this.etcd = etcd;
  }

  /** Why keys were left out, by key. */
  public Map<String, String> rejectedKeys() {
    return rejected.latest();
  }

  public List<Member> etcdMembers() {
    if (etcd.isEmpty()) {
      return List.of();
    }
    try {
      return MemberVersions.read(etcd.get(), PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
