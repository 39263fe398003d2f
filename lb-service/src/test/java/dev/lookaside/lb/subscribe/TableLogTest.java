package dev.lookaside.lb.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.CatchUp;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.wire.SyncedView;
import dev.lookaside.wire.TableChecksum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableLogTest {
  private final ManualTicker ticker = new ManualTicker();

  /** One of several balancers that read the same registry. */
  private final class OneBalancer {
    private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(1));
    private final ServiceBalancer balancer =
        new ServiceBalancer("worker", new Policies(ticker, new Random(1)).create("rr"), loads);
    private final TableLog log;

    OneBalancer(String epoch) {
      log = new TableLog(epoch, 0, Balancing.getDefaultInstance(), loads);
    }

    void reads(EndpointTable table) {
      loads.update(table);
      balancer.update(table);
      log.apply(balancer.snapshot(), Balancing.getDefaultInstance());
      confirms(table.version(), table);
    }

    void confirms(long revision, EndpointTable table) {
      log.beat(
          Optional.of(new RegistryState("r", revision, ticker.nanos(), Map.of("worker", table))),
          "worker",
          ticker.nanos());
    }

    SubscribeResponse first(long revision) {
      return first(new SyncedView("r", revision, 0));
    }

    SubscribeResponse first(SyncedView view) {
      return decoded(log.first(new KnownState("another", 1, Optional.of(view))));
    }

    List<TableEndpoint> whole() {
      return decoded(log.since(TableLog.NOTHING)).getTable().getEndpointsList();
    }
  }

  private static SubscribeResponse decoded(EncodedUpdate update) {
    try {
      return SubscribeResponse.parseFrom(update.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static EndpointTable table(long revision, String... ids) {
    return EndpointTable.of(
        "worker", revision, List.of(ids).stream().map(TableLogTest::endpoint).toList());
  }

  private static Endpoint endpoint(String id) {
    return Endpoint.of("worker", id, new Address("worker.example", 1)).withIncarnation("1");
  }

  @Test
  void aTableOfAnotherBalancerIsCaughtUpWithByWhatChangedSince() {
    OneBalancer one = new OneBalancer("one");
    OneBalancer two = new OneBalancer("two");
    EndpointTable before = table(10, "a", "b", "c");
    EndpointTable after = table(20, "a", "c", "d", "é");
    one.reads(before);
    two.reads(before);
    two.reads(after);

    CatchUp catchUp = two.first(10).getCatchUp();

    assertThat(catchUp.getFrom().getRevision()).isEqualTo(10);
    assertThat(catchUp.getView().getRevision()).isEqualTo(20);
    assertThat(catchUp.getRemovedIdsList()).containsExactly("b");
    assertThat(catchUp.getChangedList())
        .extracting(row -> row.getEndpoint().getId())
        .containsExactly("d", "é");
    assertSame(caughtUp(one.whole(), catchUp), two.whole());
  }

  @Test
  void catchingUpEndsAtTheSameTableWhateverHappened() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      OneBalancer one = new OneBalancer("one");
      OneBalancer two = new OneBalancer("two");
      long revision = 1;
      two.reads(table(revision, "x"));
      EndpointTable left = table(revision, "x");
      one.reads(left);
      for (int step = 0; step < 10; step++) {
        revision += 1 + random.nextInt(3);
        EndpointTable next = randomTable(random, revision);
        // One stops reading half way; two may miss states in between.
        if (step < 5) {
          one.reads(next);
          left = next;
          two.reads(next);
        } else if (random.nextBoolean() || step == 9) {
          two.reads(next);
        }
      }

      CatchUp catchUp = two.first(left.version()).getCatchUp();

      assertSame(caughtUp(one.whole(), catchUp), two.whole());
    }
  }

  private static EndpointTable randomTable(Random random, long revision) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      if (random.nextBoolean()) {
        endpoints.add(
            endpoint(id)
                .withCapacity(1 + random.nextInt(2))
                .withIncarnation("" + random.nextInt(2)));
      }
    }
    return EndpointTable.of("worker", revision, endpoints);
  }

  /** What a client makes of it. */
  private static List<TableEndpoint> caughtUp(List<TableEndpoint> before, CatchUp catchUp) {
    Map<String, TableEndpoint> rows = new HashMap<>();
    before.forEach(row -> rows.put(row.getEndpoint().getId(), row));
    catchUp.getRemovedIdsList().forEach(rows::remove);
    catchUp.getChangedList().forEach(row -> rows.put(row.getEndpoint().getId(), row));
    assertThat(TableChecksum.of(rows.values())).isEqualTo(catchUp.getChecksum());
    List<TableEndpoint> inOrder = TableChecksum.inOrder(rows.values());
    assertThat(catchUp.getNumbersList()).hasSameSizeAs(inOrder);
    List<TableEndpoint> numbered = new ArrayList<>();
    for (int i = 0; i < inOrder.size(); i++) {
      numbered.add(
          inOrder.get(i).toBuilder()
              .setNumber(catchUp.getNumbers(i))
              .setHealth(catchUp.getHealths(i))
              .build());
    }
    return numbered;
  }

  private static void assertSame(List<TableEndpoint> one, List<TableEndpoint> other) {
    assertThat(one).containsExactlyInAnyOrderElementsOf(other);
  }

  @Test
  void nobodyCatchesUpWithWhatTheBalancerCannotKnow() {
    OneBalancer balancer = new OneBalancer("two");
    balancer.reads(table(10, "a"));
    balancer.confirms(15, table(10, "a"));

    assertThat(balancer.first(12).hasCatchUp()).as("an unchanged table").isTrue();
    assertThat(balancer.first(9).hasTable()).as("before its time").isTrue();
    assertThat(balancer.first(16).hasTable()).as("newer than its own view").isTrue();
    assertThat(balancer.first(new SyncedView("other", 12, 0)).hasTable())
        .as("of another registry")
        .isTrue();
  }

  @Test
  void theAgeOfAViewGrowsWhileTheRegistryIsSilent() {
    OneBalancer balancer = new OneBalancer("one");
    EndpointTable table = table(10, "a");
    balancer.reads(table);
    RegistryState last = new RegistryState("r", 10, ticker.nanos(), Map.of("worker", table));

    ticker.advance(Duration.ofSeconds(90));
    balancer.log.beat(Optional.of(last), "worker", ticker.nanos());

    assertThat(decoded(balancer.log.heartbeat()).getHeartbeat().getView().getSyncedMillisAgo())
        .isEqualTo(90_000);
    assertThat(
            decoded(balancer.log.since(TableLog.NOTHING)).getTable().getView().getSyncedMillisAgo())
        .isEqualTo(90_000);
  }

  @Test
  void aViewIsNotAheadOfTheTable() {
    OneBalancer balancer = new OneBalancer("one");
    EndpointTable told = table(10, "a");
    balancer.reads(told);

    // The registry has more already, which was not applied here yet.
    balancer.confirms(30, table(30, "a", "b"));

    assertThat(decoded(balancer.log.heartbeat()).getHeartbeat().getView().getRevision())
        .isEqualTo(10);
  }

  @Test
  void aNewIncarnationIsNotToldWithTheLoadOfTheOldOne() {
    OneBalancer balancer = new OneBalancer("one");
    Endpoint old = endpoint("a");
    Endpoint again = old.withIncarnation("2");
    balancer.reads(EndpointTable.of("worker", 1, List.of(old)));
    balancer.loads.reported(old, LoadReport.ofRequestsInFlight(80, ticker.nanos()));
    LoadLog loads = new LoadLog(Duration.ofMillis(100));
    loads.read(balancer.log.rows(), ticker.nanos());
    int oldNumber = balancer.whole().get(0).getNumber();

    balancer.reads(EndpointTable.of("worker", 2, List.of(again)));

    assertThat(balancer.whole().get(0).getNumber()).isNotEqualTo(oldNumber);
    assertThat(decoded(balancer.log.since(1)).getDelta().getRemovedList())
        .containsExactly(oldNumber);
    // Whoever is sent loads between two readings gets none that fits the new one.
    assertThat(numbers(loads)).doesNotContain(balancer.whole().get(0).getNumber());
    loads.read(balancer.log.rows(), ticker.nanos());
    assertThat(numbers(loads)).isEmpty();
  }

  private static List<Integer> numbers(LoadLog loads) {
    return loads
        .since(LoadLog.NOTHING)
        .map(TableLogTest::decoded)
        .map(SubscribeResponse::getLoads)
        .map(LoadUpdate::getNumbersList)
        .orElse(List.of());
  }
}
