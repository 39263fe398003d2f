package dev.lookaside.lb.xds;

import dev.lookaside.core.check.Printable;
import dev.lookaside.xds.v3.Node;

/**
 * Who a client says it is: never proven, and no longer than a person reads.
 *
 * @param locality region/zone/sub-zone; slashes alone if it does not say
 */
public record ClientNode(String id, String cluster, String locality, String userAgent) {
  private static final int LONGEST = 128;

  static final ClientNode UNKNOWN = of(Node.getDefaultInstance());

  static ClientNode of(Node node) {
    return new ClientNode(
        shown(node.getId()),
        shown(node.getCluster()),
        shown(
            String.join(
                "/",
                node.getLocality().getRegion(),
                node.getLocality().getZone(),
                node.getLocality().getSubZone())),
        shown((node.getUserAgentName() + " " + node.getUserAgentVersion()).strip()));
  }

  private static String shown(String text) {
    return Printable.of(text, LONGEST);
  }
}
