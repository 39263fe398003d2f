package dev.lookaside.lb.xds;

import dev.lookaside.lb.push.Outlet;
import dev.lookaside.lb.push.Receiver;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.rpc.Peer;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.xds.v3.DiscoveryRequest;
import io.grpc.ServerCall;
import io.grpc.StatusException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One client's stream: what it asked for, and how far it was sent what there is. What it was not
 * sent yet is not kept for it: it is made when the call can take it. For the publisher's thread.
 */
final class AdsStream implements Receiver {
  /** Longer than any name of a service, with the authority of a federated one before it. */
  private static final int LONGEST_NAME = 1_024;

  private final Outlet<EncodedResponse> outlet;
  private final Function<String, Optional<String>> refusalOf;
  private final AdsMeters meters;
  private final long sinceNanos;
  private final Peer peer;
  private final Map<ResourceType, TypeSubscription> types = new EnumMap<>(ResourceType.class);
  private final Map<String, Answer> refusals = new HashMap<>();
  private Optional<ClientNode> node = Optional.empty();
  private String nodeId = "";
  private Set<String> services = Set.of();

  /**
   * @param refusalOf why the caller has no right to a service, if so
   */
  AdsStream(
      ServerCall<DiscoveryRequest, EncodedResponse> call,
      Function<String, Optional<String>> refusalOf,
      Unsent unsent,
      AdsMeters meters,
      long nowNanos) {
    this.outlet = new Outlet<>(call, unsent);
    this.refusalOf = refusalOf;
    this.meters = meters;
    this.sinceNanos = nowNanos;
    this.peer = Peers.of(call);
  }

  @Override
  public Outlet<EncodedResponse> outlet() {
    return outlet;
  }

  ClientNode node() {
    return node.orElse(ClientNode.UNKNOWN);
  }

  /** Every name that it asked for, of whatever type. */
  Set<String> services() {
    return services;
  }

  /** What became of everything that it asked for. */
  ClientView view(BiFunction<ResourceType, String, Answer> answers) {
    return new ClientView(
        node(),
        types.values().stream()
            .flatMap(type -> type.views(name -> answer(type.type(), name, answers)).stream())
            .toList());
  }

  long ageNanos(long nowNanos) {
    return nowNanos - sinceNanos;
  }

  /** Takes the first words of a stream, and checks that the following ones are the same node's. */
  void greet(DiscoveryRequest request) throws StatusException {
    if (node.isEmpty()) {
      nodeId = request.getNode().getId();
      node = Optional.of(ClientNode.of(request.getNode()));
    } else if (request.hasNode() && !request.getNode().getId().equals(nodeId)) {
      throw Refusals.invalid(
          "node.id is '%s' (expected: '%s', as in the first request of the stream)"
              .formatted(ClientNode.of(request.getNode()).id(), node().id()));
    }
  }

  /** Refuses what asks for more than a client has a use for. */
  static void check(DiscoveryRequest request, int mostNames) throws StatusException {
    if (request.getResourceNamesCount() > mostNames) {
      throw Refusals.exhausted(
          "resource_names has %d names (expected: at most %d)"
              .formatted(request.getResourceNamesCount(), mostNames));
    }
    for (String name : request.getResourceNamesList()) {
      if (name.length() > LONGEST_NAME) {
        throw Refusals.invalid(
            "a name in resource_names has %d characters (expected: at most %d)"
                .formatted(name.length(), LONGEST_NAME));
      }
    }
  }

  TypeSubscription subscription(ResourceType type) {
    return types.computeIfAbsent(type, TypeSubscription::new);
  }

  /** Brings the services up to date with what was asked for. */
  void collectServices() {
    Set<String> now = new LinkedHashSet<>();
    types.values().forEach(type -> now.addAll(type.names()));
    services.stream().filter(name -> !now.contains(name)).forEach(peer::unsubscribed);
    now.stream().filter(name -> !services.contains(name)).forEach(peer::subscribed);
    now.stream().filter(name -> !services.contains(name)).forEach(this::judge);
    refusals.keySet().retainAll(now);
    services = now;
  }

  /** Rights count as they were when a name was asked for, as with a subscription. */
  private void judge(String name) {
    refusalOf.apply(name).ifPresent(reason -> refusals.put(name, Answer.Absent.denied(reason)));
  }

  /**
   * Sends whatever it does not have yet, in order, as far as the call can take it now.
   *
   * @param version of everything that can be said now
   */
  void send(BiFunction<ResourceType, String, Answer> answers, String version) {
    for (TypeSubscription type : types.values()) {
      if (!outlet.isReady()) {
        return;
      }
      Optional<TypeSubscription.Due> due =
          type.due(name -> answer(type.type(), name, answers), version);
      if (due.isEmpty()) {
        continue;
      }
      EncodedResponse response = due.get().response();
      if (!outlet.hasRoomFor(response.size())) {
        return;
      }
      outlet.send(response, response.size());
      due.get().sent();
      meters.sent(response);
    }
  }

  private Answer answer(
      ResourceType type, String name, BiFunction<ResourceType, String, Answer> answers) {
    Answer refused = refusals.get(name);
    return refused == null ? answers.apply(type, name) : refused;
  }

  /** It is over. */
  void gone() {
    services.forEach(peer::unsubscribed);
    services = Set.of();
  }
}
