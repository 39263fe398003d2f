package dev.lookaside.client.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;

/** JSON as programs like it: one object on one line, no escapes that JSON does not need. */
final class Json {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private Json() {}

  static void print(PrintWriter out, JsonObject json) {
    out.println(GSON.toJson(json));
    out.flush();
  }

  static double millis(Duration duration) {
    return rounded(duration.toNanos() / 1e6);
  }

  /** To three decimals. */
  static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
