package dev.lookaside.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.jetcd.EtcdClients;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.testing.CuttableProxy;
import dev.lookaside.registry.testing.GrpcProxy;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.testing.Watches;
import dev.lookaside.registry.testing.Workers;
import dev.lookaside.registry.view.RegistrySync.InSync;
import dev.lookaside.registry.view.RegistrySync.NeverSynced;
import dev.lookaside.registry.view.RegistrySync.Stale;
import dev.lookaside.testing.etcd.EtcdCtl;
import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.testing.time.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watch against a real etcd that is treated badly. */
@RequiresRealEtcd
class RegistryWatchOnEtcdTest {
  /** On a machine that is busy; otherwise 5 s suffice, and milliseconds for a change. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private final EtcdProcess etcd;
  private final EtcdCtl ctl;
  private final Set<String> serving = ConcurrentHashMap.newKeySet();
  private final Recorder recorder = new Recorder();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private String lease = "";

  RegistryWatchOnEtcdTest(EtcdProcess etcd) {
    this.etcd = etcd;
    this.ctl = new EtcdCtl(etcd.clientUri());
  }

  @BeforeEach
  void clean() {
    ctl.run("del", "--prefix", "");
    lease = ctl.grant(300);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
    etcd.resume();
    if (!etcd.isRunning()) {
      etcd.restart();
    }
  }

  @Test
  void seesWhatIsThereThenEachChangeAtOnce() {
    put("worker", "w1", "127.0.0.1:1001");
    RegistryWatch watch = started(etcd.clientUri(), watchesOnly());
    await(watch, "worker", "w1");
    assertThat(watch.view().sync()).isInstanceOf(InSync.class);

    put("worker", "w2", "127.0.0.1:1002");
    await(watch, "worker", "w1", "w2");
    put("other", "o1", "127.0.0.1:1003");
    await(watch, "other", "o1");
    ctl.run("del", "lookaside/other/o1");
    await(watch, "other");

    assertThat(watch.view().revision()).isEqualTo(ctl.revision());
    assertThat(watch.view().tables()).containsKey("other");
  }

  @Test
  void staysInSyncThroughAProxyThatAnswersNoRequestForProgress() {
    put("worker", "w1", "127.0.0.1:1001");
    GrpcProxy proxy = GrpcProxy.before(etcd.clientUri());
    opened.add(proxy);
    RegistryWatch watch = started(proxy.uri());
    await(watch, "worker", "w1");

    Eventually.within(
        Duration.ofSeconds(30),
        "in sync for twice the silence that ends a watch elsewhere",
        () ->
            watch.view().sync() instanceof InSync sync
                && sync.lastHeardNanos() - sync.sinceNanos() > Duration.ofSeconds(7).toNanos());
    assertThat(recorder.count("resynced: no sign of life")).isLessThanOrEqualTo(2);
    put("worker", "w2", "127.0.0.1:1002");
    await(watch, "worker", "w1", "w2");
  }

  @Test
  void readsEveryFieldThatARegistrarWrites() {
    RegistryWatch watch = started(etcd.clientUri());
    Registrar registrar =
        new Registrar(
            EtcdSettings.of(etcd.clientUri()),
            RegistrarSettings.defaults(),
            Workers.worker("w9", 1009, "this-run"),
            RegistrarListener.none());
    opened.add(registrar);
    registrar.start();
    await(watch, "worker", "w9");

    Endpoint endpoint = table(watch, "worker").find("w9").orElseThrow();

    assertThat(endpoint)
        .isEqualTo(Workers.worker("w9", 1009, "this-run").endpoint(EndpointState.READY));
    assertThat(endpoint.locality()).isEqualTo(new Locality("eu", "eu-1", "rack-7"));
    registrar.drain().join();
    Eventually.within(
        SOON,
        "draining",
        () -> table(watch, "worker").find("w9").orElseThrow().state() == EndpointState.DRAINING);
  }

  @Test
  void skipsBadKeysAndKeepsTheOthersLive() {
    RegistryWatch watch = started(etcd.clientUri());
    put("worker", "good", "127.0.0.1:1001");
    await(watch, "worker", "good");

    putRaw("lookaside/worker/a", "not json");
    putRaw("lookaside/worker/b", "{\"Addr\":\"169.254.169.254:80\"}");
    putRaw("lookaside/too/many/parts", "{\"Addr\":\"127.0.0.1:1\"}");
    ctl.run("put", "lookaside/worker/no-lease", "{\"Addr\":\"127.0.0.1:1\"}");
    putRaw("lookaside/worker/c", "{\"Addr\":\"127.0.0.1:1004\",\"Surprise\":[1]}");

    await(watch, "worker", "c", "good");
    assertThat(recorder.count("rejected ")).isEqualTo(4);
  }

  @Test
  void isNotInSyncWhileEtcdIsAwayAtTheStartAndThenIs() {
    put("worker", "w1", "127.0.0.1:1001");
    etcd.kill();
    RegistryWatch watch = started(etcd.clientUri());
    Eventually.within(SOON, "it tried", () -> !(watch.view().sync() instanceof InSync));
    assertThat(watch.view().sync()).isEqualTo(new NeverSynced());

    etcd.restart();

    await(watch, "worker", "w1");
  }

  @Test
  void keepsTheLastViewAsStaleWhileEtcdIsDownAndResyncs() {
    put("worker", "w1", "127.0.0.1:1001");
    RegistryWatch watch = started(etcd.clientUri());
    await(watch, "worker", "w1");

    etcd.kill();
    Eventually.within(SOON, "stale", () -> watch.view().sync() instanceof Stale);
    assertThat(ids(watch, "worker")).containsExactly("w1");

    etcd.restart();
    Eventually.within(SOON, "in sync", () -> watch.view().sync() instanceof InSync);
    put("worker", "w2", "127.0.0.1:1002");
    await(watch, "worker", "w1", "w2");
    assertThat(recorder.views())
        .allSatisfy(view -> assertThat(view.tables()).allSatisfy(this::notEmpty));
  }

  @Test
  void marksTheViewStaleInASilentPartition() {
    CuttableProxy proxy = new CuttableProxy(etcd.clientUri());
    opened.add(proxy);
    put("worker", "w1", "127.0.0.1:1001");
    RegistryWatch watch = started(proxy.uri());
    await(watch, "worker", "w1");

    proxy.block();

    Eventually.within(SOON, "stale", () -> watch.view().sync() instanceof Stale);
    proxy.unblock();
    Eventually.within(SOON, "in sync", () -> watch.view().sync() instanceof InSync);
  }

  @Test
  void missesNothingWhenTheHistoryWasCompactedWhileItWasCutOff() {
    CuttableProxy proxy = new CuttableProxy(etcd.clientUri());
    opened.add(proxy);
    put("worker", "w1", "127.0.0.1:1001");
    put("worker", "w2", "127.0.0.1:1002");
    RegistryWatch watch = started(proxy.uri());
    await(watch, "worker", "w1", "w2");

    proxy.block();
    ctl.run("del", "lookaside/worker/w2");
    for (int i = 0; i < 20; i++) {
      put("worker", "w3", "127.0.0.1:" + (2000 + i));
    }
    ctl.run("compact", String.valueOf(ctl.revision()));
    proxy.unblock();

    await(watch, "worker", "w1", "w3");
    assertThat(table(watch, "worker").find("w3").orElseThrow().address().port()).isEqualTo(2019);
  }

  @Test
  void keepsServingEndpointsWhenEtcdIsWipedUntilTheyStopServing() {
    put("worker", "w1", "127.0.0.1:1001");
    put("worker", "w2", "127.0.0.1:1002");
    put("worker", "dead", "127.0.0.1:1003");
    serving.addAll(Set.of("w1", "w2"));
    RegistryWatch watch = started(etcd.clientUri());
    await(watch, "worker", "dead", "w1", "w2");

    etcd.wipeAndRestart();

    await(watch, "worker", "w1", "w2");
    assertThat(watch.view().sync()).isInstanceOf(InSync.class);
    lease = ctl.grant(300);
    put("worker", "w1", "127.0.0.1:1011");
    Eventually.within(
        SOON,
        "the new registration",
        () -> table(watch, "worker").find("w1").orElseThrow().address().port() == 1011);
    serving.remove("w2");
    await(watch, "worker", "w1");
  }

  @Test
  void survivesARewriteStormWithFewPublications() {
    RegistryWatch watch = started(etcd.clientUri());
    put("worker", "w1", "127.0.0.1:1001");
    await(watch, "worker", "w1");
    int before = recorder.views().size();
    long start = System.nanoTime();
    var client = EtcdClients.connect(EtcdSettings.of(etcd.clientUri()));
    opened.add(client);
    List<CompletableFuture<?>> puts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      puts.add(
          client
              .getKVClient()
              .put(
                  bytes("lookaside/storm/s" + i % 500),
                  bytes("{\"Addr\":\"127.0.0.1:" + (10_000 + i) + "\"}"),
                  io.etcd.jetcd.options.PutOption.builder()
                      .withLeaseId(Long.parseLong(lease, 16))
                      .build()));
    }
    CompletableFuture.allOf(puts.toArray(CompletableFuture<?>[]::new)).join();
    Eventually.within(
        SOON,
        "the last of them",
        () -> watch.view().revision() == ctl.revision() && ids(watch, "storm").size() == 500);
    long millis = (System.nanoTime() - start) / 1_000_000;

    assertThat(recorder.views().size() - before).isBetween(1, (int) (millis / 20) + 2);
  }

  private static io.etcd.jetcd.ByteSequence bytes(String text) {
    return io.etcd.jetcd.ByteSequence.from(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  private void notEmpty(String service, EndpointTable table) {
    assertThat(table.isEmpty()).as(service).isFalse();
  }

  /** With which only the watch tells of a change within the time of a test. */
  private static RegistryWatchSettings watchesOnly() {
    RegistryWatchSettings usual = RegistryWatchSettings.defaults();
    Duration later = SOON.multipliedBy(10);
    return new RegistryWatchSettings(
        later,
        later,
        usual.tryTimeout(),
        usual.firstBackoff(),
        usual.maxBackoff(),
        usual.publishEvery(),
        usual.massLossWindow());
  }

  private RegistryWatch started(URI uri) {
    return started(uri, RegistryWatchSettings.defaults());
  }

  private RegistryWatch started(URI uri, RegistryWatchSettings settings) {
    RegistryWatch watch =
        Watches.watch(
            EtcdSettings.of(uri),
            settings,
            endpoint -> CompletableFuture.completedFuture(serving.contains(endpoint.id())),
            recorder);
    opened.add(watch);
    watch.start();
    return watch;
  }

  private void put(String service, String id, String address) {
    putRaw("lookaside/" + service + "/" + id, "{\"Addr\":\"" + address + "\"}");
  }

  private void putRaw(String key, String value) {
    ctl.run("put", "--lease=" + lease, key, value);
  }

  private static EndpointTable table(RegistryWatch watch, String service) {
    return watch.view().tables().getOrDefault(service, EndpointTable.empty(service));
  }

  private static List<String> ids(RegistryWatch watch, String service) {
    return table(watch, service).endpoints().stream().map(Endpoint::id).toList();
  }

  private static void await(RegistryWatch watch, String service, String... ids) {
    var unused =
        Eventually.within(
            SOON, service + " has " + List.of(ids), () -> ids(watch, service).equals(List.of(ids)));
  }
}
