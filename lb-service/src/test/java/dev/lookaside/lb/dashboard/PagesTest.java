package dev.lookaside.lb.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.access.Sight;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.subscribe.Census;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Policy;
import dev.lookaside.security.rights.Rights;
import dev.lookaside.security.rights.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final DashboardState NOTHING =
      new DashboardState(
          new DashboardState.Head(
              new DashboardState.Registry("in_sync", 0L),
              List.of(),
              List.of(),
              new DashboardState.Subscribers(List.of(), List.of())),
          Map.of(),
          Map.of());

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger lookers = new AtomicInteger();
  private final Pages pages =
      new Pages(
          () -> {
            lookers.incrementAndGet();
            return now -> {
              looks.incrementAndGet();
              return NOTHING;
            };
          },
          2,
          new ManualTicker());

  @AfterEach
  void close() {
    pages.close();
  }

  @Test
  void nobodyLooksWhileNobodyWatches() {
    pages.turn();
    assertThat(looks).hasValue(0);

    FakeOutput out = new FakeOutput();
    Page page = open(out);
    pages.turn();
    assertThat(looks).hasValue(2);

    pages.gone(page);
    pages.turn();
    assertThat(looks).hasValue(2);
  }

  @Test
  void allPagesShareOneLookAndEachBeginsWithEverything() {
    FakeOutput first = new FakeOutput();
    FakeOutput second = new FakeOutput();
    open(first);
    open(second);
    assertThat(looks).hasValue(1);

    pages.turn();

    assertThat(looks).hasValue(2);
    assertThat(first.taken()).startsWith("event: state\n").contains("event: change\n");
    assertThat(second.taken()).isEqualTo(first.taken());
  }

  @Test
  void whoWatchesAfterAPauseStartsAnew() {
    pages.gone(open(new FakeOutput()));

    open(new FakeOutput());

    assertThat(lookers).hasValue(2);
  }

  @Test
  void aPageThatReadsTooSlowlyIsCutAndTheOthersGoOn() {
    FakeOutput slow = new FakeOutput();
    FakeOutput quick = new FakeOutput();
    AtomicInteger cut = new AtomicInteger();
    Page page = new Page(slow, cut::incrementAndGet);
    assertThat(pages.open(page, Sight.EVERYTHING)).isTrue();
    await().until(() -> !slow.taken().isEmpty());
    open(quick);
    slow.room = 0;

    for (int i = 0; i <= Page.MOST_UNSENT; i++) {
      pages.turn();
    }

    assertThat(cut).hasValue(1);
    assertThat(quick.taken().split("event: change")).hasSize(Page.MOST_UNSENT + 2);
    assertThat(pages.hasRoom()).isTrue();
  }

  @Test
  void thereIsNoRoomForMoreThanTheMost() {
    open(new FakeOutput());
    open(new FakeOutput());

    assertThat(pages.hasRoom()).isFalse();
    assertThat(pages.open(new Page(new FakeOutput(), () -> {}), Sight.EVERYTHING)).isFalse();
  }

  @Test
  void whoMaySeeSomeServicesOnlyIsSentNoOthersAndWhatTheyMayNoLongerSeeGoes() {
    AtomicReference<Rights> rights = new AtomicReference<>(operatorOf("billing", "worker"));
    Judge judge =
        new Judge(
            () ->
                new Policy(List.of(new Policy.Rule("guest", Objects.requireNonNull(rights.get())))),
            Optional::empty);
    AtomicInteger ended = new AtomicInteger();
    try (Pages shared = new Pages(() -> now -> two(), 5, new ManualTicker())) {
      FakeOutput guest = new FakeOutput();
      rights.set(operatorOf("billing"));
      assertThat(
              shared.open(
                  new Page(guest, ended::incrementAndGet),
                  new Sights(Optional.of(judge)).of(new Principal("guest", Proof.CERTIFICATE))))
          .isTrue();
      await().until(() -> !guest.taken().isEmpty());
      shared.turn();
      assertThat(guest.taken()).contains("b1", "billing").doesNotContain("w1", "worker\"");

      rights.set(operatorOf("worker"));
      shared.turn();
      assertThat(guest.taken()).contains("w1").contains("\"gone\":[1]");

      rights.set(new Rights(Set.of(Role.CLIENT), List.of("*")));
      shared.turn();
      assertThat(ended).hasValue(1);
    }
  }

  private static Rights operatorOf(String... services) {
    return new Rights(Set.of(Role.OPERATOR), List.of(services));
  }

  private static DashboardState two() {
    return new DashboardState(
        new DashboardState.Head(
            new DashboardState.Registry("in_sync", 0L),
            List.of(service("billing"), service("worker")),
            List.of(),
            new DashboardState.Subscribers(
                List.of(
                    new Census.OfService("billing", 1, 1, 0, 0),
                    new Census.OfService("worker", 1, 1, 0, 0)),
                List.of())),
        Map.of(1, worker("billing", "b1"), 2, worker("worker", "w1")),
        Map.of());
  }

  private static DashboardState.Service service(String name) {
    return new DashboardState.Service(name, "rr", "rr", null, 0, 1, 1, 1, 0, 0, 0, null, null);
  }

  private static DashboardState.Worker worker(String service, String id) {
    return new DashboardState.Worker(
        service, id, "127.0.0.1:1", "", "1", 1, 1, "ready", false, false, List.of());
  }

  private Page open(FakeOutput out) {
    Page page = new Page(out, () -> {});
    assertThat(pages.open(page, Sight.EVERYTHING)).isTrue();
    await().until(() -> !out.taken().isEmpty());
    return page;
  }
}
