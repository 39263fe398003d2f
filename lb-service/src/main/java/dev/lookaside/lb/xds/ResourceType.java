package dev.lookaside.lb.xds;

import dev.lookaside.xds.v3.Cluster;
import dev.lookaside.xds.v3.ClusterLoadAssignment;
import dev.lookaside.xds.v3.Listener;
import dev.lookaside.xds.v3.RouteConfiguration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of resources that gRPC clients ask for, in the order in which changes are sent: what is
 * pointed at comes before what points at it.
 */
enum ResourceType {
  CLUSTER(Cluster.getDescriptor().getFullName(), Omission.DELETES),
  ENDPOINTS(ClusterLoadAssignment.getDescriptor().getFullName(), Omission.SAYS_NOTHING),
  LISTENER(Listener.getDescriptor().getFullName(), Omission.DELETES),
  /** Known, though there is none: routes are in the listeners. */
  ROUTES(RouteConfiguration.getDescriptor().getFullName(), Omission.SAYS_NOTHING);

  private static final String PREFIX = "type.googleapis.com/";

  /** What it means that a resource is not in a response. */
  enum Omission {
    /** It is gone, so that each response has all that the client asked for. */
    DELETES,
    SAYS_NOTHING
  }

  private final String url;
  private final Omission omission;

  ResourceType(String name, Omission omission) {
    this.url = PREFIX + name;
    this.omission = omission;
  }

  static Optional<ResourceType> of(String url) {
    return Arrays.stream(values()).filter(type -> type.url.equals(url)).findAny();
  }

  String url() {
    return url;
  }

  boolean isWhole() {
    return omission == Omission.DELETES;
  }
}
