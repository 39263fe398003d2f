package dev.lookaside.registry.jetcd;

import static dev.lookaside.registry.testing.Workers.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.view.RegistrySync.InSync;
import dev.lookaside.registry.watch.LivenessProbe;
import dev.lookaside.registry.watch.RegistryWatch;
import dev.lookaside.registry.watch.RegistryWatchSettings;
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
    Recorder recorder = new Recorder();
    try (EtcdCluster cluster = EtcdCluster.start()) {
      EtcdSettings settings = EtcdSettings.of(cluster.clients().toArray(URI[]::new));
      try (Registrar registrar =
              new Registrar(
                  settings, RegistrarSettings.withLeaseTtl(TTL), worker("w1", 50_052), recorder);
          RegistryWatch watch =
              new RegistryWatch(
                  settings,
                  RegistryWatchSettings.defaults(),
                  LivenessProbe.none(),
                  AddressRules.defaults(),
                  Ticker.system(),
                  recorder)) {
        registrar.start();
        watch.start();
        Eventually.within(SOON, "visible", () -> sees(watch, "w1"));

        for (int member = 0; member < 3; member++) {
          cluster.suspend(member);
          long renewals = registrar.status().renewals();
          Eventually.within(
              TTL.multipliedBy(3),
              "renewed while member " + member + " hangs",
              () -> registrar.status().renewals() >= renewals + 3);
          String id = "new-" + member;
          EtcdCtl ctl = cluster.ctl((member + 1) % 3);
          ctl.run(
              "put",
              "--lease=" + ctl.grant(60),
              key(id),
              "{\"Addr\":\"127.0.0.1:1" + member + "\"}");
          Eventually.within(
              SOON, "a change while member " + member + " hangs", () -> sees(watch, id));
          cluster.resume(member);
        }

        int leader = cluster.leader();
        cluster.kill(leader);
        long renewals = registrar.status().renewals();
        Eventually.within(
            TTL.multipliedBy(3),
            "renewed without the old leader",
            () -> registrar.status().renewals() >= renewals + 2);
        Eventually.within(SOON, "in sync", () -> watch.view().sync() instanceof InSync);
        assertThat(sees(watch, "w1")).isTrue();
        // A lease that was lost would have made the registrar put its key again.
        assertThat(registrar.status().registrations()).as("times the key was put").isEqualTo(1);
        assertThat(registrar.status().phase()).isEqualTo(Phase.REGISTERED);
      }
    }
  }

  private static String key(String id) {
    return "lookaside/worker/" + id;
  }

  private static boolean sees(RegistryWatch watch, String id) {
    return watch.view().tables().containsKey("worker")
        && watch.view().tables().get("worker").find(id).isPresent();
  }
}
