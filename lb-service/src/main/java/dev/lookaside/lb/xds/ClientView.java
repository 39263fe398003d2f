package dev.lookaside.lb.xds;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/** One xDS client as this balancer sees it: for operators. */
public record ClientView(ClientNode node, List<ResourceView> resources) {

  /** What became of a resource that the client asked for. */
  public enum State {
    /** Asked for, and sent without an answer so far, or not sent yet. */
    REQUESTED,
    ACKED,
    NACKED,
    DOES_NOT_EXIST
  }

  /**
   * One resource that the client asked for.
   *
   * @param version the one that the client uses; empty if none
   * @param resource as it is now; empty if there is none
   * @param refusal why the client does not use the version that it was sent last
   */
  public record ResourceView(
      String typeUrl,
      String name,
      String version,
      State state,
      Optional<Message> resource,
      Optional<String> refusal) {}
}
