package dev.lookaside.simulator.scenario;

import dev.lookaside.simulator.trace.Trace;
import dev.lookaside.simulator.trace.TraceException;
import dev.lookaside.simulator.trace.TraceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads the traces that a scenario names, each once. */
final class ReplayDeserializer extends StdDeserializer<Replay> {
  private final Path scenario;
  private final Optional<Path> instead;
  private final Map<TraceFile, Trace> read = new HashMap<>();

  /**
   * @param scenario the file that names them
   * @param instead a trace to read in place of the one that is named
   */
  ReplayDeserializer(Path scenario, Optional<Path> instead) {
    super(Replay.class);
    this.scenario = scenario;
    this.instead = instead;
  }

  @Override
  public Replay deserialize(JsonParser parser, DeserializationContext context) {
    JsonNode node = context.readTree(parser);
    TraceSettings settings =
        node.isString()
            ? TraceSettings.of(node.asString())
            : context.readTreeAsValue(node, TraceSettings.class);
    TraceFile file =
        new TraceFile(
            instead.orElseGet(() -> find(settings.file())), settings.time(), settings.work());
    Trace trace = read.get(file);
    if (trace == null) {
      try {
        trace = file.read();
      } catch (TraceException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      read.put(file, trace);
    }
    return new Replay(trace, settings.unit(), Map.of());
  }

  private Path find(String name) {
    Path fromHere = Path.of(name);
    Path fromScenario = scenario.toAbsolutePath().resolveSibling(name).normalize();
    return Files.exists(fromHere) || !Files.exists(fromScenario) ? fromHere : fromScenario;
  }
}
