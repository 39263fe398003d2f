package dev.lookaside.lb.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lookaside.lb.dashboard.DashboardState.Reading;
import dev.lookaside.lb.dashboard.DashboardState.Worker;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes states as server-sent events: {@code state} is everything, {@code change} what differs
 * from the state before.
 */
final class Frames {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Frames() {}

  /** Everything. */
  static byte[] state(long number, DashboardState now) {
    return event("state", number, now, null);
  }

  /** What has changed from the state with the number before. */
  static byte[] change(long number, DashboardState now, DashboardState before) {
    return event("change", number, now, before);
  }

  private static byte[] event(
      String type, long number, DashboardState now, @Nullable DashboardState before) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
    bytes.writeBytes(("event: " + type + "\ndata: ").getBytes(UTF_8));
    // JSON has no raw line ends, so the data is one line.
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("number", number);
      json.writePOJOProperty("head", now.head());
      workers(json, now.workers(), before == null ? Map.of() : before.workers());
      readings(json, now.readings(), before == null ? Map.of() : before.readings());
      gone(json, now.workers(), before == null ? Map.of() : before.workers());
      json.writeEndObject();
    }
    bytes.writeBytes("\n\n".getBytes(UTF_8));
    return bytes.toByteArray();
  }

  private static void workers(
      JsonGenerator json, Map<Integer, Worker> now, Map<Integer, Worker> before) {
    json.writeObjectPropertyStart("workers");
    now.forEach((number, worker) -> {
      if (!worker.equals(before.get(number))) {
        json.writePOJOProperty(String.valueOf(number), worker);
      }
    });
    json.writeEndObject();
  }

  private static void readings(
      JsonGenerator json, Map<Integer, Reading> now, Map<Integer, Reading> before) {
    json.writeArrayPropertyStart("readings");
    now.forEach((number, reading) -> {
      if (!Objects.equals(reading, before.get(number))) {
        json.writeStartArray();
        json.writeNumber(number);
        for (double value : reading.values()) {
          write(json, value);
        }
        json.writeEndArray();
      }
    });
    json.writeEndArray();
  }

  /** JSON knows no NaN; whole numbers need no point. */
  private static void write(JsonGenerator json, double value) {
    if (!Double.isFinite(value)) {
      json.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE) {
      json.writeNumber((int) value);
    } else {
      json.writeNumber(value);
    }
  }

  private static void gone(
      JsonGenerator json, Map<Integer, Worker> now, Map<Integer, Worker> before) {
    json.writeArrayPropertyStart("gone");
    before.keySet().stream().filter(number -> !now.containsKey(number)).forEach(json::writeNumber);
    json.writeEndArray();
  }
}
