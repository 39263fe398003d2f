package dev.lookaside.registry.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.change.ControlChanges.Changed;
import dev.lookaside.registry.change.ControlChanges.Outcome;
import dev.lookaside.registry.change.ControlChanges.Stale;
import dev.lookaside.registry.change.ControlChanges.Unreadable;
import dev.lookaside.registry.control.EndpointControl;
import dev.lookaside.registry.control.EndpointControl.Weighed;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.testing.Watches;
import dev.lookaside.registry.testing.Workers;
import dev.lookaside.registry.watch.RegistryWatch;
import dev.lookaside.testing.etcd.EtcdCtl;
import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.testing.time.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions in a real etcd, and the watch that brings them. */
@RequiresRealEtcd
class ControlOnEtcdTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Origin ORIGIN =
      new Origin("alice", "none", Instant.parse("2026-01-31T12:00:00Z"), "a test");

  private final EtcdSettings etcd;
  private final EtcdCtl ctl;
  private final Recorder recorder = new Recorder();
  private final RegistryWatch watch;
  private final ControlChanges changes;
  private final Registrar registrar;

  ControlOnEtcdTest(EtcdProcess server) {
    etcd = EtcdSettings.of(server.clientUri()).withRoot("test-" + UUID.randomUUID());
    ctl = new EtcdCtl(server.clientUri());
    watch = Watches.watch(etcd, endpoint -> CompletableFuture.completedFuture(true), recorder);
    changes = new ControlChanges(etcd);
    registrar =
        new Registrar(
            etcd,
            RegistrarSettings.defaults(),
            Workers.worker("w1", 1001),
            new RegistrarListener() {});
  }

  @BeforeEach
  void start() {
    registrar.start();
    watch.start();
    awaitEndpoint(endpoint -> endpoint.state() == EndpointState.READY);
  }

  @AfterEach
  void close() {
    registrar.close();
    watch.close();
    changes.close();
  }

  @Test
  void aDecisionIsInTheTablesAndGoesWhenItIsUndone() throws Exception {
    drain(OptionalLong.empty());
    awaitEndpoint(endpoint -> endpoint.state() == EndpointState.DRAINING);
    weigh(7);
    awaitEndpoint(endpoint -> endpoint.weight() == 7);
    assertThat(watch.view().controlOf("worker").control().of("w1").drained()).contains(ORIGIN);

    change(EndpointControl.NONE);
    awaitEndpoint(e -> e.state() == EndpointState.READY && e.weight() == 2.5);
    assertThat(ctl.run("get", "--prefix", etcd.root() + "/control/")).isEmpty();
  }

  @Test
  void aChangeOnAnOlderStateIsRefused() throws Exception {
    long seen = ((Changed) drain(OptionalLong.of(0))).now().revision();
    long after = ((Changed) weigh(3)).now().revision();

    assertThat(drain(OptionalLong.of(seen))).isEqualTo(new Stale(after));
    assertThat(drain(OptionalLong.of(0))).isEqualTo(new Stale(after));
    assertThat(drain(OptionalLong.of(after))).isInstanceOf(Changed.class);
  }

  @Test
  void whatIsSoAlreadyIsNotWrittenAgain() throws Exception {
    long first = ((Changed) drain(OptionalLong.empty())).now().revision();
    Changed again = (Changed) drain(OptionalLong.empty());
    assertThat(again.now().revision()).isEqualTo(first);
    assertThat(again.now()).isEqualTo(again.before());
  }

  @Test
  void aValueThatCannotBeReadIsSkippedAndWhatWasDecidedBeforeHolds() throws Exception {
    drain(OptionalLong.empty());
    awaitEndpoint(endpoint -> endpoint.state() == EndpointState.DRAINING);
    String key = etcd.root() + "/control/worker/operator";

    ctl.run("put", key, "{\"endpoints\":{}");
    Eventually.within(SOON, "rejected", () -> recorder.count("rejected " + key) > 0);
    assertThat(endpoint().state()).isEqualTo(EndpointState.DRAINING);
    assertThat(drain(OptionalLong.empty())).isInstanceOf(Unreadable.class);

    ctl.run("del", key);
    awaitEndpoint(endpoint -> endpoint.state() == EndpointState.READY);
  }

  private Outcome drain(OptionalLong expected) throws Exception {
    return changes.change(
        "worker",
        expected,
        before -> before.with("w1", before.of("w1").withDrained(Optional.of(ORIGIN))));
  }

  private Outcome weigh(double weight) throws Exception {
    return changes.change(
        "worker",
        OptionalLong.empty(),
        before ->
            before.with(
                "w1", before.of("w1").withWeight(Optional.of(new Weighed(weight, ORIGIN)))));
  }

  private void change(EndpointControl control) throws Exception {
    assertThat(changes.change("worker", OptionalLong.empty(), before -> before.with("w1", control)))
        .isInstanceOf(Changed.class);
  }

  private void awaitEndpoint(Predicate<Endpoint> expected) {
    Eventually.within(SOON, "as expected", () -> find().filter(expected).isPresent());
  }

  private Endpoint endpoint() {
    return find().orElseThrow();
  }

  private Optional<Endpoint> find() {
    return watch.view().tables().getOrDefault("worker", EndpointTable.empty("worker")).find("w1");
  }
}
