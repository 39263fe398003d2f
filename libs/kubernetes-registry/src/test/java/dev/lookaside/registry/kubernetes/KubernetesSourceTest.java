package dev.lookaside.registry.kubernetes;

import static dev.lookaside.registry.kubernetes.SliceBuilder.ending;
import static dev.lookaside.registry.kubernetes.SliceBuilder.ready;
import static dev.lookaside.registry.kubernetes.SliceBuilder.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.testing.time.Eventually;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.TimesOnceableOrHttpHeaderable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On Fabric8's fake API server, over HTTP and web sockets. */
class KubernetesSourceTest {
  private static final String PATH = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?";
  private static final String LABELS = "labelSelector=lookaside.dev%2Fbalance%3Dtrue";
  private static final KubernetesSettings SETTINGS =
      KubernetesSettings.of("shop", "lookaside.dev/balance=true", "grpc", "");

  private final List<String> resyncs = new CopyOnWriteArrayList<>();
  private KubernetesMockServer server = new KubernetesMockServer(false);
  private KubernetesSource source = start();

  private KubernetesSource start() {
    server.init();
    return source(server.createClient());
  }

  private KubernetesSource source(KubernetesClient client) {
    return new KubernetesSource(
        client,
        SETTINGS,
        "lb",
        AddressRules.defaults(),
        Ticker.system(),
        new RegistryListener() {
          @Override
          public void updated(RegistryView view) {}

          @Override
          public void resynced(String reason) {
            resyncs.add(reason);
          }
        });
  }

  @AfterEach
  void stop() {
    source.close();
    source.close();
    server.destroy();
  }

  private List<String> states() {
    return source
        .view()
        .tables()
        .getOrDefault("greeter", EndpointTable.empty("greeter"))
        .endpoints()
        .stream()
        .map(one -> one.id() + " " + one.state())
        .toList();
  }

  private void await(String... states) {
    Eventually.within(
        Duration.ofSeconds(10), List.of(states).toString(), () -> states().equals(List.of(states)));
  }

  @Test
  void followsWhatIsCreatedChangedAndDeleted() {
    server.destroy();
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    source = start();
    var slices = server.createClient().discovery().v1().endpointSlices().inNamespace("shop");
    slices.resource(slice("greeter-1", "greeter", 0, ready("a", "10.0.0.1"))).create();
    EndpointSlice foreign = slice("other-1", "other", 0, ready("z", "10.0.0.7"));
    foreign.getMetadata().getLabels().remove("lookaside.dev/balance");
    slices.resource(foreign).create();
    source.start();
    await("a READY");

    slices.resource(slice("greeter-2", "greeter", 0, ready("b", "10.0.0.2"))).create();
    await("a READY", "b READY");

    slices
        .withName("greeter-1")
        .edit(before -> before.edit().withEndpoints(ending("a", "10.0.0.1")).build());
    await("a DRAINING", "b READY");

    slices.withName("greeter-1").delete();
    await("b READY");
    assertThat(source.view().tables()).doesNotContainKey("other");
  }

  @Test
  void after410GoneItListsAnew() {
    list(LABELS + "&limit=500", 10, slice("greeter-1", "greeter", 9, ready("a", "10.0.0.1")));
    // As often as it is asked for: on a busy machine the mock's next watch may not open at once.
    answer(LABELS + "&limit=500", 20, slice("greeter-1", "greeter", 19, ready("b", "10.0.0.2")))
        .always();
    server
        .expect()
        .get()
        .withPath(watch(10))
        .andUpgradeToWebSocket()
        .open()
        .immediately()
        .andEmit(
            new WatchEvent(
                new StatusBuilder()
                    .withCode(410)
                    .withStatus("Failure")
                    .withReason("Expired")
                    .withMessage("too old resource version: 10 (15)")
                    .build(),
                "ERROR"))
        .done()
        .once();
    server.expect().get().withPath(watch(20)).andUpgradeToWebSocket().open().done().always();
    source.start();

    await("b READY");
    assertThat(source.view().revision()).isEqualTo(20);
    assertThat(resyncs).startsWith("start", "the watch was too far behind");
  }

  @Test
  void readsAllPagesOfAList() {
    server
        .expect()
        .get()
        .withPath(PATH + LABELS + "&limit=500")
        .andReturn(
            200,
            new EndpointSliceListBuilder()
                .withMetadata(
                    new ListMetaBuilder().withResourceVersion("10").withContinue("next").build())
                .withItems(slice("greeter-1", "greeter", 9, ready("a", "10.0.0.1")))
                .build())
        .always();
    list(
        "continue=next&" + LABELS + "&limit=500",
        10,
        slice("greeter-2", "greeter", 9, ready("b", "10.0.0.2")));
    server.expect().get().withPath(watch(10)).andUpgradeToWebSocket().open().done().always();
    source.start();

    await("a READY", "b READY");
  }

  @Test
  void aServerThatIsNotThereLeavesNothingInSync() {
    server.destroy();
    source.start();

    assertThat(source.view().sync()).isInstanceOf(RegistrySync.NeverSynced.class);
  }

  private void list(String query, long version, EndpointSlice slice) {
    answer(query, version, slice).once();
  }

  private TimesOnceableOrHttpHeaderable<?> answer(String query, long version, EndpointSlice slice) {
    return server
        .expect()
        .get()
        .withPath(PATH + query)
        .andReturn(
            200,
            new EndpointSliceListBuilder()
                .withMetadata(
                    new ListMetaBuilder().withResourceVersion(Long.toString(version)).build())
                .withItems(slice)
                .build());
  }

  private static String watch(long version) {
    return PATH
        + "allowWatchBookmarks=true&"
        + LABELS
        + "&resourceVersion="
        + version
        + "&timeoutSeconds=290&watch=true";
  }
}
