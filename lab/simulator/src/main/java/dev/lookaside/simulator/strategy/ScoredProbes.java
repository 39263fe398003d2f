package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.engine.DelayLine;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.util.random.RandomGenerator;

/** Reference: each client probes as Prequal does and ranks the answers by a score. */
final class ScoredProbes implements Strategy {
  static final int PROBES = 3;

  private record Asked(int client, int server) {}

  private final World world;
  private final KnownMembers members;
  private final RandomGenerator random;
  private final ServerProbes probes;
  private final ProbeScore score;
  private final AnswerPool[] pools;
  private final DelayLine<Asked> asked;

  ScoredProbes(World world, String name, ProbeScore score) {
    this.world = world;
    this.members = new KnownMembers(world.fleet());
    this.random = world.streams().of(name);
    this.probes = new ServerProbes(world);
    this.score = score;
    this.asked = new DelayLine<>(world.agenda(), probes.roundTrip(), this::answer);
    this.pools = new AnswerPool[world.scenario().client().count()];
    for (int i = 0; i < pools.length; i++) {
      pools[i] = new AnswerPool(world.fleet().size(), random);
    }
  }

  private void answer(Asked question) {
    int server = question.server();
    double inFlight = probes.inFlight(server);
    double latency = probes.latencyNanos(server);
    score.answered(question.client(), server, inFlight, latency);
    pools[question.client()].add(server, inFlight, latency, world.agenda().nanos());
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
    int client = request.client;
    for (int i = 0; i < PROBES; i++) {
      asked.send(new Asked(client, members.at(random.nextInt(members.count()))));
    }
    int chosen =
        pools[client].choose(
            (server, inFlight, latency) -> score.of(client, server, inFlight, latency),
            world.agenda().nanos());
    int server =
        chosen == AnswerPool.NONE
            ? members.notFailed(random.nextInt(members.count()), request)
            : chosen;
    score.sent(request, server);
    return server;
  }

  @Override
  public void left(Request request, Outcome.Status status) {
    score.left(request, (double) (world.agenda().nanos() - request.sentNanos));
    if (status == Outcome.Status.OK) {
      probes.answered(request);
    }
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
