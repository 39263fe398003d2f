package dev.lookaside.registry.jetcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.testing.WorkerAndWatch;
import dev.lookaside.testing.etcd.EtcdCluster;
import dev.lookaside.testing.etcd.EtcdCtl;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.testing.time.Eventually;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Three members, of which one hangs or dies: nobody may notice. */
@RequiresRealEtcd
class HungMemberTest {
  // The default. An election takes one to two seconds, and each member that is tried meanwhile one
  // more.
  private static final Duration TTL = Duration.ofSeconds(10);

  /** A member that hangs is left within some 3 s; on a machine that is busy, within a lease. */
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  void noLeaseIsLostAndTheViewStaysFreshWhileAnyOneMemberHangs() throws Exception {
    try (EtcdCluster cluster = EtcdCluster.start();
        WorkerAndWatch both =
            WorkerAndWatch.start(
                EtcdSettings.of(cluster.clients().toArray(URI[]::new)), TTL, new Recorder())) {
      Eventually.within(SOON, "visible", () -> both.sees("w1"));

      for (int member = 0; member < 3; member++) {
        cluster.suspend(member);
        long renewals = both.status().renewals();
        Eventually.within(
            TTL.multipliedBy(3),
            "renewed while member " + member + " hangs",
            () -> both.status().renewals() >= renewals + 3);
        String id = "new-" + member;
        EtcdCtl ctl = cluster.ctl((member + 1) % 3);
        ctl.run(
            "put", "--lease=" + ctl.grant(60), key(id), "{\"Addr\":\"127.0.0.1:1" + member + "\"}");
        Eventually.within(SOON, "a change while member " + member + " hangs", () -> both.sees(id));
        cluster.resume(member);
      }

      int leader = cluster.leader();
      cluster.kill(leader);
      long renewals = both.status().renewals();
      Eventually.within(
          TTL.multipliedBy(3),
          "renewed without the old leader",
          () -> both.status().renewals() >= renewals + 2);
      Eventually.within(SOON, "in sync", both::inSync);
      assertThat(both.sees("w1")).isTrue();
      // A lease that was lost would have made the registrar put its key again.
      assertThat(both.status().registrations()).as("times the key was put").isEqualTo(1);
      assertThat(both.registered()).isTrue();
    }
  }

  private static String key(String id) {
    return "lookaside/worker/" + id;
  }
}
