package dev.lookaside.client.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * Something that is wrong.
 *
 * @param code stays the same between versions
 * @param subject the balancer, service or worker that it is about
 */
record Finding(String code, Severity severity, String subject, String message) {

  /** How bad it is. */
  enum Severity {
    HINT(0, Paint.FAINT),
    WARNING(1, Paint.CAREFUL),
    ERROR(4, Paint.BAD);

    private final int exitCode;
    private final Paint paint;

    Severity(int exitCode, Paint paint) {
      this.exitCode = exitCode;
      this.paint = paint;
    }

    int exitCode() {
      return exitCode;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  String text(Ansi ansi) {
    return severity.paint.on(
        ansi,
        "%s %-7s %s: %s"
            .formatted(code, severity.word(), Plain.text(subject), Plain.text(message)));
  }

  static JsonObject json(List<Finding> findings) {
    JsonArray all = new JsonArray();
    for (Finding finding : findings) {
      JsonObject one = new JsonObject();
      one.addProperty("code", finding.code);
      one.addProperty("severity", finding.severity.word());
      one.addProperty("subject", finding.subject);
      one.addProperty("message", finding.message);
      all.add(one);
    }
    JsonObject json = new JsonObject();
    json.add("findings", all);
    return json;
  }
}
