package dev.lookaside.lb.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.ManualTicker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where hosts are said to be, for a resolver that answers when it is told to. */
final class HostTableTest {
  private static final Address NAME = new Address("w1.example", 80);
  private static final HostLimits LIMITS =
      new HostLimits(
          3,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1));

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, String> names = new HashMap<>();
  private final List<Runnable> blocking = new ArrayList<>();
  private final List<Place> news = new ArrayList<>();
  private final HostTable hosts = HostTables.of(names, blocking::add, LIMITS, ticker, meters);

  HostTableTest() {
    hosts.start(Runnable::run, () -> news.add(hosts.of(NAME)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "127.0.0.2", "2001:db8::1"})
  void aNumberIsLookedUpByNobody(String host) {
    assertThat(hosts.of(new Address(host, 80))).isEqualTo(new Place.Known(host));
    assertThat(hosts.of(new Address("localhost", 80))).isEqualTo(new Place.Known("127.0.0.1"));
    assertThat(blocking).isEmpty();
  }

  @Test
  void whoAsksDoesNotWaitAndIsToldOfTheAnswer() {
    names.put("w1.example", "10.0.0.1");

    assertThat(hosts.of(NAME)).isEqualTo(new Place.Awaited());
    assertThat(hosts.of(NAME)).isEqualTo(new Place.Awaited());
    assertThat(blocking).hasSize(1);
    answer();

    assertThat(news).containsExactly(new Place.Known("10.0.0.1"));
    assertThat(lookups("found")).isEqualTo(1);
  }

  @Test
  void whatIsOldIsLookedUpAgain() {
    names.put("w1.example", "10.0.0.1");
    ask();
    names.put("w1.example", "10.0.0.2");

    after(LIMITS.ttl().minusNanos(1));
    assertThat(blocking).isEmpty();
    after(Duration.ofNanos(1));
    assertThat(blocking).hasSize(1);
    answer();

    assertThat(news).containsExactly(new Place.Known("10.0.0.1"), new Place.Known("10.0.0.2"));
  }

  @Test
  void aLookUpThatFailsChangesNothingAndIsMadeAgainSoon() {
    names.put("w1.example", "10.0.0.1");
    ask();

    names.clear();
    after(LIMITS.ttl());
    answer();
    after(LIMITS.retry());
    answer();

    assertThat(hosts.of(NAME)).isEqualTo(new Place.Known("10.0.0.1"));
    assertThat(lookups("unknown")).isEqualTo(2);
    assertThat(news).hasSize(1);
  }

  @Test
  void whoeverDecidesAboutANameLeadsNobodyToWhereNoEndpointIs() {
    names.put("w1.example", "10.0.0.1");
    ask();

    names.put("w1.example", "10.0.0.1,169.254.169.254");
    after(LIMITS.ttl());
    answer();

    assertThat(hosts.of(NAME)).isEqualTo(new Place.Known("10.0.0.1"));
    assertThat(lookups("refused")).isEqualTo(1);
  }

  @Test
  void ofSeveralAddressesTheOneInUseStaysAsLongAsTheNameHasIt() {
    names.put("w1.example", "10.0.0.1,10.0.0.2");
    ask();

    names.put("w1.example", "10.0.0.2,10.0.0.1");
    after(LIMITS.ttl());
    answer();
    assertThat(hosts.of(NAME)).isEqualTo(new Place.Known("10.0.0.1"));

    names.put("w1.example", "10.0.0.2,10.0.0.3");
    after(LIMITS.ttl());
    answer();
    assertThat(hosts.of(NAME)).isEqualTo(new Place.Known("10.0.0.2"));
  }

  @Test
  void aResolverThatHangsIsNotWaitedForAndItsAnswerCountsWhenItComes() {
    names.put("w1.example", "10.0.0.1");
    assertThat(hosts.of(NAME)).isEqualTo(new Place.Awaited());

    after(LIMITS.patience());
    assertThat(news).containsExactly(new Place.Nowhere());
    after(LIMITS.ttl());
    assertThat(blocking).hasSize(1);
    answer();

    assertThat(hosts.of(NAME)).isEqualTo(new Place.Known("10.0.0.1"));
  }

  @Test
  void noMoreNamesAreKnownThanThereIsRoomForAndWhatNobodyWantsMakesRoom() {
    for (String name : List.of("a", "b", "c")) {
      var unused = hosts.of(new Address(name, 80));
    }
    assertThat(hosts.of(NAME)).isEqualTo(new Place.Nowhere());
    assertThat(blocking).hasSize(3);
    answer();

    after(LIMITS.unused().plusNanos(1));

    names.put("w1.example", "10.0.0.1");
    assertThat(meters.get("lookaside.xds.names").gauge().value()).isZero();
    ask();
    assertThat(hosts.of(NAME)).isEqualTo(new Place.Known("10.0.0.1"));
  }

  private void ask() {
    var unused = hosts.of(NAME);
    answer();
  }

  private void answer() {
    List<Runnable> asked = List.copyOf(blocking);
    blocking.clear();
    asked.forEach(Runnable::run);
  }

  private void after(Duration time) {
    ticker.advance(time);
    hosts.tick();
  }

  private double lookups(String result) {
    return meters.get("lookaside.xds.lookups").tag("result", result).counter().count();
  }
}
