package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.util.random.RandomGenerator;

/**
 * Reference: the server at which this client has the fewest requests of its own, among all of them
 * or among two at random. Balancers without load reports do this (NGINX, Envoy); with many clients
 * each of them sees next to nothing.
 */
final class ClientLeast implements Strategy {
  static final String OF_ALL = "client-ll";
  static final String OF_TWO = "client-ll-po2c";

  private final KnownMembers members;
  private final RandomGenerator random;
  private final ClientCounts counts;
  private final int choices;

  private ClientLeast(World world, String name, int choices) {
    this.members = new KnownMembers(world.fleet());
    this.random = world.streams().of(name);
    this.counts = new ClientCounts(world);
    this.choices = choices;
  }

  static ClientLeast ofAll(World world) {
    return new ClientLeast(world, OF_ALL, Integer.MAX_VALUE);
  }

  static ClientLeast ofTwo(World world) {
    return new ClientLeast(world, OF_TWO, 2);
  }

  @Override
  public Place place() {
    return Place.CLIENT;
  }

  @Override
  public int pick(Request request) {
    int server = choices == 2 ? leastOfTwo(request) : leastOfAll(request);
    counts.sent(request, server);
    return server;
  }

  private int leastOfAll(Request request) {
    int count = members.count();
    if (count == 0) {
      return NONE;
    }
    int start = random.nextInt(count);
    int best = NONE;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < count && least > 0; i++) {
      int place = start + i < count ? start + i : start + i - count;
      int inFlight = counts.of(request.client, members.at(place));
      if (inFlight < least && !members.hasFailed(place, request)) {
        least = inFlight;
        best = members.at(place);
      }
    }
    return best == NONE ? members.notFailed(start, request) : best;
  }

  private int leastOfTwo(Request request) {
    int count = members.count();
    if (count == 0) {
      return NONE;
    }
    int first = members.notFailed(random.nextInt(count), request);
    int second = members.notFailed(random.nextInt(count), request);
    return counts.of(request.client, second) < counts.of(request.client, first) ? second : first;
  }

  @Override
  public void left(Request request, Outcome.Status status) {
    counts.left(request);
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
