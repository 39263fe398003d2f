package dev.lookaside.lb.xds;

import com.google.protobuf.Message;
import dev.lookaside.core.check.Printable;
import dev.lookaside.lb.xds.ClientView.ResourceView;
import dev.lookaside.xds.v3.DiscoveryRequest;
import dev.lookaside.xds.v3.DiscoveryResponse;
import dev.lookaside.xds.v3.ResourceError;
import dev.lookaside.xds.v3.ResourceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What one client wants of one type, and what it was sent of it. No name at all means nothing, not
 * everything: gRPC's clients have no wildcard.
 */
final class TypeSubscription {
  private static final int LONGEST_REASON = 500;

  private final ResourceType type;
  private final Map<String, Long> sent = new HashMap<>();
  private Set<String> names = Set.of();
  private long nonce;
  private String sentVersion = "";
  private String ackedVersion = "";
  private Optional<String> refusal = Optional.empty();

  TypeSubscription(ResourceType type) {
    this.type = type;
  }

  ResourceType type() {
    return type;
  }

  Set<String> names() {
    return names;
  }

  String sentVersion() {
    return sentVersion;
  }

  /** Why the client does not use the last response, if it said so. */
  Optional<String> refusal() {
    return refusal;
  }

  /** What became of each name. */
  List<ResourceView> views(Function<String, Answer> answers) {
    return names.stream()
        .map(name -> {
          Answer answer = answers.apply(name);
          Optional<Message> resource =
              answer instanceof Answer.There there
                  ? Optional.of(there.resource().message())
                  : Optional.empty();
          return new ResourceView(
              type.url(), name, ackedVersion, state(name, answer), resource, refusal);
        })
        .toList();
  }

  private ClientView.State state(String name, Answer answer) {
    if (answer instanceof Answer.Absent) {
      return ClientView.State.DOES_NOT_EXIST;
    }
    if (refusal.isPresent()) {
      return ClientView.State.NACKED;
    }
    boolean isUsed = sent.containsKey(name) && sentVersion.equals(ackedVersion);
    return isUsed ? ClientView.State.ACKED : ClientView.State.REQUESTED;
  }

  /** Whether a request answers a response that another one has followed: the next will say more. */
  boolean isStale(DiscoveryRequest request) {
    return nonce > 0 && !request.getResponseNonce().equals(Long.toString(nonce));
  }

  /** Takes a request that is not stale; says whether it rejects the last response. */
  boolean take(DiscoveryRequest request) {
    names = new LinkedHashSet<>(request.getResourceNamesList());
    sent.keySet().retainAll(names);
    if (request.hasErrorDetail()) {
      refusal = Optional.of(Printable.of(request.getErrorDetail().getMessage(), LONGEST_REASON));
      return true;
    }
    if (nonce > 0) {
      ackedVersion = sentVersion;
      refusal = Optional.empty();
    }
    return false;
  }

  /**
   * What the client was not sent yet, if anything. The next response follows only if this one is
   * {@link Due#sent}.
   *
   * @param version of everything that can be said now
   */
  Optional<Due> due(Function<String, Answer> answers, String version) {
    Map<String, Answer> news = new LinkedHashMap<>();
    for (String name : names) {
      Answer answer = answers.apply(name);
      if (answer instanceof Answer.Later) {
        continue;
      }
      Long before = sent.get(name);
      if (before == null || before != answer.state()) {
        news.put(name, answer);
      }
    }
    if (news.isEmpty()) {
      return Optional.empty();
    }
    if (type.isWhole()) {
      names.forEach(name -> news.computeIfAbsent(name, answers));
    }
    return Optional.of(new Due(news, version));
  }

  /** A response that is to be sent. */
  final class Due {
    private final Map<String, Answer> news;
    private final String version;
    private final EncodedResponse response;

    private Due(Map<String, Answer> news, String version) {
      this.news = news;
      this.version = version;
      this.response = encode();
    }

    EncodedResponse response() {
      return response;
    }

    void sent() {
      nonce++;
      sentVersion = version;
      refusal = Optional.empty();
      news.forEach((name, answer) -> sent.put(name, answer.state()));
    }

    private EncodedResponse encode() {
      List<byte[]> resources = new ArrayList<>();
      DiscoveryResponse.Builder head =
          DiscoveryResponse.newBuilder()
              .setVersionInfo(version)
              .setTypeUrl(type.url())
              .setNonce(Long.toString(nonce + 1));
      news.forEach((name, answer) -> {
        if (answer instanceof Answer.There there) {
          resources.add(there.resource().entry());
        } else if (answer instanceof Answer.Absent absent) {
          head.addResourceErrors(
              ResourceError.newBuilder()
                  .setResourceName(ResourceName.newBuilder().setName(name))
                  .setErrorDetail(absent.reason()));
        }
      });
      return EncodedResponse.of(type, head.build(), resources);
    }
  }
}
