package dev.lookaside.registry.codec;

import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.control.EndpointControl;
import dev.lookaside.registry.control.EndpointControl.Weighed;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.control.ServiceControl.Chosen;
import dev.lookaside.registry.control.ServiceControl.Lift;
import io.etcd.jetcd.ByteSequence;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Operators' decisions as values in etcd. A decision carries {@code by}, {@code proof}, {@code at}
 * and {@code why}:
 *
 * <pre>
 * {"policy": {"value": "ll", "by": …},
 *  "endpoints": {"w1": {"drained": {"by": …}, "weight": {"value": 0.5, "by": …}}},
 *  "lifts": [{"endpoint": "w2", "by": …}]}
 * </pre>
 */
public final class ControlCodec {
  public static final int MAX_VALUE_BYTES = 1 << 20;
  private static final ValueJson JSON = new ValueJson(MAX_VALUE_BYTES);

  private ControlCodec() {}

  /** Throws {@link IllegalArgumentException} if it is more than a value may hold. */
  public static ByteSequence encode(ServiceControl control) {
    ObjectNode value = JSON.newObject();
    control
        .policy()
        .ifPresent(chosen ->
            write(value.putObject("policy").put("value", chosen.policy()), chosen.origin()));
    ObjectNode endpoints = value.putObject("endpoints");
    control
        .endpoints()
        .forEach((id, decided) -> {
          ObjectNode endpoint = endpoints.putObject(id);
          decided.drained().ifPresent(origin -> write(endpoint.putObject("drained"), origin));
          decided
              .weight()
              .ifPresent(weight ->
                  write(
                      endpoint.putObject("weight").put("value", weight.value()), weight.origin()));
        });
    ArrayNode lifts = value.putArray("lifts");
    control
        .lifts()
        .forEach(lift -> write(lifts.addObject().put("endpoint", lift.endpoint()), lift.origin()));
    return JSON.write(value);
  }

  private static void write(ObjectNode decision, Origin origin) {
    decision
        .put("by", origin.by())
        .put("proof", origin.proof())
        .put("at", origin.at().toString())
        .put("why", origin.why());
  }

  /** Throws {@link IllegalArgumentException} that says in one line what is wrong with the value. */
  public static ServiceControl decode(ByteSequence stored) {
    ValueFields value = ValueFields.of("value", JSON.read(stored));
    SortedMap<String, EndpointControl> endpoints = new TreeMap<>();
    ValueFields all = value.object("endpoints");
    for (String id : all.names()) {
      endpoints.put(id, endpoint(all.object(id)));
    }
    List<Lift> lifts = new ArrayList<>();
    for (ValueFields lift : value.objects("lifts")) {
      lifts.add(new Lift(lift.text("endpoint", ""), origin(lift)));
    }
    Optional<Chosen> policy =
        value
            .optional("policy")
            .map(chosen -> new Chosen(chosen.text("value", ""), origin(chosen)));
    return new ServiceControl(policy, endpoints, lifts);
  }

  private static EndpointControl endpoint(ValueFields decided) {
    return new EndpointControl(
        decided.optional("drained").map(ControlCodec::origin),
        decided
            .optional("weight")
            .map(weight -> new Weighed(weight.number("value", Double.NaN), origin(weight))));
  }

  private static Origin origin(ValueFields decision) {
    String at = decision.text("at", "");
    try {
      return new Origin(
          decision.text("by", ""),
          decision.text("proof", "none"),
          Instant.parse(at),
          decision.text("why", ""));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "at is '" + OneLine.of(at) + "' (expected: a time such as 2026-01-31T12:00:00Z)", e);
    }
  }
}
