package dev.lookaside.lb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.ops.EndpointMeters;
import dev.lookaside.lb.ops.ServiceMeters;
import dev.lookaside.lb.pick.Answers;
import dev.lookaside.lb.proof.PickTokens;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegistryFeedTest {
  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(1));
  private final Balancer balancer =
      new Balancer(
          service -> new Policies(ticker, new Random(1)).create("rr"),
          loads,
          TrafficSettings.none(),
          ticker);
  private final Answers answers =
      new Answers(new PickTokens(new Random(1), ticker), meters, new EndpointLabels(200));
  private final EndpointMeters endpointMeters =
      new EndpointMeters(balancer, loads, ticker, meters, new EndpointLabels(200));

  @Test
  void servicesThatCameAndWentAreForgottenWithAllTheirMeters() {
    RegistryFeed feed =
        feed(
            TableReader.of(balancer::update, gone -> {}),
            TableReader.of(answers::retain, answers::forget),
            TableReader.of(endpointMeters::update, endpointMeters::forget),
            TableReader.of(table -> {}, new ServiceMeters(meters)::forget));
    feed.updated(view("stays"));
    int series = meters.getMeters().size();

    for (int i = 0; i < 1_000; i++) {
      feed.updated(view("stays", "s" + i));
      feed.updated(view("stays"));
    }
    assertThat(balancer.services()).hasSize(1_001);
    ticker.advance(GoneServices.REMEMBERED);
    feed.forgetGone();
    balancer.sweep();

    assertThat(balancer.services()).hasSize(1);
    assertThat(meters.getMeters()).hasSize(series);
  }

  @Test
  void aServiceThatComesBackInTimeIsNotForgotten() {
    List<String> forgotten = new ArrayList<>();
    RegistryFeed feed = feed(TableReader.of(table -> {}, forgotten::addAll));
    feed.updated(view("a"));
    feed.updated(view());
    ticker.advance(GoneServices.REMEMBERED.minusSeconds(1));

    feed.updated(view("a"));
    ticker.advance(GoneServices.REMEMBERED);
    feed.forgetGone();

    assertThat(forgotten).isEmpty();
  }

  @Test
  void aReaderThatThrowsKeepsNoOtherFromItsTables() {
    List<String> read = new ArrayList<>();
    RegistryFeed feed =
        feed(
            TableReader.of(
                table -> {
                  throw new IllegalStateException("cannot read " + table.service());
                },
                gone -> {}),
            TableReader.of(table -> read.add(table.service()), gone -> {}));

    feed.updated(view("a"));

    assertThat(read).containsExactly("a");
    assertThat(feed.everSynced()).isTrue();
  }

  @Test
  void anEmptyServiceThatTheRegistryForgetsDoesNotComeBackForIt() {
    List<String> read = new ArrayList<>();
    RegistryFeed feed = feed(TableReader.of(table -> read.add(table.service()), gone -> {}));
    feed.updated(view("a"));
    feed.updated(
        new RegistryView(Map.of("a", EndpointTable.empty("a")), 2, new RegistrySync.InSync(0, 0)));
    ticker.advance(GoneServices.REMEMBERED);
    feed.forgetGone();
    read.clear();

    feed.updated(view());

    assertThat(read).isEmpty();
  }

  private RegistryFeed feed(TableReader... readers) {
    return new RegistryFeed(view -> {}, List.of(readers), table -> {}, () -> {}, ticker, meters);
  }

  private static RegistryView view(String... services) {
    Map<String, EndpointTable> tables = new HashMap<>();
    for (String service : services) {
      tables.put(
          service,
          EndpointTable.of(service, 1, List.of(Endpoint.of(service, "w1", new Address("h", 1)))));
    }
    return new RegistryView(tables, 1, new RegistrySync.InSync(0, 0));
  }
}
