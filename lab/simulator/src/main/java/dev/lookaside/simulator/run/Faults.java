package dev.lookaside.simulator.run;

import static dev.lookaside.simulator.fleet.Member.Presence.ABSENT;
import static dev.lookaside.simulator.fleet.Member.Presence.DRAINING;
import static dev.lookaside.simulator.fleet.Member.Presence.UP;

import dev.lookaside.simulator.engine.Timetable;
import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.scenario.Event;
import dev.lookaside.simulator.scenario.Warming;
import dev.lookaside.simulator.strategy.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the events of a scenario happen. */
final class Faults {
  private static final int WARMING_STEPS = 20;

  private final World world;
  private final Fleet fleet;
  private final Client client;
  private final Timetable timetable;

  Faults(World world, Client client, Timetable timetable) {
    this.world = world;
    this.fleet = world.fleet();
    this.client = client;
    this.timetable = timetable;
  }

  void start() {
    world.scenario().events().forEach(this::plan);
  }

  private void plan(Event event) {
    if (event instanceof Event.Crash crash) {
      during(event, crash.until(), this::crash, member -> start(member, Warming.NONE));
    } else if (event instanceof Event.Hang hang) {
      during(event, hang.until(), member -> member.hung(true), member -> member.hung(false));
    } else if (event instanceof Event.Silent silent) {
      during(event, silent.until(), member -> member.silent(true), member -> member.silent(false));
    } else if (event instanceof Event.Errors errors) {
      during(
          event,
          errors.until(),
          member -> member.errors(errors.share(), errors.work().toNanos()),
          member -> member.errors(0, 0));
    } else if (event instanceof Event.Slow slow) {
      during(
          event,
          slow.until(),
          member -> slowness(member, () -> member.slowness(slow.speed(), slow.serviceTime())),
          member -> slowness(member, () -> member.slowness(1, null)));
    } else if (event instanceof Event.Join join) {
      during(event, null, member -> start(member, join.warming()), member -> {});
    } else if (event instanceof Event.Leave) {
      during(event, null, this::leave, member -> {});
    } else if (event instanceof Event.RollingRestart restart) {
      roll(restart);
    }
  }

  private void during(
      Event event, @Nullable Duration until, Consumer<Member> begin, Consumer<Member> end) {
    List<Member> members = members(event);
    timetable.at(event.at().toNanos(), () -> members.forEach(begin));
    if (until != null) {
      timetable.at(until.toNanos(), () -> members.forEach(end));
    }
  }

  private void roll(Event.RollingRestart restart) {
    long at = restart.at().toNanos();
    for (Member member : members(restart)) {
      timetable.at(at, () -> fleet.presence(member, DRAINING));
      at += restart.drain().toNanos();
      timetable.at(at, () -> crash(member));
      at += restart.down().toNanos();
      timetable.at(at, () -> start(member, restart.warming()));
      at += restart.pause().toNanos();
    }
  }

  private List<Member> members(Event event) {
    Integer count = event.count();
    return fleet.members().stream()
        .filter(member -> member.group().name().equals(event.servers()))
        .limit(count == null ? Integer.MAX_VALUE : count)
        .toList();
  }

  private void crash(Member member) {
    fleet.presence(member, ABSENT);
    member.server().crash(client::lost);
  }

  private void leave(Member member) {
    fleet.presence(member, DRAINING);
  }

  private void start(Member member, Warming warming) {
    fleet.presence(member, UP);
    long stepNanos = warming.time().toNanos() / WARMING_STEPS;
    for (int step = 0; step <= WARMING_STEPS && stepNanos > 0; step++) {
      double warmth = warming.speed() + (1 - warming.speed()) * step / WARMING_STEPS;
      timetable.after(step * stepNanos, () -> slowness(member, () -> member.warmth(warmth)));
    }
    client.hasRoom(member);
  }

  private void slowness(Member member, Runnable change) {
    change.run();
    client.hasRoom(member);
  }
}
