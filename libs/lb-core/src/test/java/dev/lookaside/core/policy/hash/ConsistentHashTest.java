package dev.lookaside.core.policy.hash;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.policy.Fleet;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.RankedEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ConsistentHashTest {
  private static final int KEYS = 10_000;

  @Test
  void theSameKeyGoesToTheSameEndpointOnEveryBalancer() {
    Map<Integer, String> here = owners(new Fleet(table(50)), 1);
    Map<Integer, String> there = owners(new Fleet(table(50)), 2);
    assertThat(here).isEqualTo(there);
  }

  @Test
  void keysSpreadEvenly() {
    Map<String, Integer> counts = new HashMap<>();
    owners(new Fleet(table(50)), 1).values().forEach(id -> counts.merge(id, 1, Integer::sum));
    // The mean is 200 keys; multi-probe hashing promises about 1.1 times that, and σ of keys is 14.
    assertThat(counts).hasSize(50);
    assertThat(counts.values()).allMatch(n -> n < 200 * 1.1 + 5 * 14);
  }

  @Test
  void whenAnEndpointGoesOnlyItsKeysMove() {
    Fleet all = new Fleet(table(50));
    Fleet fewer = new Fleet(all.table.only(e -> !e.id().equals("w00007")));
    Map<Integer, String> before = owners(all, 1);
    Map<Integer, String> after = owners(fewer, 1);
    assertThat(before)
        .allSatisfy((key, owner) -> {
          if (!owner.equals("w00007")) {
            assertThat(after.get(key)).isEqualTo(owner);
          }
        });
  }

  @Test
  void whenAnEndpointComesKeysMoveToItOnly() {
    Map<Integer, String> before = owners(new Fleet(table(50)), 1);
    Map<Integer, String> after = owners(new Fleet(table(51)), 1);
    assertThat(after)
        .allSatisfy((key, owner) -> {
          if (!owner.equals("w00051")) {
            assertThat(before.get(key)).isEqualTo(owner);
          }
        });
    assertThat(after).containsValue("w00051");
  }

  @Test
  void aHotKeyNeverLoadsAnEndpointBeyondTheBound() {
    Fleet fleet = known(table(10));
    Picker picker = picker(fleet, 1);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      PickResult.Picked picked = (PickResult.Picked) picker.pick(key("hot"));
      picked.load().dispatched();
      counts.merge(id(picked), 1, Integer::sum);
    }
    // c times the mean of 100; the sum lags by the few endpoints that were not looked at yet.
    assertThat(counts.values()).allMatch(n -> n <= 126);
    assertThat(counts).hasSizeBetween(8, 10);
  }

  @Test
  void roomIsMeasuredAgainstCapacity() {
    Fleet fleet =
        known(
            EndpointTable.of(
                "worker", 1, List.of(endpoint("big").withCapacity(9), endpoint("small"))));
    Picker picker = picker(fleet, 1);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      PickResult.Picked picked = (PickResult.Picked) picker.pick(key("hot"));
      picked.load().dispatched();
      counts.merge(id(picked), 1, Integer::sum);
    }
    assertThat(counts.getOrDefault("small", 0)).isLessThanOrEqualTo(126);
  }

  @Test
  void aKeyReturnsToItsOwnerWhenThereIsRoomAgain() {
    Fleet fleet = known(table(10));
    Picker picker = picker(fleet, 1);
    String owner = id(picker.pick(key("k")));
    fleet.inFlight(owner, 500);
    assertThat(id(picker.pick(key("k")))).isNotEqualTo(owner);
    fleet.inFlight(owner, 0);
    assertThat(id(picker.pick(key("k")))).isEqualTo(owner);
  }

  @Test
  void aRequestWithoutAKeyIsPickedAtRandom() {
    Map<String, Integer> counts = Fleet.counts(picker(new Fleet(table(10)), 1), 10_000);
    // Binomial(10,000, 1/10): σ = 30, so the tolerance is 5 σ.
    assertThat(counts).hasSize(10);
    assertThat(counts.values()).allMatch(n -> Math.abs(n - 1_000) < 150);
  }

  @Test
  void explainsFromTheOwnerOnwards() {
    Fleet fleet = known(table(3));
    Picker picker = picker(fleet, 1);
    assertThat(picker.rank(key("k")).get(0))
        .isEqualTo(
            new RankedEndpoint(
                fleet.table.find(id(picker.pick(key("k")))).orElseThrow(),
                "on the ring; 0.0 expected in flight, room up to 1"));
  }

  private static Fleet known(EndpointTable table) {
    Fleet fleet = new Fleet(table);
    table.endpoints().forEach(e -> fleet.inFlight(e.id(), 0));
    return fleet;
  }

  private static Map<Integer, String> owners(Fleet fleet, long seed) {
    Picker picker = picker(fleet, seed);
    Map<Integer, String> owners = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      owners.put(i, id(picker.pick(key("key" + i))));
    }
    return owners;
  }

  private static Picker picker(Fleet fleet, long seed) {
    return fleet.picker(new ConsistentHash(fleet.ticker, new SplittableRandom(seed)));
  }

  private static PickArgs key(String key) {
    return new PickArgs(List.of(), Optional.of(key));
  }
}
