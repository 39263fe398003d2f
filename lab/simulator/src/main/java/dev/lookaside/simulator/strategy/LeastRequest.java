package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.util.random.RandomGenerator;

/**
 * Reference: the server at which this balancer has the fewest requests unanswered, of all of them
 * (nginx's {@code least_conn}, HAProxy's {@code leastconn}) or of two at random (Envoy's {@code
 * LEAST_REQUEST}, whose choice count is 2 unless configured). A proxy in the path counts exactly;
 * so does this, whatever clients report.
 */
final class LeastRequest implements Strategy {
  static final String OF_ALL = "least-request";
  static final String OF_TWO = "least-request-of-2";

  private final KnownMembers members;
  private final RandomGenerator random;
  private final int[][] unanswered;
  private final int choices;

  private LeastRequest(World world, String name, int choices) {
    this.members = new KnownMembers(world.fleet());
    this.random = world.streams().of(name);
    this.unanswered = new int[world.scenario().balancers().count()][world.fleet().size()];
    this.choices = choices;
  }

  static LeastRequest ofAll(World world) {
    return new LeastRequest(world, OF_ALL, Integer.MAX_VALUE);
  }

  static LeastRequest ofTwo(World world) {
    return new LeastRequest(world, OF_TWO, 2);
  }

  @Override
  public int pick(Request request) {
    int count = members.count();
    if (count == 0) {
      return NONE;
    }
    int[] own = unanswered[request.balancer];
    int server = choices == 2 ? ofTwo(own, request) : ofAll(own, request);
    own[server]++;
    return server;
  }

  private int ofAll(int[] own, Request request) {
    int count = members.count();
    int start = random.nextInt(count);
    int best = NONE;
    for (int i = 0; i < count; i++) {
      int place = start + i < count ? start + i : start + i - count;
      int server = members.at(place);
      if ((best == NONE || own[server] < own[best]) && !members.hasFailed(place, request)) {
        best = server;
      }
    }
    return best == NONE ? members.at(start) : best;
  }

  private int ofTwo(int[] own, Request request) {
    int first = members.notFailed(random.nextInt(members.count()), request);
    int second = members.notFailed(random.nextInt(members.count()), request);
    return own[second] < own[first] ? second : first;
  }

  @Override
  public void left(Request request, Outcome.Status status) {
    unanswered[request.balancer][request.server]--;
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
