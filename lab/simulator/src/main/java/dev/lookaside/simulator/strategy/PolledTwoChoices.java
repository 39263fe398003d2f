package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Reference: the server with fewer requests in flight of two at random, by what the client polled
 * from all of them every half second (YARP, as Prequal's paper runs it).
 */
final class PolledTwoChoices implements Strategy {
  static final String NAME = "yarp-po2c";
  private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

  private final World world;
  private final KnownMembers members;
  private final RandomGenerator random;
  private final int[][] polled;

  PolledTwoChoices(World world) {
    this.world = world;
    this.members = new KnownMembers(world.fleet());
    this.random = world.streams().of(NAME);
    this.polled = new int[world.scenario().client().count()][world.fleet().size()];
    for (int[] ofClient : polled) {
      Poll poll = new Poll(world.agenda(), ofClient);
      poll.entry.at(random.nextLong(INTERVAL_NANOS));
    }
  }

  /** One client's polling, at its own phase. */
  private final class Poll {
    private final Agenda agenda;
    private final int[] answers;
    private final Agenda.Entry entry;

    Poll(Agenda agenda, int[] answers) {
      this.agenda = agenda;
      this.answers = answers;
      this.entry = agenda.register(this::run);
    }

    private void run() {
      for (int server = 0; server < answers.length; server++) {
        answers[server] = world.fleet().member(server).server().inFlight();
      }
      entry.at(agenda.nanos() + INTERVAL_NANOS);
    }
  }

  @Override
  public Place place() {
    return Place.CLIENT;
  }

  @Override
  public int pick(Request request) {
    if (members.count() == 0) {
      return NONE;
    }
    int[] known = polled[request.client];
    int first = members.notFailed(random.nextInt(members.count()), request);
    int second = members.notFailed(random.nextInt(members.count()), request);
    return known[second] < known[first] ? second : first;
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
