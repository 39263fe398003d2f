package dev.lookaside.lb.xds;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The endpoints of one service that clients are told of, and what part of the calls each shall get.
 *
 * @param policy the name of the service's policy
 * @param members in order of id
 * @param spilled the part of the calls that shall go to far members though there are near ones, 0
 *     to 1
 * @param awaited how many more members there may be any moment, when it is known where they are
 */
record Fleet(String service, String policy, List<Member> members, double spilled, int awaited) {

  /** Where an endpoint is, as seen from where this balancer's clients are. */
  enum Place {
    NEAR,
    FAR
  }

  /**
   * One endpoint of it.
   *
   * @param address where clients connect: a numeric one
   * @param weight above 0; only ratios count
   */
  record Member(Endpoint endpoint, Address address, double weight, Place place) {
    Member weighing(double newWeight) {
      return new Member(endpoint, address, newWeight, place);
    }
  }

  Fleet {
    members = List.copyOf(members);
  }

  List<Member> in(Place place) {
    return members.stream().filter(member -> member.place() == place).toList();
  }

  double weightIn(Place place) {
    return members.stream()
        .filter(member -> member.place() == place)
        .mapToDouble(Member::weight)
        .sum();
  }

  /** Whether so few members are known yet that all calls would be too many for them. */
  boolean isGathering() {
    return awaited > members.size();
  }

  /** Whether these are the same endpoints under the same policy, whatever their weights. */
  boolean hasShapeOf(Fleet other) {
    return policy.equals(other.policy)
        && isGathering() == other.isGathering()
        && places().equals(other.places());
  }

  private Set<Object> places() {
    return members.stream()
        .map(member ->
            List.of(
                member.endpoint().id(),
                member.address(),
                member.endpoint().locality(),
                member.place()))
        .collect(Collectors.toSet());
  }

  /**
   * The greatest change of a part of the calls, relative to the larger of the two.
   *
   * @param before a fleet of the same shape
   */
  double differenceFrom(Fleet before) {
    double sum = members.stream().mapToDouble(Member::weight).sum();
    double sumBefore = before.members.stream().mapToDouble(Member::weight).sum();
    double greatest = Math.abs(spilled - before.spilled);
    for (int i = 0; i < members.size(); i++) {
      double now = members.get(i).weight() / sum;
      double then = before.members.get(i).weight() / sumBefore;
      greatest = Math.max(greatest, Math.abs(now - then) / Math.max(now, then));
    }
    return greatest;
  }
}
