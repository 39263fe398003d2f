package dev.lookaside.core.balancer;

import static dev.lookaside.core.policy.Endpoints.SERVICE;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.Tally;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.core.witness.Reporter;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hundred clients, one of which lies; twenty endpoints, of which at most one is dead. */
final class QuorumTest {
  private static final Completion OK = Completion.succeeded(Duration.ofMillis(10));
  private static final Completion FAILED = Completion.failed(Duration.ofMillis(10));
  private static final String VICTIM = "w00007";
  private static final EndpointTable TABLE = table(20);

  private final ManualTicker ticker = new ManualTicker();
  private final SplittableRandom random = new SplittableRandom(1);
  private final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofMinutes(10)), ticker);
  private final Policies policies = new Policies(ticker, new SplittableRandom(1));
  private final Balancer balancer =
      new Balancer(service -> policies.create("rr"), loads, TrafficSettings.defaults(), ticker);
  private final List<Reporter> honest =
      IntStream.range(1, 100).mapToObj(i -> new Reporter("10.0.0." + i)).toList();
  private final Reporter liar = new Reporter("10.0.0.100");

  @BeforeEach
  void start() {
    loads.update(TABLE);
    balancer.update(TABLE);
    TABLE.endpoints().forEach(e -> balancer.connectivity(e, Connectivity.READY));
    ticker.advance(Duration.ofMinutes(1));
  }

  @Test
  void fiveErrorsOfOneClientEjectNobody() {
    honestCalls(1_000, "nobody");
    for (int i = 0; i < 5; i++) {
      assertThat(balancer.completed(liar, SERVICE, VICTIM, "", FAILED)).isTrue();
    }
    balancer.sweep();
    assertThat(snapshot().ejected()).isEmpty();
  }

  @Test
  void aBillionFailuresThatOneClientClaimsOfAllButOneMoveNoShare() {
    for (int second = 0; second < 30; second++) {
      honestCalls(1_000, "nobody");
      for (Endpoint endpoint : TABLE.endpoints()) {
        if (!endpoint.id().equals(VICTIM)) {
          Tally claim = new Tally(0, 1_000_000_000, 0, 0, 0, 0);
          balancer.counted(liar, SERVICE, endpoint.id(), "", claim);
        }
      }
      ticker.advance(Duration.ofSeconds(1));
      balancer.sweep();
      assertThat(snapshot().ejected()).isEmpty();
    }
    // A twentieth of 20,000, give or take 5 %.
    long ofLast = IntStream.range(0, 20_000).filter(i -> picked().equals(VICTIM)).count();
    assertThat(ofLast).isBetween(950L, 1_050L);
  }

  @Test
  void aDeadEndpointThatOneClientPraisesIsOutWithinASecond() {
    honestCalls(1_000, "nobody");
    Tally praise = new Tally(100_000, 0, 0, 0, 0, 0);
    int millis = 0;
    while (snapshot().ejected().isEmpty() && millis < 1_000) {
      balancer.counted(liar, SERVICE, VICTIM, "", praise);
      honestCalls(1, VICTIM);
      balancer.counted(liar, SERVICE, VICTIM, "", praise);
      ticker.advance(Duration.ofMillis(1));
      millis++;
    }
    assertThat(snapshot().ejected()).containsExactly(VICTIM);
  }

  @Test
  void aClientThatFailsEverywhereEjectsNobody() {
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 10; i++) {
        honestCalls(99, "nobody");
        balancer.completed(liar, SERVICE, picked(), "", FAILED);
        ticker.advance(Duration.ofMillis(100));
        balancer.sweep();
        assertThat(snapshot().ejected()).isEmpty();
      }
    }
  }

  @Test
  void anEndpointThatFailsHalfTheTimeForEverybodyIsEjectedWithALiarToo() {
    for (int second = 0; second < 20; second++) {
      for (int i = 0; i < 2_000; i++) {
        String id = picked();
        boolean fails = id.equals(VICTIM) && random.nextBoolean();
        balancer.completed(client(), SERVICE, id, "", fails ? FAILED : OK);
      }
      balancer.counted(liar, SERVICE, VICTIM, "", new Tally(1_000_000, 0, 0, 0, 0, 0));
      ticker.advance(Duration.ofSeconds(1));
      balancer.sweep();
    }
    assertThat(snapshot().ejected()).containsExactly(VICTIM);
  }

  private void honestCalls(int calls, String dead) {
    for (int i = 0; i < calls; i++) {
      String id = picked();
      balancer.completed(client(), SERVICE, id, "", id.equals(dead) ? FAILED : OK);
    }
  }

  private Reporter client() {
    return honest.get(random.nextInt(honest.size()));
  }

  private String picked() {
    var result = balancer.find(SERVICE).orElseThrow().pick(PickArgs.ANY);
    return ((PickResult.Picked) result).endpoint().id();
  }

  private ServiceSnapshot snapshot() {
    return balancer.find(SERVICE).orElseThrow().snapshot();
  }
}
