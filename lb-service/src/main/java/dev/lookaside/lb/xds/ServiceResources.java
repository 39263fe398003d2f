package dev.lookaside.lb.xds;

import com.google.protobuf.Message;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** The resources of one service, each with the version in which it last changed. */
final class ServiceResources {
  private final Map<ResourceType, Resource> latest = new EnumMap<>(ResourceType.class);
  private Fleet fleet;

  ServiceResources(Fleet fleet, ServiceTerms terms, LongSupplier versions) {
    this.fleet = fleet;
    var unused = set(fleet, terms, versions);
  }

  Fleet fleet() {
    return fleet;
  }

  Resource of(ResourceType type) {
    return Objects.requireNonNull(latest.get(type));
  }

  /** Says whether any resource is another one now. */
  boolean set(Fleet newFleet, ServiceTerms terms, LongSupplier versions) {
    fleet = newFleet;
    boolean changed = false;
    for (Map.Entry<ResourceType, Message> made : XdsResources.of(newFleet, terms).entrySet()) {
      Resource before = latest.get(made.getKey());
      if (before == null || !before.message().equals(made.getValue())) {
        latest.put(made.getKey(), Resource.of(made.getValue(), versions.getAsLong()));
        changed = true;
      }
    }
    return changed;
  }
}
