package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.wire.Subset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class KnownTableTest {
  private static final Balancing RULES = Balancing.newBuilder().setPolicy("rr").build();

  @Test
  void oneEndpointThatMakesNoSenseIsLeftOutAndCounted() {
    KnownTable table =
        table(
            100,
            Said.endpoint(1, "good"),
            Said.at(Said.endpoint(2, "odd"), "unix:///run/odd.sock"),
            Said.endpoint(3, "heavy").setWeight(Double.NaN),
            Said.endpoint(4, "stateless").setState(EndpointState.ENDPOINT_STATE_UNSPECIFIED),
            Said.endpoint(5, "good"));
    assertThat(ids(table)).containsExactly("good");
    assertThat(table.unreadable()).isEqualTo(4);
  }

  @Test
  void anEndpointThatNoLongerMakesSenseIsGone() {
    KnownTable table = table(100, Said.endpoint(1, "w1"), Said.endpoint(2, "w2"));
    table.apply(delta(2, Said.at(Said.endpoint(1, "w1"), "unix:///run/w1.sock")), 0);
    assertThat(ids(table)).containsExactly("w2");
    table.apply(delta(3, Said.endpoint(1, "w1")), 0);
    assertThat(ids(table)).containsExactly("w1", "w2");
    assertThat(table.unreadable()).isZero();
  }

  @Test
  void aTableOfNothingButNonsenseIsRefused() {
    assertThatThrownBy(() -> table(100, Said.at(Said.endpoint(1, "w1"), "nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of the 1 endpoints");
  }

  @Test
  void aDrainingEndpointOfTheClientsPartStaysBesideTheOneThatReplacesIt() {
    TableEndpoint.Builder[] endpoints = new TableEndpoint.Builder[50];
    for (int i = 0; i < endpoints.length; i++) {
      endpoints[i] = Said.endpoint(i, "w" + i);
    }
    KnownTable table = table(10, endpoints);
    List<String> before = ids(table);
    String drained = before.get(0);
    int number = Integer.parseInt(drained.substring(1));
    table.apply(delta(2, endpoints[number].setState(EndpointState.ENDPOINT_STATE_DRAINING)), 0);
    assertThat(ids(table)).hasSize(11).containsAll(before);
  }

  @Test
  void manyChangesLeadToTheTableThatABalancerWouldGiveAtOnce() {
    Random random = new Random(7);
    Map<Integer, TableEndpoint> all = new TreeMap<>();
    KnownTable table = table(20);
    for (int step = 2; step < 500; step++) {
      TableDelta.Builder delta =
          TableDelta.newBuilder().setFrom(Said.version(step - 1)).setTo(Said.version(step));
      for (int i = 0; i < 3; i++) {
        int number = random.nextInt(60);
        if (random.nextInt(3) == 0) {
          delta.addRemoved(number);
          all.remove(number);
        }
      }
      int number = random.nextInt(60);
      TableEndpoint changed =
          Said.endpoint(number, "w" + number).setWeight(random.nextInt(3)).build();
      delta.addChanged(changed);
      all.put(number, changed);
      table.apply(delta.build(), 0);
      KnownTable whole =
          new KnownTable(Said.SERVICE, vantage(20), tableOf(step, List.copyOf(all.values())));
      assertThat(table.view("x")).isEqualTo(whole.view("x"));
    }
  }

  @Test
  void refusesAChangeThatStartsElsewhere() {
    KnownTable table = table(100, Said.endpoint(1, "w1"));
    assertThatThrownBy(() -> table.apply(delta(3, Said.endpoint(1, "w1")), 0))
        .hasMessage("delta starts from version epoch/2 (expected: epoch/1)");
  }

  private static KnownTable table(int subset, TableEndpoint.Builder... endpoints) {
    return new KnownTable(
        Said.SERVICE,
        vantage(subset),
        tableOf(1, List.of(endpoints).stream().map(TableEndpoint.Builder::build).toList()));
  }

  private static Table tableOf(long version, List<TableEndpoint> endpoints) {
    return Table.newBuilder()
        .setVersion(Said.version(version))
        .setBalancing(RULES)
        .addAllEndpoints(endpoints)
        .build();
  }

  private static Vantage vantage(int subset) {
    return new Vantage(new Subset("client", subset), Locality.UNSPECIFIED);
  }

  private static TableDelta delta(long to, TableEndpoint.Builder... changed) {
    return Said.delta(to, changed).getDelta();
  }

  private static List<String> ids(KnownTable table) {
    return table.view("x").table().endpoints().stream().map(Endpoint::id).toList();
  }
}
