package dev.lookaside.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.scenario.ServerGroup;
import dev.lookaside.simulator.scenario.SpeedNoise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTest {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final Agenda agenda = new Agenda();
  private final List<String> done = new ArrayList<>();

  @Test
  void aRequestAloneTakesItsWorkDividedByTheSpeed() {
    Server server = server(1, 2, UNLIMITED);
    server.accept(request("a", 1_000));

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("a at 500");
  }

  @Test
  void requestsBeyondTheCoresShareThemEqually() {
    Server server = server(2, 1, UNLIMITED);
    // Four on two cores run at half speed; when "a" is gone at 200, three run at two thirds.
    server.accept(request("a", 100));
    server.accept(request("b", 300));
    server.accept(request("c", 300));
    server.accept(request("d", 300));

    agenda.runUntil(10_000);

    assertThat(done)
        .startsWith("a at 200")
        .containsExactlyInAnyOrder("a at 200", "b at 500", "c at 500", "d at 500");
  }

  @Test
  void fewerRequestsThanCoresDoNotSlowEachOther() {
    Server server = server(2, 1, UNLIMITED);
    server.accept(request("a", 100));
    server.accept(request("b", 300));

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("a at 100", "b at 300");
  }

  @Test
  void withOneAtATimeTheOthersWaitInOrderOfArrival() {
    Server server = server(1, 1, 1);
    server.accept(request("long", 500));
    server.accept(request("short", 10));
    server.accept(request("next", 20));

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("long at 500", "short at 510", "next at 530");
  }

  @Test
  void aChangeOfCoresCountsFromItsInstantOn() {
    Server server = server(1, 1, UNLIMITED);
    server.accept(request("a", 1_000));
    agenda.runUntil(400);
    server.resize(0.5, 1);

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("a at 1600");
  }

  @Test
  void aServerOfNoSpeedFinishesNothingUntilItHasSpeedAgain() {
    Server server = server(1, 1, UNLIMITED);
    server.accept(request("a", 1_000));
    server.resize(1, 0);
    agenda.runUntil(5_000);
    assertThat(done).isEmpty();
    server.resize(1, 1);

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("a at 6000");
  }

  @Test
  void whatIsWithdrawnDoesNotFinishAndLeavesItsShareToTheOthers() {
    Server server = server(1, 1, UNLIMITED);
    Request withdrawn = request("a", 1_000);
    server.accept(withdrawn);
    server.accept(request("b", 1_000));
    agenda.runUntil(1_000);
    server.withdraw(withdrawn);

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("b at 1500");
    assertThatThrownBy(() -> server.withdraw(withdrawn)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCrashGivesBackAllThatRunsAndAllThatWaits() {
    Server server = server(1, 1, 2);
    for (String name : List.of("a", "b", "c")) {
      server.accept(request(name, 1_000));
    }
    List<Request> lost = new ArrayList<>();

    server.crash(lost::add);
    agenda.runUntil(10_000);

    assertThat(lost).hasSize(3);
    assertThat(done).isEmpty();
    assertThat(server.inFlight()).isZero();
  }

  @Test
  void knowsTheWorkLeftAndTheCoreTimeUsed() {
    Server server = server(2, 1, 3);
    for (int i = 0; i < 4; i++) {
      server.accept(request("r" + i, 1_000));
    }
    agenda.runUntil(300);

    assertThat(server.remainingWorkNanos()).isCloseTo(4_000 - 2 * 300, within(1e-6));
    assertThat(server.usedCoreNanos()).isCloseTo(2 * 300, within(1e-6));
    agenda.runUntil(100_000);
    assertThat(server.remainingWorkNanos()).isZero();
    assertThat(server.usedCoreNanos()).isCloseTo(4_000, within(1e-6));
  }

  @Test
  void eachOfABatchMakesTheOthersSlower() {
    Server server = server(4, 1, 4, 0.5);
    // Three run at 1 / (1 + 0.5 · 2) = 0.5; when "a" is gone at 200, two at 2/3.
    server.accept(request("a", 100));
    server.accept(request("b", 200));
    server.accept(request("c", 200));

    agenda.runUntil(10_000);

    assertThat(done).startsWith("a at 200").contains("b at 350", "c at 350");
  }

  @Test
  void whatWaitsForOthersTakesNoCoreAndTheTimeThatItTakes() {
    Server server = server(1, 0.5, UNLIMITED);
    for (String name : List.of("a", "b", "c")) {
      Request request = request(name, 0);
      request.attemptWaitNanos = 300;
      server.accept(request);
    }
    server.accept(request("computes", 100));

    agenda.runUntil(10_000);

    assertThat(done)
        .startsWith("computes at 200")
        .containsExactlyInAnyOrder("computes at 200", "a at 300", "b at 300", "c at 300");
    assertThat(server.usedCoreNanos()).isCloseTo(200, within(1e-6));
    assertThat(server.presentNanos()).isCloseTo(3 * 300 + 200, within(1e-6));
  }

  @Test
  void whatWaitsTakesAPlaceWhereFewRunAtOnce() {
    Server server = server(1, 1, 1);
    Request waits = request("waits", 0);
    waits.attemptWaitNanos = 300;
    server.accept(waits);
    server.accept(request("next", 100));

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("waits at 300", "next at 400");
  }

  @Test
  void whatWaitsFirstComputesAfterwards() {
    Server server = server(1, 1, UNLIMITED);
    Request both = request("both", 100);
    both.attemptWaitNanos = 300;
    server.accept(both);
    assertThat(server.remainingWorkNanos()).isEqualTo(100);

    agenda.runUntil(10_000);

    assertThat(done).containsExactly("both at 400");
    assertThat(server.remainingWorkNanos()).isZero();
  }

  @Test
  void aCrashGivesBackThoseThatWaitForOthersToo() {
    Server server = server(1, 1, 2);
    for (String name : List.of("a", "b", "c")) {
      Request request = request(name, 100);
      request.attemptWaitNanos = 1_000;
      server.accept(request);
    }
    List<Request> lost = new ArrayList<>();

    server.crash(lost::add);
    agenda.runUntil(10_000);

    assertThat(lost).hasSize(3);
    assertThat(done).isEmpty();
    assertThat(server.remainingWorkNanos()).isZero();
  }

  @Test
  void aRequestOnItsWayCountsAmongThoseAssigned() {
    Server server = server(1, 1, UNLIMITED);
    Request coming = request("a", 100);
    server.expect(coming);

    assertThat(server.inFlight()).isZero();
    assertThat(server.assigned()).isEqualTo(1);
    assertThat(server.remainingWorkNanos()).isEqualTo(100);
    server.expectNoMore(coming);
    assertThat(server.assigned()).isZero();
    assertThat(server.remainingWorkNanos()).isZero();
  }

  private Server server(double cores, double speed, int concurrency) {
    return server(cores, speed, concurrency, 0);
  }

  private Server server(double cores, double speed, int concurrency, double batchSlowdown) {
    ServerGroup group =
        new ServerGroup(
            "server",
            1,
            cores,
            speed,
            cores,
            concurrency,
            batchSlowdown,
            null,
            SpeedNoise.NONE,
            List.of());
    return new Server(
        agenda, 0, group, request -> done.add(request.failedOn.get(0) + " at " + agenda.nanos()));
  }

  private static Request request(String name, double workNanos) {
    Request request = new Request().reset(0, workNanos);
    request.failedOn.add(name);
    return request;
  }
}
