package dev.lookaside.client.cli;

import com.google.gson.JsonObject;
import dev.lookaside.v1.EndpointStatus;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.ServiceStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is different from the last time, one fact at a time. */
final class StatusChanges {

  /**
   * One fact that changed.
   *
   * @param subject the worker, the service or the registry
   */
  record Change(Instant at, String service, String subject, String what, String from, String to) {

    String text() {
      return "%s %s %s: %s %s -> %s"
          .formatted(at, Plain.text(service), Plain.text(subject), what, from, to);
    }

    JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("at", at.toString());
      json.addProperty("service", service);
      json.addProperty("subject", subject);
      json.addProperty("what", what);
      json.addProperty("from", from);
      json.addProperty("to", to);
      return json;
    }
  }

  private static final String NONE = "-";

  private Map<List<String>, String> before = new TreeMap<>(StatusChanges::order);
  private boolean first = true;

  /** Nothing the first time. */
  List<Change> since(ListEndpointsResponse status) {
    Map<List<String>, String> now = new TreeMap<>(StatusChanges::order);
    now.put(List.of("", "registry", "sync"), status.getRegistrySync());
    status.getServicesList().forEach(service -> facts(service, now));
    List<Change> changes = new ArrayList<>();
    Map<List<String>, String> all = new TreeMap<>(StatusChanges::order);
    all.putAll(before);
    all.putAll(now);
    Instant at = InstantSource.system().instant();
    for (List<String> fact : all.keySet()) {
      String was = before.getOrDefault(fact, NONE);
      String is = now.getOrDefault(fact, NONE);
      if (!first && !was.equals(is)) {
        changes.add(new Change(at, fact.get(0), fact.get(1), fact.get(2), was, is));
      }
    }
    before = now;
    first = false;
    return changes;
  }

  private static void facts(ServiceStatus service, Map<List<String>, String> facts) {
    String name = service.getService();
    facts.put(List.of(name, name, "policy"), service.getPolicy());
    for (EndpointStatus endpoint : service.getEndpointsList()) {
      String id = endpoint.getEndpoint().getId();
      String reason = endpoint.getConditionReason();
      facts.put(
          List.of(name, id, "state"),
          Show.condition(endpoint.getCondition())
              + (endpoint.hasDrained() ? " (" + Plain.text(reason) + ")" : ""));
      facts.put(List.of(name, id, "weight"), Show.number(endpoint.getWeight()));
      facts.put(List.of(name, id, "address"), Plain.text(endpoint.getEndpoint().getAddress()));
      facts.put(
          List.of(name, id, "incarnation"), Plain.text(endpoint.getEndpoint().getIncarnation()));
    }
  }

  private static int order(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
