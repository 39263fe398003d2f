package dev.lookaside.registry.registrar;

import static dev.lookaside.registry.testing.Workers.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.testing.CuttableProxy;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.testing.etcd.EtcdCtl;
import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.testing.time.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registrar against a real etcd that is treated badly. */
@RequiresRealEtcd
class RegistrarOnEtcdTest {
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final String KEY = "lookaside/worker/w1";

  /** For what nothing else would bring about; on a machine that is not busy, 3 s suffice. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private final EtcdProcess etcd;
  private final EtcdCtl ctl;
  private final List<Registrar> registrars = new ArrayList<>();

  RegistrarOnEtcdTest(EtcdProcess etcd) {
    this.etcd = etcd;
    this.ctl = new EtcdCtl(etcd.clientUri());
  }

  @AfterEach
  void close() {
    registrars.forEach(Registrar::close);
    etcd.resume();
    if (!etcd.isRunning()) {
      etcd.restart();
    }
  }

  @Test
  void putsTheKeyInTheFormatOfGrpcNamingAndKeepsItPastItsTtl() {
    Recorder recorder = new Recorder();
    Registrar registrar = started(worker("w1", 50_052), recorder);

    Eventually.within(SOON, "registered", () -> ctl.get(KEY).isPresent());
    assertThat(ctl.get(KEY).orElseThrow())
        .startsWith("{\"Op\":0,\"Addr\":\"127.0.0.1:50052\",\"Metadata\":{\"weight\":2.5,");
    Eventually.within(SOON, "renewed", () -> registrar.status().renewals() > 4);
    assertThat(registrar.status().registrations()).isEqualTo(1);
    assertThat(recorder.count("lost")).isZero();
  }

  @Test
  void keepsTryingWhileEtcdIsAwayAtTheStart() {
    etcd.kill();
    long before = System.nanoTime();
    Registrar registrar = started(worker("w1", 50_052), new Recorder());
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    Eventually.within(
        SOON,
        "it says why",
        () -> registrar.status().detail().contains("127.0.0.1:" + etcd.clientUri().getPort()));

    etcd.restart();

    Eventually.within(SOON, "registered", () -> ctl.get(KEY).isPresent());
  }

  @Test
  void comesBackAfterEtcdLostItsData() {
    Registrar registrar = registered(worker("w1", 50_052), new Recorder());

    etcd.wipeAndRestart();

    Eventually.within(SOON, "put again", () -> ctl.get(KEY).isPresent());
    Eventually.within(SOON, "says so", () -> registrar.status().registrations() == 2);
  }

  @Test
  void keepsItsKeyOverACrashOfEtcd() {
    Recorder recorder = new Recorder();
    Registrar registrar = registered(worker("w1", 50_052), recorder);
    long renewals = registrar.status().renewals();

    etcd.kill();
    etcd.restart();

    assertThat(ctl.get(KEY)).isPresent();
    Eventually.within(SOON, "renewed", () -> registrar.status().renewals() > renewals + 1);
    assertThat(ctl.get(KEY)).isPresent();
  }

  @Test
  void takesANewLeaseWhenTheOldOneWasRevoked() {
    Registrar registrar = registered(worker("w1", 50_052), new Recorder());

    String old = ctl.leaseOf(KEY);
    ctl.run("lease", "revoke", old);

    // The key went with the lease; it may be there again before anybody could see that.
    Eventually.within(
        SOON, "put again", () -> !Set.of(EtcdCtl.NO_LEASE, old).contains(ctl.leaseOf(KEY)));
    Eventually.within(SOON, "registered", () -> registrar.status().phase() == Phase.REGISTERED);
  }

  @Test
  void putsBackAKeyThatWasDeletedOrOverwrittenBehindItsBack() {
    registered(worker("w1", 50_052), new Recorder());
    String value = ctl.get(KEY).orElseThrow();

    ctl.run("del", KEY);
    Eventually.within(SOON, "put again", () -> ctl.get(KEY).isPresent());

    ctl.run("put", KEY, "nonsense");
    Eventually.within(SOON, "put right", () -> ctl.get(KEY).filter(value::equals).isPresent());
    assertThat(ctl.leaseOf(KEY)).isNotEqualTo(EtcdCtl.NO_LEASE);
  }

  @Test
  void registersAgainAfterEtcdHungForLongerThanTheTtl() {
    Registrar registrar = registered(worker("w1", 50_052), new Recorder());
    etcd.suspend();
    Eventually.within(SOON, "lost", () -> registrar.status().phase() == Phase.REGISTERING);

    etcd.resume();

    Eventually.within(
        SOON,
        "registered",
        () -> registrar.status().phase() == Phase.REGISTERED && ctl.get(KEY).isPresent());
  }

  @Test
  void stopsWithAConflictWhenALiveProcessHasTheId() {
    registered(worker("w1", 50_052, "one"), new Recorder());
    Recorder second = new Recorder();

    Registrar late = started(worker("w1", 50_053, "two"), second);

    Eventually.within(SOON, "conflict", () -> late.status().phase() == Phase.CONFLICT);
    assertThat(second.heard())
        .containsExactly(
            "conflict: ALREADY_EXISTS: id 'w1' of service 'worker' is held by 127.0.0.1:50052"
                + " (incarnation one), which is alive (expected: a worker id of its own for each"
                + " worker)");
    assertThat(ctl.get(KEY).orElseThrow()).contains("\"one\"");
  }

  @Test
  void takesOverAtOnceFromItsOwnPredecessorOnTheSameAddress() {
    String lease = ctl.grant(60);
    ctl.run(
        "put",
        "--lease=" + lease,
        KEY,
        "{\"Addr\":\"127.0.0.1:50052\",\"Metadata\":{\"incarnation\":\"crashed\"}}");

    started(worker("w1", 50_052, "new"), new Recorder());

    Eventually.within(
        SOON,
        "taken over long before the lease runs out",
        () -> ctl.get(KEY).filter(value -> value.contains("\"new\"")).isPresent());
    ctl.run("lease", "revoke", lease);
    assertThat(ctl.get(KEY)).as("the old lease removes nothing").isPresent();
  }

  @Test
  void takesOverFromADeadHolderElsewhereWhenItsLeaseRanOut() {
    ctl.run(
        "put",
        "--lease=" + ctl.grant(3),
        KEY,
        "{\"Addr\":\"127.0.0.1:50099\",\"Metadata\":{\"incarnation\":\"crashed\"}}");

    Recorder recorder = new Recorder();
    started(worker("w1", 50_052, "new"), recorder);

    Eventually.within(
        SOON,
        "taken over",
        () -> ctl.get(KEY).filter(value -> value.contains("\"new\"")).isPresent());
    assertThat(recorder.heard()).doesNotContain("conflict");
  }

  @Test
  void drainsThenRevokesOnClose() throws Exception {
    Registrar registrar = registered(worker("w1", 50_052), new Recorder());

    registrar.drain().get(SOON.toSeconds(), TimeUnit.SECONDS);

    assertThat(ctl.get(KEY).orElseThrow()).contains("\"state\":\"DRAINING\"");
    assertThat(registrar.status().phase()).isEqualTo(Phase.DRAINING);
    registrar.close();
    assertThat(ctl.get(KEY)).isEmpty();
    registrar.close();
    assertThat(registrar.status().phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void comesBackAfterAPartitionOfTwiceTheTtl() {
    try (CuttableProxy proxy = new CuttableProxy(etcd.clientUri())) {
      Registrar registrar =
          started(worker("w1", 50_052), new Recorder(), EtcdSettings.of(proxy.uri()), TTL);
      Eventually.within(SOON, "registered", () -> registrar.status().phase() == Phase.REGISTERED);
      proxy.block();
      Eventually.within(SOON, "expired", () -> ctl.get(KEY).isEmpty());
      Eventually.within(SOON, "lost", () -> registrar.status().phase() == Phase.REGISTERING);

      proxy.unblock();

      Eventually.within(SOON, "put again", () -> ctl.get(KEY).isPresent());
      registrar.close();
    }
  }

  @Test
  void losesNoLeaseWhenEtcdIsHalfASecondAwayEachWay() {
    Duration ttl = Duration.ofSeconds(9);
    Recorder recorder = new Recorder();
    try (CuttableProxy proxy = new CuttableProxy(etcd.clientUri())) {
      proxy.delay(Duration.ofMillis(500));
      Registrar registrar =
          started(worker("w1", 50_052), recorder, EtcdSettings.of(proxy.uri()), ttl);
      Eventually.within(SOON.plus(ttl), "renewed", () -> registrar.status().renewals() >= 3);

      assertThat(registrar.status().registrations()).isEqualTo(1);
      assertThat(recorder.count("lost")).isZero();
      registrar.close();
    }
  }

  @Test
  void closesWithinItsBoundWhileEtcdHangs() {
    Registrar registrar = registered(worker("w1", 50_052), new Recorder());
    etcd.suspend();
    long before = System.nanoTime();

    registrar.close();

    // 1.5 s and what a busy machine adds; without a bound it would wait for as long as etcd hangs.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  private Registrar registered(Registration registration, Recorder recorder) {
    Registrar registrar = started(registration, recorder);
    Eventually.within(SOON, "registered", () -> registrar.status().phase() == Phase.REGISTERED);
    return registrar;
  }

  private Registrar started(Registration registration, Recorder recorder) {
    return started(registration, recorder, EtcdSettings.of(etcd.clientUri()), TTL);
  }

  private Registrar started(
      Registration registration, Recorder recorder, EtcdSettings settings, Duration ttl) {
    Registrar registrar =
        new Registrar(settings, RegistrarSettings.withLeaseTtl(ttl), registration, recorder);
    registrars.add(registrar);
    registrar.start();
    return registrar;
  }
}
