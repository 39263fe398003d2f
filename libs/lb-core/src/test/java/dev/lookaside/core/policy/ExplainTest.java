package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy says of a decision, and that it is true. */
final class ExplainTest {
  private static final List<String> WITHOUT_CHANCE = List.of("first", "rr", "wrr", "hash");
  private static final PickArgs KEYED = new PickArgs(List.of(), Optional.of("user7"));

  static List<String> names() {
    return Policies.names();
  }

  static List<String> withoutChance() {
    return WITHOUT_CHANCE;
  }

  @ParameterizedTest
  @MethodSource("names")
  void theMomentOfADecisionLeadsToTheSameEndpointAgain(String name) {
    for (int size : List.of(1, 3, 40, 200)) {
      Fleet fleet = loaded(size, 1);
      Picker picker = fleet.picker(policy(name, fleet, 2));
      for (int i = 0; i < 50; i++) {
        PickArgs request = i % 3 == 0 && size > 1 ? excludingFirst(fleet.table) : KEYED;
        Explained explained = picker.explain(request, i);
        assertThat(id(Replay.of(explained.moment())))
            .isEqualTo(explained.chosen().orElseThrow().id());
        var unused = picker.pick(request);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatHappensAfterADecisionDoesNotChangeWhatItsMomentLeadsTo(String name) {
    Fleet fleet = loaded(12, 3);
    Picker picker = fleet.picker(policy(name, fleet, 4));
    List<Explained> explained = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      explained.add(picker.explain(KEYED, i));
      Endpoint picked = ((PickResult.Picked) picker.pick(KEYED)).endpoint();
      fleet
          .dispatched(picked.id())
          .inFlight("w00001", i * 10)
          .latency("w00002", Duration.ofMillis(i));
      fleet.ticker.advance(Duration.ofMillis(7));
    }
    for (Explained then : explained) {
      assertThat(id(Replay.of(then.moment()))).isEqualTo(then.chosen().orElseThrow().id());
    }
  }

  @ParameterizedTest
  @MethodSource("withoutChance")
  void theNextPickIsTheOneThatWasExplained(String name) {
    Fleet fleet = loaded(7, 5);
    Picker picker = fleet.picker(policy(name, fleet, 6));
    for (int i = 0; i < 100; i++) {
      String explained = picker.explain(KEYED, i).chosen().orElseThrow().id();
      assertThat(id(picker.pick(KEYED))).isEqualTo(explained);
    }
  }

  @Test
  void byTheSameChanceThePickIsTheOneThatWasExplained() {
    for (String name : List.of("ll", "p2c", "peak_ewma")) {
      Set<String> picked = new HashSet<>();
      for (int seed = 0; seed < 50; seed++) {
        Fleet fleet = loaded(200, 7);
        Picker picker = fleet.picker(policy(name, fleet, seed));
        String explained = picker.explain(PickArgs.ANY, seed).chosen().orElseThrow().id();
        assertThat(id(picker.pick(PickArgs.ANY))).as(name).isEqualTo(explained);
        picked.add(explained);
      }
      assertThat(picked).as("chance matters to " + name).hasSizeGreaterThan(1);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void toExplainCountsNothing(String name) {
    Fleet fleet = loaded(5, 8);
    Picker asked = fleet.picker(policy(name, fleet, 9));
    Picker notAsked = fleet.picker(policy(name, fleet, 9));
    for (int i = 0; i < 100; i++) {
      for (int times = 0; times < 3; times++) {
        var unused = asked.explain(PickArgs.ANY, times);
      }
      assertThat(id(asked.pick(PickArgs.ANY))).isEqualTo(id(notAsked.pick(PickArgs.ANY)));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aDecisionThatIsMadeIsCountedAsAPick(String name) {
    Fleet fleet = loaded(5, 10);
    Picker picker = fleet.picker(policy(name, fleet, 11));
    for (int i = 0; i < 20; i++) {
      Explained explained = picker.explain(PickArgs.ANY, i);
      assertThat(id(explained.making().get())).isEqualTo(explained.chosen().orElseThrow().id());
    }
    if (name.equals("rr")) {
      Set<String> turn = new HashSet<>();
      for (int i = 0; i < 5; i++) {
        turn.add(id(picker.explain(PickArgs.ANY, i).making().get()));
      }
      assertThat(turn).as("each has its turn").hasSize(5);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void anEndpointThatHasHadItsPartIsSeenAtItsCeilingAndNotChosen(String name) {
    if (name.equals("first")) {
      return; // all or nothing: it has no ceilings
    }
    Fleet fleet = loaded(3, 12);
    Ceilings ceilings = new Ceilings();
    var unused =
        ceilings.set(
            fleet.table.endpoints(), Spread.EVENLY, e -> e.id().equals("w00002") ? 0.01 : 1);
    Picker picker =
        policy(name, fleet, 13).newPicker(new Candidates(fleet.table, fleet.loads, ceilings));
    boolean wasAtCeiling = false;
    for (int i = 0; i < 200; i++) {
      Explained explained = picker.explain(PickArgs.ANY, i);
      wasAtCeiling |= explained.moment().seen().get(1).atCeiling();
      if (explained.moment().seen().get(1).atCeiling()) {
        assertThat(explained.chosen().orElseThrow().id()).isNotEqualTo("w00002");
      }
      assertThat(id(Replay.of(explained.moment())))
          .isEqualTo(explained.chosen().orElseThrow().id());
      var picked = explained.making().get();
      assertThat(picked).isInstanceOf(PickResult.Picked.class);
    }
    if (!name.equals("hash") && !name.equals("ll") && !name.equals("prequal")) {
      assertThat(wasAtCeiling).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysWhyNobodyWouldBePicked(String name) {
    Fleet fleet = Fleet.of("w1");
    Explained explained =
        fleet.picker(policy(name, fleet, 1)).explain(new PickArgs(List.of("w1")), 1);
    assertThat(explained.chosen()).isEmpty();
    assertThat(explained.rule()).isEqualTo("every endpoint is excluded by the request");
  }

  @Test
  void aMomentWithoutWhatItsRuleLooksAtIsRefused() {
    Moment moment = new Moment(Rule.ROTATION, 1, PickArgs.ANY, new TreeMap<>(), List.of());
    assertThatThrownBy(() -> Replay.of(moment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("state is [] (expected: with turn)");
  }

  private static PickArgs excludingFirst(EndpointTable table) {
    return new PickArgs(List.of(table.endpoints().get(0).id()), Optional.of("user8"));
  }

  private static Policy policy(String name, Fleet fleet, long seed) {
    return new Policies(fleet.ticker, new SplittableRandom(seed)).create(name);
  }

  /** Loads of which a fifth is not known. */
  private static Fleet loaded(int size, long seed) {
    Fleet fleet = new Fleet(Endpoints.table(size));
    SplittableRandom random = new SplittableRandom(seed);
    for (Endpoint endpoint : fleet.table.endpoints()) {
      if (random.nextInt(5) > 0 || size == 1) {
        fleet
            .utilized(endpoint.id(), 0.1 + random.nextDouble(), 1 + random.nextInt(100), 0)
            .inFlight(endpoint.id(), random.nextInt(20))
            .latency(endpoint.id(), Duration.ofMillis(1 + random.nextInt(50)));
      }
    }
    return fleet;
  }
}
